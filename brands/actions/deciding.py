"""An operator decides about papers, item by item."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import actions as accounts
from brands import notices
from brands.badge import refresh_badge
from brands.items import titles
from brands.locking import locked_papers
from brands.models import Review, ReviewItem
from brands.queries import checklist, review_sheet
from brands.types import PaperRefused
from core import clock
from core.errors import Conflict, NotFound


@transaction.atomic
def decide_review(
    *, review_id: str, operator_id: int, seen: str, refused: Mapping[str, str], note: str = ""
) -> None:
    """Let the papers pass, or send them back with a reason for each item in `refused`.

    A brand that wants in is approved or rejected by it; after a change of trader data, or a year,
    the shop is open either way, and only a pass marks them as checked: what is sent back counts as
    checked no more. The team reads what was decided.
    `seen` is the `ReviewSheet.seen` that the operator looked at. Raises NotFound, Conflict when
    it was decided already or the papers changed meanwhile, PaperRefused for an item that is not
    part of it or a refusal without a reason.
    """
    asked = Review.objects.filter(public_id=review_id).first()
    if asked is None:
        raise NotFound(_("There is no such review."))
    locked_papers(asked.brand_id)  # what the operator saw is what passes
    review = Review.objects.select_for_update().get(pk=asked.pk)
    if review.state != Review.State.OPEN:
        raise Conflict(_("That has been decided already."))
    if review_sheet(review_id=review_id).seen != seen:
        raise Conflict(_("The brand changed its papers since you opened this page. Look again."))
    items = {item.code: item for item in review.items.all()}
    for item in checklist(brand_id=review.brand_id).items:
        if item.code in items:
            items[item.code].fingerprint, items[item.code].said = item.fingerprint, item.said
    for code, reason in refused.items():
        if code not in items or not reason.strip():
            raise PaperRefused(code, _("Give a reason for each item that needs a change."))
        items[code].refused, items[code].reason = True, reason.strip()
    ReviewItem.objects.bulk_update(items.values(), ["fingerprint", "said", "refused", "reason"])
    _close(review, operator_id=operator_id, passed=not refused, note=note)
    _carry_out(review, operator_id=operator_id, reason=_summary(refused, note))


def _carry_out(review: Review, *, operator_id: int, reason: str) -> None:
    passed, brand_id = review.state == Review.State.PASSED, review.brand_id
    if review.kind != Review.Kind.ENTRY:
        if passed:
            accounts.mark_trader_checked(brand_id=brand_id)
        else:  # a check that counted on would be asked for again tomorrow
            accounts.let_check_expire(brand_id=brand_id, before=clock.now())
        notices.tell_change(review, reason=reason)
    elif passed:
        accounts.approve_brand(brand_id=brand_id, operator_id=operator_id, reason=reason)
    else:
        accounts.reject_brand(brand_id=brand_id, operator_id=operator_id, reason=reason)
    refresh_badge(brand_id=brand_id)


def _summary(refused: Mapping[str, str], note: str) -> str:
    names = titles()
    lines = [f"{names[code]}: {reason.strip()}" for code, reason in refused.items()]
    return "\n\n".join([*lines, *([note] if note else [])])


@transaction.atomic
def close_reviews(*, brand_id: int, passed: bool, note: str = "") -> None:
    """The brand was let in or kept out as a whole: what it had asked is answered by that.

    A change of its trader data came after that, since it asks for a look once a brand is in.
    """
    locked_papers(brand_id)  # before the reviews, as whoever decides about one does
    asked = Review.objects.filter(
        brand_id=brand_id, kind=Review.Kind.ENTRY, state=Review.State.OPEN
    )
    for review in asked.select_for_update():
        _close(review, operator_id=None, passed=passed, note=note)
    refresh_badge(brand_id=brand_id)


def _close(review: Review, *, operator_id: int | None, passed: bool, note: str) -> None:
    review.state = Review.State.PASSED if passed else Review.State.RETURNED
    review.decided_at, review.decided_by_id, review.note = clock.now(), operator_id, note
    review.save()
