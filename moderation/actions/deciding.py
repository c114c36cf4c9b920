"""An operator decides about a report."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.db import retrying
from core.errors import Conflict, NotFound
from moderation import notices
from moderation.models import Report
from moderation.subjects import take_down


@retrying  # two who decide reports of the same thing wait for each other
def uphold(*, public_id: str, operator_id: int, reason: str) -> list[str]:
    """Take down what was reported; the reporter reads why, and so does the author by that fact.

    Every open report about the same thing is decided with it: returns the public ids of all that
    were, this one's among them. Raises NotFound, Conflict when it was decided already.
    """
    with transaction.atomic():
        report = _open(public_id)
        take_down(report=report, operator_id=operator_id, reason=reason)
        same = Report.objects.select_for_update(of=("self",)).filter(
            kind=report.kind, ref=report.ref, state=Report.State.OPEN
        )
        together = list(same.select_related("author").order_by("id"))
        for one in together:
            _close(one, Report.State.UPHELD, operator_id, reason)
    return [one.public_id for one in together]


def dismiss(*, public_id: str, operator_id: int, reason: str) -> None:
    """Leave the thing where it is; the reporter reads why. Raises NotFound, Conflict.

    Other reports about it stay open: they may say something else, and be right.
    """
    with transaction.atomic():
        _close(_open(public_id), Report.State.DISMISSED, operator_id, reason)


def _open(public_id: str) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("author")
    report = rows.filter(public_id=public_id).first()
    if report is None:
        raise NotFound(_("There is no such report."))
    if report.state != Report.State.OPEN:
        raise Conflict(_("Somebody has decided that already."))
    return report


def _close(report: Report, state: str, operator_id: int, reason: str) -> None:
    report.state = state
    report.decision = reason
    report.decided_by_id = operator_id
    report.decided_at = clock.now()
    report.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    notices.tell_decided(report)
