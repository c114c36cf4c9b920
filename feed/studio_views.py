"""Pins in a brand's studio: the list, a plain form for a new one, a pin from a product."""

from __future__ import annotations

from decimal import Decimal
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Request
from catalog.queries import products_of
from core.errors import DomainError
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit
from core.redirects import safe_next
from feed import queries
from feed.actions import create_pin, pin_from_product, publish_pin
from feed.forms import PRODUCT_CHOICES, PinForm
from feed.types import TagData

ROLES = {"owner", "catalogue"}
PINS_PER_HOUR = 200


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_safe
def pins(request: Request, handle: str) -> HttpResponse:
    brand = _brand(request, handle)
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    found = queries.studio_pins(author_id=brand.profile.id, text=text)
    return render(
        request, "feed/studio_pins.html", {"brand": brand.profile, "pins": found, "text": text}
    )


def new_pin(request: Request, handle: str) -> HttpResponse:
    """A picture, a title, and the products on it. A refused form keeps the stored picture."""
    brand = _brand(request, handle)
    products = products_of(seller_id=brand.profile.id, limit=PRODUCT_CHOICES).cards
    if request.method != "POST":
        form = PinForm(products=products)
        return render(request, "feed/studio_pin_new.html", {"brand": brand.profile, "form": form})
    hit(key=f"pin:{brand.profile.id}", limit=PINS_PER_HOUR, per_seconds=3600)
    data = request.POST.copy()
    form = PinForm(data, request.FILES, products=products)
    form.is_valid()
    image = _picture(form, brand=brand)
    if image is not None:
        data["kept_image"] = image.public_id
    if form.errors or image is None:
        context = {"brand": brand.profile, "form": form, "image": image}
        return render(request, "feed/studio_pin_new.html", context, status=422)
    fields = form.cleaned_data
    try:
        pin = create_pin(
            author_id=brand.profile.id,
            image=image,
            title=fields["title"],
            text=fields["text"],
            link=fields["link"],
            category=fields["category"] or None,
            tags=_spread(fields["products"]),
            publish_now=request.POST.get("as") != "draft",
            actor_id=request.user.pk,
        )
    except DomainError as error:
        form.add_error("products", str(error.message))
        context = {"brand": brand.profile, "form": form, "image": image}
        return render(request, "feed/studio_pin_new.html", context, status=error.status)
    messages.success(request, _("Published.") if pin.published_at else _("Kept as a draft."))
    return redirect("feed:studio_pins", handle=handle)


def _picture(form: PinForm, *, brand: BrandRole) -> Image | None:
    """The picture of this form: just uploaded, or kept from the try before."""
    upload = form.files.get("image")
    alt = form.cleaned_data.get("alt", "")
    if upload is not None:
        try:
            return store_image(file=cast(BinaryIO, upload), alt=alt, owner_id=brand.profile.id)
        except ImageRefused as error:
            form.add_error("image", str(error.message))
            return None
    kept = form.cleaned_data.get("kept_image")
    image = (
        Image.objects.filter(public_id=kept, owner_id=brand.profile.id).first() if kept else None
    )
    if image is not None and alt and image.alt != alt:
        image.alt = alt
        image.save(update_fields=["alt"])
    return image


def _spread(product_ids: list[str]) -> list[TagData]:
    """Tags in an even row across the picture, until somebody places them."""
    step = Decimal(1) / (len(product_ids) + 1)
    return [
        TagData(product_id=product_id, x=round(step * number, 3), y=Decimal("0.5"))
        for number, product_id in enumerate(product_ids, start=1)
    ]


@require_POST
def pin_product(request: Request, handle: str, product_id: str) -> HttpResponse:
    """One click: the product as it is becomes a pin."""
    brand = _brand(request, handle)
    hit(key=f"pin:{brand.profile.id}", limit=PINS_PER_HOUR, per_seconds=3600)
    pin = pin_from_product(
        product_id=product_id, author_id=brand.profile.id, actor_id=request.user.pk
    )
    messages.success(request, _("Pinned: %(title)s") % {"title": pin.title})
    back = reverse("feed:studio_pins", kwargs={"handle": handle})
    return redirect(safe_next(request, default=back))


@require_POST
def publish(request: Request, handle: str, public_id: str) -> HttpResponse:
    brand = _brand(request, handle)
    publish_pin(public_id=public_id, author_id=brand.profile.id, actor_id=request.user.pk)
    messages.success(request, _("Published."))
    return redirect("feed:studio_pins", handle=handle)
