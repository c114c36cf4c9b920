"""A brand's services: the list, and one plain form to add or change one.

Catalogue and feed do not know each other's forms: saving composes the service and its portfolio
here, in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries import require_brand_role, work_of
from accounts.types import BrandRole, Request
from catalog.actions import (
    archive_service,
    create_service,
    publish_service,
    redraft_service,
    update_service,
)
from catalog.models import Service
from catalog.publishing import ServiceFacts, service_facts, service_points, still_open
from catalog.queries import seller_services, service_for_seller
from catalog.types import (
    PictureInput,
    Pricing,
    ServiceOvertaken,
    ServicePage,
    ServiceRefused,
    ServiceRow,
    ServiceState,
)
from core import listing
from core.errors import Conflict, DomainError, NotFound
from feed.actions import show_service
from feed.queries import portfolio_choices
from marketplace.pages import gallery_form, service_form
from marketplace.pages.gallery_form import Shown
from marketplace.pages.service_form import Row, ServiceForm
from marketplace.pages.service_list import SERVICES, STANDINGS
from marketplace.pages.todos import todos_of

ROLES = {"owner", "catalogue"}
MAX_PICTURES = 12


@dataclass(kw_only=True)
class Draft:
    """What the form holds on its way from request to page."""

    form: ServiceForm
    rows: list[Row]
    pictures: list[Shown] = field(default_factory=list)
    page: ServicePage | None = None
    pins: list[str] | None = None


def _brand(request: Request, handle: str) -> BrandRole:
    return require_brand_role(viewer=request.viewer, handle=handle, roles=ROLES)


@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Request, handle: str) -> HttpResponseBase:
    """All services of the brand: by state, by words of the title, many at a time."""
    brand = _brand(request, handle)

    def page(shown: listing.Shown[ServiceRow]) -> HttpResponse:
        context = {"brand": brand.profile, "list": shown}
        return render(request, "pages/studio_services.html", context)

    return SERVICES.answer(
        request,
        by=work_of(viewer=request.viewer, role=brand),
        read=SERVICES.reads(seller_services, seller_id=brand.profile.id),
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: Request, handle: str) -> HttpResponse:
    """An empty form, or the service that was typed into it."""
    brand = _brand(request, handle)
    if request.method == "POST":
        return _save(request, brand, page=None)
    form = ServiceForm(initial={"pricing": Pricing.PACKAGES, "lead_days": 5})
    return _answer(request, brand, Draft(form=form, rows=[]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_service(request: Request, handle: str, public_id: str) -> HttpResponse:
    """A stored service in the form, or its new version."""
    brand = _brand(request, handle)
    page = service_for_seller(seller_id=brand.profile.id, public_id=public_id)
    if page is None:
        raise NotFound
    if request.method == "POST":
        return _save(request, brand, page=page)
    draft = Draft(
        form=ServiceForm(initial=service_form.initial_of(page)),
        rows=service_form.rows_of(page),
        pictures=gallery_form.stored(page.image_ids, [one.alt for one in page.pictures]),
        page=page,
    )
    return _answer(request, brand, draft)


@require_POST
def move_service(request: Request, handle: str, public_id: str) -> HttpResponse:
    """Publish, archive or make a draft again, from the list or the form."""
    brand = _brand(request, handle)
    target = request.POST.get("to", "")
    acts = {
        "published": publish_service,
        "archived": archive_service,
        "draft": redraft_service,
    }
    act = acts.get(target)
    if act is None:
        raise NotFound
    by = work_of(viewer=request.viewer, role=brand)
    back = STANDINGS.back_from(by, public_id, to=target)
    try:
        service = act(
            service_id=public_id, seller_id=brand.profile.id, actor_id=request.viewer.user_id
        )
    except ServiceRefused as refused:
        messages.error(request, str(refused))
        return redirect("pages:studio_service_edit", handle=handle, public_id=public_id)
    except Conflict as refused:  # not approved yet, taken down: nothing to mend in the form
        messages.error(request, str(refused))
        return redirect("pages:studio_services", handle=handle)
    path = reverse("pages:studio_services", kwargs={"handle": handle})
    again = _("%(title)s is a draft again.") % {"title": service.title}
    undo = listing.undo_of_one(path=path, back=back, key=public_id)
    _say(request, service, draft=again, undo=undo)
    return redirect(path)


def _say(request: Request, service: Service, *, draft: str, undo: str = "") -> None:
    titled = {"title": service.title}
    if service.state == ServiceState.PUBLISHED:
        page = service_for_seller(seller_id=service.seller_id, public_id=service.public_id)
        points = service_points(service_facts(page)) if page else []
        said = f"{_('%(title)s is offered.') % titled} {still_open(points)}".strip()
    elif service.state == ServiceState.ARCHIVED:
        said = _("%(title)s is archived.") % titled
    else:
        said = draft
    messages.success(request, said, extra_tags=undo)


# --- saving --------------------------------------------------------------------------------------


def _save(request: Request, brand: BrandRole, *, page: ServicePage | None) -> HttpResponse:
    form = ServiceForm(request.POST, request.FILES)
    form.is_valid()
    packaged = request.POST.get("pricing") == Pricing.PACKAGES
    typed = service_form.rows_in(request.POST)
    draft = Draft(
        form=form,
        rows=service_form.checked(typed) if packaged else typed,
        pictures=gallery_form.posted(request, brand, form, most=MAX_PICTURES),
        page=page,
        pins=request.POST.getlist("pin"),
    )
    if form.errors or any(row.errors for row in draft.rows):
        return _answer(request, brand, draft, status=422)
    try:
        service = _store(request, brand, draft)
    except ServiceRefused as refused:
        draft.rows = service_form.place_problems(form, draft.rows, refused)
        return _answer(request, brand, draft, status=refused.status)
    except ServiceOvertaken as overtaken:
        draft.form = _with_version(request, overtaken.version)
        more = _("Yours is still in the fields; save again to put it in the place of theirs.")
        draft.form.add_error(None, f"{overtaken} {more}")
        return _answer(request, brand, draft, status=overtaken.status)
    except DomainError as error:
        form.add_error(None, str(error.message))
        return _answer(request, brand, draft, status=error.status)
    _say(request, service, draft=_("Saved as a draft."))
    return redirect(
        "pages:studio_service_edit", handle=brand.profile.handle, public_id=service.public_id
    )


def _with_version(request: Request, version: int) -> ServiceForm:
    """The form as typed, over what was saved meanwhile: saving again is a decision."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    form = ServiceForm(typed)
    form.is_valid()
    return form


