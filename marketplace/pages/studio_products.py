"""A brand's products: the list, and what a button in it does with one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import require_brand_role
from accounts.types import BrandRole, Request
from catalog.actions import archive_product, duplicate_product, publish_product, redraft_product
from catalog.models import Product
from catalog.queries import alt_score, seller_products
from catalog.types import ProductRefused, ProductState
from core.errors import Conflict, NotFound

ROLES = {"owner", "catalogue"}
# A picture of it has no words for those who cannot see it.
SILENT = "silent"


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_safe
def products(request: Request, handle: str) -> HttpResponse:
    """All products of the brand, newest first; by state, by words of the title or an SKU."""
    brand = _brand(request, handle)
    text = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    state = request.GET.get("state", "")
    state = state if state in (*ProductState.values, SILENT) else ""
    found = seller_products(
        seller_id=brand.profile.id, text=text, state=state, cursor=request.GET.get("cursor")
    )
    here = reverse("pages:studio_products", kwargs={"handle": handle})
    states = [(_("All"), here, not state, None)] + [
        (str(one.label), f"{here}?state={one.value}", state == one.value, None)
        for one in ProductState
    ]
    states.append((_("Without words"), f"{here}?state={SILENT}", state == SILENT, None))
    return render(
        request,
        "pages/studio_products.html",
        {
            "brand": brand.profile,
            "found": found,
            "text": text,
            "state": state,
            "states": states,
            "score": alt_score(seller_id=brand.profile.id),
            "silent_address": f"{here}?state={SILENT}",
        },
    )


@require_POST
def move_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Publish, archive or make a draft again, from the list or the form."""
    brand = _brand(request, handle)
    target = request.POST.get("to")
    acts = {
        "published": publish_product,
        "archived": archive_product,
        "draft": redraft_product,
    }
    act = acts.get(target or "")
    if act is None:
        raise NotFound
    try:
        product = act(product_id=public_id, seller_id=brand.profile.id, actor_id=_user_id(request))
    except ProductRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("pages:studio_product_edit", handle=handle, public_id=public_id)
    except Conflict as refused:  # not approved yet, taken down: nothing to mend in the form
        messages.error(request, str(refused))
        return redirect("pages:studio_products", handle=handle)
    _say(request, product)
    return redirect("pages:studio_products", handle=handle)


@require_POST
def copy_product(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A draft after this product, open in the form."""
    brand = _brand(request, handle)
    copy = duplicate_product(
        product_id=public_id, seller_id=brand.profile.id, actor_id=_user_id(request)
    )
    messages.success(request, _("This is a copy. Look at its title and its SKUs."))
    return redirect("pages:studio_product_edit", handle=handle, public_id=copy.public_id)


def _say(request: Request, product: Product) -> None:
    if product.state == ProductState.PUBLISHED:
        messages.success(request, _("%(title)s is on sale.") % {"title": product.title})
    elif product.state == ProductState.DRAFT:
        messages.success(request, _("%(title)s is a draft again.") % {"title": product.title})
    else:
        messages.success(request, _("%(title)s is archived.") % {"title": product.title})


def _user_id(request: Request) -> int | None:
    return request.viewer.user.pk if request.viewer.user else None
