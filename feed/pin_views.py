"""An author's own pins: the list, taking pictures in, and small acts with a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.types import Request
from core.errors import NotFound, TooMany
from core.listing import By, Shown
from core.media import ImageRefused, store_image
from core.redirects import safe_next
from core.toasts import undo_by
from feed import actions, queries
from feed.desk import OwnPin
from feed.errors import TitleMissing
from feed.forms import AUDIENCES
from feed.models import Pin
from feed.pin_desks import Desk, count_pin, desk_of
from feed.pin_list import BRAND_PINS, MY_PINS, read
from feed.types import PinState

# As many as the proxy lets through in one form, each of the largest size.
AT_ONCE = 12


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pins(request: Request, handle: str | None = None) -> HttpResponseBase:
    """The author's pins with their drafts: by state, by words of the title, many at a time."""
    desk = desk_of(request, handle)
    listing = MY_PINS if desk.brand is None else BRAND_PINS

    def page(shown: Shown[OwnPin]) -> HttpResponse:
        return render(request, "feed/pins.html", {**_about(desk), "list": shown})

    return listing.answer(
        request,
        by=By(brand_id=desk.author.id, actor_id=request.user.pk or 0),
        read=partial(read, author_id=desk.author.id),
        page=page,
    )


@dataclass(frozen=True)
class Taken:
    """What became of one upload."""

    name: str
    pin: Pin | None = None
    error: str = ""
    status: int = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, handle: str | None = None) -> HttpResponse:
    """Pictures come in here, several at once; each becomes a draft, and none is asked for again."""
    acting = request.viewer.acting_brand
    if handle is None and acting is not None and request.method != "POST":
        return redirect("feed:studio_pin_new", handle=acting.profile.handle)
    desk = desk_of(request, handle)
    if request.method != "POST":
        return _new_page(request, desk, [])
    files = request.FILES.getlist("pictures")
    taken = [_take(desk, file) for file in files[:AT_ONCE]]
    too_many = _("%(most)d at a time: choose it again.") % {"most": AT_ONCE}
    taken += [Taken((file.name or "")[:80], error=too_many, status=422) for file in files[AT_ONCE:]]
    if request.headers.get("X-Fragment") == "upload":
        return _told(desk, taken)
    refused = [one for one in taken if one.pin is None]
    drafts = [one.pin for one in taken if one.pin is not None]
    if refused or not drafts:
        return _new_page(request, desk, refused, drafts=drafts, nothing=not files)
    if len(drafts) == 1:
        return redirect(desk.url("edit", public_id=drafts[0].public_id))
    said = ngettext("%(n)s draft was made.", "%(n)s drafts were made.", len(drafts))
    messages.success(request, said % {"n": len(drafts)})
    return redirect(desk.url("list") + "?state=draft")


def _take(desk: Desk, file: UploadedFile[bytes]) -> Taken:
    name = (file.name or "")[:80]
    try:
        count_pin(author_id=desk.author.id)
        image = store_image(file=cast(BinaryIO, file), owner_id=desk.author.id)
    except (ImageRefused, TooMany) as error:
        return Taken(name, error=str(error.message), status=error.status)
    pin = actions.create_pin(
        author_id=desk.author.id,
        image=image,
        title="",
        publish_now=False,
        user_id=desk.user_id,
    )
    return Taken(name, pin=pin)


def _told(desk: Desk, taken: list[Taken]) -> HttpResponse:
    """One upload of the script's: where its draft is edited, or what was wrong with it."""
    one = taken[0] if taken else Taken("", error=_("Choose a picture."), status=422)
    if one.pin is None:
        return JsonResponse({"text": one.error}, status=one.status)
    image = one.pin.image
    edit = desk.url("edit", public_id=one.pin.public_id)
    return JsonResponse({"edit": edit, "picture": image.src(236), "name": one.name})


