"""Operations of reports."""

from __future__ import annotations

import re

from rest_framework import serializers

from accounts.actions import count_try
from accounts.types import Call
from api.fields import Choice, Id, In, Mail, Out, Text
from api.operations import operation
from moderation import actions
from moderation.models import Report
from moderation.subjects import subject_for


class Ref(Id):
    """A public id; of a note the board's and the pin's, joined by a hyphen."""

    _SHAPE = re.compile(r"[a-z0-9]{6,40}|[a-z0-9]{6,19}-[a-z0-9]{6,19}", re.ASCII)


class ReportIn(In):
    """What is wrong with something: `id` is its public id, of a note the board's and the pin's
    joined by a hyphen. A guest may leave an e-mail for the receipt."""

    kind = Choice(choices=Report.Kind.choices)
    id = Ref()
    reason = Choice(choices=Report.Reason.choices)
    text = Text(limit=2000, multiline=True, required=False, allow_blank=True, default="")
    email = Mail(required=False, allow_blank=True, default="")


class ReceiptOut(Out):
    """The reference under which the report is looked at."""

    reference = serializers.CharField()


def _count(call: Call) -> None:
    email = "" if call.viewer.acting else call.data["email"]
    count_try(name="report", request=call.plain_request, email=email)


@operation(
    id="report_create",
    tag="Reports",
    scope="messages",
    who="anybody",
    takes=ReportIn,
    gives=ReceiptOut,
    status=201,
    before=_count,
    example={"kind": "product", "id": "h4t8w2kzq9mp", "reason": "deceit"},
)
def report(call: Call) -> dict[str, str]:
    """Report something that should not be here. An operator decides, and you are told."""
    data, viewer = call.data, call.viewer
    reference = actions.file_report(
        subject=subject_for(kind=data["kind"], ref=data["id"], viewer=viewer),
        reason=data["reason"],
        text=data["text"],
        reporter_id=viewer.acting_id,
        email="" if viewer.acting else data["email"],
    )
    return {"reference": reference}
