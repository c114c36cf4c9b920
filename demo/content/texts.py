"""The words of single products, by the key of the picture index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`price` is cents, VAT included; an empty `title` keeps the picture's own."""

    category: str
    price: int
    text: str
    details: str = ""
    title: str = ""
    lead_days: int = 0
    sizes: tuple[tuple[str, int], ...] = ()


TEXTS: dict[str, Words] = {
    "tall-stoneware-vase": Words(
        "vases",
        9_600,
        "A bottle of a vase, thrown in one pull, with a shoulder that catches the light. Made for "
        "one branch, tolerates three.",
        "Stoneware, 31 cm high, 14 cm across. Watertight. The foot is unglazed; felt dots are in "
        "the box.",
        sizes=(("Medium", 0), ("Large", 4_400)),
    ),
    "dome-lamp": Words(
        "table-lamps",
        14_800,
        "A dome of spun steel on an oak stem. The inside is white, so that the light comes down "
        "warm and stays on the table.",
        "42 cm high, shade 30 cm. E27, LED bulb of 2,700 K included. Textile cord of 2 m, dimmer "
        "on the cord.",
    ),
    "arches-rug": Words(
        "rugs",
        41_000,
        "Hand-tufted arches and suns, in the colours that were left on the shelf when we began. "
        "Nobody has yet agreed which way is up.",
        "New Zealand wool on cotton, 170 × 240 cm, 14 mm high. Vacuum without the brush.",
        lead_days=2,
        sizes=(("140 × 200 cm", 0), ("170 × 240 cm", 12_000)),
    ),
}
