"""A brand's collections: the list, and one form to put one together.

A button other than Save sends the whole form and gets it back with something found, added, moved or
taken out; nothing is stored by that but a fresh cover.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries import require_brand_role, work_of
from accounts.types import BrandRole, Request
from catalog.actions import delete_collection, restore_collection, save_collection
from catalog.publishing import CollectionFacts, collection_facts, collection_points, still_open
from catalog.queries import (
    collectables,
    collection_for_seller,
    rule_matches,
    seller_collections,
)
from catalog.types import (
    Collectable,
    CollectionGlance,
    CollectionKind,
    CollectionMatch,
    CollectionOvertaken,
    CollectionRefused,
    OwnCollection,
)
from core import listing
from core.errors import Conflict, DomainError, NotFound
from core.media import Image, describe_image
from core.toasts import undo_by
from marketplace.pages import collection_form
from marketplace.pages.collection_form import CollectionForm
from marketplace.pages.collection_list import COLLECTIONS
from marketplace.pages.form_pictures import store_uploads
from marketplace.pages.todos import todos_of

ROLES = {"owner", "catalogue"}
# What one form may name; the catalogue takes fewer.
MOST_SENT = 500


@dataclass(kw_only=True)
class Draft:
    """What the form holds on its way from request to page."""

    form: CollectionForm
    products: list[Collectable] = field(default_factory=list)
    own: OwnCollection | None = None
    cover: Image | None = None
    finding: str = ""


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: Request, handle: str) -> HttpResponseBase:
    """All collections of the brand: by state and kind, by words of the title, many at a time."""
    brand = _brand(request, handle)

    def page(shown: listing.Shown[CollectionGlance]) -> HttpResponse:
        context = {"brand": brand.profile, "list": shown}
        return render(request, "pages/studio_collections.html", context)

    return COLLECTIONS.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=COLLECTIONS.reads(seller_collections, seller_id=brand.profile.id),
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_collection(request: Request, handle: str) -> HttpResponse:
    """An empty form, or the collection that was typed into it."""
    brand = _brand(request, handle)
    if request.method == "POST":
        return _save(request, brand, own=None)
    form = CollectionForm(initial=collection_form.NEW, seller_id=brand.profile.id)
    return _answer(request, brand, Draft(form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_collection(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A stored collection in the form, or its new version."""
    brand = _brand(request, handle)
    own = collection_for_seller(seller_id=brand.profile.id, public_id=public_id)
    if own is None:
        raise NotFound
    if request.method == "POST":
        return _save(request, brand, own=own)
    form = CollectionForm(initial=collection_form.initial_of(own), seller_id=brand.profile.id)
    cover = Image.objects.filter(pk=own.cover_id).first() if own.cover_id else None
    draft = Draft(form=form, products=list(own.products), own=own, cover=cover)
    return _answer(request, brand, draft)


