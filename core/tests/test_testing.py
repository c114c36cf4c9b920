"""What tests of races stand on."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction

from core import db
from core.testing import in_the_middle


@pytest.mark.django_db(transaction=True)
def test_what_happens_in_the_middle_says_whether_it_had_to_wait() -> None:
    seam = (db, "in_turn")

    @transaction.atomic
    def named(what: str) -> str:
        db.in_turn(what)
        return what

    for other in ("one", "another"):
        met = in_the_middle(seam=seam, act=partial(named, "one"), meanwhile=partial(named, other))
        assert met == ("one", other, other == "one")

    with pytest.raises(AssertionError, match="it never came to in_turn"):
        in_the_middle(seam=seam, act=lambda: None, meanwhile=partial(named, "one"))
