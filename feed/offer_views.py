"""Saving what a brand offers where it stands: the bookmark of a product or a service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.queries import check_acting
from accounts.types import Request
from catalog.queries import product_cards, service_cards
from core.errors import NotFound
from core.ratelimit import hit
from feed import guest
from feed.actions import save_product, save_service, unsave_product, unsave_service
from feed.answers import done, kept, removed
from feed.types import Saved, Unsaved
from feed.views import SAVES_PER_MINUTE


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """What is saved: its name in addresses and arguments, where a guest's are kept, and how."""

    name: str
    key: str
    cards: Callable[..., list[Any]]
    save: Callable[..., Saved]
    unsave: Callable[..., Unsaved]

    def address(self, act: str, public_id: str) -> str:
        return reverse(f"feed:{act}_{self.name}", kwargs={"public_id": public_id})


_PRODUCT = _Kind(
    name="product",
    key=guest.PRODUCTS,
    cards=product_cards,
    save=save_product,
    unsave=unsave_product,
)
_SERVICE = _Kind(
    name="service",
    key=guest.SERVICES,
    cards=service_cards,
    save=save_service,
    unsave=unsave_service,
)


@require_POST
def save_a_product(request: Request, public_id: str) -> HttpResponse:
    """Put a product on the board used last."""
    return _save(request, public_id, _PRODUCT)


@require_POST
def unsave_a_product(request: Request, public_id: str) -> HttpResponse:
    """Take it off the boards where it was saved, or off `board`."""
    return _unsave(request, public_id, _PRODUCT)


@require_POST
def save_a_service(request: Request, public_id: str) -> HttpResponse:
    """Put a service on the board used last."""
    return _save(request, public_id, _SERVICE)


@require_POST
def unsave_a_service(request: Request, public_id: str) -> HttpResponse:
    """Take it off the boards where it was saved, or off `board`."""
    return _unsave(request, public_id, _SERVICE)


def _save(request: Request, public_id: str, kind: _Kind) -> HttpResponse:
    check_acting(request=request)
    hit(key=f"save:{request.viewer.limit_key}", limit=SAVES_PER_MINUTE, per_seconds=60)
    acting = request.viewer.voice()
    undo = kind.address("unsave", public_id)
    if acting is None:
        if not kind.cards(public_ids=[public_id]):
            raise NotFound
        guest.keep(session=request.session, public_id=public_id, key=kind.key)
        return done(request, _("Saved for this visit."), undo=undo, join=True)
    which = {f"{kind.name}_id": public_id}
    saved = kind.save(**which, saver_id=acting.id, user_id=request.viewer.brand_actor_id)
    return kept(request, saved, back=undo)


def _unsave(request: Request, public_id: str, kind: _Kind) -> HttpResponse:
    check_acting(request=request)
    acting = request.viewer.voice()
    if acting is None:
        guest.drop(session=request.session, public_id=public_id, key=kind.key)
        return done(request, _("Removed"), undo=kind.address("save", public_id))
    gone = kind.unsave(
        **{f"{kind.name}_id": public_id},
        saver_id=acting.id,
        board_id=request.GET.get("board") or None,
        user_id=request.viewer.brand_actor_id,
    )
    return removed(request, gone)
