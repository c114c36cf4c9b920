"""Settings: tokens with which programs call the API for their owner."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, queries
from accounts.errors import ScopesRefused, TooManyTokens
from accounts.token_forms import TokenForm
from accounts.types import NewToken, Request
from api.scopes import SCOPES
from core.errors import NotFound
from core.idempotency import KeyMissing, KeyReused, run_once
from core.ids import new_secret_id


def _user_id(request: Request) -> int:
    user = request.viewer.user
    if user is None:  # only a session that ended between two looks at it
        raise NotFound(_("There is no such page."))
    return user.pk


@require_safe
@login_required
def tokens(request: Request) -> HttpResponse:
    """All tokens with what they may do and when they were used."""
    found = queries.tokens_for(user_id=_user_id(request))
    context = {"at": "tokens", "tokens": found, "scopes": SCOPES}
    return render(request, "accounts/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def new_token(request: Request) -> HttpResponse:
    """Make a token, for somebody who has just proved who they are. Its secret is seen here once."""
    if request.method != "POST":
        form = TokenForm(initial={"key": new_secret_id()})
        return render(request, "accounts/token_new.html", {"at": "tokens", "form": form})
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            return _shown(request, _made(request, form))
        except (ScopesRefused, TooManyTokens, KeyReused, KeyMissing) as error:
            form.add_error(None, str(error))
    context = {"at": "tokens", "form": form}
    return render(request, "accounts/token_new.html", context, status=422)


def _made(request: Request, form: TokenForm) -> NewToken | None:
    """The token; None when this very form had made one before, whose secret is gone."""
    data = form.cleaned_data
    made: list[NewToken] = []

    def work() -> dict[str, str]:
        token = actions.create_token(
            user_id=_user_id(request),
            name=data["name"],
            scopes=data["scopes"],
            days=data["days"],
        )
        made.append(token)
        return {"token": token.public_id}

    run_once(
        principal=request.viewer.visitor_key,
        route="accounts:token_new",
        key=data["key"],
        body={name: data[name] for name in ("name", "scopes", "days")},
        work=work,
    )
    return made[-1] if made else None


def _shown(request: Request, token: NewToken | None) -> HttpResponse:
    if token is None:
        messages.info(request, _("That token is made already. Its secret is not shown twice."))
        return redirect("accounts:tokens")
    response = render(request, "accounts/token_made.html", {"at": "tokens", "token": token})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def revoke(request: Request, public_id: str) -> HttpResponse:
    """Withdraw a token: what it was for stops at once."""
    name = actions.revoke_token(user_id=_user_id(request), public_id=public_id)
    messages.success(request, _("%(name)s is withdrawn.") % {"name": name})
    return redirect("accounts:tokens")
