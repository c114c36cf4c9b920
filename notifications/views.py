"""The list of notices, the bell, and what a person wants to hear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core import clock, safe_next
from core.errors import NotFound
from core.redirects import is_own_path
from core.toasts import undo_by
from notifications import actions, queries
from notifications.kinds import CHANNELS, GROUPS, all_kinds
from notifications.types import AlwaysOn, NoticeRow

_UNDO_SALT = "notifications.undo"
_UNDO_SECONDS = 3600
_NOTHING_NEW = gettext_lazy("There was nothing new.")


def _profile_id(request: HttpRequest) -> int:
    profile = request.viewer.profile  # type: ignore[attr-defined]
    if profile is None:
        raise NotFound
    return int(profile.id)


def _answer(request: HttpRequest, text: str, *, undo: str = "") -> HttpResponse:
    """After a small act: a line of words for a script, the page it came from for everybody else."""
    if request.headers.get("X-Fragment") == "act":
        return JsonResponse({"text": text})
    messages.success(request, text, extra_tags=undo_by(undo))
    return redirect(safe_next(request, reverse("notifications:index")))


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Notices by day, newest first."""
    profile_id = _profile_id(request)
    group = request.GET.get("group", "")
    group = group if group in GROUPS else ""
    page = queries.notices_for(
        profile_id=profile_id,
        cursor=request.GET.get("before"),
        group=group,
        without=request.viewer.hidden.ids,  # type: ignore[attr-defined]
    )
    unread = queries.unread_by_group(profile_id=profile_id)
    context = {
        "sections": _by_day(page.rows),
        "next": page.next,
        "group": group,
        "groups": [
            (name, label, unread.get(name, 0))
            for name, label in GROUPS.items()
            if name in {kind.group for kind in all_kinds()}
        ],
        "unread": sum(unread.values()),
    }
    return render(request, "notifications/index.html", context)


def _by_day(rows: list[NoticeRow]) -> list[dict[str, Any]]:
    today = timezone.localdate(clock.now())
    # Two workers may write in another order than things happened: a day still has one heading.
    sections: dict[str, list[NoticeRow]] = {}
    for row in rows:
        sections.setdefault(_day_name(timezone.localdate(row.at), today), []).append(row)
    return [{"name": name, "rows": group} for name, group in sections.items()]


def _day_name(day: date, today: date) -> str:
    if day >= today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day > today - timedelta(days=7):
        return _("This week")
    return _("Earlier")


@login_required
@require_safe
def follow_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go where a notice leads. That it is read then is what going there means."""
    done = actions.mark_read(profile_id=_profile_id(request), public_id=public_id)
    if done is None:
        raise NotFound
    return redirect(done.url if is_own_path(done.url) else reverse("notifications:index"))


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one (`notice`) or, without a name, all as read."""
    profile_id = _profile_id(request)
    public_id = request.POST.get("notice", "")
    if public_id:
        done = actions.mark_read(profile_id=profile_id, public_id=_plain(public_id))
        if done is None:
            raise NotFound
        return _answer(request, _("Marked as read.") if done.was_new else str(_NOTHING_NEW))
    count = actions.mark_all_read(profile_id=profile_id)
    if not count:
        return _answer(request, str(_NOTHING_NEW))
    text = ngettext("One notice is read now.", "%(count)d notices are read now.", count)
    return _answer(request, text % {"count": count})


def _plain(text: str) -> str:
    return text[:28].replace("\x00", "")


@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """How many notices are new; costs no query beyond the viewer. A guest has none."""
    return JsonResponse({"unread": request.viewer.unread_count})  # type: ignore[attr-defined]


@login_required
@require_POST
def mute(request: HttpRequest) -> HttpResponse:
    """Hear nothing more of one kind, but for what cannot be switched off."""
    profile_id = _profile_id(request)
    kind = request.POST.get("kind", "")
    labels = {one.code: one.label for one in all_kinds()}
    if kind not in labels:
        raise NotFound
    try:
        before = actions.mute_kind(profile_id=profile_id, kind=kind)
    except AlwaysOn as refused:
        return _answer(request, str(refused))
    text = _("Muted: %(kind)s") % {"kind": labels[kind]}
    return _answer(request, text, undo=_undo_address(profile_id, before) if before else "")


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Which kinds reach a person, and where. Every change is kept at once."""
    profile_id = _profile_id(request)
    if request.method == "POST":
        wanted = {
            kind.code: [name for name in CHANNELS if f"{name}:{kind.code}" in request.POST]
            for kind in all_kinds()
            if f"shown:{kind.code}" in request.POST
        }
        before = actions.save_preferences(profile_id=profile_id, wanted=wanted)
        if before:
            undo = _undo_address(profile_id, before)
            messages.success(request, _("Saved."), extra_tags=undo_by(undo))
        return redirect("notifications:settings")
    roles = {brand.role for brand in request.viewer.brands}  # type: ignore[attr-defined]
    rows = queries.preferences_for(profile_id=profile_id, roles=roles)
    context = {"rows": rows, "email": request.user.email}  # type: ignore[union-attr]
    return render(request, "notifications/settings.html", context)


def _undo_address(profile_id: int, before: dict[str, list[str]]) -> str:
    token = signing.dumps([profile_id, before], salt=_UNDO_SALT, compress=True)
    return reverse("notifications:undo", kwargs={"token": token})


@login_required
@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back a change of preferences, for an hour and for the person who made it."""
    profile_id = _profile_id(request)
    try:
        owner, before = signing.loads(token, salt=_UNDO_SALT, max_age=_UNDO_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    if owner != profile_id:
        raise NotFound
    actions.restore_preferences(profile_id=profile_id, before=before)
    return _answer(request, _("Taken back."))
