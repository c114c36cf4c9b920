"""The pages on which a buyer pays. They work with nothing but HTML."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.money import Money, format_money
from sandbox import intents
from sandbox.cards import TEST_CARDS
from sandbox.forms import CardForm
from sandbox.models import Intent
from sandbox.sender import wake
from sandbox.webhooks import Modes, send_due


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, ref: str) -> HttpResponse:
    """Three fields and a button."""
    intent = _intent(ref)
    if intent.state != "requires_action":
        return _closed(request, intent)
    if intent.challenged:
        return _see_other(request, "verify", intent)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.card is not None:
        paid = intents.pay(ref=ref, card=form.card, remember=form.cleaned_data["remember"])
        return _onward(request, paid)
    context = {"form": form, "cards": TEST_CARDS}
    return _page(request, "sandbox/pay.html", intent, context, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, ref: str) -> HttpResponse:
    """The bank asks whether it is really you."""
    intent = _intent(ref)
    if intent.state != "requires_action":
        return _closed(request, intent)
    if not intent.challenged:
        return _see_other(request, "pay", intent)
    answer = request.POST.get("answer")
    if answer in ("approve", "fail"):
        return _onward(request, intents.answer_challenge(ref=ref, approved=answer == "approve"))
    return _page(request, "sandbox/verify.html", intent, {}, 422 if answer is not None else 200)


@require_POST
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to the shop without paying."""
    intent = intents.close(intent_pk=_intent(ref).pk, code="cancelled")
    if intent.state == "expired":
        return _send_back(intent, intent.cancel_url)
    return _onward(request, intent)


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a wrong address."""
    context = {
        "heading": _("There is nothing here"),
        "text": _("This address names no payment. Go back to the shop and try again."),
    }
    return render(request, "sandbox/missing.html", context, status=404)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that did not come from these pages."""
    context = {
        "heading": _("This page was too old"),
        "text": _("Go back, reload the page, and try again. Nothing was charged."),
    }
    return render(request, "sandbox/missing.html", context, status=403)


def _intent(ref: str) -> Intent:
    rows = Intent.objects.select_related("account", "token")
    intent = rows.filter(ref=ref).first()
    if intent is None:
        raise Http404
    return intent


def _onward(request: HttpRequest, intent: Intent) -> HttpResponse:
    if intent.state == "requires_action":
        return _see_other(request, "verify" if intent.challenged else "pay", intent)
    return _send_back(intent, intent.return_url)


def _send_back(intent: Intent, address: str) -> HttpResponse:
    """To the shop; the message about it goes its own way, or first when that is the test."""
    if Modes.of(intent.account).early:
        send_due(intent=intent)
    wake()
    return HttpResponseRedirect(address, status=303)


def _see_other(request: HttpRequest, page: str, intent: Intent) -> HttpResponse:
    return HttpResponseRedirect(f"/{page}/{intent.ref}/", status=303)


def _closed(request: HttpRequest, intent: Intent) -> HttpResponse:
    """Nothing to do here any more: a reload or the back button."""
    return _page(request, "sandbox/closed.html", intent, {}, 200)


def _page(
    request: HttpRequest, template: str, intent: Intent, context: dict[str, object], status: int
) -> HttpResponse:
    shop = urlsplit(intent.return_url)
    response = render(
        request,
        template,
        {
            "intent": intent,
            "total": format_money(Money(intent.amount, intent.currency)),
            "shop": shop.netloc,
            **context,
        },
        status=status,
    )
    return guard(response, intent.return_url)


def guard(response: HttpResponse, return_url: str) -> HttpResponse:
    """The headers of a page of ours, whose form leads back to the merchant at most."""
    shop = urlsplit(return_url)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
        f"form-action 'self' {shop.scheme}://{shop.netloc}; frame-ancestors 'none'; base-uri 'none'"
    )
    response["Cache-Control"] = "private, no-store"
    return response
