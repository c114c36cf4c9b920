"""The pictures of a product on their way through the editor: kept, ordered, described, new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.alt import ADVICE, Alt, judge_alt
from core.forms import FocusFields
from core.media import Image, describe_image
from marketplace.pages.form_pictures import sent_ids, store_uploads, typed_alt

MOST = 12


@dataclass(kw_only=True)
class Shown:
    """One picture in the form: the stored image, the words and the focal point typed for it."""

    image: Image
    alt: str = ""
    focus: tuple[int, int] | None = None
    chosen: bool = False

    @property
    def judged(self) -> Alt:
        return judge_alt(alt=self.alt, file_name=self.image.file_name)

    @property
    def described(self) -> bool:
        return self.judged.counts

    @property
    def advice(self) -> str:
        return str(ADVICE[self.judged])


def read(
    data: QueryDict,
    uploads: Sequence[UploadedFile[Any]],
    *,
    owner_id: int,
    shared: Sequence[int] = (),
) -> tuple[list[Shown], list[str]]:
    """Kept pictures in the order of the page and freshly uploaded ones, and what was refused.

    Kept are the brand's own, and of those that belong to nobody the ones that the product has
    already (`shared`, primary keys).
    An upload is stored at once, so that a form that comes back does not ask for it again.
    """
    kept = sent_ids(data, most=MOST)
    own = Q(owner_id=owner_id) | Q(owner_id=None, pk__in=list(shared))
    rows = Image.objects.filter(own, public_id__in=kept)
    images = {one.public_id: one for one in rows}
    shown = [_typed(data, images[one]) for one in kept if one in images]
    full = _("A product shows %(n)d pictures at most.") % {"n": MOST}
    stored, problems = store_uploads(uploads, owner_id=owner_id, room=MOST - len(shown), full=full)
    return [*shown, *(Shown(image=image, chosen=True) for image in stored)], problems


def _typed(data: QueryDict, image: Image) -> Shown:
    key = image.public_id
    numbers = {axis: data.get(f"focus-{key}_{axis}", "") for axis in "xy"}
    focus = FocusFields({"focus_x": numbers["x"], "focus_y": numbers["y"]})
    return Shown(
        image=image,
        alt=typed_alt(data, key),
        focus=focus.focus() if focus.is_valid() else None,
        chosen=data.get("shown") == key,
    )


def moved(shown: list[Shown], act: str) -> list[Shown]:
    """The pictures after `earlier:<id>`, `later:<id>`, `first:<id>` or `drop:<id>`."""
    name, _colon, key = act.partition(":")
    at = next((n for n, one in enumerate(shown) if one.image.public_id == key), None)
    if at is None:
        return shown
    one = shown.pop(at)
    if name != "drop":
        place = {"earlier": max(at - 1, 0), "later": at + 1, "first": 0}.get(name, at)
        shown.insert(place, one)
    for other in shown:
        other.chosen = other is one or (name == "drop" and other is shown[max(at - 1, 0)])
    return shown


def keep_focus(shown: Sequence[Shown], *, owner_id: int) -> None:
    """Write down the focal points that were moved, of the brand's own pictures."""
    for one in shown:
        if (
            one.image.owner_id == owner_id
            and one.focus is not None
            and one.focus != (one.image.focus_x, one.image.focus_y)
        ):
            describe_image(public_id=one.image.public_id, owner_id=owner_id, focus=one.focus)
