"""The webhook of the provider, and a buyer's kept cards."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from core.toasts import undo_by
from payments import actions, queries

SIGNATURE_HEADER = "Webhook-Signature"


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Answers 204 once the message is taken in; 409 asks for it again, other 4xx refuse it."""
    try:
        actions.record_provider_event(
            raw=request.body, signature=request.headers.get(SIGNATURE_HEADER, "")
        )
    except DomainError as error:
        return JsonResponse({"code": error.code}, status=error.status)
    return HttpResponse(status=204)


@login_required
@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    kept = queries.methods_for(user_id=_user_id(request))
    return render(request, "payments/methods.html", {"methods": kept})


@login_required
@require_POST
def forget(request: HttpRequest, public_id: str) -> HttpResponse:
    actions.forget_method(user_id=_user_id(request), public_id=public_id)
    messages.success(request, _("The card is forgotten, here and at the payment provider."))
    return redirect("payments:methods")


@login_required
@require_POST
def make_default(request: HttpRequest, public_id: str) -> HttpResponse:
    first = actions.make_default(user_id=_user_id(request), public_id=public_id)
    undo = reverse("payments:make_default", kwargs={"public_id": first}) if first else ""
    messages.success(request, _("You now pay with this card first."), extra_tags=undo_by(undo))
    return redirect("payments:methods")


def _user_id(request: HttpRequest) -> int:
    return cast(int, request.user.pk)
