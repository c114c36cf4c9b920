"""What a page needs to know of a picture: its box, its colour, where its renditions are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDTHS = (236, 354, 474, 708, 1080, 1600)
FORMATS = ("avif", "webp", "jpeg")
# Height in percent of the width, as the classes of the style sheet are cut.
BUCKETS = (78, 80, 82, 90, 100, 105, 110, 118, 120, 125, 130, 134, 140, 145, 150)
QUICK_WIDTH = 708

PICTURE_FIELDS = (
    "public_id",
    "width",
    "height",
    "colour",
    "bucket",
    "widths",
    "state",
    "alt",
    "focus_x",
    "focus_y",
)
# The focal point is shown in steps that have a class in `static/css/focus.css`.
FOCUS_STEP = 5


def picture_fields(prefix: str) -> tuple[str, ...]:
    """The columns that `Picture.from_row` takes, for `.values_list()` across a relation."""
    return tuple(f"{prefix}__{name}" for name in PICTURE_FIELDS)


def bucket_for(width: int, height: int) -> str:
    """The class of the nearest aspect ratio, `r-125` for a picture of 4 by 5."""
    percent = height * 100 / width
    return f"r-{min(BUCKETS, key=lambda bucket: abs(bucket - percent))}"


def widths_for(width: int) -> list[int]:
    """The widths to render: never wider than the picture, which itself counts when it is small."""
    fitting = [one for one in WIDTHS if one <= width]
    return fitting if width >= WIDTHS[-1] or width in fitting else [*fitting, width]


def quick_width_for(width: int) -> int:
    """The one width that is there from the first moment."""
    return max(one for one in widths_for(width) if one <= max(QUICK_WIDTH, widths_for(width)[0]))


class Renditions:
    """Addresses of renditions; shared by the row and by the value that pages are given."""

    public_id: Any
    width: Any
    widths: Any
    state: Any
    focus_x: Any
    focus_y: Any

    @property
    def ready(self) -> bool:
        """Whether all renditions are there; until then one JPEG stands in for them."""
        return bool(self.state == "ready")

    @property
    def focus(self) -> str:
        """The classes with which a crop keeps the focal point in view; none for the middle."""
        return focus_classes(self.focus_x, self.focus_y)

    def src(self, width: int, fmt: str = "jpeg", /) -> str:
        """The address of the smallest rendition at least `width` wide, else of the widest."""
        if not self.ready:
            return address(self.public_id, quick_width_for(self.width), "jpeg")
        fitting = [one for one in self.widths if one >= width]
        return address(self.public_id, min(fitting) if fitting else max(self.widths), fmt)

    def srcset(self, fmt: str, /) -> str:
        """All widths of one format with their addresses; the one quick JPEG while not ready."""
        if not self.ready:
            width = quick_width_for(self.width)
            return f"{address(self.public_id, width, 'jpeg')} {width}w"
        return ", ".join(f"{address(self.public_id, one, fmt)} {one}w" for one in self.widths)


def focus_classes(x: int, y: int) -> str:
    """Classes for a focal point at so many percent of width and height: `focus fx-35 fy-60`."""
    across, down = (FOCUS_STEP * round(min(100, max(0, one)) / FOCUS_STEP + 1e-9) for one in (x, y))
    return "" if across == down == 50 else f"focus fx-{across} fy-{down}"


def address(public_id: str, width: int, fmt: str) -> str:
    """`/media/<aa>/<public id>/<width>.<format>`: never changes its content."""
    return f"/media/{public_id[:2]}/{public_id}/{width}.{fmt}"


@dataclass(frozen=True, slots=True)
class Picture(Renditions):
    """A stored image as pages use it, built from columns, without a model instance."""

    public_id: str
    width: int
    height: int
    colour: str
    bucket: str
    widths: tuple[int, ...]
    state: str
    alt: str
    focus_x: int = 50
    focus_y: int = 50

    @classmethod
    def from_row(cls, *row: Any) -> Picture:
        """From the columns PICTURE_FIELDS, in their order."""
        # A list of the database becomes a value, so that a card can be told from another by hash.
        values = dict(zip(PICTURE_FIELDS, row, strict=True))
        return cls(**values | {"widths": tuple(values["widths"])})

    @classmethod
    def from_nullable_row(cls, *row: Any) -> Picture | None:
        """The same across a relation that may be empty."""
        return cls.from_row(*row) if row and row[0] is not None else None
