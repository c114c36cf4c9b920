"""The operation by which somebody asks what a service would cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.actions import count_try
from accounts.types import Call
from api.fields import Day, Id, In, Mail, MoneyField, Text, Whole
from api.operations import operation
from catalog.queries import service_page
from catalog.types import ServicePage
from core import clock
from core.errors import Invalid, NotFound
from core.media import Image
from feed.queries import pin_cards
from messaging import actions
from messaging.api.views import AskedOut, asker_of
from messaging.quote_forms import MAX_DAYS_AHEAD, MAX_PICTURES, TEXT_LIMIT
from messaging.quote_views import MAX_PINS
from messaging.subjects import subject_for
from messaging.types import BriefData

MOST_PIECES = 10_000_000
LEAST_BUDGET, MOST_BUDGET = 100, 100_000_000


class QuoteIn(In):
    """What is wanted; all but `text` may stay open, and a guest says where the quote goes.

    `package` is the name of one of the service's packages. Pictures are stored ones of yours, and
    so not for guests; pins any that you can see.
    """

    text = Text(limit=TEXT_LIMIT, multiline=True)
    package = Text(limit=60, required=False, allow_blank=True, default="")
    quantity = Whole(
        min_value=1, max_value=MOST_PIECES, required=False, default=None, allow_null=True
    )
    unit = Text(limit=40, required=False, allow_blank=True, default="")
    budget = MoneyField(required=False, allow_null=True, default=None)
    destination = Text(limit=120, required=False, allow_blank=True, default="")
    needed_by = Day(required=False, allow_null=True, default=None)
    picture_ids = serializers.ListField(
        child=Id(), required=False, default=list, max_length=MAX_PICTURES
    )
    pin_ids = serializers.ListField(child=Id(), required=False, default=list, max_length=MAX_PINS)
    email = Mail(required=False, allow_blank=True, default="")

    def validate_budget(self, budget: Any) -> Any:
        """In euro, from one of them on."""
        if budget is not None and (
            budget.currency != "EUR" or not LEAST_BUDGET <= budget.amount <= MOST_BUDGET
        ):
            raise serializers.ValidationError(_("Name a budget in euro, from €1 to €1,000,000."))
        return budget

    def validate_needed_by(self, day: Any) -> Any:
        """From today on, within two years."""
        today = timezone.localdate(clock.now())
        if day is not None and not today <= day <= today + timedelta(days=MAX_DAYS_AHEAD):
            raise serializers.ValidationError(_("Choose a day from today on, within two years."))
        return day

    def validate(self, attrs: Any) -> Any:
        """A unit is one of a number."""
        if attrs["unit"] and attrs["quantity"] is None:
            raise serializers.ValidationError({"quantity": [_("Say how many.")]})
        return attrs


class NoSuchPackage(Invalid):
    """The service has no package of that name."""

    code = "no_such_package"
    message = _("This service has no package of that name.")


def _count(call: Call) -> None:
    # A member's receipt goes to an address that is theirs.
    email = "" if call.viewer.acting else call.data["email"]
    count_try(name="quote", request=call.plain_request, email=email)


@operation(
    id="service_quote_request",
    tag="Services",
    scope="messages",
    who="anybody",
    takes=QuoteIn,
    gives=AskedOut,
    status=201,
    before=_count,
    example={
        "text": "Forty cups with our mark, for the opening of the café.",
        "quantity": 40,
        "unit": "cups",
        "budget": {"amount": 90000, "currency": "EUR"},
        "destination": "Lisbon",
    },
)
def request_quote(call: Call, public_id: str) -> dict[str, str]:
    """Ask a brand what a service would cost you. The quote comes by mail; you get a receipt."""
    data = dict(call.data)
    del data["email"]
    asker = asker_of(call)
    service = service_page(public_id=public_id, viewer=call.viewer)
    if service is None or not service.public:
        raise NotFound
    _check_package(service, data["package"])
    brief = BriefData(
        images=_pictures(asker.profile_id, data.pop("picture_ids")),
        pin_ids=_pins(call, data.pop("pin_ids")),
        **data,
    )
    subject = subject_for(kind="service", ref=public_id, viewer=call.viewer, session=call.session)
    return {"id": actions.request_quote(subject=subject, asker=asker, data=brief)}


def _check_package(service: ServicePage, name: str) -> None:
    if name and name not in {one.name for one in service.packages}:
        raise NoSuchPackage


def _pictures(owner_id: int | None, public_ids: list[str]) -> tuple[Image, ...]:
    """In their order. Raises NotFound for a picture that is not the asker's own. A guest has none:
    what guests uploaded on pages is nobody's, and each session knows its own alone."""
    rows = Image.objects.filter(public_id__in=public_ids, owner_id=owner_id, owner_id__isnull=False)
    found = {one.public_id: one for one in rows}
    if set(public_ids) - set(found):
        raise NotFound
    return tuple(found[one] for one in dict.fromkeys(public_ids))


def _pins(call: Call, public_ids: list[str]) -> tuple[str, ...]:
    """Raises NotFound for a pin that the asker cannot see."""
    wanted = list(dict.fromkeys(public_ids))
    found = {one.public_id for one in pin_cards(public_ids=wanted, viewer=call.viewer)}
    if set(wanted) - found:
        raise NotFound
    return tuple(wanted)
