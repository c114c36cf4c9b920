"""A strict reader: broken nesting and doubled ids fail."""

from collections import Counter

import html5lib
from bs4 import BeautifulSoup


def assert_good_html(text: str, *, fragment: bool = False) -> BeautifulSoup:
    """Parse as the standard says, without forgiveness; returns the soup."""
    parser = html5lib.HTMLParser(strict=True)
    if fragment:
        parser.parseFragment(text)
    else:
        parser.parse(text)
    soup = BeautifulSoup(text, "html5lib")
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    assert max(ids.values(), default=1) == 1, ids.most_common(3)
    assert fragment or len(soup.find_all("h1")) == 1
    return soup
