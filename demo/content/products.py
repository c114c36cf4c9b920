"""What each product costs and what is said of it, by its key in the picture index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "pictures"


@dataclass(frozen=True)
class Shot:
    """One drawn picture. `tags` say which product stands where on it, in shares of its sides."""

    file: str
    studio: str
    kind: str
    product_key: str
    title: str
    colour: str
    alt: str
    width: int
    height: int
    tags: tuple[tuple[str, float, float], ...]

    @property
    def path(self) -> Path:
        return PICTURES / self.file


@lru_cache(maxsize=1)
def shots() -> tuple[Shot, ...]:
    """Every picture of the demo, in the order of the index."""
    rows = json.loads((PICTURES / "index.json").read_text(encoding="utf-8"))
    return tuple(
        Shot(
            file=row["file"],
            studio=row.get("studio") or "",
            kind=row["kind"],
            product_key=row.get("product_key") or "",
            title=row.get("title") or "",
            colour=row.get("colour") or "",
            alt=row.get("alt") or "",
            width=row["width"],
            height=row["height"],
            tags=tuple((tag["product_key"], tag["x"], tag["y"]) for tag in row.get("tags") or ()),
        )
        for row in rows
    )


def of_kind(kind: str, *, studio: str = "") -> list[Shot]:
    return [shot for shot in shots() if shot.kind == kind and studio in ("", shot.studio)]
