"""Who leaves while something of theirs is on its way: counts stay exact."""

from __future__ import annotations

import pytest

from accounts.actions import erase_account
from accounts.testing import Profile, make_person
from core.audits import violations
from core.testing import in_the_middle
from feed import actions
from feed.actions import follows
from feed.models import Hashtag, HashtagFollow

pytestmark = pytest.mark.django_db(transaction=True)


def erase(who: Profile) -> None:
    erase_account(user_id=who.user_id or 0)


# --- What one takes back at the last moment ------------------------------------------------------
@pytest.mark.parametrize("others", [0, 2])
def test_a_follow_that_ends_while_they_leave_is_counted_down_once(others: int) -> None:
    """The end of the follow has the hashtag in hand, and the erasure waits for it."""
    noor, *rest = [make_person() for _ in range(1 + others)]
    for one in (noor, *rest):
        actions.follow_hashtag(tag="teal", profile_id=one.pk)
    met = in_the_middle(
        seam=(follows, "change_hashtag_followers"),
        act=lambda: actions.unfollow_hashtag(tag="teal", profile_id=noor.pk),
        meanwhile=lambda: erase(noor),
    )
    assert (met.meanwhile, met.waited) == (None, True)
    assert met.act.followers_count == others
    counts = Hashtag.objects.values_list("followers_count", flat=True)
    assert list(counts) == ([others] if others else []), "one that nobody follows is forgotten"
    assert HashtagFollow.objects.count() == others
    assert list(violations(invariants=frozenset({"I11"}))) == []