@require_POST
def remove_collection(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Take it away; the message that says so can bring it back."""
    brand = _brand(request, handle)
    delete_collection(
        seller_id=brand.profile.id, actor_id=request.viewer.user_id, public_id=public_id
    )
    where = {"handle": brand.profile.handle, "public_id": public_id}
    undo = reverse("pages:studio_collection_restore", kwargs=where)
    messages.success(request, _("The collection is gone."), extra_tags=undo_by(undo))
    return redirect("pages:studio_collections", handle=brand.profile.handle)


@require_POST
def bring_back(request: Request, handle: str, public_id: str) -> HttpResponse:
    """The collection that was just taken away, as it was."""
    brand = _brand(request, handle)
    try:
        restore_collection(
            seller_id=brand.profile.id, actor_id=request.viewer.user_id, public_id=public_id
        )
    except Conflict as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The collection is back."))
    return redirect("pages:studio_collections", handle=brand.profile.handle)


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, brand: BrandRole, *, own: OwnCollection | None) -> HttpResponse:
    draft = _read(request, brand, own)
    act = request.POST.get("as", "")
    if act not in ("", "save"):
        draft.products = _rearranged(request, brand, draft.products, act)
        draft.form.forget_errors()
        return _answer(request, brand, draft, status=422 if draft.form.errors else 200)
    if draft.form.errors:
        return _answer(request, brand, draft, status=422)
    try:
        public_id = _store(request, brand, draft)
    except CollectionRefused as refused:
        draft.form.place(refused)
        return _answer(request, brand, draft, status=refused.status)
    except CollectionOvertaken as overtaken:
        draft.form = _with_version(request, brand, overtaken.version)
        draft.form.add_error(None, _overtaken(overtaken))
        return _answer(request, brand, draft, status=overtaken.status)
    except DomainError as error:
        draft.form.add_error(None, str(error))
        return _answer(request, brand, draft, status=error.status)
    shown = draft.form.cleaned_data["to"] == collection_form.PUBLISHED
    text = _("The collection is on your page.") if shown else _("Saved as a draft.")
    own = collection_for_seller(seller_id=brand.profile.id, public_id=public_id) if shown else None
    if own:
        text = f"{text} {still_open(collection_points(collection_facts(own)))}".strip()
    messages.success(request, text)
    where = {"handle": brand.profile.handle, "public_id": public_id}
    # The script that keeps unsaved words forgets them when it reads this.
    return redirect(f"{reverse('pages:studio_collection_edit', kwargs=where)}?saved=1")


def _overtaken(overtaken: CollectionOvertaken) -> str:
    more = _("Yours is still in the fields; save again to put it in the place of theirs.")
    return f"{overtaken} {more}"


def _with_version(request: Request, brand: BrandRole, version: int) -> CollectionForm:
    typed = request.POST.copy()
    typed["version"] = str(version)
    form = CollectionForm(typed, seller_id=brand.profile.id)
    form.is_valid()
    return form


def _read(request: Request, brand: BrandRole, own: OwnCollection | None) -> Draft:
    seller_id = brand.profile.id
    form = CollectionForm(request.POST, request.FILES, seller_id=seller_id)
    form.is_valid()
    draft = Draft(
        form=form,
        products=collectables(
            seller_id=seller_id, public_ids=request.POST.getlist("product")[:MOST_SENT]
        ),
        own=own,
        cover=_cover(request, brand, own),
        finding=request.POST.get("find", "").replace("\x00", "")[:100].strip(),
    )
    upload = form.cleaned_data.get("cover")
    if upload:
        stored, problems = store_uploads([upload], owner_id=seller_id)
        draft.cover = stored[0] if stored else draft.cover
        for text in problems:
            form.add_error("cover", text)
    return draft


def _cover(request: Request, brand: BrandRole, own: OwnCollection | None) -> Image | None:
    """The cover that the page carried along, unless it was to be dropped."""
    kept = request.POST.get("kept_cover", "")
    if not kept or "\x00" in kept or request.POST.get("drop_cover"):
        return None
    image = Image.objects.filter(public_id=kept).first()
    known = image and (image.owner_id == brand.profile.id or (own and own.cover_id == image.pk))
    return image if known else None


def _rearranged(
    request: Request, brand: BrandRole, products: list[Collectable], act: str
) -> list[Collectable]:
    """The products after `add` (what was ticked), `earlier:`, `later:` or `drop:` and an id."""
    name, _colon, key = act.partition(":")
    if name == "add":
        ticked = request.POST.getlist("pick")[:MOST_SENT]
        return collectables(
            seller_id=brand.profile.id,
            public_ids=[*(one.public_id for one in products), *ticked],
        )
    at = next((n for n, one in enumerate(products) if one.public_id == key), None)
    if at is None or name not in ("earlier", "later", "drop"):
        return products
    rest = [*products[:at], *products[at + 1 :]]
    if name != "drop":
        rest.insert(max(at - 1, 0) if name == "earlier" else at + 1, products[at])
    return rest


def _store(request: Request, brand: BrandRole, draft: Draft) -> str:
    cover, focus = draft.cover, draft.form.focus()
    public_id = save_collection(
        seller_id=brand.profile.id,
        actor_id=request.viewer.user_id,
        data=draft.form.stated(
            products=[one.public_id for one in draft.products],
            cover_id=cover.pk if cover else None,
        ),
        public_id=draft.own.ref.public_id if draft.own else None,
        version=draft.form.cleaned_data["version"],
    )
    same = request.POST.get("kept_cover") == (cover.public_id if cover else "")
    if cover and focus and same and cover.owner_id == brand.profile.id:
        describe_image(public_id=cover.public_id, owner_id=brand.profile.id, focus=focus)
    return public_id


# --- showing -------------------------------------------------------------------------------------


def _answer(request: Request, brand: BrandRole, draft: Draft, *, status: int = 200) -> HttpResponse:
    handle, own, form = brand.profile.handle, draft.own, draft.form
    chosen = {one.public_id for one in draft.products}
    found = collectables(seller_id=brand.profile.id, text=draft.finding)
    name = "studio_collection_edit" if own else "studio_collection_new"
    where = {"handle": handle, **({"public_id": own.ref.public_id} if own else {})}
    context: dict[str, Any] = {
        "brand": brand.profile,
        "form": form,
        "own": own,
        "products": draft.products,
        "picks": [one for one in found if one.public_id not in chosen],
        "finding": draft.finding,
        "cover": draft.cover,
        "match": _match(brand, draft),
        "to": form["to"].value() or collection_form.DRAFT,
        "todos": todos_of(collection_points(_facts(draft)), {"products": "#put-h"}),
        "action": reverse(f"pages:{name}", kwargs=where),
    }
    return render(request, "pages/studio_collection.html", context, status=status)


def _facts(draft: Draft) -> CollectionFacts:
    return CollectionFacts(
        by_rule=draft.form["kind"].value() == CollectionKind.RULE,
        description=draft.form["description"].value() or "",
        products=len(draft.products),
        on_sale=sum(one.on_sale for one in draft.products),
    )


def _match(brand: BrandRole, draft: Draft) -> CollectionMatch | None:
    """What the rule in the form finds now; None while it asks for nothing."""
    form = draft.form
    if form["kind"].value() != CollectionKind.RULE:
        return None
    rule = draft.own.rule if draft.own and not form.is_bound else form.rule()
    if rule.empty:
        return None
    order = form["order"].value() or ""
    return rule_matches(seller_id=brand.profile.id, rule=rule, order=order)
