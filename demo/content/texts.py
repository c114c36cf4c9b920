"""The words of single products, by the key of the picture index: one module a studio."""

from __future__ import annotations

from demo.content import (
    texts_field,
    texts_halden,
    texts_lumen,
    texts_marrow,
    texts_north,
    texts_ondine,
    texts_tavola,
    texts_vestry,
)
from demo.content.texts_entry import Words

__all__ = ["TEXTS", "Words"]

TEXTS: dict[str, Words] = {
    **texts_ondine.TEXTS,
    **texts_lumen.TEXTS,
    **texts_field.TEXTS,
    **texts_north.TEXTS,
    **texts_marrow.TEXTS,
    **texts_halden.TEXTS,
    **texts_tavola.TEXTS,
    **texts_vestry.TEXTS,
}
