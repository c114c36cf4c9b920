"""A brand's products: the list, and one plain form to add or change one.

Catalogue and inventory do not know each other's forms: saving composes them here, in one
transaction, so that a product never keeps half of what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Request
from catalog.actions import archive_product, create_product, publish_product, update_product
from catalog.models import Product
from catalog.queries import product_for_seller, seller_products
from catalog.types import (
    PictureInput,
    ProductData,
    ProductPage,
    ProductRefused,
    ProductState,
    VariantInput,
)
from core.db import retrying
from core.errors import DomainError, NotFound
from core.media import Image, ImageRefused, store_image
from core.money import Money
from core.ratelimit import hit
from inventory.actions import adjust
from inventory.queries import stock_levels
from marketplace.pages import product_form
from marketplace.pages.product_form import ProductForm, Row

ROLES = {"owner", "catalogue"}
PICTURES_PER_HOUR = 400
MAX_PICTURES = 12


@dataclass(kw_only=True)
class Shown:
    """One picture in the form: the stored image and the words typed for it."""

    image: Image
    alt: str = ""


@dataclass(kw_only=True)
class Draft:
    """What the form holds on its way from request to page."""

    form: ProductForm
    rows: list[Row]
    pictures: list[Shown] = field(default_factory=list)
    page: ProductPage | None = None
    made: bool = False


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_safe
def products(request: Request, handle: str) -> HttpResponse:
    """All products of the brand, newest first; by state, by words of the title or an SKU."""
    brand = _brand(request, handle)
    text = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    state = request.GET.get("state", "")
    state = state if state in ProductState.values else ""
    found = seller_products(
        seller_id=brand.profile.id, text=text, state=state, cursor=request.GET.get("cursor")
    )
    here = reverse("pages:studio_products", kwargs={"handle": handle})
    states = [(_("All"), here, not state, None)] + [
        (str(one.label), f"{here}?state={one.value}", state == one.value, None)
        for one in ProductState
    ]
    return render(
        request,
        "pages/studio_products.html",
        {
            "brand": brand.profile,
            "found": found,
            "text": text,
            "state": state,
            "states": states,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: Request, handle: str) -> HttpResponse:
    """An empty form, or the product that was typed into it."""
    brand = _brand(request, handle)
    if request.method == "POST":
        return _save(request, brand, page=None)
    form = ProductForm(initial={"vat": "19", "lead_days": 1, "return_days": 30})
    return _answer(request, brand, Draft(form=form, rows=[Row()]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A stored product in the form, or its new version."""
    brand = _brand(request, handle)
    page = product_for_seller(seller_id=brand.profile.id, public_id=public_id)
    if page is None:
        raise NotFound
    if request.method == "POST":
        return _save(request, brand, page=page)
    levels = stock_levels(variant_pks=[one.id for one in page.variants])
    images = Image.objects.in_bulk(page.image_ids)
    draft = Draft(
        form=ProductForm(initial=product_form.initial_of(page), axes=len(page.options)),
        rows=product_form.rows_of(page, {pk: one.on_hand for pk, one in levels.items()}),
        pictures=[
            Shown(image=images[pk], alt=shown.alt)
            for pk, shown in zip(page.image_ids, page.pictures, strict=True)
            if pk in images
        ],
        page=page,
    )
    return _answer(request, brand, draft)


