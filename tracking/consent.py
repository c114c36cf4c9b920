"""What somebody may agree to. Kept in the session, which is what reads it on every request."""

from collections.abc import MutableMapping
from typing import Any

# The session keys; accounts reads the first for `request.viewer.consent`.
KEY = "consent"

MEASURE = "measure"
PURPOSES = (MEASURE,)


def choose(*, session: MutableMapping[str, Any], purposes: list[str]) -> None:
    """Keep exactly these; unknown ones are ignored."""
    session[KEY] = [purpose for purpose in PURPOSES if purpose in purposes]
