"""What operators read of boards: not what people wrote on secret ones."""

from __future__ import annotations

import pytest

from accounts.testing import client_for, make_operator
from feed.actions import remove_pins, write_note
from feed.models import Save, TakenAway
from feed.testing import fill_board

pytestmark = pytest.mark.django_db
WORDS = "She must not know"


def test_private_notes_are_neither_listed_nor_searched_nor_shown() -> None:
    board, [pin, kept] = fill_board(count=2, secret=True)
    ids = {"board_id": board.public_id, "actor_id": board.owner_id}
    for one in (pin, kept):
        write_note(**ids, pin_id=one, text=WORDS)
    remove_pins(**ids, pin_ids=[kept])
    client = client_for(make_operator())
    save, gone = Save.objects.get(), TakenAway.objects.get()
    assert WORDS in (save.note, str(gone.data))
    for place, row in (("save", save), ("takenaway", gone)):
        listed = client.get(f"/admin/feed/{place}/").content.decode()
        assert str(board) in listed
        assert WORDS not in listed
        shown = client.get(f"/admin/feed/{place}/{row.pk}/change/")
        assert shown.status_code == 200
        assert WORDS not in shown.content.decode()
    found = client.get("/admin/feed/save/?q=must+not+know").content.decode()
    assert "0 saves" in found
