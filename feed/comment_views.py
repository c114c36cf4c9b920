"""Talk under a pin: the page of it, a thread, and what people do there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.queries import check_acting, followed_refs
from accounts.types import ProfileRef, Request, Viewer
from core.ratelimit import hit
from core.redirects import safe_next
from core.toasts import undo_by
from feed import actions, queries
from feed.answers import done, log_in_first
from feed.board_forms import CommentForm
from feed.types import COMMENTS_PER_HOUR, COMMENTS_PER_MINUTE, MAX_COMMENT, CommentView

LIKES_PER_MINUTE = 120
PEOPLE = 24


def people_to_name(viewer: Viewer) -> list[ProfileRef]:
    """Whom the composer offers: those that the viewer followed last, without the hidden."""
    if viewer.acting_id is None:
        return []
    found = followed_refs(profile_id=viewer.acting_id, limit=PEOPLE)
    return [ref for ref in found if ref.id not in viewer.hidden.ids]


def _speaker(request: Request) -> ProfileRef | None:
    """Who speaks; None for a guest. A brand is spoken for by those whose work that is."""
    check_acting(request=request)
    return request.viewer.voice()


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, public_id: str) -> HttpResponse:
    """All that is said under a pin, a page at a time; a POST says something."""
    if request.method == "POST":
        return _write(request, public_id)
    return _show_talk(request, public_id, CommentForm())


def _show_talk(request: Request, pin_id: str, form: CommentForm) -> HttpResponse:
    page = queries.talk_page(
        pin_id=pin_id, viewer=request.viewer, cursor=request.GET.get("cursor", "")
    )
    if page is None:
        raise Http404
    context = {"talk": page, "form": form, "people": people_to_name(request.viewer)}
    return render(request, "feed/talk.html", context, status=422 if form.is_bound else 200)


def _write(request: Request, pin_id: str) -> HttpResponse:
    speaker = _speaker(request)
    back = reverse("feed:pin", kwargs={"public_id": pin_id})
    if speaker is None:
        return log_in_first(request, back_to=back)
    key = request.viewer.limit_key
    hit(key=f"comment:{key}", limit=COMMENTS_PER_MINUTE, per_seconds=60)
    hit(key=f"comments:{key}", limit=COMMENTS_PER_HOUR, per_seconds=3600)
    answers = request.POST.get("answers", "")[:16] or None
    form = CommentForm(request.POST, handles=[one.handle for one in people_to_name(request.viewer)])
    if not form.is_valid():
        return (
            _show_thread(request, answers, form) if answers else _show_talk(request, pin_id, form)
        )
    comment = actions.write_comment(
        pin_id=pin_id,
        author_id=speaker.id,
        text=form.cleaned_data["text"],
        answers=answers,
        user_id=request.viewer.brand_actor_id,
    )
    undo = reverse("feed:comment_delete", kwargs={"public_id": comment.public_id})
    messages.success(request, _("It is said."), extra_tags=undo_by(undo))
    if answers:
        back = reverse("feed:comment", kwargs={"public_id": comment.public_id})
    return redirect(f"{back}#c-{comment.public_id}")


@require_http_methods(["GET", "HEAD"])
def comment(request: Request, public_id: str) -> HttpResponse:
    """One thread, with a form that answers the comment that was asked for."""
    return _show_thread(request, public_id, None)


def _show_thread(request: Request, public_id: str, form: CommentForm | None) -> HttpResponse:
    page = queries.thread_page(comment_id=public_id, viewer=request.viewer)
    if page is None:
        raise Http404
    [root] = page.comments
    asked = next((one for one in root.replies if one.public_id == public_id), root)
    if form is None:
        deeper = asked is not root and asked.author is not None
        form = CommentForm(
            initial={"text": f"@{asked.author.handle} " if deeper and asked.author else ""}
        )
    context = {
        "talk": page,
        "root": root,
        "asked": asked,
        "form": form,
        "people": people_to_name(request.viewer),
    }
    return render(request, "feed/thread.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, public_id: str) -> HttpResponse:
    """Change one's own words, while that is possible."""
    found = _own(request, public_id)
    form = CommentForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST":
        speaker = _speaker(request)
        assert speaker is not None  # noqa: S101 -- a guest has nothing of their own here
        hit(
            key=f"comment:{request.viewer.limit_key}",
            limit=COMMENTS_PER_MINUTE,
            per_seconds=60,
        )
        if form.is_valid():
            actions.edit_comment(
                comment_id=public_id,
                author_id=speaker.id,
                text=form.cleaned_data["text"],
                user_id=request.viewer.brand_actor_id,
            )
            messages.success(request, _("Changed."))
            back = reverse("feed:comment", kwargs={"public_id": public_id})
            return redirect(f"{back}#c-{public_id}")
    status = 422 if form.is_bound else 200
    context = {"form": form, "public_id": public_id, "limit": MAX_COMMENT}
    return render(request, "feed/comment_edit.html", context, status=status)


