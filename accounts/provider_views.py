"""To a provider and back: log in, join, connect, disconnect, and show once more that it is you."""

from __future__ import annotations

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts import actions, limits, provider_session, queries
from accounts.answers import user_id_of
from accounts.errors import LastWayIn, ProviderTaken
from accounts.models import User
from accounts.provider_forms import JoinForm, is_known
from accounts.provider_session import Newcomer, Purpose, Try, fresh
from accounts.types import Request
from core import oidc, safe_next
from core.errors import DomainError
from core.oidc import Identity, ProviderAway, ProviderTrouble
from core.oidc_settings import Provider

log = structlog.get_logger(__name__)


class TryIsOver(DomainError):
    """The answer belongs to no try of this browser: too old, used already, or somebody else's."""

    code = "try_is_over"
    message = _("This log-in was begun too long ago, or in another browser.")
    status = 422


@require_POST
def begin(request: Request, slug: str) -> HttpResponse:
    """Send a guest to a provider, to log in or to join."""
    return _leave(request, slug, "login", safe_next(request))


@require_POST
@login_required
def connect(request: Request, slug: str) -> HttpResponseBase:
    """Send a member to a provider whose account shall open this one."""
    queries.provider_called(slug=slug)
    answer: HttpResponseBase = _connect(request, slug)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _connect(request: Request, slug: str) -> HttpResponse:
    return _leave(request, slug, "connect", reverse("accounts:account"))


@require_http_methods(["GET", "POST"])
@login_required
def again(request: Request) -> HttpResponse:
    """Somebody without a password shows once more that it is them: by their provider."""
    rows = [one for one in queries.providers_of(user_id=user_id_of(request)) if one.public_id]
    goes_on = safe_next(request, reverse("accounts:account"))
    if request.method == "POST":
        return _leave(request, request.POST.get("provider", ""), "again", goes_on)
    context = {"rows": [one for one in rows if one.slug], "goes_on": goes_on}
    return render(request, "accounts/provider_again.html", context)


def _leave(request: Request, slug: str, purpose: Purpose, goes_on: str) -> HttpResponse:
    """A page that leads on to the provider.

    Not a redirect: browsers hold each hop after a form against `form-action`, and that list names
    nobody but us.
    """
    provider = queries.provider_called(slug=slug)
    limits.count("provider", request)
    kept = Try(
        slug=slug,
        purpose=purpose,
        user_id=request.user.pk or 0,
        goes_on=goes_on,
        handshake=oidc.new_handshake(),
    )
    try:
        address = oidc.begin(
            provider=provider,
            handshake=kept.handshake,
            back_to=_back_to(provider),
            again=purpose == "again",
        )
    except (ProviderAway, ProviderTrouble) as error:
        return _trouble(request, provider, error, goes_on)
    provider_session.keep_try(request.session, kept)
    context = {"provider": provider, "address": address}
    return render(request, "accounts/provider_leave.html", context)


def _back_to(provider: Provider) -> str:
    """Registered with the provider: the configured origin, whatever Host the request claimed."""
    path = reverse("accounts:provider_back", kwargs={"slug": provider.slug})
    return f"{settings.SITE_URL}{path}"


@require_GET
def back(request: Request, slug: str) -> HttpResponseBase:
    """Somebody comes back with an answer of the provider."""
    provider = queries.provider_called(slug=slug)
    limits.count("provider", request)
    kept = provider_session.take_try(request.session, slug=slug, state=request.GET.get("state", ""))
    goes_on = kept.goes_on if kept else "/"
    try:
        if kept is None or kept.user_id != (request.user.pk or 0):
            raise TryIsOver
        identity = _answer(request, provider, kept)
        if identity is None:
            messages.info(request, _("You stopped at %(provider)s.") % {"provider": provider.title})
            return redirect(_began_at(kept))
        return _GO_ON[kept.purpose](request, provider, kept, identity)
    except (TryIsOver, ProviderAway, ProviderTrouble, ProviderTaken) as error:
        return _trouble(request, provider, error, goes_on)


def _answer(request: Request, provider: Provider, kept: Try) -> Identity | None:
    """Whom the provider names; None when somebody changed their mind there."""
    issuer = request.GET.get("iss")
    if issuer is not None and issuer != provider.issuer:
        raise ProviderTrouble(code="mixed_up")
    if request.GET.get("error") == "access_denied":
        return None
    code = request.GET.get("code", "")
    if "error" in request.GET or not code:
        raise ProviderTrouble(code="refused")
    return oidc.finish(
        provider=provider,
        handshake=kept.handshake,
        code=code,
        back_to=_back_to(provider),
        again=kept.purpose == "again",
    )


