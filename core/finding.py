"""Finding rows by what somebody typed, where a list is short enough to be read through."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

# Each word is read for in every row; those after the eighth narrow nothing any more.
MOST_WORDS = 8


def each_word(text: str, *conditions: str) -> Q:
    """Each word of the text meets one of the conditions ("title__icontains"); all rows without one.

    Not for columns across a relation to many: there each word must be found in the same row.
    """
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        found &= reduce(or_, (Q((one, word)) for one in conditions))
    return found
