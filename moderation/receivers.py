"""Whoever an operator decides about reads what was decided and why, wherever it was decided."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.events import BrandApproved, BrandRejected, BrandSuspended, PersonSuspended
from catalog.events import ProductTakenDown, ServiceTakenDown
from core.events import subscribe
from feed.events import CommentTakenDown, NoteTakenDown, PinTakenDown
from moderation import notices
from reviews.events import ReviewTakenDown


def connect() -> None:
    subscribe(BrandApproved, tell_let_in)
    subscribe(BrandRejected, tell_kept_out)
    subscribe(BrandSuspended, tell_brand_suspended)
    subscribe(PersonSuspended, tell_person_suspended)
    subscribe(PinTakenDown, tell_pin_taken_down)
    subscribe(CommentTakenDown, tell_comment_taken_down)
    subscribe(NoteTakenDown, tell_note_taken_down)
    subscribe(ReviewTakenDown, tell_review_taken_down)
    subscribe(ProductTakenDown, tell_product_taken_down)
    subscribe(ServiceTakenDown, tell_service_taken_down)


def tell_let_in(event: BrandApproved) -> None:
    """A brand that was made approved was never waiting: nobody decided anything."""
    if event.decision_id:
        notices.tell_author(
            kind="let_in",
            profile_id=event.profile_id,
            event_key=f"decision:{event.decision_id}",
            title=event.name,
            url="/studio/",
        )


def tell_kept_out(event: BrandRejected) -> None:
    """A brand was not let in."""
    notices.tell_author(
        kind="kept_out",
        profile_id=event.profile_id,
        event_key=f"decision:{event.decision_id}",
        title=event.name,
        reason=event.reason,
        url="/studio/",
    )


def tell_brand_suspended(event: BrandSuspended) -> None:
    """A brand was hidden."""
    _tell_suspended(event)


def tell_person_suspended(event: PersonSuspended) -> None:
    """A person was hidden, and cannot log in: the mail reaches them."""
    _tell_suspended(event)


def _tell_suspended(event: BrandSuspended | PersonSuspended) -> None:
    notices.tell_author(
        kind="taken_down",
        profile_id=event.profile_id,
        event_key=f"decision:{event.decision_id}",
        title=event.name,
        reason=event.reason,
    )


def tell_pin_taken_down(event: PinTakenDown) -> None:
    """A pin is gone from every page."""
    _tell_taken_down(event, author_id=event.author_id, what=f"pin:{event.pin_id}")


def tell_comment_taken_down(event: CommentTakenDown) -> None:
    """A comment is gone from every page."""
    _tell_taken_down(event, author_id=event.author_id, what=f"comment:{event.comment_id}")


def tell_note_taken_down(event: NoteTakenDown) -> None:
    """A note is gone from a board."""
    what = f"note:{event.board_id}-{event.pin_id}"
    _tell_taken_down(event, author_id=event.author_id, what=what)


def tell_review_taken_down(event: ReviewTakenDown) -> None:
    """A review is gone from every page and figure."""
    notices.tell_author(
        kind="taken_down",
        profile_id=event.author_id,
        event_key=f"review:{event.review_id}:{event.at}",
        title=_("your review of %(title)s") % {"title": event.title},
        reason=event.reason,
    )


def tell_product_taken_down(event: ProductTakenDown) -> None:
    """A product is gone from every page."""
    _tell_taken_down(event, author_id=event.seller_id, what=f"product:{event.product_id}")


def tell_service_taken_down(event: ServiceTakenDown) -> None:
    """A service is gone from every page."""
    _tell_taken_down(event, author_id=event.seller_id, what=f"service:{event.service_id}")


def _tell_taken_down(
    event: PinTakenDown | CommentTakenDown | NoteTakenDown | ProductTakenDown | ServiceTakenDown,
    *,
    author_id: int,
    what: str,
) -> None:
    """Once for each time that it was taken down."""
    notices.tell_author(
        kind="taken_down",
        profile_id=author_id,
        event_key=f"{what}:{event.at}",
        title=event.title,
        reason=event.reason,
    )
