"""What brands read of the place that an order came from."""

from __future__ import annotations

import pytest

from feed.actions import delete_pin, take_down_pin, unpublish_pin
from feed.testing import make_pin
from orders.sources import SourceLabel, labels

pytestmark = pytest.mark.django_db


def named(public_id: str) -> SourceLabel:
    return labels([{"source": "pin", "ref": public_id}])[0]


@pytest.mark.parametrize("how", ["unpublished", "deleted", "taken down"])
def test_what_stands_in_a_pin_that_was_withdrawn_is_read_by_nobody(how: str) -> None:
    pin = make_pin(title="A shelf at noon")
    shown = named(pin.public_id)
    assert (shown.kind, shown.title, shown.url) == (
        "Pin",
        "A shelf at noon",
        f"/pin/{pin.public_id}/",
    )
    if how == "taken down":
        take_down_pin(public_id=pin.public_id, operator_id=None, reason="Spam")
    else:
        act = unpublish_pin if how == "unpublished" else delete_pin
        act(public_id=pin.public_id, author_id=pin.author_id)
    gone = named(pin.public_id)
    assert (gone.kind, gone.title, gone.url) == ("Pin", "", "")
