"""Pictures in a studio's form: kept ones with their words, fresh uploads, the cover first."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from accounts.types import BrandRole, Request
from core.alt import judge_alt
from core.media import Image
from marketplace.pages.form_pictures import sent_ids, store_uploads, typed_alt


@dataclass(kw_only=True)
class Shown:
    """One picture in the form: the stored image and the words typed for it."""

    image: Image
    alt: str = ""

    @property
    def described(self) -> bool:
        """Whether somebody who cannot see it learns what it shows."""
        return judge_alt(alt=self.alt, file_name=self.image.file_name).counts


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
    kept = sent_ids(request.POST, most=most)
    dropped = set(request.POST.getlist("drop"))
    rows = Image.objects.filter(public_id__in=kept, owner_id=brand.profile.id)
    images = {one.public_id: one for one in rows}
    shown = [
        Shown(image=images[one], alt=typed_alt(request.POST, one))
        for one in kept
        if one in images and one not in dropped
    ]
    stored, problems = store_uploads(
        form.cleaned_data.get("pictures", []),
        owner_id=brand.profile.id,
        room=most - len(shown),
        full=_("Choose %(n)d pictures at most.") % {"n": most},
    )
    for text in problems:
        form.add_error("pictures", text)
    shown += [Shown(image=image) for image in stored]
    cover = request.POST.get("cover", "")
    return sorted(shown, key=lambda one: one.image.public_id != cover)
