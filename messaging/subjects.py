"""Finds what a question is about, through the public reads of the apps below."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from accounts.queries import profile_refs_by_public_id
from accounts.types import Viewer
from catalog.queries import product_cards, service_cards
from core.errors import NotFound
from feed.queries import pin_cards
from messaging.types import Subject
from orders.queries import order_for

Finder = Callable[[str, Viewer, SessionBase], Subject | None]


def _product(ref: str, viewer: Viewer, _session: SessionBase) -> Subject | None:
    for card in product_cards(public_ids=[ref]):
        if card.seller.id in viewer.hidden.blocked:
            return None
        return Subject(
            kind="product",
            ref=ref,
            title=card.title,
            url=f"/product/{card.public_id}/{card.slug}/",
            to=card.seller,
            picture=card.picture,
        )
    return None


def _service(ref: str, viewer: Viewer, _session: SessionBase) -> Subject | None:
    for card in service_cards(public_ids=[ref]):
        if card.seller.id in viewer.hidden.blocked:
            return None
        return Subject(
            kind="service",
            ref=ref,
            title=card.title,
            url=card.url,
            to=card.seller,
            picture=card.picture,
        )
    return None


def _pin(ref: str, viewer: Viewer, _session: SessionBase) -> Subject | None:
    for card in pin_cards(public_ids=[ref], viewer=viewer):
        if card.author.kind != "brand":
            return None
        return Subject(
            kind="pin",
            ref=ref,
            title=card.title,
            url=f"/pin/{card.public_id}/",
            to=card.author,
            picture=card.picture,
        )
    return None


def _brand(ref: str, viewer: Viewer, _session: SessionBase) -> Subject | None:
    to = profile_refs_by_public_id(public_ids=[ref]).get(ref)
    if to is None or to.kind != "brand" or to.id in viewer.hidden.blocked:
        return None
    return Subject(kind="brand", ref=ref, title=to.name, url=to.url, to=to, picture=to.picture)


def _order(ref: str, viewer: Viewer, session: SessionBase) -> Subject | None:
    # Also behind a block: about what was bought, both sides can always be asked.
    order = order_for(viewer=viewer, session=session, number=ref)
    return Subject(
        kind="order",
        ref=order.number,
        title=_("Order %(number)s") % {"number": order.number},
        url=f"/order/{order.number}/",
        to=order.seller,
    )


_FINDERS: dict[str, Finder] = {
    "product": _product,
    "service": _service,
    "pin": _pin,
    "brand": _brand,
    "order": _order,
}


KINDS = tuple(_FINDERS)


def subject_for(*, kind: str, ref: str, viewer: Viewer, session: SessionBase) -> Subject:
    """What the viewer wants to ask about. Raises NotFound for what they cannot see."""
    finder = _FINDERS.get(kind)
    subject = finder(ref, viewer, session) if finder else None
    if subject is None:
        raise NotFound(_("There is nothing here to ask about."))
    return subject
