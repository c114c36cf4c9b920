"""Buying without a bag: from the buy sheet to a purchase in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from core import clock
from core.ids import new_secret_id
from core.money import Money
from orders.actions import placing
from orders.actions.placing import HOLD, Hold, Key
from orders.models import Checkout
from orders.pricing import price_now
from orders.snapshots import lines_json, parcels_json, ship_to, totals_columns
from orders.states import CheckoutState
from orders.types import Details, Placed, Priced, Want


def buy_now(
    *,
    user_id: int | None,
    session: SessionBase | None,
    wants: Sequence[Want],
    details: Details,
    methods: Collection[str],
    shown_total: Money,
    idempotency_key: str,
    method_id: str | None,
    refused: Collection[int] = (),
    organization_id: int | None = None,
) -> Placed:
    """Check out and place at once; call `start` with the answer after it.

    With a kept card (`method_id`) no checkout row is written: one is made only if the payment
    fails. Without one the buyer goes to the provider's page, and a checkout stays behind as the
    page to come back to. Nothing is bought of `refused` sellers; `organization_id` is the company
    that it is for, None for oneself. Raises PriceChanged, SoldOut, NotDeliverable, DetailsMissing,
    InProgress, KeyReused, MethodNotFound, BuyingChanged; each leaves everything as it was.
    """
    body: dict[str, Any] = {
        "wants": sorted((want.variant_id, want.quantity) for want in wants),
        "to": ship_to(details),
        "methods": sorted(methods),
        "total": shown_total.amount,
        "currency": shown_total.currency,
        "method": method_id,
    }
    if organization_id is not None:
        # Only then: what somebody asked of a release before is known again.
        body["organization"] = organization_id
    key = Key.of(user_id=user_id, key=idempotency_key, body=body)

    def work() -> Placed:
        priced = price_now(
            wants=wants, country=details.address.country, methods=methods, refused=refused
        )
        placing.check(priced=priced, details=details, shown_total=shown_total, held=False)
        bought_for = placing.company_columns(user_id=user_id, organization_id=organization_id)
        public_id = new_secret_id()
        until = clock.now() + HOLD
        checkout = None
        if method_id is None:
            checkout = _checkout(
                priced,
                details,
                user_id=user_id,
                organization_id=organization_id,
                reference=public_id,
            )
        return placing.write_purchase(
            priced=priced,
            details=details,
            user_id=user_id,
            bought_for=bought_for,
            key=key,
            checkout=checkout,
            hold=Hold(reference=public_id, until=until),
            method_id=method_id,
            session=session,
            public_id=public_id,
        )

    return placing.once(key, work)


def _checkout(
    priced: Priced,
    details: Details,
    *,
    user_id: int | None,
    organization_id: int | None,
    reference: str,
) -> Checkout:
    now = clock.now()
    return Checkout.objects.create(
        user_id=user_id,
        organization_id=organization_id,
        state=CheckoutState.IN_PROGRESS,
        lines=lines_json(priced),
        parcels=parcels_json(priced),
        hold_reference=reference,
        hold_until=now + HOLD,
        hold_extended=True,
        created_at=now,
        updated_at=now,
        **ship_to(details),
        **totals_columns(priced),
    )
