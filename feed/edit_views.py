"""The editor of a pin: words, products on the picture, where it goes.

Every button sends the whole form. Those that only change the tags answer with the form as it then
is and store nothing; the others store all of it, or say what is wrong and keep what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.types import Hidden, Request
from core.alt import ADVICE, judge_alt
from core.errors import DomainError, NotFound, TooMany
from core.media import Image, ImageRefused, store_image
from core.ratelimit import hit
from core.toasts import undo_by
from feed import actions, further, queries, tagging
from feed.audience import day_is_over
from feed.desk import EditedPin
from feed.errors import (
    BadTags,
    BoardTitleTaken,
    DayOver,
    DueInThePast,
    PinOvertaken,
    TitleMissing,
    TooManyPictures,
    TooManyTags,
)
from feed.forms import PinForm
from feed.further import PictureRow
from feed.pin_desks import Desk, desk_of
from feed.tagging import TagRow
from feed.types import MAX_FURTHER, Audience, PinData, PinState

# What is stored, also a picture that is only shown; and how often one looks for products, or moves
# what is in the form.
EDITS_PER_HOUR = 600
LOOKS_PER_MINUTE = 120


@dataclass(kw_only=True)
class Sheet:
    """The form on its way from request to page; `status` is that of a refusal (503: no disk)."""

    desk: Desk
    pin: EditedPin
    form: PinForm
    rows: list[TagRow]
    further: list[PictureRow]
    image: Image | None = None
    find: str = ""
    spot: tuple[str, str] = ("", "")
    opened: int = 0
    removed: tuple[str, TagRow] | None = None
    taken: tuple[str, PictureRow] | None = None
    checked: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)
    more_error: str = ""
    status: int = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    """One pin in its editor, or what was done there."""
    desk = desk_of(request, handle)
    pin = queries.pin_for_author(public_id=public_id, author_id=desk.author.id)
    if pin is None:
        raise NotFound
    boards = queries.boards_to_choose(
        author_id=desk.author.id, chosen=pin.board, viewer=request.viewer
    )
    if request.method != "POST":
        form = PinForm(boards=boards, initial=_initial(pin))
        shown = [PictureRow(picture=one, alt=one.alt) for one in pin.further]
        return _page(request, Sheet(desk=desk, pin=pin, form=form, rows=pin.rows, further=shown))
    data = request.POST.copy()
    data.setdefault("audience", pin.audience)
    form = PinForm(data, request.FILES, boards=boards)
    sheet = Sheet(
        desk=desk,
        pin=pin,
        form=form,
        rows=tagging.rows_in(request.POST),
        further=further.rows_in(request.POST, author_id=desk.author.id),
    )
    sheet.find = request.POST.get("find", "").replace("\x00", "")[:200]
    sheet.spot = (request.POST.get("at_x", "")[:3], request.POST.get("at_y", "")[:3])
    looks = _tagged(sheet, request.POST) or _ordered(sheet, request.POST)
    if looks and not request.FILES:
        hit(key=f"pin-look:{request.viewer.limit_key}", limit=LOOKS_PER_MINUTE, per_seconds=60)
        return _as_typed(request, sheet)
    try:
        hit(key=f"pin-edit:{request.viewer.limit_key}", limit=EDITS_PER_HOUR, per_seconds=3600)
    except TooMany as error:
        form.add_error(None, str(error.message))
        return _page(request, sheet, status=error.status)
    return _as_typed(request, sheet) if looks else _store(request, sheet)


def _initial(pin: EditedPin) -> dict[str, Any]:
    names = ("title", "text", "link", "category", "board", "audience", "ai_made", "comments_open")
    typed = {name: getattr(pin, name) for name in (*names, "publish_at", "version")}
    return typed | {"alt": pin.picture.alt}


def _tagged(sheet: Sheet, data: QueryDict) -> bool:
    """Whether the button was one of those that store nothing but a chosen picture; then the tags
    are changed as it says."""
    add, take, back, sort = (data.get(name, "") for name in ("tag", "untag", "retag", "sort"))
    if add:
        sheet.rows = tagging.added(sheet.rows, product=add, x=sheet.spot[0], y=sheet.spot[1])
        sheet.opened, sheet.spot, sheet.find = len(sheet.rows), ("", ""), ""
    elif take:
        sheet.rows, gone = tagging.removed(sheet.rows, number=take)
        sheet.removed = (take, gone) if gone else None
    elif back:
        number, _colon, packed = back.partition(":")
        sheet.rows = tagging.brought_back(sheet.rows, packed=packed, number=number)
    elif sort:
        sheet.rows = tagging.sorted_by(sheet.rows, move=sort)
    else:
        # Enter in the search field presses the form's first button, which stores otherwise.
        looked_for = sheet.find != data.get("found", "")
        do = data.get("do")
        return do in ("find", "show", "more") or (do == "enter" and looked_for)
    return True


def _ordered(sheet: Sheet, data: QueryDict) -> bool:
    """The same for the further pictures."""
    take, back, move = (data.get(name, "") for name in ("unpicture", "repicture", "shift"))
    if take:
        sheet.further, gone = tagging.removed(sheet.further, number=take)
        sheet.taken = (take, gone) if gone else None
    elif back:
        number, _colon, packed = back.partition(":")
        sheet.further = further.brought_back(
            sheet.further, packed=packed, number=number, author_id=sheet.desk.author.id
        )
    elif move:
        sheet.further = tagging.sorted_by(sheet.further, move=move)
    else:
        return False
    return True


def _checked(sheet: Sheet) -> bool:
    """Whether all of it can be stored; what was uploaded is kept in any case."""
    sheet.form.is_valid()
    sheet.image = _picture(sheet)
    _add_further(sheet)
    sheet.checked = True
    sheet.further = further.checked(sheet.further)
    for number, row in enumerate(sheet.further):
        if row.error:
            sheet.problems.append((row.error, f"p-{number}-alt"))
    for index, text in tagging.problems(sheet.rows).items():
        sheet.problems.append((text, f"tag-{index + 1}"))
    return not (sheet.form.errors or sheet.problems)


def _store(request: Request, sheet: Sheet) -> HttpResponse:
    form, desk, pin = sheet.form, sheet.desk, sheet.pin
    if not _checked(sheet):
        return _page(request, sheet, status=sheet.status)
    do = request.POST.get("do", "")
    try:
        actions.edit_pin(
            public_id=pin.public_id,
            author_id=desk.author.id,
            user_id=desk.user_id,
            data=_data(sheet),
            then=do if do in ("publish", "schedule") else "",
            at=form.cleaned_data["publish_at"],
            version=form.cleaned_data["version"],
        )
    except (BadTags, TooManyTags) as error:
        sheet.problems.append((str(error.message), "tags"))
    except TitleMissing as error:
        form.add_error("title", str(error.message))
    except DueInThePast as error:
        form.add_error("publish_at", str(error.message))
    except DayOver as error:
        form.add_error("audience", str(error.message))
    except BoardTitleTaken as error:
        form.add_error("new_board", str(error.message))
    except PinOvertaken as overtaken:
        form.add_error(None, str(overtaken.message))
        # Saving again is a decision now.
        cast(QueryDict, form.data)["version"] = str(overtaken.version)
        return _page(request, sheet, status=overtaken.status)
    except DomainError as error:
        form.add_error(None, str(error.message))
    else:
        return _done(request, sheet, do)
    return _page(request, sheet, status=422)


def _data(sheet: Sheet) -> PinData:
    fields = sheet.form.cleaned_data
    return PinData(
        title=fields["title"],
        text=fields["text"],
        link=fields["link"],
        category=fields["category"] or None,
        ai_made=fields["ai_made"],
        comments_open=fields["comments_open"] if "talk" in sheet.form.data else None,
        audience=Audience(fields["audience"]) if fields["audience"] else None,
        tags=tagging.to_tags(sheet.rows),
        board=fields["board"] or None,
        new_board=fields["new_board"],
        image=sheet.image,
        alt=fields["alt"],
        focus=sheet.form.focus(),
        further=further.to_data(sheet.further),
    )


def _done(request: Request, sheet: Sheet, do: str) -> HttpResponse:
    desk, public_id = sheet.desk, sheet.pin.public_id
    if do == "preview":
        return redirect(desk.url("preview", public_id=public_id))
    if do != "publish":
        messages.success(request, _said(sheet, do))
        return redirect(desk.url("edit", public_id=public_id))
    undo = desk.url("unpublish", public_id=public_id)
    messages.success(request, _("Published."), extra_tags=undo_by(undo))
    if not desk.seen:
        return redirect(desk.url("list"))
    return redirect("feed:pin", public_id=public_id)


def _said(sheet: Sheet, do: str) -> str:
    if do == "schedule":
        timed = sheet.form.cleaned_data["publish_at"]
        return _("Its time is set.") if timed else _("It has no time any more.")
    return _("Changes saved.") if sheet.pin.state == PinState.PUBLISHED else _("Draft saved.")


def _picture(sheet: Sheet) -> Image | None:
    """A picture in place of the present one: just uploaded, or kept from the try before."""
    upload = sheet.form.files.get("image")
    owner = sheet.desk.author.id
    if upload is not None:
        try:
            return store_image(file=cast(BinaryIO, upload), owner_id=owner)
        except ImageRefused as error:
            sheet.status = error.status
            sheet.form.add_error("image", str(error.message))
    kept = sheet.form.cleaned_data.get("kept_image")
    return Image.objects.filter(public_id=kept, owner_id=owner).first() if kept else None


def _add_further(sheet: Sheet) -> None:
    """Pictures that were just uploaded come after the others; those that cannot are told of, and
    cost none that can."""
    for upload in sheet.form.files.getlist("more"):
        try:
            if len(sheet.further) >= MAX_FURTHER:
                raise TooManyPictures
            image = store_image(file=upload, owner_id=sheet.desk.author.id)
            sheet.further = further.added(sheet.further, image=image)
        except (ImageRefused, TooManyPictures) as error:
            sheet.more_error, sheet.status = str(error.message), error.status
    if sheet.more_error:
        sheet.problems.append((sheet.more_error, "id_more"))


def _as_typed(request: Request, sheet: Sheet) -> HttpResponse:
    """The form as it then is. Nothing is stored but a picture: no one uploads it twice."""
    form = sheet.form
    form.is_valid()
    sheet.image = _picture(sheet)
    _add_further(sheet)
    for problem in form.errors.get("image", []):
        sheet.problems.append((str(problem), "id_image"))
    typed: dict[str, Any] = {name: form.data.get(name, "") for name in form.fields}
    for name in ("ai_made", "comments_open"):
        typed[name] = bool(form.data.get(name))
    if "talk" not in form.data:
        typed["comments_open"] = sheet.pin.comments_open
    sheet.form = PinForm(boards=form.boards, initial=typed)
    return _page(request, sheet)


def _page(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    pin, form, author = sheet.pin, sheet.form, sheet.desk.author
    hidden = request.viewer.hidden
    alt = str(form["alt"].value() or "")
    context = {
        "desk": sheet.desk,
        "brand": author,
        "pin": pin,
        "form": form,
        "tags": tagging.placed(sheet.rows, hidden=hidden, gone=pin.names, checked=sheet.checked),
        "photo": sheet.image or pin.picture,
        "image": sheet.image,
        "image_error": next((text for text, at in sheet.problems if at == "id_image"), "")
        or next(iter(form.errors.get("image", [])), ""),
        "hits": tagging.taggable(
            text=sheet.find, author_id=author.id, hidden=hidden, without=sheet.rows
        ),
        "find": sheet.find,
        "new_spot": sheet.spot,
        "opened": sheet.opened,
        "removed": sheet.removed,
        "removed_title": _title_of(sheet, hidden),
        "further": sheet.further,
        "most": MAX_FURTHER,
        "taken": sheet.taken,
        "more_error": sheet.more_error,
        "problems": sheet.problems,
        "unsaved": request.method == "POST",
        "day_over": day_is_over(published_at=pin.published_at),
        "advice": ADVICE[judge_alt(alt=alt, file_name=pin.file_name)],
        "focus_x": form["focus_x"].value(),
        "focus_y": form["focus_y"].value(),
    }
    part = request.headers.get("X-Fragment") == "tagger"
    template = "feed/_tagger.html" if part else "feed/pin_edit.html"
    return render(request, template, context, status=status)


def _title_of(sheet: Sheet, hidden: Hidden) -> str:
    if sheet.removed is None:
        return ""
    return tagging.placed([sheet.removed[1]], hidden=hidden, gone=sheet.pin.names)[0].title
