"""Under which hashtags pins stand: the ones of their own words, while they stand in lists."""

from __future__ import annotations

import importlib
import threading
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions import erase_account, suspend_person
from accounts.testing import Profile, make_operator, make_person
from core.audits import violations
from core.testing import deliver_all, in_the_middle, race
from feed import actions
from feed.actions import hashtags
from feed.models import Hashtag, Pin, PinHashtag
from feed.saying import MAX_HASHTAG, hashtag_name, hashtags_in, shown_hashtag
from feed.testing import make_comment, make_pin
from feed.types import MAX_HASHTAGS, PinData

pytestmark = pytest.mark.django_db

BACKFILL = importlib.import_module("feed.migrations.0025_link_hashtags")


@pytest.fixture
def noor() -> Profile:
    return make_person(name="Noor")


def under(pin: Pin) -> list[str]:
    """Names of the hashtags that a pin stands under; the audit finds them right."""
    assert list(violations(invariants=frozenset({"I11"}))) == []
    links = PinHashtag.objects.filter(pin=pin).order_by("hashtag__name")
    return list(links.values_list("hashtag__name", flat=True))


def edit(pin: Pin, **said: Any) -> None:
    pin.refresh_from_db()
    data = {"title": pin.title, "text": pin.text, "tags": [], **said}
    who = {"public_id": pin.public_id, "author_id": pin.author_id}
    actions.edit_pin(**who, data=PinData(**data))


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("Teal", "teal", "teal"),
        ("\uff34\uff25\uff21\uff2c", "teal", "teal"),
        ("Café", "cafe", "café"),
        ("Cafe\u0301", "cafe", "café"),
        ("MÖBEL", "mobel", "möbel"),
        ("Straße", "strasse", "straße"),
        ("SØLV", "solv", "sølv"),
        ("living_room", "living_room", "living_room"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
        ("ガラス", "ガラス", "ガラス"),
        ("4you", "4you", "4you"),
        ("x" * MAX_HASHTAG, "x" * MAX_HASHTAG, "x" * MAX_HASHTAG),
    ],
)
def test_a_hashtag_has_one_name_however_it_is_written(written: str, name: str, shown: str) -> None:
    assert (hashtag_name(written), shown_hashtag(written)) == (name, shown)
    assert hashtag_name(name) == name
    assert hashtags_in(f"It is #{written}.") == [written]


@pytest.mark.parametrize(
    "written",
    ["", "1", "\u2460", "x" * (MAX_HASHTAG + 1), "a b", "a/b", "a-b", "\ufdfa", "a\x00", "\ud800"],
)
def test_what_is_no_hashtag_has_no_name(written: str) -> None:
    assert hashtag_name(written) == ""


def test_what_is_too_long_for_a_hashtag_is_plain_words() -> None:
    pin = make_pin(text=f"#{'x' * (MAX_HASHTAG + 1)} #teal")
    assert under(pin) == ["teal"]


# --- Pins ----------------------------------------------------------------------------------------


def test_a_pin_stands_under_what_its_title_and_words_say() -> None:
    pin = make_pin(title="A #Teal lamp", text="Of #glass, #TEAL as the sea. No. #1, me@home#x")
    assert under(pin) == ["glass", "teal"]
    assert PinHashtag.objects.filter(pin=pin, published_at=pin.published_at).count() == 2
    edit(pin, text="Of #brass")
    assert under(pin) == ["brass", "teal"]
    edit(pin, title="A lamp", text="Of brass")
    assert under(pin) == []


def test_a_pin_stands_under_so_many_and_no_more() -> None:
    pin = make_pin(text=" ".join(f"#t{number}" for number in range(MAX_HASHTAGS + 5)))
    assert sorted(under(pin)) == sorted(f"t{number}" for number in range(MAX_HASHTAGS))


def test_it_stands_there_while_it_stands_in_lists(noor: Profile) -> None:
    pin = make_pin(author=noor, text="#teal", publish_now=False)
    who = {"public_id": pin.public_id, "author_id": noor.pk}
    assert under(pin) == []
    steps: list[tuple[Any, dict[str, Any], list[str]]] = [
        (actions.publish_pin, who, ["teal"]),
        (actions.unpublish_pin, who, []),
        (actions.publish_pin, who, ["teal"]),
        (actions.delete_pin, who, []),
        (actions.undelete_pin, who, ["teal"]),
        (
            actions.take_down_pin,
            {"public_id": pin.public_id, "operator_id": None, "reason": "Spam"},
            [],
        ),
        (actions.restore_pin, {"public_id": pin.public_id}, ["teal"]),
    ]
    for act, said, left in steps:
        act(**said)
        assert under(pin) == left, act.__name__
    for audience, left in (("link", []), ("everyone", ["teal"])):
        edit(pin, audience=audience)
        assert under(pin) == left, audience


def test_words_of_others_put_a_pin_under_nothing(noor: Profile) -> None:
    """Whoever writes under a pin would decide on whose walls it stands."""
    pin = make_pin(text="#teal")
    make_comment(pin=pin, author=noor, text="#celadon, surely")
    assert under(pin) == ["teal"]
    assert not Hashtag.objects.filter(name="celadon").exists()


def test_going_back_to_older_words_goes_back_to_their_hashtags() -> None:
    pin = make_pin(text="#teal")
    edit(pin, text="#brass")
    revision = pin.revisions.get()
    actions.restore_version(public_id=pin.public_id, author_id=pin.author_id, version=revision.pk)
    assert under(pin) == ["teal"]


