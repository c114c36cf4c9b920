"""How a pin reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from feed.audience import everybodys_at, visible_pins
from feed.models import Comment
from feed.saying import hashtags_in
from feed.types import Audience, CommentState
from search.types import DocumentData

KIND = "pin"
# Under a pin about which everything is said, so many hashtags find it.
MOST_TAGS = 60
# Of the comments with hashtags under a pin the newest so many are read, whatever is said there.
MOST_READ = 300


def documents_of(pin_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the pins that stand in lists, at once or from a moment on. Two queries.

    Beside its own words a pin is found by the hashtags of the comments under it.
    Those of a brand that is not approved follow when it is: till then even their number is nobody's
    business.
    """
    shown = visible_pins().exclude(audience=Audience.LINK)
    rows = shown.filter(pk__in=list(pin_ids)).order_by("pk")
    tags = _tags_under(pin_ids)
    return [
        DocumentData(
            kind=KIND,
            public_id=public_id,
            title=title,
            body=" ".join([text, *tags.get(pk, ())]),
            facets={"owner": owner, "ai": ai_made},
            popularity=popularity,
            shown_from=everybodys_at(audience=audience, published_at=published_at),
        )
        for (
            pk,
            public_id,
            title,
            text,
            owner,
            ai_made,
            popularity,
            audience,
            published_at,
        ) in rows.values_list(
            "pk",
            "public_id",
            "title",
            "text",
            "author__public_id",
            "ai_made",
            "popularity",
            "audience",
            "published_at",
        )
    ]


def _tags_under(pin_ids: Sequence[int]) -> dict[int, list[str]]:
    """Hashtags of what is said under each pin, each once: not the other words, which are talk. The
    same ones whatever other pins are asked about with it."""
    said = Comment.objects.filter(
        pin__in=list(pin_ids), state=CommentState.VISIBLE, author__state="approved"
    )
    newest = Window(RowNumber(), F("pin_id"), F("pk").desc())
    rows = said.filter(text__contains="#").annotate(place=newest).filter(place__lte=MOST_READ)
    found: dict[int, dict[str, str]] = {}
    for pin_id, text in rows.order_by("-pk").values_list("pin_id", "text"):
        tags = found.setdefault(pin_id, {})
        if len(tags) < MOST_TAGS:
            tags.update({tag.lower(): f"#{tag}" for tag in hashtags_in(text)})
    return {pin_id: list(tags.values())[:MOST_TAGS] for pin_id, tags in found.items()}
