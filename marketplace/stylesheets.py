"""Style sheets as a page asks for them: one file a component in the repository, one answer a page.

Fifteen small files cost fifteen requests and pack a third worse than one. So the sheets that a page
names are joined on the way out, under an address that carries their digest: the answer may be kept
for ever, and nothing has to be built beforehand.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# The sheets of every page; the first one declares the order of the layers.
CORE = ("tokens", "fonts", "base", "layout", "button", "card", "menu", "toast", "focus")
# The rest, in the order in which they may refine each other.
# fmt: off
EXTRA = (
    "wall", "buy", "chips", "disclosure", "steps", "table", "tabs",
    "form", "quantity", "totals", "sheet", "track", "spots", "desk",
    "chart", "shelf", "talk", "pin", "product", "checkout", "order", "storefront",
    "board", "arrange", "tasks", "search", "welcome", "notices", "settings", "states",
    "listing", "orders-desk", "editor", "drop", "focal", "tagger", "prose", "reference",
    "styleguide",
    "orders", "service", "packs", "suggest", "collection", "put", "look", "keys", "reviews",
)
# fmt: on
DIGEST_LENGTH = 12
FOR_EVER = "public, max-age=31536000, immutable"


def address(names: tuple[str, ...]) -> str:
    """Where the joined sheets of these names are served."""
    return f"/css/{_digest(names)}/{'+'.join(names)}.css"


@require_safe
def stylesheet(request: HttpRequest, digest: str, names: str) -> HttpResponse:
    """Answer the joined sheets; only our own names, each once, in our own order."""
    wanted = tuple(names.split("+"))
    if wanted != tuple(name for name in CORE + EXTRA if name in wanted):
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    text = joined(wanted).encode()
    response = HttpResponse(
        _packed(wanted) if packed and not settings.DEBUG else text, content_type="text/css"
    )
    if packed and not settings.DEBUG:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    # A page from before the last release asks with an old digest: it gets what there is, for once.
    response["Cache-Control"] = FOR_EVER if digest == _digest(wanted) else "no-cache"
    return response


def joined(names: tuple[str, ...]) -> str:
    """The text of the named sheets, fonts under their public addresses."""
    return _joined(names) if not settings.DEBUG else _joined.__wrapped__(names)


@lru_cache(maxsize=256)
def _joined(names: tuple[str, ...]) -> str:
    folder = Path(settings.BASE_DIR) / "static" / "css"
    text = "\n".join((folder / f"{name}.css").read_text() for name in names)
    text = re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)  # read by who edits, not by who looks
    return re.sub(r"url\(\.\./([^)]+)\)", lambda found: f"url({static(found[1])})", text)


def _digest(names: tuple[str, ...]) -> str:
    return hashlib.sha256(joined(names).encode()).hexdigest()[:DIGEST_LENGTH]


@lru_cache(maxsize=256)
def _packed(names: tuple[str, ...]) -> bytes:
    return gzip.compress(joined(names).encode(), 9)
