"""The category tree: small, read by every page and rarely changed, so kept in the process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.models import Category
from catalog.rows import picture_columns, picture_of
from catalog.types import SERVICES, CategoryRef

_KEEP_SECONDS = 60.0
_kept: tuple[float, list[CategoryRef]] | None = None


def categories() -> list[CategoryRef]:
    """All categories, each parent before its children; at most a minute old. One query or none."""
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        _kept = (time.monotonic() + _KEEP_SECONDS, _read())
    return _kept[1]


def goods_categories() -> list[CategoryRef]:
    """Those that a product may be put into: all but services and what is below them."""
    apart = set(category_tree_ids(slugs=[SERVICES]))
    return [one for one in categories() if one.id not in apart]


def category(*, slug: str) -> CategoryRef | None:
    """One category by its slug."""
    return next((one for one in categories() if one.slug == slug), None)


def category_by_id(*, pk: int) -> CategoryRef:
    """The category of a row. One made within the last minute may have no name here yet."""
    found = next((one for one in categories() if one.id == pk), None)
    return found or CategoryRef(
        id=pk, slug="", name="", parent_id=None, parent_slug=None, path=(), picture=None
    )


def category_branch(*, pk: int) -> tuple[list[str], tuple[str, ...]]:
    """Slugs of the category and of all above it, leaf first, and their names, root first."""
    above = {one.slug: one for one in categories()}
    leaf: CategoryRef | None = category_by_id(pk=pk)
    slugs, names = [], leaf.path if leaf else ()
    while leaf is not None and leaf.slug:
        slugs.append(leaf.slug)
        leaf = above.get(leaf.parent_slug or "")
    return slugs, names


def category_tree_ids(*, slugs: Sequence[str]) -> list[int]:
    """Primary keys of these categories and of everything below them."""
    inside: set[int] = set()
    for one in categories():  # parents come first
        if one.slug in slugs or one.parent_id in inside:
            inside.add(one.id)
    return sorted(inside)


def forget_categories() -> None:
    """Drop what this process keeps; other processes follow within a minute."""
    global _kept
    _kept = None


def _read() -> list[CategoryRef]:
    rows = Category.objects.order_by("position", "name").values_list(
        "id", "slug", "name", "parent_id", *picture_columns("image")
    )
    children: dict[int | None, list[Any]] = {}
    for row in rows:
        children.setdefault(row[3], []).append(row)
    return list(_walk(children, parent=None, above=(), parent_slug=None))


def _walk(
    children: dict[int | None, list[Any]],
    *,
    parent: int | None,
    above: tuple[str, ...],
    parent_slug: str | None,
) -> Iterable[CategoryRef]:
    for row in children.get(parent, ()):
        pk, slug, name = row[:3]
        path = (*above, name)
        yield CategoryRef(
            id=pk,
            slug=slug,
            name=name,
            parent_id=parent,
            parent_slug=parent_slug,
            path=path,
            picture=picture_of(row[4:]),
        )
        yield from _walk(children, parent=pk, above=path, parent_slug=slug)
