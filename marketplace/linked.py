"""What a page says to machines: schema.org as JSON-LD.

A script element of the type application/ld+json is a block of data. Browsers never run it, so the
Content-Security-Policy, which allows scripts from files of ours only, is not even asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

# Inside of a script element these signs could end it.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_json(data: Mapping[str, Any]) -> Markup:
    """The data, safe inside of a script element; what is empty is left out."""
    stated = {"@context": "https://schema.org"} | {
        name: value for name, value in data.items() if value not in (None, "", [], {})
    }
    return Markup(json.dumps(stated, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - escaped


def linked_data(data: Mapping[str, Any]) -> Markup:
    """The whole element."""
    return Markup('<script type="application/ld+json">{}</script>').format(as_json(data))
