"""Whatever a member of a team does in the studio, or in the brand's name, is a line of its log."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from accounts.models import BrandAct
from accounts.testing import client_for, make_person
from feed import actions as feed
from marketplace.tests.doors import SPOKEN, STUDIO, of
from marketplace.tests.presses import SELLING, Market
from marketplace.tests.presses_feed import SHARING
from marketplace.tests.world import addresses, methods_of

# In a brand's name as well, though guests are let in (doors.PUBLIC) or people alone are (MEMBER).
SAID = SPOKEN | of(
    "feed", "talk talk_switch comment_edit comment_delete comment_restore board_edit section"
)
# What leaves no line, and why.
LEAVES_NONE = {
    "accounts:follow": "a follow is undone by the same press and says nothing in words",
    "feed:board_follow": "a follow is undone by the same press and says nothing in words",
    "feed:hashtag_follow": "a follow is undone by the same press and says nothing in words",
    "feed:like": "a like is undone by the same press and says nothing in words",
    "feed:comment_like": "a like is undone by the same press and says nothing in words",
    "brands:send_code": "a mail to the brand itself, which changes nothing",
    "brands:domain_look": "looks at a domain; what it finds is a line: brands/tests/test_domain",
}


def pressed() -> set[str]:
    """Addresses of the studio, and of what is said in a brand's name, that take a POST."""
    client = client_for(make_person())
    names = {name for name, _arguments in addresses()} & (STUDIO.keys() | SAID)
    return {name for name in names if "post" in methods_of(name, client)}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")  # on the way to a bank there must be somebody to ask
def test_every_act_of_the_studio_and_in_a_brands_name_writes_who_did_it() -> None:
    silent, tried = [], set()
    for scene in (*SELLING, *SHARING):
        market = Market()
        for name, (path, data) in scene(market).items():
            tried.add(name)
            with transaction.atomic():
                before = set(lines(market))
                answer = market.client.post(path or market.at(name), data)
                if not set(lines(market)) - before:
                    silent.append(f"{name}: {answer.status_code}")
                transaction.set_rollback(True)
    assert not silent, "\n".join(silent)
    takes = pressed()
    assert LEAVES_NONE.keys() <= takes - tried, "is it gone, or does it leave a line by now?"
    assert takes - tried == LEAVES_NONE.keys(), "does it leave a line? Press it in presses.py"


def lines(market: Market) -> Iterator[int]:
    """Lines that name the owner."""
    acts = BrandAct.objects.filter(brand=market.brand, actor=market.user_id)
    return acts.values_list("pk", flat=True).iterator()


def test_no_door_forgets_to_say_who_it_was() -> None:
    """Every call by a view or an operation of an act that can name its user names them."""
    named = {
        name
        for name, act in vars(feed).items()
        if inspect.isfunction(inspect.unwrap(act))
        and "user_id" in inspect.signature(inspect.unwrap(act)).parameters
    }
    assert len(named) > 20
    places = ["feed/*view*.py", "feed/*_list.py", "feed/api/*.py"]
    places += ["marketplace/pages/*.py", "marketplace/api/*.py"]
    doors = [door for place in places for door in Path(settings.BASE_DIR).glob(place)]
    forgot, calls = [], 0
    for door in doors:
        for node in ast.walk(ast.parse(door.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in named:
                continue
            calls += 1
            words = {one.arg for one in node.keywords}
            # None stands for `**who`, which the sweep above presses.
            if not words & {"user_id", None}:
                forgot.append(f"{door.name}:{node.lineno} {called}")
    assert forgot == []
    assert calls > 40
