"""The touches that live in a session and die with it; no consent is needed for them."""

from collections.abc import Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any

from tracking.types import SOURCES, Touch

KEY = "touches"
MAX_TOUCHES = 20


def touches_in(session: Mapping[str, Any]) -> Iterator[Touch]:
    """Oldest first. What cannot be read is left out."""
    for entry in session.get(KEY) or ():
        try:
            source, ref, product, at = entry
            moment = datetime.fromtimestamp(at, UTC)
        except (TypeError, ValueError, OverflowError):
            continue
        if source in SOURCES:
            yield Touch(source=source, ref=ref, at=moment, product=product or None)


def remember(session: MutableMapping[str, Any], touch: Touch) -> None:
    """Put a touch behind the others; the same one again moves to the end."""
    name = [touch.source, touch.ref, touch.product or ""]
    others = [entry for entry in session.get(KEY) or () if list(entry[:3]) != name]
    session[KEY] = [*others, [*name, int(touch.at.timestamp())]][-MAX_TOUCHES:]
