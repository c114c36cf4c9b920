"""Block and mute as small acts of any page, and the list where they are taken back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, queries
from accounts.answers import done, log_in_first
from accounts.errors import TooManyHidden, WordRefused
from accounts.hiding_forms import MuteWordForm, until
from accounts.types import ProfileRef, Request
from core.errors import NotFound


@require_http_methods(["GET", "POST"])
@login_required
def hidden(request: Request) -> HttpResponse:
    """Whom and what the viewer does not meet; POST adds a word."""
    acting = _acting(request)
    form = MuteWordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        queries.check_acting(request=request)
        request.viewer.voice()
        if form.is_valid() and (word := _mute_word(request, form, acting.id)):
            text = _("Pins with “%(word)s” stay off your walls.") % {"word": word}
            undo = f"{reverse('accounts:unmute_word')}?{urlencode({'word': word})}"
            return done(request, text, undo=undo, default=reverse("accounts:hidden"))
    mutes = queries.mutes_of(profile_id=acting.id)
    context = {
        "at": "hidden",
        "form": form,
        "blocked": queries.blocks_of(profile_id=acting.id),
        "muted": [row for row in mutes if row.profile],
        "words": [row for row in mutes if row.word],
    }
    wrong = form.is_bound and form.errors
    return render(request, "accounts/hidden.html", context, status=422 if wrong else 200)


def _mute_word(request: Request, form: MuteWordForm, muter_id: int) -> str:
    data = form.cleaned_data
    try:
        return actions.mute_word(
            muter_id=muter_id,
            word=data["word"],
            until=until(data["days"]),
            actor_id=request.viewer.brand_actor_id,
        )
    except (WordRefused, TooManyHidden) as error:
        form.add_error("word", str(error.message))
        return ""


@require_POST
def block(request: Request, public_id: str) -> HttpResponse:
    """Part the viewer and a profile; `stay=1` comes back to the page, which is not theirs."""
    ref = _public(public_id)
    voice = request.viewer.voice()
    if voice is None:
        return log_in_first(request, back_to=ref.url)
    queries.check_acting(request=request)
    actions.block(blocker_id=voice.id, blocked_id=ref.id, actor_id=request.viewer.brand_actor_id)
    text = _("%(name)s is blocked: neither of you sees the other.") % {"name": ref.name}
    undo = reverse("accounts:unblock", kwargs={"public_id": public_id})
    return done(request, text, undo=undo, stay=request.POST.get("stay") == "1")


@require_POST
@login_required
def unblock(request: Request, public_id: str) -> HttpResponse:
    """Take a block back."""
    acting = _voice(request)
    ref = _own(public_id, queries.blocks_of(profile_id=acting.id))
    actions.unblock(blocker_id=acting.id, blocked_id=ref.id, actor_id=request.viewer.brand_actor_id)
    undo = reverse("accounts:block", kwargs={"public_id": public_id})
    return done(request, _("%(name)s is blocked no more.") % {"name": ref.name}, undo=undo)


@require_POST
def mute(request: Request, public_id: str) -> HttpResponse:
    """Leave a profile out of the viewer's walls; `days` says for how long."""
    ref = _public(public_id)
    voice = request.viewer.voice()
    if voice is None:
        return log_in_first(request, back_to=ref.url)
    queries.check_acting(request=request)
    ends = until(request.POST.get("days", ""))
    actions.mute(
        muter_id=voice.id, muted_id=ref.id, until=ends, actor_id=request.viewer.brand_actor_id
    )
    text = _("%(name)s is muted. They do not learn of it.") % {"name": ref.name}
    undo = reverse("accounts:unmute", kwargs={"public_id": public_id})
    return done(request, text, undo=undo, default=ref.url)


@require_POST
@login_required
def unmute(request: Request, public_id: str) -> HttpResponse:
    """Take a mute back."""
    acting = _voice(request)
    muted = [row.profile for row in queries.mutes_of(profile_id=acting.id) if row.profile]
    ref = _own(public_id, muted)
    actions.unmute(muter_id=acting.id, muted_id=ref.id, actor_id=request.viewer.brand_actor_id)
    undo = reverse("accounts:mute", kwargs={"public_id": public_id})
    return done(request, _("%(name)s is muted no more.") % {"name": ref.name}, undo=undo)


@require_POST
@login_required
def unmute_word(request: Request) -> HttpResponse:
    """Take the mute of the word in `?word=` back."""
    acting = _voice(request)
    word = request.GET.get("word", "").replace("\x00", "")[:100]
    actor_id = request.viewer.brand_actor_id
    if not actions.unmute_word(muter_id=acting.id, word=word, actor_id=actor_id):
        raise NotFound(_("That word is not muted."))
    text = _("“%(word)s” is muted no more.") % {"word": word}
    return done(request, text, default=reverse("accounts:hidden"))


def _acting(request: Request) -> ProfileRef:
    if request.viewer.acting is None:
        raise NotFound(_("There is no such page."))
    return request.viewer.acting


def _voice(request: Request) -> ProfileRef:
    queries.check_acting(request=request)
    voice = request.viewer.voice()
    return voice or _acting(request)


def _public(public_id: str) -> ProfileRef:
    ref = queries.profile_refs_by_public_id(public_ids=[public_id]).get(public_id)
    if ref is None:
        raise NotFound(_("There is nobody of that name here."))
    return ref


def _own(public_id: str, refs: list[ProfileRef]) -> ProfileRef:
    """The one of the viewer's own list; also somebody who is not public any more."""
    for ref in refs:
        if ref.public_id == public_id:
            return ref
    raise NotFound(_("There is nobody of that name on your list."))
