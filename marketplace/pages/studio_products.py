"""A brand's products: the list, and what a button in it does with one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries import require_brand_role, work_of
from accounts.types import BrandRole, Request
from catalog.actions import (
    archive_product,
    change_category,
    duplicate_product,
    publish_product,
    redraft_product,
)
from catalog.models import Product
from catalog.publishing import product_facts, product_points
from catalog.queries import (
    alt_score,
    categories,
    product_standings,
    products_for_seller,
    seller_products,
)
from catalog.types import Availability, ProductRefused, ProductRow, ProductState
from core.errors import Conflict, NotFound
from core.listing import Act, By, Choice, Column, Filter, Listing, Shown, Standings, undo_of_one
from marketplace.pages.todos import remark

ROLES = {"owner", "catalogue"}
# A picture of it has no words for those who cannot see it.
SILENT = "silent"


# --- the list ------------------------------------------------------------------------------------


_STANDINGS = Standings(
    read=lambda by, keys: product_standings(seller_id=by.brand_id, public_ids=keys),
    back={one.value: one.value for one in ProductState},
)


def _moves(act: Callable[..., object], to: ProductState) -> Callable[[By, str], str]:
    return _STANDINGS.moves(
        lambda by, key: act(product_id=key, seller_id=by.brand_id, actor_id=by.actor_id), to=to
    )


def _put_into(by: By, public_id: str) -> str:
    was = change_category(
        product_id=public_id, seller_id=by.brand_id, actor_id=by.actor_id, category=by.said
    )
    return "" if was == by.said else f"category:{was}"


def _still_open(by: By, public_ids: Sequence[str]) -> str:
    """What is still open of the products that were just published. One query."""
    pages = products_for_seller(seller_id=by.brand_id, public_ids=public_ids)
    return remark((page.title, product_points(product_facts(page))) for page in pages)


def _category_choices() -> dict[str, str]:
    return {one.slug: " / ".join(one.path) for one in categories()}


def _state_words(row: ProductRow) -> str:
    return str(_("Taken down") if row.taken_down else ProductState(row.state).label)


PRODUCTS: Listing[ProductRow] = Listing(
    name="products",
    caption=_("Products"),
    key=lambda row: row.public_id,
    search=_("Search by title or SKU"),
    filters=(
        Filter(
            name="state",
            label=_("State"),
            choices={
                "": _("All"),
                **{one.value: one.label for one in ProductState},
                SILENT: _("Without words"),
            },
        ),
    ),
    sorts={
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "changed": _("Changed last"),
        "title": _("By title"),
        "cheapest": _("Cheapest first"),
        "dearest": _("Dearest first"),
    },
    columns=(
        Column(key="title", label=_("Product"), value=lambda row: row.title, place="lead"),
        Column(key="state", room=8, label=_("State"), value=_state_words),
        Column(
            key="price",
            room=10,
            label=_("Price, VAT included"),
            value=lambda row: row.price,
            number=True,
        ),
        Column(
            key="price_to",
            label=_("Highest price"),
            value=lambda row: row.price_to,
            on_page=False,
        ),
        Column(
            key="currency",
            label=_("Currency"),
            value=lambda row: row.price.currency if row.price else "",
            on_page=False,
        ),
        Column(
            key="variants",
            room=6,
            label=_("Variants"),
            value=lambda row: row.variant_count,
            number=True,
        ),
        Column(key="next", room=9, label=_("Next"), place="next"),
        Column(
            key="availability",
            label=_("Availability"),
            value=lambda row: str(Availability(row.availability).label),
            on_page=False,
        ),
        Column(key="category", label=_("Category"), value=lambda row: row.category, on_page=False),
        Column(key="pictures", label=_("Pictures"), value=lambda row: row.pictures, on_page=False),
        Column(
            key="described",
            label=_("Pictures with words"),
            value=lambda row: row.described,
            on_page=False,
        ),
        Column(
            key="published",
            label=_("First on sale"),
            value=lambda row: row.published_at,
            on_page=False,
        ),
        Column(key="changed", label=_("Changed"), value=lambda row: row.updated_at, on_page=False),
        Column(key="id", label=_("Id"), value=lambda row: row.public_id, on_page=False),
    ),
    acts=(
        Act(
            code="category",
            label=_("Move"),
            do=_put_into,
            said=ngettext_lazy(
                "%(n)d product is in another category.",
                "%(n)d products are in another category.",
                "n",
            ),
            choice=Choice(label=_("Category"), options=_category_choices),
        ),
        Act(
            code=ProductState.ARCHIVED.value,
            label=_("Archive"),
            do=_moves(archive_product, ProductState.ARCHIVED),
            said=ngettext_lazy("%(n)d product is archived.", "%(n)d products are archived.", "n"),
        ),
        Act(
            code=ProductState.DRAFT.value,
            label=_("Take off sale"),
            do=_moves(redraft_product, ProductState.DRAFT),
            said=ngettext_lazy(
                "%(n)d product is a draft again.", "%(n)d products are drafts again.", "n"
            ),
        ),
        Act(
            code=ProductState.PUBLISHED.value,
            label=_("Publish"),
            do=_moves(publish_product, ProductState.PUBLISHED),
            said=ngettext_lazy("%(n)d product is on sale.", "%(n)d products are on sale.", "n"),
            remark=_still_open,
            main=True,
        ),
    ),
    names=_STANDINGS.names,
    tickable=lambda row: not row.taken_down,
)


# --- pages ---------------------------------------------------------------------------------------


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_http_methods(["GET", "HEAD", "POST"])
def products(request: Request, handle: str) -> HttpResponseBase:
    """All products of the brand: by state, by words of the title or an SKU, many at a time."""
    brand = _brand(request, handle)

    def page(shown: Shown[ProductRow]) -> HttpResponse:
        context = {
            "brand": brand.profile,
            "list": shown,
            "score": alt_score(seller_id=brand.profile.id),
        }
        return render(request, "pages/studio_products.html", context)

    return PRODUCTS.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=PRODUCTS.reads(seller_products, seller_id=brand.profile.id),
        page=page,
    )


@require_POST
def move_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Publish, archive or make a draft again, from the list or the form."""
    brand = _brand(request, handle)
    target = request.POST.get("to", "")
    acts = {
        "published": publish_product,
        "archived": archive_product,
        "draft": redraft_product,
    }
    act = acts.get(target)
    if act is None:
        raise NotFound
    by = work_of(viewer=request.viewer, role=brand)
    back = _STANDINGS.back_from(by, public_id, to=target)
    try:
        product = act(
            product_id=public_id, seller_id=brand.profile.id, actor_id=request.viewer.user_id
        )
    except ProductRefused as refused:
        messages.error(request, str(refused))
        return redirect("pages:studio_product_edit", handle=handle, public_id=public_id)
    except Conflict as refused:  # not approved yet, taken down: nothing to mend in the form
        messages.error(request, str(refused))
        return redirect("pages:studio_products", handle=handle)
    path = reverse("pages:studio_products", kwargs={"handle": handle})
    _say(request, product, undo=undo_of_one(path=path, back=back, key=public_id))
    return redirect(path)


@require_POST
def copy_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A draft after this product, open in the form."""
    brand = _brand(request, handle)
    copy = duplicate_product(
        product_id=public_id, seller_id=brand.profile.id, actor_id=request.viewer.user_id
    )
    messages.success(request, gettext("This is a copy. Look at its title and its SKUs."))
    return redirect("pages:studio_product_edit", handle=handle, public_id=copy.public_id)


def _say(request: Request, product: Product, *, undo: str) -> None:
    titled = {"title": product.title}
    said = gettext("%(title)s is archived.") % titled
    if product.state == ProductState.PUBLISHED:
        said = gettext("%(title)s is on sale.") % titled
        by = By(brand_id=product.seller_id, actor_id=0)
        said = f"{said} {_still_open(by, [product.public_id])}".strip()
    elif product.state == ProductState.DRAFT:
        said = gettext("%(title)s is a draft again.") % titled
    messages.success(request, said, extra_tags=undo)
