"""What an owner and an operator do with the papers of a brand, for tests."""

from __future__ import annotations

import dataclasses

from accounts.testing import (
    client_for,
    make_operator,
    owner_of,
)
from brands import actions, queries, testing
from brands.models import Review

FORM = {
    **{name: getattr(testing.TRADER, name) for name in ("name", "line1", "postcode", "city")},
    "country": "DE",
    "email": "office@kiln.example",
    "phone": "040 35550123",
    "registration_number": "HRB 12345",
    "vat_id": "de 136 695 976",
}


def owner_client(brand):
    return client_for(owner_of(brand))


def states(brand):
    found = queries.checklist(brand_id=brand.pk)
    return {item.code: item.state for item in found.items}


def sheet(brand):
    review = Review.objects.get(brand=brand, state="open")
    return queries.review_sheet(review_id=review.public_id)


def save(brand, **changes):
    data = dataclasses.replace(testing.TRADER, **changes)
    actions.save_trader_data(brand_id=brand.pk, actor_id=testing.user_of(brand), data=data)


def decide(brand, **refused):
    found = sheet(brand)
    actions.decide_review(
        review_id=found.review_id,
        operator_id=make_operator().user_id or 0,
        seen=found.seen,
        refused=refused,
    )
