"""A pin says again what it said before."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.media import Image
from feed.actions import tags
from feed.actions.editing import edit_pin
from feed.actions.publishing import own_pin
from feed.audience import day_is_over
from feed.models import Pin, PinRevision
from feed.types import Audience, FurtherPicture, PinData, Restored, TagData


@transaction.atomic
def restore_version(
    *, public_id: str, author_id: int, version: int, user_id: int | None = None
) -> Restored | None:
    """Write a pin as it was before one of its changes; its board stays, and so does who sees it,
    unless that is what this change changed.

    What it says now becomes a version in turn; None when nothing changed.
    Products that are not on sale any more are left out; a picture that is gone stays replaced.
    Raises PinNotFound, NotFound for a version of another pin and for none, TitleMissing.
    """
    pin = own_pin(public_id=public_id, author_id=author_id)
    newest = PinRevision.objects.filter(pin=pin).order_by("-id")
    found = newest.filter(pk=version).first()
    if found is None:
        raise NotFound(_("There is no such version."))
    was, before = found.was, newest.values_list("pk", flat=True).first()
    seen_by = pin.audience
    pin = edit_pin(
        public_id=public_id,
        author_id=author_id,
        user_id=user_id,
        data=PinData(
            title=was["title"],
            text=was["text"],
            link=was["link"],
            category=was["slug"],
            ai_made=was["ai_made"],
            tags=_still_sold(pin, was["tags"]),
            board=pin.board.public_id if pin.board else None,
            image=Image.objects.filter(public_id=was["picture"]).first(),
            alt=was["alt"],
            audience=_who_saw_it(pin, found),
            further=_still_kept(pin, was["further"]) if "further" in was else None,
        ),
    )
    after = newest.values_list("pk", flat=True).first()
    if after is None or after == before:
        return None
    another = was.get("audience", seen_by) != seen_by
    return Restored(version=after, audience=Audience(pin.audience) if another else None)


def _who_saw_it(pin: Pin, change: PinRevision) -> Audience | None:
    """Who saw a pin before one of its changes, if the change spoke of it: for older words nobody
    opens what was closed since."""
    following = PinRevision.objects.filter(pin=pin, pk__gt=change.pk).order_by("id").first()
    was = change.was.get("audience")
    then = following.was.get("audience") if following else pin.audience
    if was is None or was == then:
        return None
    if was == Audience.FOLLOWERS and day_is_over(published_at=pin.published_at):
        return Audience.EVERYONE
    return Audience(was)


def _still_kept(pin: Pin, kept: list[dict[str, str]]) -> list[FurtherPicture]:
    """The further pictures that have not gone meanwhile."""
    named = [one["picture"] for one in kept]
    owned = Image.objects.filter(public_id__in=named, owner_id=pin.author_id)
    there = set(owned.values_list("public_id", flat=True))
    return [
        FurtherPicture(picture_id=one["picture"], alt=one["alt"])
        for one in kept
        if one["picture"] in there
    ]


def _still_sold(pin: Pin, kept: list[dict[str, str]]) -> list[TagData]:
    """The tags that may stand on a picture now; four queries at most."""
    said = [
        TagData(
            product_id=one["product"],
            variant_id=one["variant"],
            x=Decimal(one["x"]),
            y=Decimal(one["y"]),
        )
        for one in kept
    ]
    return [one.tag for one in tags.that_fit(said, author_id=pin.author_id, pin=pin)]
