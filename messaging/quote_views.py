"""Request a quote: one form, whose half-filled state stays in the session until it is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import count_try
from accounts.types import Request
from catalog.queries import service_page
from catalog.types import PackageData, ServicePage
from core.errors import NotFound
from core.media import Image, ImageRefused, store_image
from feed.queries import pin_cards
from feed.types import PinCard
from messaging import actions
from messaging.asking import known_asker
from messaging.quote_forms import MAX_PICTURES, QuoteForm
from messaging.types import Subject

DRAFTS = "quote_drafts"
MAX_DRAFTS = 5
MAX_PINS = 6
_OWN_WORDS = ("text", "quantity", "unit", "budget", "destination", "needed_by")
_KEPT_TEXTS = (*_OWN_WORDS, "email")


@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: Request, public_id: str) -> HttpResponse:
    """`?package=` names one of the service's packages by its number, `?pin=` pins to show."""
    service = service_page(public_id=public_id, viewer=request.viewer)
    if service is None or not service.public:
        raise NotFound(_("There is nothing here to ask a quote for."))
    if request.method == "POST":
        return _posted(request, service)
    kept = _drafts(request).get(service.public_id, {})
    form = QuoteForm(initial=kept, known=known_asker(viewer=request.viewer))
    return _answer(
        request,
        service,
        form,
        images=_images(kept.get("images", [])),
        pins=_pins(request, [*kept.get("pins", []), *request.GET.getlist("pin")]),
        package=_package(service, request.GET.get("package", "") or kept.get("package", "")),
        kept=bool(kept),
    )


def _posted(request: Request, service: ServicePage) -> HttpResponse:
    form = QuoteForm(request.POST, request.FILES, known=known_asker(viewer=request.viewer))
    as_draft = request.POST.get("as") == "draft"
    if not as_draft or request.FILES:
        count_try(name="quote", request=request)
    form.is_valid()
    images = _pictures(request, service, form)
    pins = _pins(request, request.POST.getlist("pin"))
    package = _package(service, request.POST.get("package", ""))
    if as_draft and not (images or pins or package or form.errors.get("pictures")):
        typed = (request.POST.get(name, "").strip() for name in _OWN_WORDS)
        if not any(typed):
            return _nothing_to_keep(request, service)
    _keep(request, service, images=images, pins=pins)
    if as_draft and "pictures" not in form.errors:
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({})
        messages.success(request, _("Kept. It is here when you come back."))
        return HttpResponseRedirect(reverse("messaging:quote", args=[service.public_id]))
    if form.errors:
        return _answer(
            request, service, form, images=images, pins=pins, package=package, status=422
        )
    actions.request_quote(
        subject=_subject(service),
        asker=form.asker,
        data=form.brief(
            package=package[1].name if package else "",
            pin_ids=tuple(one.public_id for one in pins),
            images=tuple(images),
        ),
    )
    _forget(request, service)
    said = _("Your request is on its way to %(name)s. The quote comes to %(email)s.")
    messages.success(request, said % {"name": service.seller.name, "email": form.asker.email})
    return HttpResponseRedirect(service.url)


def _nothing_to_keep(request: Request, service: ServicePage) -> HttpResponse:
    _forget(request, service)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({})
    messages.info(request, _("There is nothing to keep yet."))
    return HttpResponseRedirect(reverse("messaging:quote", args=[service.public_id]))


def _subject(service: ServicePage) -> Subject:
    return Subject(
        kind="service",
        ref=service.public_id,
        title=service.title,
        url=service.url,
        to=service.seller,
        picture=service.pictures[0] if service.pictures else None,
    )


def _package(service: ServicePage, number: str) -> tuple[int, PackageData] | None:
    """The package of that number, counted from one."""
    known = number.isascii() and number.isdigit() and len(number) < 3
    at = int(number) if known else 0
    return (at, service.packages[at - 1]) if 0 < at <= len(service.packages) else None


def _pins(request: Request, public_ids: list[str]) -> list[PinCard]:
    wanted = [one for one in dict.fromkeys(public_ids) if "\x00" not in one and len(one) <= 12]
    dropped = set(request.POST.getlist("drop"))
    chosen = [one for one in wanted[:MAX_PINS] if one not in dropped]
    return pin_cards(public_ids=chosen, viewer=request.viewer) if chosen else []


# --- pictures and what was typed, kept in the session --------------------------------------------


def _drafts(request: Request) -> dict[str, dict[str, Any]]:
    found = request.session.get(DRAFTS)
    return found if isinstance(found, dict) else {}


def _keep(
    request: Request, service: ServicePage, *, images: list[Image], pins: list[PinCard]
) -> None:
    drafts = {key: one for key, one in _drafts(request).items() if key != service.public_id}
    typed = {
        name: request.POST.get(name, "").replace("\x00", "")[:2000]
        for name in _KEPT_TEXTS
        if name in request.POST
    }
    drafts[service.public_id] = {
        **typed,
        "package": request.POST.get("package", "")[:2],
        "images": [one.public_id for one in images],
        "pins": [one.public_id for one in pins],
    }
    request.session[DRAFTS] = dict(list(drafts.items())[-MAX_DRAFTS:])


def _forget(request: Request, service: ServicePage) -> None:
    drafts = _drafts(request)
    request.session[DRAFTS] = {key: one for key, one in drafts.items() if key != service.public_id}


def _images(public_ids: list[str]) -> list[Image]:
    """Stored pictures in their order; only ids that this visitor's own session holds come here."""
    found = {one.public_id: one for one in Image.objects.filter(public_id__in=public_ids)}
    return [found[one] for one in public_ids if one in found]


def _pictures(request: Request, service: ServicePage, form: QuoteForm) -> list[Image]:
    """Pictures of an earlier try and those that came now; an upload is stored at once, so that a
    form that comes back does not ask for it again."""
    dropped = set(request.POST.getlist("drop"))
    earlier = _drafts(request).get(service.public_id, {}).get("images", [])
    shown = _images([one for one in earlier if one not in dropped])
    for upload in form.cleaned_data.get("pictures", []):
        if len(shown) >= MAX_PICTURES:
            form.add_error("pictures", _("Send %(n)d pictures at most.") % {"n": MAX_PICTURES})
            break
        try:
            shown.append(store_image(file=upload.file, owner_id=request.viewer.acting_id))
        except ImageRefused as error:
            form.add_error("pictures", f"{upload.name[:60]}: {error.message}")
    return shown


def _answer(
    request: Request,
    service: ServicePage,
    form: QuoteForm,
    *,
    images: list[Image],
    pins: list[PinCard],
    package: tuple[int, PackageData] | None,
    kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "service": service,
        "form": form,
        "images": images,
        "pins": pins,
        "package": package,
        "kept": kept,
        "action": reverse("messaging:quote", args=[service.public_id]),
    }
    return render(request, "messaging/quote.html", context, status=status)
