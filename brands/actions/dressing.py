"""How a brand's page looks: words, colours, sections, and the picture on top."""

from __future__ import annotations

from django.db import transaction

from accounts import actions as accounts
from accounts.queries import brand_file
from catalog.actions import save_look
from catalog.types import LookInput
from core.media import describe_image


@transaction.atomic
def dress_storefront(
    *,
    brand_id: int,
    actor_id: int | None,
    look: LookInput,
    cover_id: int | None,
    focus: tuple[int, int] | None,
) -> None:
    """Save all of it or nothing. `cover_id` None leaves the cover; `focus` is what crops of it keep
    in view, in percent across and down.

    Only the look can be undone (`catalog.actions.undo_look`). Raises Invalid, NotFound.
    """
    save_look(profile_id=brand_id, data=look, actor_id=actor_id)
    file = brand_file(profile_id=brand_id)
    if cover_id is not None and file and cover_id != file.cover_id:
        accounts.set_pictures(brand_id=brand_id, cover_id=cover_id)
        accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.pictures_changed")
        file = brand_file(profile_id=brand_id)
    if focus and file and file.cover and focus != (file.cover.focus_x, file.cover.focus_y):
        # It is the brand's own cover, whoever uploaded the picture.
        describe_image(public_id=file.cover.public_id, owner_id=None, focus=focus)
