"""The life of a reservation, as a table. Pure: no rows, no clock."""

from enum import StrEnum


class ReservationState(StrEnum):
    HELD = "held"  # kept for a buyer until it runs out
    COMMITTED = "committed"  # paid for: only shipping or cancelling ends it
    CONSUMED = "consumed"  # handed over
    RELEASED = "released"  # back on the shelf


MOVES: dict[ReservationState, frozenset[ReservationState]] = {
    ReservationState.HELD: frozenset({ReservationState.COMMITTED, ReservationState.RELEASED}),
    ReservationState.COMMITTED: frozenset({ReservationState.CONSUMED, ReservationState.RELEASED}),
    ReservationState.CONSUMED: frozenset(),
    # The same buyer may try again under the same reference: with another card, for example.
    ReservationState.RELEASED: frozenset({ReservationState.HELD}),
}

# States in which units still count as reserved.
OPEN = (ReservationState.HELD, ReservationState.COMMITTED)


def may_move(old: ReservationState, new: ReservationState) -> bool:
    return new in MOVES[old]


def state_after(*, committed: bool, consumed: int, still_open: int) -> ReservationState:
    """Where a reservation stands once some of its units were handed over or given back."""
    if still_open:
        return ReservationState.COMMITTED if committed else ReservationState.HELD
    return ReservationState.CONSUMED if consumed else ReservationState.RELEASED