def _began_at(kept: Try) -> str:
    if kept.purpose == "login":
        return f"{reverse('account_login')}?{urlencode({'next': kept.goes_on})}"
    return reverse("accounts:account")


def _log_in(request: Request, provider: Provider, kept: Try, identity: Identity) -> HttpResponse:
    """Log in whom the provider names, second factor and all; or let a newcomer join."""
    user_id = queries.user_behind(issuer=provider.issuer, subject=identity.subject)
    if user_id is None:
        provider_session.keep_newcomer(
            request.session,
            Newcomer(
                slug=provider.slug, issuer=provider.issuer, identity=identity, goes_on=kept.goes_on
            ),
        )
        return redirect("accounts:provider_join", slug=provider.slug)
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    user = User.objects.get(pk=user_id)
    record_authentication(request, user, method="provider")
    actions.note_use(issuer=provider.issuer, subject=identity.subject)
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=kept.goes_on))
    return answer


def _finish_connecting(
    request: Request, provider: Provider, kept: Try, identity: Identity
) -> HttpResponse:
    title = actions.connect_provider(
        user_id=user_id_of(request), issuer=provider.issuer, identity=identity
    )
    messages.success(request, _("%(provider)s opens your account now.") % {"provider": title})
    return redirect(kept.goes_on)


def _go_on_after_again(
    request: Request, provider: Provider, kept: Try, identity: Identity
) -> HttpResponse:
    behind = queries.user_behind(issuer=provider.issuer, subject=identity.subject)
    if behind is None or behind != request.user.pk:
        raise ProviderTrouble(
            _("That is another account there than the one that opens yours."), code="other_account"
        )
    provider_session.note_again(request, User.objects.get(pk=behind))
    return redirect(kept.goes_on)


_GO_ON = {"login": _log_in, "connect": _finish_connecting, "again": _go_on_after_again}


@require_http_methods(["GET", "POST"])
def join(request: Request, slug: str) -> HttpResponseBase:
    """A newcomer chooses a name, and an address where the provider vouches for none."""
    provider = queries.provider_called(slug=slug)
    newcomer = provider_session.newcomer_of(request.session, slug=slug)
    if newcomer is None or request.user.is_authenticated:
        return redirect("account_login")
    if newcomer.identity.is_verified and is_known(newcomer.identity.email):
        context = {"provider": provider, "email": newcomer.identity.email}
        return render(request, "accounts/provider_known.html", context, status=409)
    form = JoinForm(request.POST if request.method == "POST" else None, newcomer=newcomer)
    if request.method == "POST":
        limits.count("signup", request)
        if form.is_valid():
            return _joined(request, newcomer, form)
    context = {"provider": provider, "form": form, "newcomer": newcomer}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/provider_join.html", context, status=status)


def _joined(request: HttpRequest, newcomer: Newcomer, form: JoinForm) -> HttpResponseBase:
    user, answer = form.try_save(request)
    if answer is not None:  # an address that somebody has already reads like a new one
        provider_session.forget_newcomer(request.session)
        return answer
    record_authentication(request, user, method="provider")
    first = f"{settings.ACCOUNT_SIGNUP_REDIRECT_URL}?{urlencode({'next': newcomer.goes_on})}"
    done: HttpResponse = complete_signup(request, user=user, redirect_url=first)
    return done


@require_POST
@login_required
def disconnect(request: Request, public_id: str) -> HttpResponse:
    """Shut one way in; never the last one."""
    try:
        title = actions.disconnect_provider(user_id=user_id_of(request), public_id=public_id)
    except LastWayIn as error:
        messages.error(request, str(error.message))
        return redirect("account_set_password")
    said = _("%(provider)s no longer opens your account.")
    messages.success(request, said % {"provider": title})
    return redirect("accounts:account")


def _trouble(
    request: HttpRequest, provider: Provider, error: DomainError, goes_on: str
) -> HttpResponse:
    """Nothing was changed, and there are other ways in."""
    log.warning(
        "log_in_by_provider_failed", provider=provider.slug, code=error.code, exc_info=error
    )
    context = {"provider": provider, "message": str(error.message), "goes_on": goes_on}
    answer = render(request, "accounts/provider_trouble.html", context, status=error.status)
    answer["Cache-Control"] = "private, no-store"
    return answer


connect_again = fresh(connect, back_to="accounts:account")
disconnect_again = fresh(disconnect, back_to="accounts:account")