def _own(request: Request, public_id: str) -> CommentView:
    page = queries.thread_page(comment_id=public_id, viewer=request.viewer)
    comments = [one for root in page.comments for one in [root, *root.replies]] if page else []
    for one in comments:
        if one.public_id == public_id and one.author and one.author.id == request.viewer.acting_id:
            return one
    raise Http404


@require_POST
def delete(request: Request, public_id: str) -> HttpResponse:
    speaker = _speaker(request)
    if speaker is None:
        raise Http404
    gone = actions.delete_comment(
        comment_id=public_id, actor_id=speaker.id, user_id=request.viewer.brand_actor_id
    )
    undo = reverse("feed:comment_restore", kwargs={"public_id": public_id})
    back = reverse("feed:pin", kwargs={"public_id": gone.pin.public_id})
    wanted = safe_next(request, back)
    # The page of a comment that is gone is no place to go back to.
    here = reverse("feed:comment", kwargs={"public_id": public_id})
    messages.success(request, _("The comment is gone."), extra_tags=undo_by(undo))
    return redirect(back if wanted.startswith(here) else wanted)


@require_POST
def restore(request: Request, public_id: str) -> HttpResponse:
    speaker = _speaker(request)
    if speaker is None:
        raise Http404
    back = actions.restore_comment(
        comment_id=public_id, actor_id=speaker.id, user_id=request.viewer.brand_actor_id
    )
    return done(request, _("It is back."), default=f"/pin/{back.pin.public_id}/")


@require_POST
def like_comment(request: Request, public_id: str) -> HttpResponse:
    """`like` is 1 or 0."""
    return _like(request, f"/comment/{public_id}/", comment_id=public_id)


@require_POST
def like_pin(request: Request, public_id: str) -> HttpResponse:
    """`like` is 1 or 0."""
    return _like(request, f"/pin/{public_id}/", pin_id=public_id)


def _like(
    request: Request, default: str, *, pin_id: str = "", comment_id: str = ""
) -> HttpResponse:
    speaker = request.viewer.voice()
    if speaker is None:
        return log_in_first(request, back_to=default)
    check_acting(request=request)
    hit(key=f"like:{request.viewer.limit_key}", limit=LIKES_PER_MINUTE, per_seconds=60)
    wanted = request.POST.get("like", "1") != "0"
    if pin_id:
        act = actions.like_pin if wanted else actions.unlike_pin
        act(pin_id=pin_id, profile_id=speaker.id)
    else:
        answer = actions.like_comment if wanted else actions.unlike_comment
        answer(comment_id=comment_id, profile_id=speaker.id)
    return done(request, _("You like it.") if wanted else _("Not any more."), default=default)


@require_POST
def switch(request: Request, public_id: str) -> HttpResponse:
    """Turn comments on one's own pin on (`open` is 1) or off."""
    speaker = _speaker(request)
    if speaker is None:
        raise Http404
    is_open = request.POST.get("open") == "1"
    actions.open_comments(
        pin_id=public_id,
        author_id=speaker.id,
        is_open=is_open,
        user_id=request.viewer.brand_actor_id,
    )
    text = _("Comments are on.") if is_open else _("Comments are off. What was said stays.")
    return done(request, text, default=f"/pin/{public_id}/")