def _new_page(
    request: Request,
    desk: Desk,
    refused: list[Taken],
    *,
    drafts: list[Pin] | None = None,
    nothing: bool = False,
) -> HttpResponse:
    waiting = queries.own_pins(author_id=desk.author.id, state=PinState.DRAFT)
    status = max((one.status for one in refused), default=422 if nothing else 200)
    context: dict[str, Any] = {"refused": refused, "made": drafts or [], "nothing": nothing}
    page = {**_about(desk), **context, "drafts": waiting.pins[:12], "at_once": AT_ONCE}
    return render(request, "feed/pin_new.html", page, status=status)


def _about(desk: Desk) -> dict[str, Any]:
    """What the frame of both kinds of desk needs."""
    return {"desk": desk, "brand": desk.author}


@login_required
@require_POST
def pin_product(request: Request, handle: str, product_id: str) -> HttpResponse:
    """One click: the product as it is becomes a pin."""
    desk = desk_of(request, handle)
    count_pin(author_id=desk.author.id)
    pin = actions.pin_from_product(
        product_id=product_id, author_id=desk.author.id, user_id=desk.user_id
    )
    messages.success(request, _("Pinned: %(title)s") % {"title": pin.title})
    return redirect(safe_next(request, default=desk.url("list")))


@login_required
@require_safe
def preview(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    """The pin as others will see it, with nothing that could be done to it."""
    desk = desk_of(request, handle)
    page = queries.pin_preview(public_id=public_id, author_id=desk.author.id, viewer=request.viewer)
    if page is None:
        raise NotFound
    return render(request, "feed/pin_preview.html", {**_about(desk), "pin": page})


Act = Callable[..., Pin]


def _act(
    request: Request, handle: str | None, public_id: str, act: Act, text: str, undo: str
) -> HttpResponse:
    """Do one thing to one pin, say so, and offer the way back."""
    desk = desk_of(request, handle)
    act(public_id=public_id, author_id=desk.author.id, user_id=desk.user_id)
    way_back = desk.url(undo, public_id=public_id)
    messages.success(request, text, extra_tags=undo_by(way_back))
    return redirect(safe_next(request, default=desk.url("list")))


@login_required
@require_POST
def publish(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    """A draft that lacks something goes to the editor, which says what."""
    try:
        return _act(request, handle, public_id, actions.publish_pin, _("Published."), "unpublish")
    except TitleMissing as error:
        messages.error(request, str(error.message))
        return redirect(desk_of(request, handle).url("edit", public_id=public_id))


@login_required
@require_POST
def unpublish(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    """From its own page one goes to the editor: nobody sees a draft there."""
    said = _("Taken off the wall. It is a draft now.")
    answer = _act(request, handle, public_id, actions.unpublish_pin, said, "publish")
    if urlsplit(answer["Location"]).path != reverse("feed:pin", kwargs={"public_id": public_id}):
        return answer
    return redirect(desk_of(request, handle).url("edit", public_id=public_id))


@login_required
@require_POST
def delete(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    """From its own page one goes to the list, because there is nothing left to look at."""
    desk = desk_of(request, handle)
    actions.delete_pin(public_id=public_id, author_id=desk.author.id, user_id=desk.user_id)
    undo = desk.url("undelete", public_id=public_id)
    messages.success(request, _("The pin was deleted."), extra_tags=undo_by(undo))
    return redirect(desk.url("list"))


@login_required
@require_POST
def undelete(request: Request, public_id: str, handle: str | None = None) -> HttpResponse:
    return _act(request, handle, public_id, actions.undelete_pin, _("It is back."), "delete")


@login_required
@require_POST
def restore_version(
    request: Request, public_id: str, version: int, handle: str | None = None
) -> HttpResponse:
    """A pin says again what it said before one of its changes."""
    desk = desk_of(request, handle)
    restored = actions.restore_version(
        public_id=public_id, author_id=desk.author.id, version=version, user_id=desk.user_id
    )
    if restored is None:
        messages.info(request, _("It says that already."))
    else:
        undo = desk.url("version", public_id=public_id, version=str(restored.version))
        said = _("It is as it was.")
        if restored.audience:
            seen_by = AUDIENCES[restored.audience]
            said = _("It is as it was. Who sees it: %(audience)s.") % {"audience": seen_by}
        messages.success(request, said, extra_tags=undo_by(undo))
    return redirect(desk.url("edit", public_id=public_id))
