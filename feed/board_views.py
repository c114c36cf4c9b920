"""Pages and acts of boards. Each reads the request, asks or does one thing, answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import check_acting
from accounts.types import ProfileRef, Request
from core.errors import DomainError, NotFound
from core.ratelimit import hit
from core.redirects import safe_next
from core.toasts import undo_by
from feed import actions, answers, guest, queries
from feed.board_forms import BoardEditForm, BoardForm, InviteForm, NoteForm, SectionForm
from feed.board_pins import TOP
from feed.types import MAX_AT_ONCE, MAX_NOTE

ACTS_PER_MINUTE = 120
INVITATIONS_PER_HOUR = 30
DIRECTIONS = ("earlier", "later", "first", "last")


def actor(request: Request) -> ProfileRef:
    """Who acts, after the usual checks: somebody signed in, the same as when the page was shown,
    not a hundred times a minute, for a brand only with a voice. A guest finds nothing here."""
    check_acting(request=request)
    voice = request.viewer.voice()
    if voice is None:
        raise NotFound
    hit(key=f"board:{request.viewer.limit_key}", limit=ACTS_PER_MINUTE, per_seconds=60)
    return voice


@require_safe
def board(request: Request, public_id: str, slug: str) -> HttpResponse:
    """`?section=` one part, `?arrange=` its list to arrange, there `?ticked=` ids of pins with a
    hyphen between them, `?cursor=` what follows."""
    return show_board(request, public_id, slug)


def show_board(
    request: Request,
    public_id: str,
    slug: str | None = None,
    *,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The page of a board, perhaps with a form that came back."""
    read = request.GET.get
    page = queries.board_page(
        public_id=public_id,
        viewer=request.viewer,
        section=read("section", ""),
        arrange=read("arrange", ""),
        cursor=read("cursor", ""),
        guest_saves=guest.guest_saves(viewer=request.viewer, session=request.session),
    )
    if page is None:
        raise Http404
    if slug is not None and slug != page.board.slug:
        tail = request.META.get("QUERY_STRING", "")
        return redirect(f"{page.board.url}?{tail}" if tail else page.board.url)
    acting = request.viewer.acting
    context = {
        "page": page,
        "top": TOP,
        "ticked": read("ticked", "").split("-"),
        "section_form": forms.get("section_form") or SectionForm(),
        "invite_form": forms.get("invite_form") or InviteForm(),
        "my_boards": queries.my_boards(profile_id=acting.id).boards
        if acting and page.arranging
        else [],
    }
    return render(request, "feed/board.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new_board(request: Request) -> HttpResponse:
    """A form of its own, and where the small one on the profile leads when it is refused."""
    acting = request.viewer.acting
    if acting is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    form = BoardForm(request.POST or None)
    if request.method == "POST":
        check_acting(request=request)
        request.viewer.voice()
        if form.is_valid():
            try:
                made = actions.create_board(
                    owner_id=acting.id, user_id=request.viewer.brand_actor_id, **form.cleaned_data
                )
            except DomainError as error:
                form.add_error("title", str(error.message))
            else:
                return redirect(made.get_absolute_url())
    status = 422 if form.is_bound else 200
    return render(request, "feed/board_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def edit_board(request: Request, public_id: str) -> HttpResponse:
    """Name, words, secrecy and cover; only for the owner."""
    acting = request.viewer.acting
    data = (
        queries.board_form_data(public_id=public_id, owner_id=acting.id, viewer=request.viewer)
        if acting
        else None
    )
    if acting is None or data is None:
        raise NotFound
    form = BoardEditForm(request.POST or None, initial=data, linked=data["linked"])
    if request.method == "POST":
        check_acting(request=request)
        request.viewer.voice()
        if form.is_valid():
            try:
                changed = actions.edit_board(
                    board_id=public_id,
                    owner_id=acting.id,
                    user_id=request.viewer.brand_actor_id,
                    **form.cleaned_data,
                )
            except DomainError as error:
                form.add_error("title", str(error.message))
            else:
                messages.success(request, _("Saved."))
                return redirect(changed.get_absolute_url())
    status = 422 if form.is_bound else 200
    return render(request, "feed/board_edit.html", {"form": form, "data": data}, status=status)


@require_POST
def delete_board(request: Request, public_id: str) -> HttpResponse:
    who = actor(request)
    token = actions.delete_board(
        board_id=public_id, owner_id=who.id, user_id=request.viewer.brand_actor_id
    )
    _say(request, _("The board is gone."), undo=token)
    return redirect(f"/@{who.handle}/boards/")


@require_POST
def undo(request: Request, token: str) -> HttpResponse:
    who = actor(request)
    title = actions.undo(token=token, actor_id=who.id, user_id=request.viewer.brand_actor_id)
    text = _("%(title)s is as it was.") % {"title": title}
    return answers.done(request, text, undo="", default=f"/@{who.handle}/boards/")


# --- Order ---------------------------------------------------------------------------------------
@require_POST
def order(request: Request, public_id: str) -> HttpResponse:
    """Move one `pin`: one place (`to` earlier, later, first, last), or `beside` another one.

    A button carries the pin and the way in one value, "later:<pin>".
    """
    who = actor(request)
    way, _colon, pin = request.POST.get("move", "").partition(":")
    pin = pin or request.POST.get("pin", "")
    beside = request.POST.get("beside", "")
    if beside:
        done = actions.move_pin_beside(
            board_id=public_id,
            pin_id=pin,
            actor_id=who.id,
            beside=beside,
            behind=request.POST.get("behind") == "1",
            user_id=request.viewer.brand_actor_id,
        )
    elif way in DIRECTIONS:
        done = actions.move_pin(
            board_id=public_id,
            pin_id=pin,
            actor_id=who.id,
            direction=way,  # type: ignore[arg-type]
            user_id=request.viewer.brand_actor_id,
        )
    else:
        raise NotFound
    text = _("%(title)s is now %(place)d of %(total)d.") % {
        "title": done.title,
        "place": done.place,
        "total": done.total,
    }
    if request.headers.get("X-Fragment") == "act":
        return JsonResponse({"text": text, "place": done.place, "total": done.total})
    messages.success(request, text)
    return redirect(safe_next(request, f"/board/{public_id}/-/") + f"#move-{pin}")


@require_POST
def pins(request: Request, public_id: str) -> HttpResponse:
    """Many at once: `do` is remove, or a place: `section:<id>` (empty: none) or `board:<id>`."""
    who = actor(request)
    if not queries.may_arrange(public_id=public_id, profile_id=who.id):
        raise NotFound
    chosen = request.POST.getlist("pins")
    back = safe_next(request, f"/board/{public_id}/-/")
    kind, _colon, target = request.POST.get("do", "").partition(":")
    if not chosen:
        messages.error(request, _("Tick the pins first."))
        return redirect(back)
    if kind == "remove":
        count, token = actions.remove_pins(
            board_id=public_id,
            pin_ids=chosen,
            actor_id=who.id,
            user_id=request.viewer.brand_actor_id,
        )
        text = ngettext("%(n)d pin is off the board.", "%(n)d pins are off the board.", count)
    elif kind in ("section", "board"):
        count, token = actions.move_pins(
            board_id=public_id,
            pin_ids=chosen,
            actor_id=who.id,
            to_board=target or None if kind == "board" else None,
            to_section=target or None if kind == "section" else None,
            user_id=request.viewer.brand_actor_id,
        )
        text = ngettext("%(n)d pin was moved.", "%(n)d pins were moved.", count)
    else:
        messages.error(request, _("Choose where they should go."))
        ticked = urlencode({"ticked": "-".join(chosen[:MAX_AT_ONCE])})
        return redirect(f"{back}{'&' if '?' in back else '?'}{ticked}#bulk-do")
    _say(request, text % {"n": count}, undo=token)
    return redirect(back)


# --- Sections ------------------------------------------------------------------------------------
@require_POST
def new_section(request: Request, public_id: str) -> HttpResponse:
    who = actor(request)
    form = SectionForm(request.POST)
    if form.is_valid():
        try:
            made = actions.create_section(
                board_id=public_id,
                actor_id=who.id,
                title=form.cleaned_data["title"],
                user_id=request.viewer.brand_actor_id,
            )
        except DomainError as error:
            if error.status == 404:
                raise
            form.add_error("title", str(error.message))
        else:
            messages.success(request, _("The section is there."))
            return redirect(f"/board/{public_id}/-/?section={made}")
    return show_board(request, public_id, status=422, section_form=form)


@require_http_methods(["GET", "POST"])
def section(request: Request, public_id: str, section_id: str) -> HttpResponse:
    """Rename a section (`do=rename`), move it (`up`, `down`), or dissolve it (`delete`)."""
    acting = request.viewer.acting
    found = (
        queries.section_of(
            public_id=public_id,
            section_id=section_id,
            profile_id=acting.id,
            viewer=request.viewer,
        )
        if acting
        else None
    )
    if found is None:
        raise NotFound
    form = SectionForm({"title": found["section"].title})
    status = 200
    if request.method == "POST":
        who = actor(request)
        where: dict[str, Any] = {
            "board_id": public_id,
            "section_id": section_id,
            "actor_id": who.id,
            "user_id": request.viewer.brand_actor_id,
        }
        do = request.POST.get("do", "")
        if do in ("up", "down"):
            actions.move_section(**where, up=do == "up")
            said = _("%(title)s moved up.") if do == "up" else _("%(title)s moved down.")
            messages.success(request, said % {"title": found["section"].title})
            # Its heading takes the focus, for its arrows are elsewhere now.
            back, _hash, _at = safe_next(request, found["board_url"]).partition("#")
            return redirect(f"{back}#part-{section_id}")
        if do == "delete":
            token = actions.delete_section(**where, to_section=request.POST.get("to") or None)
            _say(request, _("The section is gone; its pins are still here."), undo=token)
            return redirect(found["board_url"])
        form = SectionForm(request.POST)
        if form.is_valid():
            try:
                actions.rename_section(**where, title=form.cleaned_data["title"])
            except DomainError as error:
                form.add_error("title", str(error.message))
            else:
                messages.success(request, _("Saved."))
                return redirect(found["board_url"])
        status = 422
    context = {**found, "form": form, "public_id": public_id}
    return render(request, "feed/section.html", context, status=status)


# --- Notes ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request, public_id: str, pin_id: str) -> HttpResponse:
    """What somebody wrote beside a pin: its page, where they change it and others report it. A POST
    without words takes it away."""
    who = actor(request) if request.method == "POST" else None
    found = queries.note_page(board_id=public_id, pin_id=pin_id, viewer=request.viewer)
    if found is None:
        raise NotFound
    form = NoteForm(request.POST if who else None, initial={"note": found.text})
    if who and form.is_valid():
        done = actions.write_note(
            board_id=public_id,
            pin_id=pin_id,
            actor_id=who.id,
            text=form.cleaned_data["note"],
            user_id=request.viewer.brand_actor_id,
        )
        text = _("The note is there.") if done.text else _("The note is gone.")
        if done.undo:
            _say(request, text, undo=done.undo)
        else:
            messages.success(request, text)
        return redirect(safe_next(request, found.board.url))
    context = {"note": found, "form": form, "limit": MAX_NOTE}
    return render(request, "feed/note.html", context, status=422 if form.is_bound else 200)


# --- People --------------------------------------------------------------------------------------
@require_POST
def invite(request: Request, public_id: str) -> HttpResponse:
    who = actor(request)
    hit(key=f"invite:{request.viewer.limit_key}", limit=INVITATIONS_PER_HOUR, per_seconds=3600)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            name = actions.invite_member(
                board_id=public_id,
                owner_id=who.id,
                handle=form.cleaned_data["handle"],
                user_id=request.viewer.brand_actor_id,
            )
        except DomainError as error:
            if error.code == "board_not_found":
                raise
            form.add_error("handle", str(error.message))
        else:
            messages.success(request, _("%(name)s was asked.") % {"name": name})
            return redirect(safe_next(request, f"/board/{public_id}/-/"))
    return show_board(request, public_id, status=422, invite_form=form)


@require_POST
def answer(request: Request, public_id: str) -> HttpResponse:
    """Say yes or no to an invitation (`answer`)."""
    who = actor(request)
    accept = request.POST.get("answer") == "yes"
    found = actions.answer_invitation(
        board_id=public_id,
        profile_id=who.id,
        accept=accept,
        user_id=request.viewer.brand_actor_id,
    )
    if accept:
        messages.success(request, _("You are on %(title)s now.") % {"title": found.title})
        return redirect(found.get_absolute_url())
    messages.success(request, _("You said no. Nobody is told."))
    return redirect("/")


@require_POST
def remove_member(request: Request, public_id: str, member_id: str) -> HttpResponse:
    who = actor(request)
    name, token = actions.remove_member(
        board_id=public_id,
        owner_id=who.id,
        member_id=member_id,
        user_id=request.viewer.brand_actor_id,
    )
    _say(request, _("%(name)s is not on it any more.") % {"name": name}, undo=token)
    return redirect(safe_next(request, f"/board/{public_id}/-/"))


@require_POST
def leave(request: Request, public_id: str) -> HttpResponse:
    who = actor(request)
    title, token = actions.leave_board(
        board_id=public_id, profile_id=who.id, user_id=request.viewer.brand_actor_id
    )
    _say(request, _("You left %(title)s.") % {"title": title}, undo=token)
    return redirect(f"/@{who.handle}/boards/")


def _say(request: Request, text: str, *, undo: str) -> None:
    """Say what was done, with the way back if there is one."""
    back = answers.undoing(undo) if undo else ""
    messages.success(request, text, extra_tags=undo_by(back))
