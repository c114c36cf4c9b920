"""Colour arithmetic on ``#rrggbb`` strings."""

INK = "#17130f"
LIGHT = "#fffaf0"


def _split(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Return ``first`` moved towards ``second`` by ``share`` (0..1)."""
    pairs = zip(_split(first), _split(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def light(colour: str, share: float) -> str:
    """Return the colour with ``share`` of warm white in it."""
    return mix(colour, LIGHT, share)


def dark(colour: str, share: float) -> str:
    """Return the colour with ``share`` of warm black in it."""
    return mix(colour, INK, share)


def luminance(colour: str) -> float:
    """Perceived lightness, 0 (black) to 1 (white); good enough to choose a contrast."""
    red, green, blue = _split(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
