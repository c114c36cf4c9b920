"""A picture as a page shows it: formats, widths, and its box reserved."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

from markupsafe import Markup

from core.picture import Picture


class PictureLike(Protocol):
    """What `picture()` needs: a stored image or a DTO of one."""

    @property
    def width(self) -> Any: ...

    @property
    def height(self) -> Any: ...

    @property
    def bucket(self) -> Any: ...

    @property
    def alt(self) -> Any: ...

    @property
    def ready(self) -> bool: ...

    def src(self, width: int, fmt: str, /) -> str: ...

    def srcset(self, fmt: str, /) -> str: ...

    @property
    def focus(self) -> str: ...


_PRIORITY = {
    "high": Markup(' fetchpriority="high"'),
    "eager": Markup(""),
    "lazy": Markup(' loading="lazy"'),
}


def picture(
    image: PictureLike | None,
    *,
    sizes: str = "(width<560px) 50vw, 236px",
    eager: bool = False,
    first: bool = False,
    alt: str | None = None,
    cls: str = "",
    widths: tuple[int, ...] | None = None,
) -> Markup:
    """A responsive `<picture>`: AVIF and WebP sources, a JPEG in the img, its box reserved.

    `eager` for what is in the first viewport, `first` for the one picture that decides how soon the
    page looks finished. `widths` limits the renditions that are offered (cards never need the big
    ones). While renditions are being made the quick JPEG stands in alone.
    """
    if image is None:
        return Markup('<span class="nopic{}" aria-hidden="true"></span>').format(
            " " + cls if cls else ""
        )
    # A row may change; a value is the same picture for ever.
    if isinstance(image, Picture):
        return _written(image, sizes, eager, first, alt, cls, widths)
    return _write(image, sizes, eager, first, alt, cls, widths)


def _write(
    image: PictureLike,
    sizes: str,
    eager: bool,
    first: bool,
    alt: str | None,
    cls: str,
    widths: tuple[int, ...] | None,
) -> Markup:
    cls = f"{cls} {image.focus}".strip()
    fallback = 474 if widths is None or 474 in widths else widths[-1]
    when = "high" if first else "eager" if eager else "lazy"
    img = Markup('<img src="{}" width="{}" height="{}" alt="{}"{} decoding="async"{}>').format(
        image.src(fallback, "jpeg"),
        image.width,
        image.height,
        image.alt if alt is None else alt,
        Markup(' class="{}"').format(cls) if cls else "",
        _PRIORITY[when],
    )
    if not image.ready:
        return Markup("<picture>{}</picture>").format(img)
    sources = Markup("").join(
        Markup('<source type="image/{}" srcset="{}" sizes="{}">').format(
            fmt, _srcset(image, fmt, widths), sizes
        )
        for fmt in ("avif", "webp")
    )
    return Markup("<picture>{}{}</picture>").format(sources, img)


_written = lru_cache(maxsize=2_000)(_write)


def _srcset(image: PictureLike, fmt: str, widths: tuple[int, ...] | None) -> str:
    if widths is None:
        return image.srcset(fmt)
    offered = [
        one
        for one in image.srcset(fmt).split(", ")
        if int(one.rsplit(" ", 1)[1][:-1]) <= widths[-1]
    ]
    return ", ".join(offered) or image.srcset(fmt)
