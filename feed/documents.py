"""How a pin reads in the search index."""

from __future__ import annotations

from collections.abc import Sequence

from feed.cards import visible_pins
from search.types import DocumentData

KIND = "pin"


def documents_of(pin_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the pins that anybody may see. One query.

    Those of a brand that is not approved follow when it is: till then even their number is nobody's
    business.
    """
    rows = visible_pins().filter(pk__in=list(pin_ids)).order_by("pk")
    return [
        DocumentData(
            kind=KIND,
            public_id=public_id,
            title=title,
            body=text,
            facets={"owner": owner},
            popularity=popularity,
        )
        for public_id, title, text, owner, popularity in rows.values_list(
            "public_id", "title", "text", "author__public_id", "popularity"
        )
    ]
