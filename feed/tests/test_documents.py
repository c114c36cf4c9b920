"""What is read of the comments under a pin hangs on nothing but the pin."""

from __future__ import annotations

import pytest

from accounts.testing import make_person
from feed import documents
from feed.documents import documents_of
from feed.testing import make_comment, make_pin

pytestmark = pytest.mark.django_db


def tags_of(*pin_ids: int) -> list[list[str]]:
    found = documents_of(pin_ids)
    return [[word for word in one.body.split() if word.startswith("#")] for one in found]


def test_a_busy_pin_has_as_many_comments_read_alone_as_in_company(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "MOST_READ", 2)
    quiet, busy, noor = make_pin(), make_pin(), make_person()
    make_comment(pin=quiet, author=noor, text="#linen")
    for tag in ("ash", "beech", "cedar", "deal", "elm"):
        make_comment(pin=busy, author=noor, text=f"#{tag}")
    assert tags_of(busy.pk) == [["#elm", "#deal"]]
    assert tags_of(quiet.pk, busy.pk) == [["#linen"], ["#elm", "#deal"]]


def test_so_many_hashtags_find_a_pin_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_TAGS", 3)
    pin, noor = make_pin(), make_person()
    for text in ("#ash #beech #cedar", "#deal #elm"):
        make_comment(pin=pin, author=noor, text=text)
    assert tags_of(pin.pk) == [["#deal", "#elm", "#ash"]]
