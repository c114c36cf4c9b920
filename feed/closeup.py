"""One pin from close up: its items, who saved it, what is like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, Exists, F, OuterRef, QuerySet, Value

from accounts.queries import followed_ids, profile_refs_by_handle
from accounts.types import Viewer
from catalog.types import ProductCard
from feed import wall
from feed.access import saves_in_reach
from feed.audience import (
    listed_pins,
    own_or_shown,
    shown_pins,
    stands_in_lists,
    visible_pins,
)
from feed.boards import boards_with
from feed.cards import (
    Tagged,
    author_of,
    build_cards,
    card_of,
    mention_of,
    picture_of,
    pin_rows,
    saved_among,
    shopped_rows,
    tagged_by,
)
from feed.further import further_of_pin, pictures_in
from feed.models import Pin, PinLike, Save
from feed.saying import MAX_MENTIONS, Part, handles_in, parts_of
from feed.types import BoardRef, PinCard, PinPage, PinState, SavedBy, TagView
from tracking.queries import touch_token

RELATED = 18


def pin_page(*, public_id: str, viewer: Viewer) -> PinPage | None:
    """A pin that the viewer may open, or None.

    Seven queries at most for somebody signed in, four for a guest; one more where its text names
    somebody.
    """
    return _page(visible_pins(viewer=viewer).filter(public_id=public_id), viewer=viewer)


def pin_preview(*, public_id: str, author_id: int, viewer: Viewer) -> PinPage | None:
    """A pin of the author's as others will see it, whether it is on the wall or a draft; None for
    any other. Nothing that is bought from it counts as earned by it. As many queries as `pin_page`.
    """
    states = [PinState.DRAFT, PinState.PUBLISHED]
    mine = Pin.objects.filter(public_id=public_id, author=author_id, state__in=states)
    page = _page(mine, viewer=viewer)
    return replace(page, touch="") if page else None


def _page(found: QuerySet[Pin], *, viewer: Viewer) -> PinPage | None:
    profile_id = viewer.acting.id if viewer.acting else None
    rows = pin_rows(found, viewer_profile_id=profile_id)
    if not rows:
        return None
    row = next(iter(rows.values()))
    more = _more(row["id"], profile_id=profile_id)
    tagged = tagged_by([row], viewer=viewer)
    followed = followed_ids(profile_id=profile_id) if profile_id else []
    named = [one for one in followed if one not in viewer.hidden.ids]
    # While boards do not show it to everybody, it does not say on which it lies, nor who saved it.
    in_lists = stands_in_lists(audience=row["audience"], published_at=row["published_at"])
    picture = picture_of(row, prefix="image__")
    assert picture is not None  # noqa: S101 -- Pin.image is not null
    return PinPage(
        public_id=row["public_id"],
        title=row["title"],
        text=more["text"],
        link=more["link"],
        ai_made=row["ai_made"],
        picture=picture,
        author=author_of(row),
        published_at=row["published_at"],
        saves_count=more["saves_count"],
        tags=_tags(row, tagged),
        gone=[tag["product"] for tag in row["tag_list"] if tagged.card(tag) is None],
        saved_on=_boards_with(pin_id=row["id"], profile_id=profile_id),
        saved_by=_saved_by(
            pin_id=row["id"], followed=named if in_lists else [], total=more["saves_count"]
        ),
        touch=touch_token(source="pin", ref=row["public_id"]),
        author_followed=row["author__id"] in followed,
        likes_count=more["likes_count"],
        liked=more["liked"],
        boards=boards_with(pin_id=row["id"], viewer=viewer) if in_lists else [],
        category_slug=more["category_slug"],
        category_name=more["name"],
        service=mention_of(row),
        audience=row["audience"],
        in_lists=in_lists,
        further=pictures_in(more["further_list"]),
        parts=_parts(more["text"], viewer=viewer),
    )


def _parts(text: str, *, viewer: Viewer) -> list[Part]:
    """Nobody whom the viewer does not meet is led to."""
    named = profile_refs_by_handle(handles=handles_in(text)[:MAX_MENTIONS])
    people = {at: ref.url for at, ref in named.items() if ref.id not in viewer.hidden.ids}
    return parts_of(text, people=people)


def _more(pin_id: int, *, profile_id: int | None) -> dict[str, Any]:
    """What the closeup shows beyond a card."""
    liked: Exists | Value = Value(False, output_field=BooleanField())
    if profile_id is not None:
        liked = Exists(PinLike.objects.filter(pin=OuterRef("pk"), profile=profile_id))
    rows = Pin.objects.annotate(liked=liked, further_list=further_of_pin()).values(
        "text",
        "link",
        "saves_count",
        "likes_count",
        "liked",
        "further_list",
        category_slug=F("category__slug"),
        name=F("category__name"),
    )
    return dict(rows.get(pk=pin_id))


def _tags(row: dict[str, Any], tagged: Tagged) -> list[TagView]:
    shown = [(tag, card) for tag in row["tag_list"] if (card := tagged.card(tag))]
    return [
        TagView(
            number=number,
            x=Decimal(str(tag["x"])),
            y=Decimal(str(tag["y"])),
            product=card,
            variant_id=card.variant_id,
        )
        for number, (tag, card) in enumerate(shown, start=1)
    ]


def _boards_with(*, pin_id: int, profile_id: int | None) -> list[BoardRef]:
    """The boards to which the viewer saved the pin, without those that they are off by now."""
    if profile_id is None:
        return []
    rows = (
        saves_in_reach()
        .filter(pin=pin_id, saver=profile_id)
        .values_list(
            "board__public_id",
            "board__slug",
            "board__title",
            "board__secret",
            "board__pins_count",
            "board__followers_count",
        )
    )
    return [BoardRef(*row) for row in rows]


def _saved_by(*, pin_id: int, followed: list[int], total: int) -> SavedBy:
    if not followed:
        return SavedBy(names=[], total=total)
    names = (
        Save.objects.filter(
            pin=pin_id, saver__in=followed, board__secret=False, saver__state="approved"
        )
        .values("saver")
        .annotate(times=Count("id"))
        .order_by("-saver__followers_count")
        .values_list("saver__name", flat=True)[:2]
    )
    return SavedBy(names=list(names), total=total)


def related_pins(
    *,
    public_id: str,
    viewer: Viewer,
    limit: int = RELATED,
    guest_saves: frozenset[str] = frozenset(),
) -> list[PinCard]:
    """Pins like this one: on the same boards, with the same products, in the same category."""
    found = Pin.objects.filter(public_id=public_id).values_list("id", "category_id").first()
    if found is None:
        return []
    ids = wall.related_ids(pin_id=found[0], category_id=found[1], n=limit)
    return build_cards(
        ids=ids,
        viewer=viewer,
        guest_saves=guest_saves,
    )


def pins_with_product(
    *,
    product_id: str,
    viewer: Viewer,
    limit: int = 12,
    guest_saves: frozenset[str] = frozenset(),
    others: Sequence[str] = (),
) -> tuple[list[PinCard], frozenset[str]]:
    """The most popular public pins that carry a tag of this product (public id), and which of it
    and `others` the viewer saved. Two queries."""
    products = [product_id, *others]
    rows = shopped_rows(product_id=product_id, viewer=viewer, limit=limit, products=products)
    tagged = tagged_by(rows, viewer=viewer)
    saved = _saved_in(rows, products=products, viewer=viewer)
    return [card_of(row, tagged=tagged, guest_saves=guest_saves) for row in rows], saved


def saved_products(*, product_ids: Sequence[str], viewer: Viewer) -> frozenset[str]:
    """Which of these products (public ids) the viewer saved; none for a guest, whose saves are in
    the session. One query for somebody who acts."""
    if viewer.acting_id is None or not product_ids:
        return frozenset()
    return frozenset(saved_among(list(product_ids), [viewer.acting_id]))


def saved_services(*, service_ids: Sequence[str], viewer: Viewer) -> frozenset[str]:
    """Which of these services (public ids) the viewer saved, as `saved_products` of products."""
    if viewer.acting_id is None or not service_ids:
        return frozenset()
    saved = saves_in_reach().filter(pin=OuterRef("pk"), saver=viewer.acting_id)
    pins = visible_pins().filter(Exists(saved), stands_for_service__public_id__in=list(service_ids))
    return frozenset(pins.values_list("stands_for_service__public_id", flat=True))


class PinsAndProducts(NamedTuple):
    """Cards, and which of the products the viewer saved (public ids)."""

    pins: list[PinCard]
    products: list[ProductCard]
    saved: frozenset[str]


def pins_and_products(
    *, pin_ids: list[str], product_ids: list[str], viewer: Viewer, with_saved: bool = False
) -> PinsAndProducts:
    """Cards of these pins and of these products (public ids), each in the order asked for.

    Two queries: the products that pins carry and those asked for come together, and what of them
    the viewer saved (`with_saved`) comes with the pins.
    """
    wanted = product_ids if with_saved else []
    rows = _ordered(pin_ids, pins=listed_pins(viewer=viewer), viewer=viewer, products=wanted)
    tagged = tagged_by(rows, viewer=viewer, also=product_ids)
    products = [tagged.products[one] for one in product_ids if one in tagged.products]
    saved = _saved_in(rows, products=wanted, viewer=viewer)
    return PinsAndProducts([card_of(row, tagged=tagged) for row in rows], products, saved)


def _saved_in(
    rows: Sequence[dict[str, Any]], *, products: Sequence[str], viewer: Viewer
) -> frozenset[str]:
    """What every one of the rows says of these products; asked for where there are no rows."""
    if rows and products and viewer.acting_id is not None:
        return frozenset(rows[0]["saved_products"])
    return saved_products(product_ids=products, viewer=viewer)


def pin_cards(*, public_ids: list[str], viewer: Viewer) -> list[PinCard]:
    """Cards of what may be opened, in the order asked for: for pins that somebody names, not for
    lists. Two queries."""
    rows = _ordered(public_ids, pins=visible_pins(viewer=viewer), viewer=viewer)
    tagged = tagged_by(rows, viewer=viewer)
    return [card_of(row, tagged=tagged) for row in rows]


def _ordered(
    public_ids: list[str], *, pins: QuerySet[Pin], viewer: Viewer, products: Sequence[str] = ()
) -> list[dict[str, Any]]:
    rows = pin_rows(
        pins.filter(public_id__in=public_ids),
        viewer_profile_id=viewer.acting_id,
        products=products,
    )
    found = {row["public_id"]: row for row in rows.values()}
    return [found[one] for one in public_ids if one in found]


def earning_pins(*, public_ids: list[str], author_id: int, viewer: Viewer) -> list[PinCard]:
    """The same for pins that a brand's products were bought from: all of its own, and of others
    those that the viewer meets in lists. Two queries."""
    pins = own_or_shown(author_id=author_id, viewer=viewer)
    rows = _ordered(public_ids, pins=pins, viewer=viewer)
    tagged = tagged_by(rows, viewer=viewer)
    return [card_of(row, tagged=tagged) for row in rows]


def pin_titles(*, public_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Title and address of pins that everybody meets, by public id: what an author writes into one
    that was withdrawn is theirs, and so is the address of one that is only for those with it."""
    rows = shown_pins().filter(public_id__in=public_ids)
    return {
        public_id: (title, f"/pin/{public_id}/")
        for public_id, title in rows.values_list("public_id", "title")
    }
