"""One form to add or change a product.

Catalogue, inventory and media do not know each other's forms: saving composes them here, in one
transaction, so that a product never keeps half of what was typed. A button other than Save sends
the whole form and gets it back with something moved, added or asked; nothing is stored by that but
fresh uploads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.queries import require_brand_role, trader_country
from accounts.types import BrandRole, Request
from catalog.actions import (
    archive_product,
    create_product,
    publish_product,
    redraft_product,
    schedule_product,
    unschedule_product,
    update_product,
)
from catalog.models import GONE, Product
from catalog.publishing import product_facts, product_points, still_open
from catalog.queries import product_for_seller, product_problems
from catalog.types import (
    HOME_COUNTRY,
    MAX_OPTIONS,
    Overtaken,
    PictureInput,
    Problem,
    ProductData,
    ProductPage,
    ProductRefused,
    ProductState,
    VariantInput,
)
from core.db import retrying
from core.errors import DomainError, NotFound
from core.media import Image
from core.places import country_name
from core.vat_rates import standard_rate
from feed.queries import count_pins_with
from inventory.actions import adjust
from inventory.queries import stock_levels
from inventory.types import MovementKind
from marketplace import figures
from marketplace.pages import (
    product_changes,
    product_form,
    product_grid,
    product_options,
    product_pictures,
    product_todos,
)
from marketplace.pages.product_changes import Change
from marketplace.pages.product_form import SCHEDULED, ProductForm
from marketplace.pages.product_grid import Row
from marketplace.pages.product_pictures import Shown

ROLES = {"owner", "catalogue"}
MOVES = ("earlier", "later", "first", "drop")


@dataclass(kw_only=True)
class Draft:
    """What the form holds on its way from request to page."""

    form: ProductForm
    rows: list[Row]
    pictures: list[Shown] = field(default_factory=list)
    page: ProductPage | None = None
    made: bool = False
    act: str = ""
    # Where somebody else saved something else meanwhile: label and their words.
    theirs: list[tuple[str, str]] = field(default_factory=list)
    # What was typed and is not saved yet.
    changes: list[Change] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: Request, handle: str) -> HttpResponse:
    """An empty form, or the product that was typed into it."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    if request.method == "POST":
        return _save(request, brand, page=None)
    vat = product_form.percent_of(standard_rate(trader_country(profile_id=brand.profile.id)))
    form = ProductForm(initial={"vat": vat, "lead_days": 1, "return_days": 30, "to": "draft"})
    return _answer(request, brand, Draft(form=form, rows=[Row()]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A stored product in the form, or its new version."""
    brand = require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)
    page = product_for_seller(seller_id=brand.profile.id, public_id=public_id)
    if page is None:
        raise NotFound
    if request.method == "POST":
        return _save(request, brand, page=page)
    levels = stock_levels(variant_pks=[one.id for one in page.variants])
    images = Image.objects.in_bulk(page.image_ids)
    draft = Draft(
        form=ProductForm(initial=product_form.initial_of(page)),
        rows=product_grid.rows_of(page, {pk: one.on_hand for pk, one in levels.items()}),
        pictures=[
            Shown(image=images[pk], alt=shown.alt)
            for pk, shown in zip(page.image_ids, page.pictures, strict=True)
            if pk in images
        ],
        page=page,
    )
    return _answer(request, brand, draft)


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, brand: BrandRole, *, page: ProductPage | None) -> HttpResponse:
    act = request.POST.get("as", "")
    draft = _read(request, brand, page, act)
    if act not in ("", "save"):
        return _rearranged(request, brand, draft, act)
    draft.rows = product_grid.checked(draft.rows)
    wrong = bool(draft.form.errors) or any(row.errors for row in draft.rows)
    if wrong or draft.made:
        _add_problems(draft, seller_id=brand.profile.id)
        return _answer(request, brand, draft, status=422)
    try:
        product = _store(request, brand, draft)
    except ProductRefused as refused:
        draft.rows = product_form.place_problems(draft.form, draft.rows, refused.problems)
        return _answer(request, brand, draft, status=refused.status)
    except Overtaken as overtaken:
        return _both(request, brand, draft, overtaken)
    except DomainError as error:
        draft.form.add_error(None, str(error.message))
        return _answer(request, brand, draft, status=error.status)
    was_live = page is not None and page.state == ProductState.PUBLISHED
    _say(request, brand, product, was_live=was_live)
    where = {"handle": brand.profile.handle, "public_id": product.public_id}
    address = reverse("pages:studio_product_edit", kwargs=where)
    # The script that keeps unsaved words forgets them when it reads this.
    return redirect(f"{address}?saved={product.version}")


def _read(request: Request, brand: BrandRole, page: ProductPage | None, act: str) -> Draft:
    data = product_options.rearranged(request.POST, act)
    form = ProductForm(data, request.FILES)
    form.is_valid()
    rows = product_grid.rows_in(data) or [Row()]
    pictures, refused = product_pictures.read(
        request.POST,
        form.cleaned_data.get("pictures", []),
        owner_id=brand.profile.id,
        shared=page.image_ids if page else (),
    )
    for text in refused:
        form.add_error("pictures", text)
    rows, made = product_grid.grid(rows, form.options(), form.renamed())
    return Draft(form=form, rows=rows, pictures=pictures, page=page, made=made, act=act)


def _add_problems(draft: Draft, *, seller_id: int) -> None:
    """What the catalogue would refuse of the rest, so that all is told in one round."""
    product_id = draft.page.id if draft.page else None
    try:
        found = product_problems(seller_id=seller_id, data=_data(draft), product_id=product_id)
    except DomainError as error:
        draft.form.add_error(None, str(error.message))
    else:
        draft.rows = product_form.place_problems(draft.form, draft.rows, found)


def _rearranged(request: Request, brand: BrandRole, draft: Draft, act: str) -> HttpResponse:
    """The form as it was sent, with what another button than Save asked for."""
    name, _colon, what = act.partition(":")
    if name in MOVES:
        draft.pictures = product_pictures.moved(draft.pictures, act)
    elif name == "fill":
        draft.rows = product_grid.filled(draft.rows, what)
    draft.form.forget_errors()
    status = 422 if draft.form.errors else 200
    return _answer(request, brand, draft, status=status)


def _both(request: Request, brand: BrandRole, draft: Draft, overtaken: Overtaken) -> HttpResponse:
    """Somebody else saved in between: what was typed stays, and beside it stands what they saved.

    The form now carries the new version, so that saving again is a decision.
    """
    public_id = draft.page.public_id if draft.page else ""
    page = product_for_seller(seller_id=brand.profile.id, public_id=public_id)
    if page is None:
        raise NotFound
    typed = request.POST.copy()
    typed["version"] = str(page.version)
    form = ProductForm(typed)
    form.is_valid()
    form.add_error(None, str(overtaken.message))
    theirs = [
        (one.what, one.was or _("nothing")) for one in product_changes.of_form(form, page)
    ] + product_changes.of_grid(draft.rows, page)
    again = Draft(form=form, rows=draft.rows, pictures=draft.pictures, page=page, theirs=theirs)
    return _answer(request, brand, again, status=overtaken.status)


def _say(request: Request, brand: BrandRole, product: Product, *, was_live: bool) -> None:
    title = {"title": product.title}
    if product.publish_at is not None:
        dated = {**title, "when": figures.date_and_time(product.publish_at)}
        if was_live:
            text = _("%(title)s is off sale and goes on sale again on %(when)s.") % dated
        else:
            text = _("%(title)s goes on sale on %(when)s.") % dated
    elif product.state == ProductState.PUBLISHED:
        text = _("%(title)s is on sale.") % title
        page = product_for_seller(seller_id=brand.profile.id, public_id=product.public_id)
        points = product_points(product_facts(page)) if page else []
        text = f"{text} {still_open(points)}".strip()
    elif product.state == ProductState.ARCHIVED:
        text = _("%(title)s is archived.") % title
    else:
        text = _("Saved as a draft.")
    messages.success(request, text)


@retrying
@transaction.atomic
def _store(request: Request, brand: BrandRole, draft: Draft) -> Product:
    """Product, pictures, stock and state together: all of it or nothing.

    A buyer at the same moment locks the stock first and the product then, so this may be the victim
    of a deadlock, and tries again.
    """
    seller_id = brand.profile.id
    actor_id = request.viewer.user_id
    data = _data(draft)
    if draft.page is None:
        product = create_product(seller_id=seller_id, actor_id=actor_id, data=data)
    else:
        who: dict[str, Any] = {
            "product_id": draft.page.public_id,
            "seller_id": seller_id,
            "actor_id": actor_id,
        }
        version = draft.form.cleaned_data["version"]
        leave = _OFF_SALE.get(draft.form.cleaned_data["to"])
        if leave and draft.page.state == ProductState.PUBLISHED:
            # Off sale first: what is on sale keeps all that it needs.
            leave(**who)
            version = version and version + 1
        product = update_product(**who, data=data, version=version)
    product_pictures.keep_focus(draft.pictures, owner_id=seller_id)
    _count(product, draft.rows, actor_id=actor_id)
    return _move(product, draft.form, actor_id=actor_id)


_OFF_SALE = {
    ProductState.DRAFT.value: redraft_product,
    ProductState.ARCHIVED.value: archive_product,
}


def _move(product: Product, form: ProductForm, *, actor_id: int | None) -> Product:
    """Bring the product to where the form wants it."""
    now = SCHEDULED if product.publish_at else product.state
    to, at = form.cleaned_data["to"] or now, form.cleaned_data["publish_at"]
    who: dict[str, Any] = {
        "product_id": product.public_id,
        "seller_id": product.seller_id,
        "actor_id": actor_id,
    }
    if to == SCHEDULED:
        if at is None:
            text = _("Choose the day and the hour.")
            raise ProductRefused([Problem(field="publish_at", message=text)])
        return product if at == product.publish_at else schedule_product(**who, at=at)
    if to == now:
        return product
    if now == SCHEDULED:
        product = unschedule_product(**who)
    return (_OFF_SALE | {ProductState.PUBLISHED.value: publish_product})[to](**who)


# What a field counts as that could not be read, and has said so.
_UNREAD: dict[str, Any] = {
    **dict.fromkeys(
        ("title", "category", "description", "details", "delivery_note", "returns_note"), ""
    ),
    "vat": Decimal(0),
    "lead_days": 0,
    "return_days": 14,
}


def _data(draft: Draft) -> ProductData:
    fields = _UNREAD | draft.form.cleaned_data
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
        attributes=draft.form.answers(),
        options=draft.form.options(),
        pictures=[PictureInput(image_id=one.image.pk, alt=one.alt) for one in draft.pictures],
        variants=[
            VariantInput(
                sku="" if "sku" in row.errors else row.sku,
                price=row.money(),
                values=row.values,
                active=row.active,
                key=row.key,
                image_id=images.get(row.picture),
            )
            for row in draft.rows
        ],
    )


def _count(product: Product, rows: Sequence[Row], *, actor_id: int | None) -> None:
    """Book the difference to the count that the page showed, so that sales meanwhile stay.

    Of a variant that the page did not show, what was typed is all there is, also when it has been
    there before and has pieces from then.
    """
    kept = product.variants.exclude(combination__startswith=GONE).order_by("position", "pk")
    pairs = list(zip(kept.values_list("pk", "public_id"), rows, strict=True))
    seen = {pk: row.seen(key) for (pk, key), row in pairs}
    unseen = [pk for pk, was in seen.items() if was is None]
    levels = stock_levels(variant_pks=unseen) if unseen else {}
    before = {pk: levels[pk].on_hand for pk in levels} | {
        pk: was for pk, was in seen.items() if was is not None
    }
    changes = {pk: (row.count() or 0) - before.get(pk, 0) for (pk, _key), row in pairs}
    adjust(
        changes=changes,
        actor_id=actor_id,
        reason=_("Typed in the product"),
        kind=MovementKind.COUNTED,
    )


# --- showing -------------------------------------------------------------------------------------


def _answer(request: Request, brand: BrandRole, draft: Draft, *, status: int = 200) -> HttpResponse:
    page, handle = draft.page, brand.profile.handle
    if draft.pictures and not any(one.chosen for one in draft.pictures):
        draft.pictures[0].chosen = True
    if page and request.method == "POST":
        draft.changes = product_changes.of_product(draft.form, draft.rows, draft.pictures, page)
    name = "studio_product_edit" if page else "studio_product_new"
    where = {"handle": handle, **({"public_id": page.public_id} if page else {})}
    context: dict[str, Any] = {
        "brand": brand.profile,
        "form": draft.form,
        "rows": draft.rows,
        "pictures": draft.pictures,
        "page": page,
        "made": draft.made,
        "pins": count_pins_with(product_id=page.id) if page else 0,
        "axes": product_options.axes_of(draft.form.axis_fields(), draft.rows, page, draft.act),
        "more_axes": draft.form.axes < MAX_OPTIONS,
        "changes": draft.changes,
        "act": draft.act,
        "states": product_grid.states(draft.rows, page),
        "theirs": draft.theirs,
        "row_errors": [
            (f"{row.title or _('The variant')}: {text}", f"v-{number}-{name}")
            for number, row in enumerate(draft.rows)
            for name, text in row.errors.items()
        ],
        "live": page is not None and page.state == ProductState.PUBLISHED,
        "to": draft.form["to"].value() or "draft",
        "units": sum(row.count() or 0 for row in draft.rows if row.active),
        "action": reverse(f"pages:{name}", kwargs=where),
        "todos": product_todos.todos(draft.form, draft.rows, draft.pictures, page, brand.profile),
        "arrival": product_todos.arrival(draft.rows, page),
        "country": country_name(HOME_COUNTRY),
    }
    return render(request, "pages/studio_product.html", context, status=status)