@require_POST
def move_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Publish or archive, from the list or the form."""
    brand = _brand(request, handle)
    target = request.POST.get("to")
    act = {"published": publish_product, "archived": archive_product}.get(target or "")
    if act is None:
        raise NotFound
    try:
        product = act(product_id=public_id, seller_id=brand.profile.id, actor_id=_user_id(request))
    except ProductRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("pages:studio_product_edit", handle=handle, public_id=public_id)
    _say(request, product)
    return redirect("pages:studio_products", handle=handle)


def _say(request: Request, product: Product) -> None:
    if product.state == ProductState.PUBLISHED:
        messages.success(request, _("%(title)s is on sale.") % {"title": product.title})
    else:
        messages.success(request, _("%(title)s is archived.") % {"title": product.title})


def _user_id(request: Request) -> int | None:
    return request.viewer.user.pk if request.viewer.user else None


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, brand: BrandRole, *, page: ProductPage | None) -> HttpResponse:
    axes = len(page.options) if page else 0
    form = ProductForm(request.POST, request.FILES, axes=axes)
    form.is_valid()
    draft = Draft(form=form, rows=product_form.rows_in(request.POST) or [Row()], page=page)
    draft.pictures = _pictures(request, brand, form)
    options = form.options()
    draft.rows, draft.made = product_form.grid(
        draft.rows, options, product_form.renamed(request.POST, options)
    )
    if request.POST.get("as") == "variants" and not form.has_error("pictures"):
        for name in list(form.errors):
            del form.errors[name]
        return _answer(request, brand, draft)
    draft.rows = product_form.checked(draft.rows)
    wrong = bool(form.errors) or any(row.errors for row in draft.rows)
    if wrong or draft.made:
        return _answer(request, brand, draft, status=422)
    try:
        product = _store(request, brand, draft)
    except ProductRefused as refused:
        draft.rows = product_form.place_problems(form, draft.rows, refused)
        return _answer(request, brand, draft, status=refused.status)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _answer(request, brand, draft, status=error.status)
    if product.state == ProductState.PUBLISHED:
        _say(request, product)
    else:
        messages.success(request, _("Saved as a draft."))
    return redirect(
        "pages:studio_product_edit", handle=brand.profile.handle, public_id=product.public_id
    )


@retrying
@transaction.atomic
def _store(request: Request, brand: BrandRole, draft: Draft) -> Product:
    """Product, stock and state together: all of it or nothing.

    A buyer at the same moment locks the stock first and the product then, so this may be the victim
    of a deadlock, and tries again.
    """
    seller_id, actor_id = brand.profile.id, _user_id(request)
    data = _data(draft)
    if draft.page is None:
        product = create_product(seller_id=seller_id, actor_id=actor_id, data=data)
    else:
        public_id = draft.page.public_id
        product = update_product(
            product_id=public_id, seller_id=seller_id, actor_id=actor_id, data=data
        )
    _count(product, draft.rows, actor_id=actor_id)
    if request.POST.get("as") == "publish":
        product = publish_product(
            product_id=product.public_id, seller_id=seller_id, actor_id=actor_id
        )
    return product


def _data(draft: Draft) -> ProductData:
    fields = draft.form.cleaned_data
    images = {one.image.public_id: one.image.pk for one in draft.pictures}
    return ProductData(
        title=fields["title"],
        category=fields["category"],
        description=fields["description"],
        details=fields["details"],
        delivery_note=fields["delivery_note"],
        returns_note=fields["returns_note"],
        vat_rate=fields["vat"] / 100,
        lead_days=fields["lead_days"],
        return_days=fields["return_days"],
        options=draft.form.options(),
        pictures=[PictureInput(image_id=one.image.pk, alt=one.alt) for one in draft.pictures],
        variants=[
            VariantInput(
                sku=row.sku,
                price=row.money() or Money.zero("EUR"),
                values=row.values,
                active=row.active,
                image_id=images.get(row.picture),
            )
            for row in draft.rows
        ],
    )


def _count(product: Product, rows: Sequence[Row], *, actor_id: int | None) -> None:
    """Book the difference to the count that the page showed, so that sales meanwhile stay."""
    pks = dict(product.variants.values_list("sku", "pk"))
    changes = {pks[row.sku]: (row.count() or 0) - row.was for row in rows}
    adjust(changes=changes, actor_id=actor_id)


def _pictures(request: Request, brand: BrandRole, form: ProductForm) -> list[Shown]:
    """Kept and freshly uploaded pictures, the cover first. An upload is stored at once, so that a
    form that comes back does not ask for it again."""
    kept = list(dict.fromkeys(request.POST.getlist("kept")))[:MAX_PICTURES]
    dropped = set(request.POST.getlist("drop"))
    rows = Image.objects.filter(public_id__in=_without_nul(kept), owner_id=brand.profile.id)
    images = {one.public_id: one for one in rows}
    shown = [
        Shown(image=images[one], alt=_alt(request, one))
        for one in kept
        if one in images and one not in dropped
    ]
    for upload in form.cleaned_data.get("pictures", []):
        if len(shown) >= MAX_PICTURES:
            form.add_error(
                "pictures", _("A product shows %(n)d pictures at most.") % {"n": MAX_PICTURES}
            )
            break
        hit(key=f"picture:{brand.profile.id}", limit=PICTURES_PER_HOUR, per_seconds=3600)
        try:
            shown.append(Shown(image=store_image(file=upload.file, owner_id=brand.profile.id)))
        except ImageRefused as error:
            form.add_error("pictures", f"{upload.name[:60]}: {error.message}")
    cover = request.POST.get("cover", "")
    return sorted(shown, key=lambda one: one.image.public_id != cover)


def _without_nul(texts: list[str]) -> list[str]:
    return [text for text in texts if "\x00" not in text]


def _alt(request: Request, public_id: str) -> str:
    return request.POST.get(f"alt-{public_id}", "").replace("\x00", "").strip()[:140]


def _answer(request: Request, brand: BrandRole, draft: Draft, *, status: int = 200) -> HttpResponse:
    page = draft.page
    context: dict[str, Any] = {
        "brand": brand.profile,
        "form": draft.form,
        "rows": draft.rows,
        "pictures": draft.pictures,
        "page": page,
        "made": draft.made,
        "row_errors": [
            (f"{row.title or _('The variant')}: {text}", f"v-{number}-{name}")
            for number, row in enumerate(draft.rows)
            for name, text in row.errors.items()
        ],
        "live": page is not None and page.state == ProductState.PUBLISHED,
        "action": reverse(
            "pages:studio_product_edit",
            kwargs={"handle": brand.profile.handle, "public_id": page.public_id},
        )
        if page
        else reverse("pages:studio_product_new", kwargs={"handle": brand.profile.handle}),
    }
    return render(request, "pages/studio_product.html", context, status=status)
