"""Review what one bought, and read what others say of a product."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.types import ProfileRef, Request
from catalog.queries import product_page
from core.errors import DomainError, NotFound
from core.middleware import refusal_of
from core.ratelimit import hit
from core.toasts import undo_by
from reviews import actions, queries
from reviews.forms import ReviewForm
from reviews.types import REVIEWS_PER_HOUR, Subject


def _author(request: Request) -> ProfileRef:
    """Who bought: the person themselves, whomever they act for."""
    if request.viewer.profile is None:
        raise NotFound
    return request.viewer.profile


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, number: str, line_id: str) -> HttpResponse:
    """The form about one line of an order; a second time it changes what was said."""
    author = _author(request)
    user_id = request.user.pk or 0
    subject = queries.subject_of(
        user_id=user_id, author_id=author.id, number=number, line_id=line_id
    )
    mine = subject.review
    known = {"stars": mine.stars, "text": mine.text} if mine else {}
    form = ReviewForm(initial=known)
    status, wait = 200, None
    if request.method == "POST":
        form, status = ReviewForm(request.POST), 422
        try:
            if _said(request, form, subject, author):
                words = _("Thank you. Everybody reads it on the page of the product.")
                messages.success(request, _("Changed.") if mine and mine.shown else words)
                return redirect("orders:order", number=subject.order_number)
        except (DomainError, OperationalError) as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            form.add_error(None, str(refusal.message))
            status, wait = refusal.status, refusal.retry_after
    context = {"form": form, "subject": subject, "author": author}
    answer = render(request, "reviews/write.html", context, status=status)
    if wait is not None:
        answer["Retry-After"] = str(wait)
    return answer


def _said(request: Request, form: ReviewForm, subject: Subject, author: ProfileRef) -> bool:
    """Whether what was typed makes sense, and is said by now."""
    hit(key=f"review:{request.viewer.limit_key}", limit=REVIEWS_PER_HOUR, per_seconds=3600)
    if not form.is_valid():
        return False
    actions.write_review(
        user_id=request.user.pk or 0,
        author_id=author.id,
        number=subject.order_number,
        line_id=subject.line_id,
        **form.cleaned_data,
    )
    return True


@login_required
@require_POST
def delete(request: Request, number: str, line_id: str) -> HttpResponse:
    """Take one's own review away, with a way back."""
    actions.delete_review(author_id=_author(request).id, number=number, line_id=line_id)
    undo = reverse("reviews:restore", kwargs={"number": number, "line_id": line_id})
    messages.success(request, _("Your review is gone."), extra_tags=undo_by(undo))
    return redirect("orders:order", number=number)


@login_required
@require_POST
def restore(request: Request, number: str, line_id: str) -> HttpResponse:
    """Undo of that."""
    actions.restore_review(author_id=_author(request).id, number=number, line_id=line_id)
    messages.success(request, _("Your review is back."))
    return redirect("orders:order", number=number)


@require_safe
def listing(request: Request, public_id: str) -> HttpResponse:
    """All that is said of a product, a page at a time; `?at=` begins with one review."""
    page = product_page(public_id=public_id, viewer=request.viewer)
    if page is None:
        raise NotFound
    found = queries.reviews_of(
        product_id=page.id,
        viewer=request.viewer,
        cursor=request.GET.get("cursor", ""),
        at=request.GET.get("at", ""),
    )
    context = {
        "page": page,
        "found": found,
        "spread": queries.spread_of(product_id=page.id),
        "within": "cursor" in request.GET or "at" in request.GET,
    }
    return render(request, "reviews/listing.html", context)
