"""Whatever is done in whatever order, the counters agree with the rows (I1, I2)."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core import clock
from core.errors import DomainError
from inventory import actions, queries
from inventory.testing import counters, make_stocked

REFERENCES = st.sampled_from(["a", "b", "c"])
QUANTITIES = st.integers(min_value=1, max_value=6)


class Shelf(RuleBasedStateMachine):
    """A model of one variant beside the real rows."""

    number = 0

    def __init__(self):
        super().__init__()
        Shelf.number += 1
        self.name = f"run{Shelf.number}"
        self.pk = make_stocked(5)
        self.on_hand = 5
        self.held = {}
        self.committed = {}
        self.sold = 0

    def attempt(self, act, **arguments):
        try:
            act(**arguments)
        except DomainError:
            return False
        return True

    def key(self, reference):
        return f"{self.name}:{reference}"

    @rule(quantity=QUANTITIES)
    def receive(self, quantity):
        actions.receive(variant_id=self.pk, quantity=quantity, actor_id=None)
        self.on_hand += quantity

    @rule(quantity=QUANTITIES)
    def write_off(self, quantity):
        done = self.attempt(actions.write_off, variant_id=self.pk, quantity=quantity, actor_id=None)
        assert done == (quantity <= self.free)
        self.on_hand -= quantity if done else 0

    @rule(reference=REFERENCES, quantity=QUANTITIES)
    def reserve(self, reference, quantity):
        done = self.attempt(
            actions.reserve,
            reference=self.key(reference),
            wants={self.pk: quantity},
            until=clock.now() + timedelta(minutes=5),
        )
        state = queries.reservation_state(reference=self.key(reference))
        if done and reference not in self.held and state == "held":
            assert quantity <= self.free
            self.held[reference] = quantity

    @rule(reference=REFERENCES)
    def commit(self, reference):
        if self.attempt(actions.commit, reference=self.key(reference)) and reference in self.held:
            self.committed[reference] = self.held.pop(reference)

    @rule(reference=REFERENCES, quantity=QUANTITIES)
    def consume(self, reference, quantity):
        done = self.attempt(
            actions.consume, reference=self.key(reference), quantities={self.pk: quantity}
        )
        assert done == (quantity <= self.committed.get(reference, 0))
        if done:
            self.lower(self.committed, reference, quantity)
            self.on_hand -= quantity
            self.sold += quantity

    @rule(reference=REFERENCES, quantity=QUANTITIES)
    def release_part(self, reference, quantity):
        done = self.attempt(
            actions.release_part, reference=self.key(reference), quantities={self.pk: quantity}
        )
        kept = self.held if reference in self.held else self.committed
        assert done == (quantity <= kept.get(reference, 0))
        if done:
            self.lower(kept, reference, quantity)

    @rule(reference=REFERENCES)
    def release(self, reference):
        actions.release(reference=self.key(reference))
        self.held.pop(reference, None)
        self.committed.pop(reference, None)

    @rule()
    def run_out(self):
        with clock.fixed(clock.now() + timedelta(minutes=6)):
            actions.expire_holds()
        self.held.clear()

    def lower(self, kept, reference, quantity):
        kept[reference] -= quantity
        if not kept[reference]:
            del kept[reference]

    @property
    def free(self):
        return self.on_hand - sum(self.held.values()) - sum(self.committed.values())

    @invariant()
    def counters_agree(self):
        promised = sum(self.held.values()) + sum(self.committed.values())
        assert counters(self.pk) == (self.on_hand, promised)
        assert 0 <= promised <= self.on_hand
        assert queries.stock_imbalances() == []


@pytest.mark.django_db
def test_counters_agree_with_rows_after_any_sequence():
    run_state_machine_as_test(Shelf, settings=settings(max_examples=25, stateful_step_count=15))
