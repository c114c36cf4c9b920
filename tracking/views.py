"""The beacon of seen cards, and the page where somebody says what may be remembered."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core import safe_next
from core.ratelimit import hit
from tracking import consent
from tracking.actions import forget_touches, record_impressions
from tracking.forms import ConsentForm

BEACONS_PER_MINUTE = 60


@csrf_exempt  # a beacon carries no header and no field of ours: its origin is checked instead
@require_POST
def impressions(request: HttpRequest) -> HttpResponse:
    """Cards that were in view. Whatever is wrong with it, the page that sent it need not know."""
    if not _from_own_page(request):
        return HttpResponse(status=403)
    viewer = request.viewer  # type: ignore[attr-defined]
    hit(key=f"beacon:{_sender(request)}", limit=BEACONS_PER_MINUTE, per_seconds=60)
    try:
        tokens = request.POST.getlist("t")
    except (TooManyFieldsSent, RequestDataTooBig):
        return HttpResponse(status=413)
    record_impressions(tokens=tokens, viewer=viewer)
    return HttpResponse(status=204)


def _from_own_page(request: HttpRequest) -> bool:
    """Whether a page of this origin sent it, as the browser says (scripts cannot forge these)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host()


def _sender(request: HttpRequest) -> str:
    key = request.viewer.visitor_key  # type: ignore[attr-defined]
    return str(key or request.META.get("REMOTE_ADDR", ""))


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """What is remembered, and the boxes to tick."""
    chosen = [name for name in consent.PURPOSES if name in request.session.get(consent.KEY, ())]
    return render(request, "tracking/choices.html", {"form": ConsentForm({"purposes": chosen})})


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice; an unknown purpose is no purpose. Taking it back forgets what was kept."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return render(request, "tracking/choices.html", {"form": form}, status=422)
    purposes = form.cleaned_data["purposes"]
    consent.choose(session=request.session, purposes=purposes)
    user = request.viewer.user  # type: ignore[attr-defined]
    if user is not None and consent.MEASURE not in purposes:
        forget_touches(actor_id=user.pk)
    text = _("Your choice is kept.")
    if request.headers.get("X-Fragment") == "act":
        return JsonResponse({"text": text})
    messages.success(request, text)
    return redirect(safe_next(request, reverse("tracking:choices")))
