"""The beacon of seen cards, and the page where somebody says what may be remembered."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core import safe_next
from core.ratelimit import hit
from core.toasts import undo_by
from tracking import consent, queries
from tracking.actions import choose as choose_as_member
from tracking.actions import record_impressions
from tracking.forms import LABELS, NOTES, ConsentForm

BEACONS_PER_MINUTE = 60


@csrf_exempt  # a beacon carries no header and no field of ours: its origin is checked instead
@require_POST
def impressions(request: HttpRequest) -> HttpResponse:
    """Cards that were in view. Whatever is wrong with it, the page that sent it need not know."""
    if not _from_own_page(request):
        return HttpResponse(status=403)
    viewer = request.viewer  # type: ignore[attr-defined]
    hit(key=f"beacon:{viewer.limit_key}", limit=BEACONS_PER_MINUTE, per_seconds=60)
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


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """What is remembered, the boxes to tick, and what a member chose before."""
    member = request.viewer.user is not None  # type: ignore[attr-defined]
    chosen = request.viewer.consent  # type: ignore[attr-defined]
    return _page(request, ConsentForm({"purposes": list(chosen)}, member=member))


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice; an unknown purpose is no purpose. Taking it back forgets what was kept."""
    user = request.viewer.user  # type: ignore[attr-defined]
    form = ConsentForm(request.POST, member=user is not None)
    if not form.is_valid():
        return _page(request, form, status=422)
    purposes = form.cleaned_data["purposes"]
    before = request.viewer.consent  # type: ignore[attr-defined]
    undo = ""
    if user is None:
        consent.choose_as_guest(session=request.session, purposes=purposes)
    else:
        choose_as_member(actor_id=user.pk, purposes=purposes)
        undo = f"{reverse('tracking:consent_back')}?{urlencode({'to': ','.join(sorted(before))})}"
    text = _("Your choice is kept.")
    if request.headers.get("X-Fragment") == "act":
        return JsonResponse({"text": text})
    messages.success(request, text, extra_tags=undo_by(undo))
    return redirect(safe_next(request, reverse("tracking:choices")))


@require_POST
@login_required
def choose_back(request: HttpRequest) -> HttpResponse:
    """Undo: choose again what `?to=` names. What was dropped by refusing stays dropped."""
    purposes = request.GET.get("to", "").split(",")
    choose_as_member(actor_id=request.user.pk or 0, purposes=purposes)
    messages.success(request, _("Your earlier choice counts again."))
    return redirect(safe_next(request, reverse("tracking:choices")))


def _page(request: HttpRequest, form: ConsentForm, *, status: int = 200) -> HttpResponse:
    user = request.viewer.user  # type: ignore[attr-defined]
    said = {str(name): str(label) for name, label in LABELS.items()}
    history = queries.choices_of(actor_id=user.pk) if user else []
    context = {
        "at": "privacy",
        "form": form,
        "notes": NOTES,
        "history": [(one.at, [said[name] for name in one.purposes]) for one in history],
    }
    return render(request, "tracking/choices.html", context, status=status)
