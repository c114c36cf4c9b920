"""The shape of what is written of one product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`price` is cents, VAT included; an empty `title` keeps the picture's own.

    `lead_days` 0 keeps the studio's. `sizes` names each size and the cents that it costs more.
    """

    category: str
    price: int
    text: str
    details: str = ""
    title: str = ""
    lead_days: int = 0
    sizes: tuple[tuple[str, int], ...] = ()
    # What the sizes are called, and files of looks that stand behind its own pictures.
    axis: str = "Size"
    looks: tuple[str, ...] = ()