def test_an_edit_that_says_the_same_hashtags_asks_once() -> None:
    pin = make_pin(text="#teal and #brass")
    with CaptureQueriesContext(connection) as queries:
        edit(pin, text="#brass beside #teal")
    asked = [one["sql"] for one in queries if "hashtag" in one["sql"]]
    assert len(asked) == 1


def test_a_suspended_author_keeps_what_their_pins_say(noor: Profile) -> None:
    pin = make_pin(author=noor, text="#teal")
    operator = make_operator().user_id or 0
    suspend_person(profile_id=noor.pk, operator_id=operator, reason="Spam")
    deliver_all()
    assert under(pin) == ["teal"]


def test_who_leaves_takes_what_they_said_and_the_hashtags_that_nobody_else_says(
    noor: Profile,
) -> None:
    make_pin(author=noor, text="#teal #noor_was_here")
    pin = make_pin(text="#teal")
    actions.follow_hashtag(tag="brass", profile_id=noor.pk)
    actions.follow_hashtag(tag="teal", profile_id=noor.pk)
    erase_account(user_id=noor.user_id or 0)
    assert list(Hashtag.objects.values_list("name", "followers_count")) == [("teal", 0)]
    assert under(pin) == ["teal"]


def test_a_hashtag_that_nobody_uses_is_forgotten(noor: Profile) -> None:
    pin = make_pin(text="#teal #brass")
    actions.follow_hashtag(tag="celadon", profile_id=noor.pk)
    assert actions.forget_hashtags() == 0
    edit(pin, text="#teal")
    actions.unfollow_hashtag(tag="celadon", profile_id=noor.pk)
    assert actions.forget_hashtags() == 2
    assert list(Hashtag.objects.values_list("name", flat=True)) == ["teal"]


# --- Pins that were there before -----------------------------------------------------------------


@pytest.fixture
def unlinked() -> list[Pin]:
    """Pins as code of the release before leaves them."""
    pins = [make_pin(title=f"Pin {number}", text=f"#teal #t{number}") for number in range(5)]
    pins.append(make_pin(text="#hidden", audience="link"))
    pins.append(make_pin(text="Nothing"))
    PinHashtag.objects.all().delete()
    Hashtag.objects.all().delete()
    return pins


def test_the_migration_puts_pins_under_what_they_say(
    unlinked: list[Pin], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BACKFILL, "BATCH", 2)
    for _twice in range(2):
        BACKFILL.link(apps, None)
        assert [under(pin) for pin in unlinked] == [
            *(sorted(["teal", f"t{number}"]) for number in range(5)), [], []
        ]  # fmt: skip


def test_code_of_before_deletes_a_pin_without_knowing_where_it_stands() -> None:
    pin = make_pin(title="#stoneware")
    assert PinHashtag.objects.count() == 1
    for one in Pin._meta.related_objects:
        if one.related_model is not PinHashtag:
            one.related_model._base_manager.filter(**{one.field.name: pin}).delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DELETE FROM feed_pin WHERE id = %s", [pin.pk])
    assert not PinHashtag.objects.exists()


def test_what_code_of_before_pinned_is_made_good(
    unlinked: list[Pin], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hashtags, "BATCH", 2)
    for number in (5, 0):
        call_command("link_hashtags")
        assert capsys.readouterr().out == f"{number} pins put under their hashtags anew\n"
    assert under(unlinked[3]) == ["t3", "teal"]


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_hashtag_that_many_say_first_at_once_is_one(noor: Profile) -> None:
    pins = [make_pin(author=noor, publish_now=False, text="#teal #brass") for _ in range(6)]

    def act(number: int) -> None:
        actions.publish_pin(public_id=pins[number].public_id, author_id=noor.pk)

    assert race(6, act) == [None] * 6
    assert [under(pin) for pin in pins] == [["brass", "teal"]] * 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_a_hashtag_that_a_pin_is_about_to_say_is_not_forgotten(
    held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody says it yet; a pin has found it and writes that it stands there."""
    pin = make_pin(text="Plain")
    Hashtag.objects.create(name="teal", shown="teal", created_at=pin.created_at)
    if not held:
        monkeypatch.setattr(hashtags, "_HELD", hashtags._HELD.replace("FOR KEY SHARE", ""))
    forgotten: list[int] = []
    met = in_the_middle(
        seam=(hashtags, "_link"),
        act=lambda: edit(pin, text="#teal"),
        meanwhile=lambda: forgotten.append(actions.forget_hashtags()),
    )
    if held:
        assert (met.act, forgotten) == (None, [0])
        assert under(pin) == ["teal"]
    else:
        assert forgotten == [1]
        assert met.act is not None, "the hashtag is gone under the pin"


@pytest.mark.django_db(transaction=True)
def test_publishing_does_not_wait_for_who_follows_what_it_says(noor: Profile) -> None:
    pin = make_pin(author=noor, publish_now=False, text="#teal")
    actions.follow_hashtag(tag="teal", profile_id=make_person().pk)
    counted, published = threading.Event(), threading.Event()

    def act(number: int) -> bool:
        if number == 0:
            with transaction.atomic():
                Hashtag.objects.select_for_update(no_key=True).get(name="teal")
                counted.set()
                return published.wait(timeout=10)
        counted.wait(timeout=10)
        actions.publish_pin(public_id=pin.public_id, author_id=noor.pk)
        published.set()
        return True

    assert race(2, act) == [True, True]
