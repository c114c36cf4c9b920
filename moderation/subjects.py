"""Finds what is reported, and takes it down, through the public faces of the apps below."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.actions import suspend_brand, suspend_person
from accounts.queries import approved_ids, profile_refs_by_public_id
from accounts.types import Viewer
from catalog.actions import take_down_product, take_down_service
from catalog.queries import product_cards, service_cards
from core.errors import NotFound
from feed.actions import take_down_comment, take_down_note, take_down_pin
from feed.queries import comment_subject, note_subject, pin_cards
from moderation.models import Report
from moderation.types import Subject
from reviews.actions import take_down_review
from reviews.queries import review_subject


def subject_for(*, kind: str, ref: str, viewer: Viewer) -> Subject:
    """What the viewer sees and wants to report. Raises NotFound for what they cannot see."""
    finder = _FINDERS.get(kind)
    subject = finder(ref, viewer) if finder else None
    if subject is None:
        raise NotFound(_("There is nothing here to report."))
    return subject


def _pin(ref: str, viewer: Viewer) -> Subject | None:
    for card in pin_cards(public_ids=[ref], viewer=viewer):
        url = f"/pin/{card.public_id}/"
        return Subject(kind="pin", ref=ref, title=card.title, url=url, author=card.author)
    return None


def _product(ref: str, viewer: Viewer) -> Subject | None:
    for card in product_cards(public_ids=[ref]):
        if card.seller.id in viewer.hidden.blocked:
            return None
        url = f"/product/{card.public_id}/{card.slug}/"
        return Subject(kind="product", ref=ref, title=card.title, url=url, author=card.seller)
    return None


def _service(ref: str, viewer: Viewer) -> Subject | None:
    for card in service_cards(public_ids=[ref]):
        if card.seller.id in viewer.hidden.blocked:
            return None
        return Subject(kind="service", ref=ref, title=card.title, url=card.url, author=card.seller)
    return None


def _profile(ref: str, viewer: Viewer) -> Subject | None:
    author = profile_refs_by_public_id(public_ids=[ref]).get(ref)
    if author is None or author.id in viewer.hidden.blocked:
        return None
    return Subject(kind="profile", ref=ref, title=author.name, url=author.url, author=author)


def _comment(ref: str, viewer: Viewer) -> Subject | None:
    found = comment_subject(public_id=ref, viewer=viewer)
    if found is None:
        return None
    text, url, author = found
    title = " ".join(text.split())
    return Subject(kind="comment", ref=ref, title=title[:120], url=url, author=author)


def _note(ref: str, viewer: Viewer) -> Subject | None:
    found = note_subject(ref=ref, viewer=viewer)
    if found is None:
        return None
    text, url, author = found
    return Subject(kind="note", ref=ref, title=text[:120], url=url, author=author)


def _review(ref: str, viewer: Viewer) -> Subject | None:
    found = review_subject(public_id=ref, viewer=viewer)
    if found is None:
        return None
    product, url, author = found
    title = _("a review of %(title)s") % {"title": product}
    return Subject(kind="review", ref=ref, title=title, url=url, author=author)


_FINDERS: dict[str, Callable[[str, Viewer], Subject | None]] = {
    "pin": _pin,
    "product": _product,
    "service": _service,
    "profile": _profile,
    "comment": _comment,
    "note": _note,
    "review": _review,
}


def take_down(*, report: Report, operator_id: int, reason: str) -> None:
    """Remove what was reported from every page; the act keeps operator and reason.

    What is gone already is left as it is.
    """
    if report.kind == Report.Kind.PIN:
        take_down_pin(public_id=report.ref, operator_id=operator_id, reason=reason)
    elif report.kind == Report.Kind.PRODUCT:
        take_down_product(public_id=report.ref, operator_id=operator_id, reason=reason)
    elif report.kind == Report.Kind.COMMENT:
        take_down_comment(comment_id=report.ref, operator_id=operator_id, reason=reason)
    elif report.kind == Report.Kind.NOTE:
        board_id, _hyphen, pin_id = report.ref.partition("-")
        take_down_note(board_id=board_id, pin_id=pin_id, author_id=report.author_id, reason=reason)
    elif report.kind == Report.Kind.REVIEW:
        take_down_review(public_id=report.ref, operator_id=operator_id, reason=reason)
    elif report.kind == Report.Kind.SERVICE:
        take_down_service(public_id=report.ref, operator_id=operator_id, reason=reason)
    elif not approved_ids(ids=[report.author_id]):
        return
    elif report.author.kind == "brand":
        suspend_brand(brand_id=report.author_id, operator_id=operator_id, reason=reason)
    else:
        suspend_person(profile_id=report.author_id, operator_id=operator_id, reason=reason)
