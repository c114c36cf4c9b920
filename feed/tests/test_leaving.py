"""Who leaves takes everything of theirs off the wall, and nobody's counter is wrong after it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import block, erase_account
from accounts.testing import client_for, make_person
from core.audits import violations
from core.testing import deliver_all
from feed import actions
from feed.actions import publishing
from feed.models import Board, Comment, Pin
from feed.testing import make_board, make_comment, make_pin
from notifications.testing import notices_of
from search.queries import find

pytestmark = pytest.mark.django_db


def test_pins_boards_likes_and_words_go_and_counters_of_others_stay_exact() -> None:
    quillon, ana, bo = make_person(name="Quillon"), make_person(), make_person()
    theirs, mine = make_pin(author=ana, title="Anas pin"), make_pin(author=quillon, title="Zephyr")
    board = make_board(owner=ana)
    make_board(owner=quillon, title="Zephyr rooms")
    actions.save_pin(pin_id=mine.public_id, saver_id=ana.pk, board_id=board.public_id)
    actions.save_pin(pin_id=theirs.public_id, saver_id=ana.pk, board_id=board.public_id)
    actions.save_pin(pin_id=theirs.public_id, saver_id=quillon.pk)
    for one in (quillon, bo):
        actions.like_pin(pin_id=theirs.public_id, profile_id=one.pk)
    lone = actions.write_comment(pin_id=theirs.public_id, author_id=quillon.pk, text="Zephyr one")
    asked = actions.write_comment(pin_id=theirs.public_id, author_id=quillon.pk, text="Zephyr two")
    reply = actions.write_comment(
        pin_id=theirs.public_id, author_id=bo.pk, text="Fine words", answers=asked.public_id
    )
    actions.like_comment(comment_id=reply.public_id, profile_id=quillon.pk)
    assert quillon.user_id is not None

    erase_account(user_id=quillon.user_id)

    theirs.refresh_from_db()
    assert (theirs.saves_count, theirs.likes_count, theirs.comments_count) == (1, 1, 1)
    board.refresh_from_db()
    assert board.pins_count == 1
    reply.refresh_from_db()
    assert reply.likes_count == 0
    assert not Pin.objects.filter(author=quillon).exists()
    assert not Board.objects.filter(owner=quillon).exists()
    assert not Comment.objects.filter(pk=lone.pk).exists()
    page = client_for(ana).get(theirs.get_absolute_url()).content.decode()
    assert reply.state == "visible", "others' words keep their place"
    assert "Zephyr" not in page
    assert "Quillon" not in page
    assert Client().get(mine.get_absolute_url()).status_code == 404
    assert list(violations(invariants=frozenset({"I11"}))) == []


def test_pins_that_hashtags_found_are_made_anew_a_batch_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "BATCH", 2)
    quillon, ana = make_person(), make_person()
    for number in range(3):
        pin = make_pin(author=ana, title=f"Shelf {number}")
        make_comment(pin=pin, author=quillon, text="Lovely #celadon")
    assert len(find(text="#celadon", kinds=["pin"]).items) == 3
    with CaptureQueriesContext(connection) as queries:
        erase_account(user_id=quillon.user_id or 0)
    assert len([one for one in queries if 'INTO "search_document"' in one["sql"]]) == 2
    assert not find(text="#celadon", kinds=["pin"]).items


@pytest.mark.parametrize("end", ["erase", "block"])
def test_what_somebody_did_is_no_news_once_they_are_gone(end: str) -> None:
    reader, leaver = make_person(), make_person(name="Quillon Gone")
    pin = make_pin(author=reader)
    make_comment(pin=pin, author=leaver, text="Lovely")
    actions.like_pin(pin_id=pin.public_id, profile_id=leaver.pk)
    deliver_all()
    assert len(notices_of(reader.pk)) == 2
    if end == "erase":
        erase_account(user_id=leaver.user_id or 0)
    else:
        block(blocker_id=reader.pk, blocked_id=leaver.pk)
    deliver_all()
    assert notices_of(reader.pk) == []
    reader.refresh_from_db()
    assert reader.unread_count == 0
