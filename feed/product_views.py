"""Saving a product where it stands: the bookmark on its card and its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.queries import check_acting
from accounts.types import Request
from catalog.queries import product_cards
from core.errors import NotFound
from core.ratelimit import hit
from feed import guest
from feed.actions import save_product, unsave_product
from feed.answers import done, kept, removed
from feed.views import SAVES_PER_MINUTE


@require_POST
def save(request: Request, public_id: str) -> HttpResponse:
    """Put a product on the board used last."""
    check_acting(request=request)
    hit(key=f"save:{request.viewer.limit_key}", limit=SAVES_PER_MINUTE, per_seconds=60)
    acting = request.viewer.voice()
    undo = reverse("feed:unsave_product", kwargs={"public_id": public_id})
    if acting is None:
        if not product_cards(public_ids=[public_id]):
            raise NotFound
        guest.keep(session=request.session, public_id=public_id, key=guest.PRODUCTS)
        return done(request, _("Saved for this visit."), undo=undo, join=True)
    saved = save_product(
        product_id=public_id, saver_id=acting.id, user_id=request.viewer.brand_actor_id
    )
    return kept(request, saved, back=undo)


@require_POST
def unsave(request: Request, public_id: str) -> HttpResponse:
    """Take it off the boards where it was saved, or off `board`."""
    check_acting(request=request)
    acting = request.viewer.voice()
    if acting is None:
        guest.drop(session=request.session, public_id=public_id, key=guest.PRODUCTS)
        again = reverse("feed:save_product", kwargs={"public_id": public_id})
        return done(request, _("Removed"), undo=again)
    board_id = request.GET.get("board") or None
    gone = unsave_product(
        product_id=public_id,
        saver_id=acting.id,
        board_id=board_id,
        user_id=request.viewer.brand_actor_id,
    )
    return removed(request, gone)
