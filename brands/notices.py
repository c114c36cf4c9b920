"""Who is told what about a brand's papers. The words are in templates/brands/notices/."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import contacts_of
from accounts.types import ProfileRef
from brands.models import PaperDocument, Review
from core.ids import new_public_id
from notifications.actions import notify
from notifications.kinds import Channel, Kind, register
from notifications.types import Recipient


def register_kinds() -> None:
    """Called once, when apps are ready."""
    email: tuple[Channel, ...] = ("email",)
    owners: frozenset[str] = frozenset()
    register(
        Kind(
            "brands.code",
            gettext_lazy("Codes for a brand's e-mail"),
            email,
            locked=email,
            roles=owners,
        )
    )
    register(
        Kind(
            "brands.submitted", gettext_lazy("Your brand was submitted"), locked=email, roles=owners
        )
    )
    register(
        Kind(
            "brands.change",
            gettext_lazy("Your trader data were checked"),
            locked=email,
            roles=owners,
        )
    )
    register(
        Kind(
            "brands.again",
            gettext_lazy("Your trader data are looked at again"),
            locked=email,
            roles=owners,
        )
    )
    register(
        Kind(
            "brands.document",
            gettext_lazy("A document in your papers ends"),
            locked=email,
            roles=owners,
        )
    )
    register(Kind("brands.payout", gettext_lazy("Your payout account"), locked=email, roles=owners))


def send_code(*, brand: ProfileRef, email: str, code: str) -> None:
    """The code that confirms a contact address, to that address alone."""
    notify(
        kind="brands.code",
        event_key=f"code:{new_public_id()}",
        recipients=[Recipient(email=email)],
        context={"code": code, "title": brand.name, "url": "", "action": ""},
    )


def tell_submitted(review: Review) -> None:
    """The receipt: it is with the operators now."""
    _tell_team("brands.submitted", review.brand_id, f"review:{review.public_id}", {})


def tell_change(review: Review, *, reason: str) -> None:
    """What came of the fresh look at changed trader data."""
    passed = review.state == Review.State.PASSED
    more = {"passed": int(passed), "reason": reason}
    _tell_team("brands.change", review.brand_id, f"review:{review.public_id}", more)


def tell_again(review: Review, *, until: datetime) -> None:
    """A check is nearly a year old: look through what you told us, before it counts no more."""
    more = {"day": date_format(timezone.localtime(until), "j F Y")}
    _tell_team("brands.again", review.brand_id, f"review:{review.public_id}", more)


def tell_document(document: PaperDocument, *, until: date, ended: bool) -> None:
    """The last day of a document is near, or over: a new one is needed."""
    handle = document.brand.handle
    more = {
        "document": document.name,
        "ended": int(ended),
        "day": date_format(until, "j F Y"),
        "url": reverse("brands:documents", kwargs={"handle": handle}),
        "action": _("Open the documents"),
    }
    _tell_team("brands.document", document.brand_id, f"document:{document.public_id}", more)


def tell_payout(*, brand_id: int, state: str, version: int) -> None:
    """The bank has an answer about the account to which money goes."""
    more = {"verified": int(state == "verified")}
    _tell_team("brands.payout", brand_id, f"payout:{brand_id}:{version}", more)


def _tell_team(kind: str, brand_id: int, key: str, more: Mapping[str, object]) -> None:
    notify(
        kind=kind,
        event_key=key,
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=brand_id, roles=set())
        ],
        context={"url": "/studio/", "action": _("Open the studio"), **more},
    )
