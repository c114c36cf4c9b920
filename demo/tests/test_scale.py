"""`manage.py seed --scale`, and the scripts that measure on what it makes, with the least of it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

import bench
from accounts.testing import Profile
from bench import admin, checkout, hostile, pages
from bench.load import hammer
from catalog.testing import make_product
from core.audits import violations
from demo import scale
from demo.management.commands import seed
from demo.world import World
from feed.testing import make_pin
from payments.testing import Sandbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SHARE = 0.0012  # 120 people: the scripts want the hundredth and some more


def a_shelf(world: World, tick: Any) -> None:
    """What the statements over whole tables take pictures and categories from."""
    for _ in range(3):  # a product has three pictures
        make_pin(products=[make_product()])


@pytest.fixture
def large_market(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    """The demo itself takes a minute: here it is three pins."""
    step = seed.Step("a shelf", SimpleNamespace(run=a_shelf, count=lambda: 1), 1)  # type: ignore[arg-type]
    monkeypatch.setattr(seed, "STEPS", (step,))
    call_command(seed.Command(), scale=SHARE)


@pytest.mark.usefixtures("large_market")
def test_every_figure_can_be_taken_from_a_large_market(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    size = scale.Size.of(SHARE)
    assert Profile.objects.filter(pk__gt=scale.FIRST).count() == size.authors
    # Its pictures have no files, and not all of it is in the index of search.
    assert {one.invariant for one in violations()} <= {"I10", "I12"}

    port = int(live_server.url.rpartition(":")[2])
    with ThreadPoolExecutor(1) as apart:  # this one may have the loop of a browser
        for page in pages.pages():
            figures = apart.submit(
                hammer, port=port, ask=page.ask, connections=1, seconds=0.5
            ).result()
            assert figures.rate > 0, page.name  # anything but a good answer is an error

    hostile.told_by_the_clock(tries=2)
    hostile.nonsense()

    lists = {one.name: one for one in admin.measure()}
    assert lists["accounts.Profile"].rows > size.authors
    assert [one.name for one in lists.values() if one.worst == float("inf")] == []

    monkeypatch.setattr(checkout, "WEB", port)
    assert len(checkout.purchase(*checkout._goods()[0])) == 2


MODULES = sorted(path.stem for path in Path(bench.__path__[0]).glob("[!_]*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_every_script_loads_and_says_what_it_takes(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = import_module(f"bench.{name}")
    if not hasattr(module, "argparse"):
        return  # it takes no options, or is a part of others
    monkeypatch.setattr(sys, "argv", [f"bench.{name}", "--help"])
    with pytest.raises(SystemExit) as ended:
        module.main()
    assert ended.value.code == 0
    assert "usage:" in capsys.readouterr().out