@transaction.atomic
def _store(request: Request, brand: BrandRole, draft: Draft) -> Service:
    """Service, portfolio and state together: all of it or nothing."""
    seller_id, actor_id = brand.profile.id, request.viewer.user_id
    packaged = draft.form.cleaned_data["pricing"] == Pricing.PACKAGES
    data = service_form.data_of(
        draft.form,
        draft.rows if packaged else [],
        [PictureInput(image_id=one.image.pk, alt=one.alt) for one in draft.pictures],
    )
    if draft.page is None:
        service = create_service(seller_id=seller_id, actor_id=actor_id, data=data)
    else:
        service = update_service(
            service_id=draft.page.public_id,
            seller_id=seller_id,
            actor_id=actor_id,
            data=data,
            version=draft.form.cleaned_data["version"],
        )
    pins = [one for one in draft.pins or [] if "\x00" not in one]
    show_service(author_id=seller_id, service_id=service.pk, pin_ids=pins)
    if request.POST.get("as") == "publish":
        service = publish_service(
            service_id=service.public_id, seller_id=seller_id, actor_id=actor_id
        )
    return service


def _facts(draft: Draft) -> ServiceFacts:
    return ServiceFacts(
        description=draft.form["description"].value() or "",
        pictures=[one.described for one in draft.pictures],
    )


def _answer(request: Request, brand: BrandRole, draft: Draft, *, status: int = 200) -> HttpResponse:
    page = draft.page
    choices = portfolio_choices(author_id=brand.profile.id, service_id=page.id if page else None)
    chosen = (
        {one.public_id for one in choices if one.chosen} if draft.pins is None else set(draft.pins)
    )
    context: dict[str, Any] = {
        "brand": brand.profile,
        "form": draft.form,
        "rows": service_form.padded(draft.rows),
        "pictures": draft.pictures,
        "page": page,
        "choices": choices,
        "chosen": chosen,
        "row_errors": [
            (f"{row.name or _('The package')}: {text}", f"p-{number}-{name}")
            for number, row in enumerate(draft.rows)
            for name, text in row.errors.items()
        ],
        "live": page is not None and page.state == ServiceState.PUBLISHED,
        "todos": todos_of(service_points(_facts(draft)), {"pictures": "#pics-h"}),
        "action": reverse(
            "pages:studio_service_edit",
            kwargs={"handle": brand.profile.handle, "public_id": page.public_id},
        )
        if page
        else reverse("pages:studio_service_new", kwargs={"handle": brand.profile.handle}),
    }
    return render(request, "pages/studio_service.html", context, status=status)
