"""The cards of a public page, for tests."""

from __future__ import annotations

import re


def cards_on(page: str) -> list[str]:
    """Their titles, in the order of the page."""
    return re.findall(r'<h3 class="pin__t"><a [^>]*>(.*?)</a>', page)
