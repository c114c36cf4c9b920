"""What a first start says, and what it takes once every picture of the demo is drawn."""

import json
import time

import pytest

from marketplace.testing.runs import MarketRun

pytestmark = pytest.mark.slow

MEGABYTES = 700  # of 1024 KiB, as `ps` counts
# At rest it sweeps, looks for holds that ran out, and asks about payments.
_WORK_AT_REST = 0.15
_SECONDS_WATCHED = 20
# Four hundred pictures in eighteen files each, with the time that all others leave.
_PATIENCE = 1_200


def test_the_demo_is_loaded_before_the_market_says_ready(market: MarketRun) -> None:
    said = market.said()
    order = ["First start: loading the demo.", "] 100 %  done in", "noor@demo.example", "READY"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert said.count("#") > 100  # the bar grew on the way
    status, body = market.get("/readyz")
    assert (status, json.loads(body)["status"]) == (200, "ok")


def test_it_fits_a_small_machine(market: MarketRun) -> None:
    """All processes together: pages, live updates, workers, beat, sandbox and both databases."""
    end = time.monotonic() + _PATIENCE
    while _load(market) > _WORK_AT_REST:
        assert time.monotonic() < end, "the market does not come to rest"
    assert market.memory() <= MEGABYTES


def _load(market: MarketRun) -> float:
    """Cores in use, on average over a while."""
    before, since = market.seconds_of_work(), time.monotonic()
    time.sleep(_SECONDS_WATCHED)
    return (market.seconds_of_work() - before) / (time.monotonic() - since)
