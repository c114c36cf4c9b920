"""An author's own pins: the list with its drafts, and one pin as the editor needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from catalog.types import AltScore
from core.alt import described
from core.media import Image, Picture, picture_fields
from core.paging import Order, moment, words
from feed.audience import stands_in_lists
from feed.cards import picture_of
from feed.further import further_of_pin, pictures_in
from feed.models import Pin, PinPicture, PinRevision, ProductTag
from feed.tagging import TagRow
from feed.types import Audience, PinState

PAGE = 60
HISTORY = 50


@dataclass(frozen=True, kw_only=True)
class OwnPin:
    """A line in the author's list. `described` says that each of its pictures has words that
    count."""

    public_id: str
    title: str
    state: str
    picture: Picture
    file_name: str
    described: bool
    published_at: datetime | None
    publish_at: datetime | None
    saves_count: int
    tag_count: int
    taken_down_reason: str
    audience: str

    @property
    def is_early(self) -> bool:
        """Whether it is on the wall for followers only, still."""
        return self.audience == Audience.FOLLOWERS and not stands_in_lists(
            audience=self.audience, published_at=self.published_at
        )


@dataclass(frozen=True, kw_only=True)
class OwnPins:
    """A page of the list. `next` is the cursor of the following one."""

    pins: list[OwnPin]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PinCounts:
    """Of all pins of an author that were not deleted, whatever the list is narrowed to."""

    drafts: int
    on_wall: int
    taken_down: int


# By the date that the list shows; a draft stands where it was made.
NEWEST = Order(field="dated", read=moment)
SORTS = {
    "newest": NEWEST,
    "oldest": Order(field="dated", read=moment, descending=False),
    "saves": Order(field="saves_count"),
    "title": Order(field="title", read=words, descending=False),
}


def own_pins(
    *,
    author_id: int,
    text: str = "",
    state: str = "",
    cursor: str | None = None,
    sort: str = "newest",
    size: int = PAGE,
) -> OwnPins:
    """Newest first or as one of SORTS, none deleted; `text` narrows by title, `state` by state.

    One query.
    """
    mine = _kept_by(author_id).annotate(dated=Coalesce("published_at", "created_at"))
    rows = mine.filter(title__icontains=text) if text else mine
    if state:
        rows = rows.filter(state=state)
    order = SORTS.get(sort, NEWEST)
    silent = PinPicture.objects.filter(pin=OuterRef("pk")).exclude(described("image__"))
    has_words = Case(
        When(described("image__") & ~Exists(silent), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    # A count of its own: joined and grouped, all of the author's pins would be sorted for one page.
    tagged = ProductTag.objects.filter(pin=OuterRef("pk")).order_by().values("pin")
    tag_count = Coalesce(Subquery(tagged.annotate(n=Count("pk")).values("n")), 0)
    found = list(
        order.sorted(rows.annotate(tag_count=tag_count, described=has_words), cursor).values(
            "id", "dated", *_OWN, "image__file_name", *picture_fields("image")
        )[: size + 1]
    )
    last = found[size - 1] if len(found) > size else None
    following = last and order.cursor(tie=last["id"], value=last.get(order.field))
    return OwnPins(pins=[_own(row) for row in found[:size]], next=following)


def pin_counts(*, author_id: int) -> PinCounts:
    """How many of an author's pins are in which state. One query."""
    counts = _kept_by(author_id).aggregate(
        drafts=Count("id", filter=Q(state=PinState.DRAFT)),
        on_wall=Count("id", filter=Q(state=PinState.PUBLISHED)),
        taken_down=Count("id", filter=Q(state=PinState.TAKEN_DOWN)),
    )
    return PinCounts(**counts)


def pin_alt_score(*, author_id: int) -> AltScore:
    """How many pictures on the author's pins are described, each once, drafts and further pictures
    included, as their list says. One query."""
    mine = _kept_by(author_id).order_by()
    further = PinPicture.objects.filter(pin__in=mine).order_by()
    shown = Image.objects.filter(pk__in=mine.values("image").union(further.values("image")))
    counts = shown.aggregate(pictures=Count("pk"), described=Count("pk", filter=described()))
    return AltScore(**counts)


def _kept_by(author_id: int) -> QuerySet[Pin]:
    """The author's pins but those that were deleted."""
    return Pin.objects.filter(author=author_id).exclude(state=PinState.DELETED)


