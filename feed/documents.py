"""How a pin reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence

from feed.audience import everybodys_at, visible_pins
from feed.types import Audience
from search.types import DocumentData

KIND = "pin"


def documents_of(pin_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the pins that stand in lists, at once or from a moment on. One query.

    Those of a brand that is not approved follow when it is: till then even their number is nobody's
    business.
    """
    shown = visible_pins().exclude(audience=Audience.LINK)
    rows = shown.filter(pk__in=list(pin_ids)).order_by("pk")
    return [
        DocumentData(
            kind=KIND,
            public_id=public_id,
            title=title,
            body=text,
            facets={"owner": owner},
            popularity=popularity,
            shown_from=everybodys_at(audience=audience, published_at=published_at),
        )
        for public_id, title, text, owner, popularity, audience, published_at in rows.values_list(
            "public_id",
            "title",
            "text",
            "author__public_id",
            "popularity",
            "audience",
            "published_at",
        )
    ]
