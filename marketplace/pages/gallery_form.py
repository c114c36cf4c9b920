"""Pictures in a studio's form: kept ones with their words, fresh uploads, the cover first."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from accounts.types import BrandRole, Request
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit

PICTURES_PER_HOUR = 400


@dataclass(kw_only=True)
class Shown:
    """One picture in the form: the stored image and the words typed for it."""

    image: Image
    alt: str = ""


def stored(image_ids: tuple[int, ...], alts: list[str]) -> list[Shown]:
    """The pictures of a stored thing, in their order."""
    images = Image.objects.in_bulk(image_ids)
    return [
        Shown(image=images[pk], alt=alt)
        for pk, alt in zip(image_ids, alts, strict=True)
        if pk in images
    ]


def posted(request: Request, brand: BrandRole, form: forms.Form, *, most: int) -> list[Shown]:
    """What the form keeps and what it brings, the cover first; problems go to its `pictures`.

    An upload is stored at once, so that a form that comes back does not ask for it again.
    """
    kept = [one for one in dict.fromkeys(request.POST.getlist("kept")) if "\x00" not in one][:most]
    dropped = set(request.POST.getlist("drop"))
    rows = Image.objects.filter(public_id__in=kept, owner_id=brand.profile.id)
    images = {one.public_id: one for one in rows}
    shown = [
        Shown(image=images[one], alt=_alt(request, one))
        for one in kept
        if one in images and one not in dropped
    ]
    for upload in form.cleaned_data.get("pictures", []):
        if len(shown) >= most:
            form.add_error("pictures", _("Choose %(n)d pictures at most.") % {"n": most})
            break
        hit(key=f"picture:{brand.profile.id}", limit=PICTURES_PER_HOUR, per_seconds=3600)
        try:
            shown.append(Shown(image=store_image(file=upload.file, owner_id=brand.profile.id)))
        except ImageRefused as error:
            form.add_error("pictures", f"{upload.name[:60]}: {error.message}")
    cover = request.POST.get("cover", "")
    return sorted(shown, key=lambda one: one.image.public_id != cover)


def _alt(request: Request, public_id: str) -> str:
    return request.POST.get(f"alt-{public_id}", "").replace("\x00", "").strip()[:140]
