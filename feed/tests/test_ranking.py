"""How neighbours on a wall are spread."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feed.ranking import PER_AUTHOR_ON_A_SCREEN, SCREEN, Candidate, spread
from feed.types import ReasonCode

authors = st.lists(st.integers(1, 8), max_size=60)


def ranked(by):
    return [Candidate(pin, author, ReasonCode.FRESH) for pin, author in enumerate(by)]


def written_down(items, n):
    """The rule as one would say it: always the first in the queue that may stand here."""
    queue = list(items)
    placed: list[Candidate] = []
    while queue and len(placed) < n:
        before = [one.author_id for one in placed[-(SCREEN - 1) :]]
        full = {author for author, many in Counter(before).items() if many >= 2}
        may = (one for one in queue if one.author_id not in {*before[-1:], *full})
        chosen = next(may, queue[0])
        queue.remove(chosen)
        placed.append(chosen)
    return placed


@given(authors, st.integers(0, 70))
def test_always_the_first_in_the_queue_that_may_stand_here(by, n):
    items = ranked(by)
    assert spread(items, n=n) == written_down(items, n)


@given(authors)
def test_every_pin_stands_once_and_an_author_keeps_their_order(by):
    items = ranked(by)
    placed = spread(items, n=len(items))
    assert sorted(placed) == sorted(items)
    for author in set(by):
        pins = [one.pin_id for one in placed if one.author_id == author]
        assert pins == sorted(pins)


@given(st.permutations([author for author in range(12) for _ in range(6)]))
def test_no_author_fills_a_screen_where_there_are_others(by):
    placed = [one.author_id for one in spread(ranked(by), n=24)]
    for start in range(len(placed) - SCREEN + 1):
        most = Counter(placed[start : start + SCREEN]).most_common(1)[0][1]
        assert most <= PER_AUTHOR_ON_A_SCREEN
    assert all(one != other for one, other in pairwise(placed))