def pin_standings(*, author_id: int, public_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """What the author's own pins are called and their states, by public id. One query."""
    rows = Pin.objects.filter(author=author_id, public_id__in=list(public_ids))
    columns = rows.values_list("public_id", "title", "image__file_name", "state")
    return {one: (title or name or one, state) for one, title, name, state in columns}


_OWN = (
    "public_id",
    "title",
    "state",
    "published_at",
    "publish_at",
    "saves_count",
    "tag_count",
    "described",
    "taken_down_reason",
    "audience",
)


def _own(row: dict[str, Any]) -> OwnPin:
    picture = picture_of(row, prefix="image__")
    assert picture is not None  # noqa: S101 -- Pin.image is not null
    plain = {name: row[name] for name in _OWN}
    return OwnPin(picture=picture, file_name=row["image__file_name"], **plain)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change after publication: when, by whom (empty: the author), what, and what it said."""

    at: datetime
    by: str
    what: list[str]
    was: dict[str, Any]
    version: int


@dataclass(frozen=True, kw_only=True)
class EditedPin:
    """A pin as its author edits it. `names` has those of tagged products that are not on sale any
    more; `followers` is how many its author has."""

    public_id: str
    title: str
    text: str
    link: str
    ai_made: bool
    audience: str
    comments_open: bool
    followers: int
    state: str
    category: str
    board: str
    picture: Picture
    file_name: str
    changed_at: datetime
    version: int
    published_at: datetime | None
    publish_at: datetime | None
    rows: list[TagRow]
    names: dict[str, str]
    further: list[Picture] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)


def pin_for_author(*, public_id: str, author_id: int) -> EditedPin | None:
    """A draft or published pin of this author with its history, or None. Two queries at most."""
    tags = ProductTag.objects.filter(pin=OuterRef("pk")).order_by("position")
    named = JSONObject(
        product="product__public_id",
        title="product__title",
        variant="variant__public_id",
        x="x",
        y="y",
    )
    row = (
        Pin.objects.filter(
            public_id=public_id,
            author=author_id,
            state__in=[PinState.DRAFT, PinState.PUBLISHED],
        )
        .annotate(tag_list=ArraySubquery(tags.values(json=named)), further_list=further_of_pin())
        .values(
            "id",
            *_EDITED,
            "tag_list",
            "further_list",
            "category__slug",
            "board__public_id",
            "image__file_name",
            "author__followers_count",
            *picture_fields("image"),
        )
        .first()
    )
    if row is None:
        return None
    picture = picture_of(row, prefix="image__")
    assert picture is not None  # noqa: S101 -- Pin.image is not null
    plain = {name: row[name] for name in _EDITED}
    return EditedPin(
        **plain,
        followers=row["author__followers_count"],
        category=row["category__slug"] or "",
        board=row["board__public_id"] or "",
        picture=picture,
        file_name=row["image__file_name"],
        rows=[_row(tag) for tag in row["tag_list"]],
        names={tag["product"]: tag["title"] for tag in row["tag_list"]},
        further=pictures_in(row["further_list"]),
        history=_history(row, picture) if row["published_at"] else [],
    )


_EDITED = (
    "public_id",
    "title",
    "text",
    "link",
    "ai_made",
    "audience",
    "comments_open",
    "state",
    "changed_at",
    "version",
    "published_at",
    "publish_at",
)


def _row(tag: dict[str, Any]) -> TagRow:
    return TagRow(
        product=tag["product"],
        variant=tag["variant"] or "",
        x=_percent(tag["x"]),
        y=_percent(tag["y"]),
    )


def _percent(share: Any) -> str:
    """As the form writes it: to a tenth, where there is one."""
    return f"{Decimal(str(share)) * 100:.1f}".removesuffix(".0")


def _history(row: dict[str, Any], picture: Picture) -> list[Change]:
    """What was changed, newest first: each version is held against the one that followed it."""
    after: dict[str, Any] = {
        "title": row["title"],
        "text": row["text"],
        "link": row["link"],
        "ai_made": row["ai_made"],
        "audience": row["audience"],
        "slug": row["category__slug"],
        "alt": picture.alt,
        "picture": picture.public_id,
        "further": [
            {"picture": one["public_id"], "alt": one["alt"]} for one in row["further_list"]
        ],
        "tags": [
            {**tag, "x": f"{Decimal(str(tag['x'])):.3f}", "y": f"{Decimal(str(tag['y'])):.3f}"}
            for tag in row["tag_list"]
        ],
    }
    changes = []
    versions = PinRevision.objects.filter(pin=row["id"]).order_by("-id")
    for pk, at, by, was in versions.values_list("id", "at", "by__profile__name", "was")[:HISTORY]:
        # Older versions are silent about what was not kept then.
        said = after | was
        what = [label for name, label in _labels().items() if said.get(name) != after.get(name)]
        changes.append(Change(at=at, by=by or "", what=what, was=was, version=pk))
        after = said
    return changes


def _labels() -> dict[str, str]:
    return {
        "title": _("title"),
        "text": _("text"),
        "link": _("link"),
        "slug": _("category"),
        "alt": _("alt text"),
        "picture": _("picture"),
        "further": _("further pictures"),
        "tags": _("products"),
        "ai_made": _("made with AI"),
        "audience": _("who sees it"),
    }


def is_on_a_pin(*, image_id: int) -> bool:
    """Whether a pin, in whatever state, shows a stored picture (primary key). Two queries at
    most, each by an index."""
    return (
        Pin.objects.filter(image=image_id).exists()
        or PinPicture.objects.filter(image=image_id).exists()
    )
