"""What the papers hear: a brand was let in or kept out as a whole, a bank has an answer."""

from __future__ import annotations

from accounts.events import BrandApproved, BrandClosed, BrandRejected
from brands import actions, notices
from catalog.events import DeliveryChanged
from core.events import subscribe
from payments.events import PayoutAccountChanged


def connect() -> None:
    """Called once, when apps are ready."""
    subscribe(BrandApproved, let_in)
    subscribe(BrandRejected, keep_out)
    subscribe(BrandClosed, forget_documents)
    subscribe(DeliveryChanged, hear_of_delivery)
    subscribe(PayoutAccountChanged, hear_of_payout)


def let_in(event: BrandApproved) -> None:
    """An operator let the brand in, or in again, perhaps without going through its items."""
    if event.decision_id:
        actions.close_reviews(brand_id=event.profile_id, passed=True)
    actions.refresh_badge(brand_id=event.profile_id)


def keep_out(event: BrandRejected) -> None:
    """An operator rejected the brand without going through its items."""
    actions.close_reviews(brand_id=event.profile_id, passed=False, note=event.reason)


def forget_documents(event: BrandClosed) -> None:
    """The brand ended: its documents end with it."""
    actions.forget_documents(brand_id=event.profile_id)


def hear_of_delivery(event: DeliveryChanged) -> None:
    """A badge says that parcels leave, too."""
    actions.refresh_badge(brand_id=event.seller_id)


def hear_of_payout(event: PayoutAccountChanged) -> None:
    """Only an answer is news; that somebody began is none."""
    if event.state in ("verified", "restricted"):
        notices.tell_payout(brand_id=event.seller_id, state=event.state, version=event.version)
