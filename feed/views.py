"""Pages of the wall. A view reads the address, asks one question or does one thing, answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import check_acting, topic_followers
from accounts.types import ProfileRef, Request, Viewer
from catalog.queries import categories
from core.ratelimit import hit
from core.redirects import safe_next
from feed import guest, queries
from feed.actions import save_pin, save_to_new_board, unsave_pin
from feed.answers import done, kept, removed, wants_fragment
from feed.audience import topic_muted_by
from feed.board_forms import CommentForm, SaveForm
from feed.comment_views import people_to_name
from feed.errors import BoardTitleTaken
from feed.types import BoardList, Saved, WallPage
from tracking.actions import record_click
from tracking.queries import read_touch

SAVES_PER_MINUTE = 120
# So many comments stand on the pin itself.
TALK = 4
# So many boards are in the menu beside Save; the others are on a page of their own.
MENU = 8


@require_safe
def home(request: Request) -> HttpResponse:
    """For you when signed in; Explore when not."""
    if request.viewer.acting is None:
        return _wall(request, _explore(request, None), tab="explore", place="home")
    wall = queries.home_timeline(viewer=request.viewer, position=_position(request))
    return _wall(request, wall, tab="home", place="home")


@require_safe
def following(request: Request) -> HttpResponse:
    if request.viewer.acting is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    wall = queries.following_timeline(viewer=request.viewer, cursor=request.GET.get("cursor", ""))
    return _wall(request, wall, tab="following", place="home")


@require_safe
def explore(request: Request, category: str | None = None) -> HttpResponse:
    if category is not None and category not in {item.slug for item in categories()}:
        raise Http404
    return _wall(request, _explore(request, category), tab=category or "explore", place="explore")


def _explore(request: Request, category: str | None) -> WallPage:
    return queries.explore_wall(
        viewer=request.viewer,
        category=category,
        position=_position(request),
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
    )


def _position(request: Request) -> queries.Position:
    read = request.GET.get
    return queries.parse_position(
        scroll=read("scroll", ""), page=read("page", ""), upto=read("upto", "")
    )


def _wall(request: Request, wall: WallPage, *, tab: str, place: str) -> HttpResponse:
    current = next((item for item in categories() if item.slug == tab), None)
    return render(
        request,
        "feed/wall.html",
        {
            "wall": wall,
            "more": f"{request.path}?{wall.next}" if wall.next else "",
            "tab": tab,
            "place": place,
            "category": current,
            "followers": topic_followers(slug=current.slug) if current else 0,
            "muted": topic_muted_by(slug=current.slug, viewer=request.viewer) if current else "",
            "categories": [item for item in categories() if not item.depth],
            "children": [item for item in categories() if current and item.parent_slug == tab],
        },
    )


@require_safe
def pin(request: Request, public_id: str) -> HttpResponse:
    page = queries.pin_page(public_id=public_id, viewer=request.viewer)
    if page is None:
        raise Http404
    touch = read_touch(token=request.GET.get("t", "")) if request.method == "GET" else None
    if touch is not None:
        record_click(touch=touch, session=request.session, viewer=request.viewer)
    saves = guest.guest_saves(viewer=request.viewer, session=request.session)
    acting = request.viewer.acting
    return render(
        request,
        "feed/pin.html",
        {
            "pin": page,
            "edit": _edit_address(page.author, public_id, request.viewer),
            "saved": bool(page.saved_on) or public_id in saves,
            "mine": queries.my_boards(profile_id=acting.id, limit=MENU)
            if acting
            else BoardList([]),
            "talk": queries.talk_page(pin_id=public_id, viewer=request.viewer, limit=TALK),
            "form": CommentForm(),
            "people": people_to_name(request.viewer),
            "related": queries.related_pins(
                public_id=public_id, viewer=request.viewer, guest_saves=saves
            ),
        },
    )


def _edit_address(author: ProfileRef, public_id: str, viewer: Viewer) -> str:
    """Where its author, or their team, changes the pin; '' for everybody else."""
    if viewer.profile is not None and viewer.profile.id == author.id:
        return reverse("feed:my_pin_edit", args=[public_id])
    roles = {one.role for one in viewer.brands if one.profile.id == author.id}
    if roles & {"owner", "catalogue"}:
        return reverse("feed:studio_pin_edit", args=[author.handle, public_id])
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def save_to(request: Request, public_id: str) -> HttpResponse:
    """Which board a pin goes to, and with which note: a page of its own, to which every Save leads
    that has no menu. A POST shows more boards (`cursor`), and what was typed on the way."""
    typed = {name: request.POST.get(name, "") for name in ("note", "new_board")}
    return _show_save_to(request, public_id, SaveForm(initial=typed))


def _show_save_to(request: Request, public_id: str, form: SaveForm) -> HttpResponse:
    """The page, perhaps with what was typed and cannot be taken."""
    cards = queries.pin_cards(public_ids=[public_id], viewer=request.viewer)
    acting = request.viewer.acting
    if not cards:
        raise Http404
    if acting is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    mine = queries.my_boards(profile_id=acting.id, cursor=request.POST.get("cursor", ""))
    context = {
        "card": cards[0],
        "mine": mine,
        "held": queries.held_by(pin_id=public_id, profile_id=acting.id),
        "back": safe_next(request, f"/pin/{public_id}/"),
        "form": form,
    }
    return render(request, "feed/save_to.html", context, status=422 if form.is_bound else 200)


@require_POST
def save(request: Request, public_id: str) -> HttpResponse:
    """Put a pin on a board: `board` (public id), `new_board` (a title), or the last one used;
    perhaps with a `note`."""
    check_acting(request=request)
    hit(key=f"save:{request.viewer.limit_key}", limit=SAVES_PER_MINUTE, per_seconds=60)
    acting = request.viewer.voice()
    undo = reverse("feed:unsave", kwargs={"public_id": public_id})
    if acting is None:
        if not queries.pin_cards(public_ids=[public_id], viewer=request.viewer):
            raise Http404
        guest.keep(session=request.session, public_id=public_id)
        return done(request, _("Saved for this visit."), undo=undo, join=True)
    form = SaveForm(request.POST)
    by: dict[str, Any] = {"saver_id": acting.id, "user_id": request.viewer.brand_actor_id}
    saved = _saved(form, pin_id=public_id, **by) if form.is_valid() else None
    if saved is None:
        if wants_fragment(request):
            return done(request, str(next(iter(form.errors.values()))[0]), bad=True)
        return _show_save_to(request, public_id, form)
    return kept(request, saved, note=form.cleaned_data["note"], back=undo)


def _saved(form: SaveForm, *, pin_id: str, saver_id: int, user_id: int | None) -> Saved | None:
    """Do what a form says, or put into it why not."""
    data = form.cleaned_data
    who = {"pin_id": pin_id, "saver_id": saver_id, "user_id": user_id, "note": data["note"]}
    if data["board"] or not data["new_board"]:
        return save_pin(**who, board_id=data["board"] or None)
    try:
        return save_to_new_board(**who, title=data["new_board"])
    except BoardTitleTaken as error:
        form.add_error("new_board", str(error.message))
        return None


@require_POST
def unsave(request: Request, public_id: str) -> HttpResponse:
    check_acting(request=request)
    acting = request.viewer.voice()
    board_id = request.GET.get("board") or request.POST.get("board") or None
    if acting is None:
        guest.drop(session=request.session, public_id=public_id)
        again = reverse("feed:save", kwargs={"public_id": public_id})
        return done(request, _("Removed"), undo=again)
    gone = unsave_pin(
        pin_id=public_id,
        saver_id=acting.id,
        board_id=board_id,
        user_id=request.viewer.brand_actor_id,
    )
    return removed(request, gone)
