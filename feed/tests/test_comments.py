"""Comments: who may say, change and take away what, and who is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actions import block, mute
from accounts.queries import brand_log
from accounts.testing import Profile, make_brand, make_person, owner_of, viewer_for
from core import clock
from core.testing import deliver_all
from feed import actions
from feed.errors import (
    CommentNotFound,
    CommentsClosed,
    NothingToUndo,
    PinNotFound,
    ThreadFull,
    TooLateToEdit,
)
from feed.models import Comment, Pin
from feed.queries import talk_page, thread_page
from feed.testing import make_comment, make_pin
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db


def told(profile: Profile) -> list[str]:
    """Kinds of what a person was told, in order."""
    deliver_all()
    return [one.kind for one in notices_of(profile.pk) if one.kind.startswith("feed.")]


def texts(pin: Pin, viewer: Profile | None = None, cursor: str = "") -> list[str]:
    page = talk_page(pin_id=pin.public_id, viewer=viewer_for(viewer), cursor=cursor)
    assert page is not None
    return [comment.text for comment in page.comments]


def test_replies_have_one_level_and_stand_in_their_order() -> None:
    mara, jonah, pin = make_person(), make_person(), make_pin()
    first = make_comment(pin=pin, author=mara, text="Which glaze is it?")
    answer = make_comment(pin=pin, author=jonah, text="Celadon", answers=first)
    deeper = make_comment(pin=pin, author=mara, text="Thank you", answers=answer)
    assert deeper.parent_id == first.pk
    assert deeper.answers_id == answer.pk
    page = talk_page(pin_id=pin.public_id, viewer=viewer_for(None))
    assert page is not None
    assert page.count == 3
    [only] = page.comments
    assert [one.text for one in only.replies] == ["Celadon", "Thank you"]


def test_newest_first_by_cursor_without_gap_while_others_write() -> None:
    pin, mara = make_pin(), make_person()
    start = clock.now() - timedelta(days=1)
    for number in range(25):
        with clock.fixed(start + timedelta(minutes=number)):
            make_comment(pin=pin, author=mara, text=f"Number {number}")
    seen: list[str] = []
    cursor = ""
    while True:
        page = talk_page(pin_id=pin.public_id, viewer=viewer_for(None), cursor=cursor)
        assert page is not None
        seen += [one.text for one in page.comments]
        make_comment(pin=pin, author=mara, text="Just now")
        if page.next is None:
            break
        cursor = page.next.removeprefix("cursor=")
    assert seen == [f"Number {number}" for number in reversed(range(25))]


def test_any_number_of_comments_costs_four_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    pin, mara, jonah = make_pin(), make_person(), make_person(handle="jonah-a")
    for number in range(8):
        top = make_comment(pin=pin, author=mara, text=f"{number} @jonah-a")
        for reply in range(5):
            make_comment(pin=pin, author=jonah, text=f"{reply} @jonah-a", answers=top)
    viewer = viewer_for(mara)
    # The pin; its comments with authors and likes; replies, three of each; people that are named.
    with django_assert_num_queries(4):
        page = talk_page(pin_id=pin.public_id, viewer=viewer)
    assert page is not None
    assert [len(one.replies) for one in page.comments] == [3] * 8
    assert {one.replies_count for one in page.comments} == {5}
    # The comment; then as above.
    with django_assert_num_queries(5):
        thread = thread_page(comment_id=top.public_id, viewer=viewer)
    assert thread is not None
    assert len(thread.comments[0].replies) == 5


def test_each_is_told_once_and_nobody_of_themselves() -> None:
    brand = make_brand()
    owner, jonah, mara = owner_of(brand), make_person(), make_person(handle="mara-n")
    pin = make_pin(author=brand)
    first = make_comment(pin=pin, author=jonah, text="Lovely")
    assert (told(owner), told(jonah)) == (["feed.comment"], [])
    # Mara is named, answers Jonah, and names herself, the owner and Jonah, too.
    handles = f"@{jonah.handle} @{owner.handle} @mara-n"
    make_comment(pin=pin, author=mara, text=f"So it is {handles}", answers=first)
    assert told(jonah) == ["feed.reply"]
    assert told(owner) == ["feed.comment", "feed.mention"]
    assert told(mara) == []


def test_the_team_hears_nothing_of_its_own_brand() -> None:
    brand = make_brand()
    make_comment(pin=make_pin(author=brand), author=brand, text="Back in May")
    assert told(owner_of(brand)) == []
    make_comment(pin=make_pin(author=brand), author=owner_of(brand), text="In April, even")
    assert told(owner_of(brand)) == []


def test_nobody_hears_across_a_block_or_a_mute() -> None:
    mara, jonah, ida = make_person(), make_person(), make_person()
    block(blocker_id=mara.pk, blocked_id=jonah.pk)
    mute(muter_id=ida.pk, muted_id=jonah.pk)
    make_comment(pin=make_pin(author=ida), author=jonah, text=f"Hello @{mara.handle}")
    assert (told(mara), told(ida)) == ([], [])
    pin = make_pin(author=mara)
    with pytest.raises(PinNotFound):
        actions.write_comment(pin_id=pin.public_id, author_id=jonah.pk, text="Hello")
    with pytest.raises(PinNotFound):
        actions.like_pin(pin_id=pin.public_id, profile_id=jonah.pk)
    other = make_pin()
    theirs = make_comment(pin=other, author=mara, text="Mine")
    with pytest.raises(CommentNotFound):
        actions.write_comment(
            pin_id=other.public_id, author_id=jonah.pk, text="Hi", answers=theirs.public_id
        )
    with pytest.raises(CommentNotFound):
        actions.like_comment(comment_id=theirs.public_id, profile_id=jonah.pk)
    assert Comment.objects.filter(author=jonah).count() == 1


def test_who_is_blocked_or_muted_is_not_read() -> None:
    mara, jonah, ida, pin = make_person(), make_person(), make_person(), make_pin()
    make_comment(pin=pin, author=jonah, text="By Jonah")
    answered = make_comment(pin=pin, author=jonah, text="Also by Jonah")
    make_comment(pin=pin, author=ida, text="By Ida", answers=answered)
    assert texts(pin, mara) == ["Also by Jonah", "By Jonah"]
    block(blocker_id=mara.pk, blocked_id=jonah.pk)
    # The second only holds its place for what Ida said.
    assert texts(pin, mara) == [""]
    assert texts(pin) == ["Also by Jonah", "By Jonah"]


def test_an_edit_tells_only_who_is_named_anew() -> None:
    mara, jonah, ida = make_person(), make_person(), make_person()
    pin = make_pin(author=ida)
    comment = make_comment(pin=pin, author=mara, text=f"For @{jonah.handle}")
    assert (told(jonah), told(ida)) == (["feed.mention"], ["feed.comment"])
    actions.edit_comment(
        comment_id=comment.public_id,
        author_id=mara.pk,
        text=f"For @{jonah.handle} and @{ida.handle}",
    )
    assert (told(jonah), told(ida)) == (["feed.mention"], ["feed.comment"])
    sam = make_person()
    actions.edit_comment(comment_id=comment.public_id, author_id=mara.pk, text=f"For @{sam.handle}")
    assert told(sam) == ["feed.mention"]
    assert comment.mentions.get().profile_id == sam.pk


def test_only_the_author_edits_and_only_for_a_while() -> None:
    mara, pin = make_person(), make_pin()
    comment = make_comment(pin=pin, author=mara, text="Once")
    with pytest.raises(CommentNotFound):
        actions.edit_comment(
            comment_id=comment.public_id, author_id=pin.author_id, text="Their words"
        )
    with clock.fixed(clock.now() + timedelta(minutes=16)), pytest.raises(TooLateToEdit):
        actions.edit_comment(comment_id=comment.public_id, author_id=mara.pk, text="Late")
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at) == ("Once", None)


def test_author_or_owner_deletes_and_only_who_did_brings_it_back() -> None:
    mara, jonah, pin = make_person(), make_person(), make_pin()
    comment = make_comment(pin=pin, author=mara, text="Something")
    with pytest.raises(CommentNotFound):
        actions.delete_comment(comment_id=comment.public_id, actor_id=jonah.pk)
    actions.delete_comment(comment_id=comment.public_id, actor_id=pin.author_id)
    pin.refresh_from_db()
    assert (texts(pin), pin.comments_count) == ([], 0)
    with pytest.raises(NothingToUndo):
        actions.restore_comment(comment_id=comment.public_id, actor_id=mara.pk)
    assert texts(pin) == []
    actions.restore_comment(comment_id=comment.public_id, actor_id=pin.author_id)
    pin.refresh_from_db()
    assert (texts(pin), pin.comments_count) == (["Something"], 1)


def test_a_deleted_one_holds_its_place_for_replies_and_is_forgotten_after_a_day() -> None:
    mara, jonah, pin = make_person(), make_person(), make_pin()
    first = make_comment(pin=pin, author=mara, text="A question")
    make_comment(pin=pin, author=jonah, text="An answer", answers=first)
    actions.delete_comment(comment_id=first.public_id, actor_id=mara.pk)
    page = talk_page(pin_id=pin.public_id, viewer=viewer_for(None))
    assert page is not None
    [gone] = page.comments
    assert (gone.gone, gone.text, [one.text for one in gone.replies]) == (True, "", ["An answer"])
    assert actions.wipe_deleted() == 0
    with clock.fixed(clock.now() + timedelta(hours=25)):
        assert actions.wipe_deleted() == 1
    first.refresh_from_db()
    assert first.text == ""
    with pytest.raises(NothingToUndo):
        actions.restore_comment(comment_id=first.public_id, actor_id=mara.pk)


def test_a_thread_takes_no_more_replies_than_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.comments, "MAX_THREAD", 3)
    pin, mara = make_pin(), make_person()
    top = make_comment(pin=pin, author=mara)
    replies = [make_comment(pin=pin, author=mara, answers=top) for _number in range(3)]
    for answered in (top, replies[0]):
        with pytest.raises(ThreadFull):
            make_comment(pin=pin, author=mara, answers=answered)
    assert Comment.objects.count() == 4
    make_comment(pin=pin, author=mara)
    # The last that was taken, sent again by Back, is there.
    assert make_comment(pin=pin, author=mara, text=replies[2].text, answers=top) == replies[2]
    # What is not shown any more takes no room.
    actions.delete_comment(comment_id=replies[0].public_id, actor_id=mara.pk)
    actions.take_down_comment(comment_id=replies[1].public_id, operator_id=None, reason="Spam")
    for _number in range(2):
        make_comment(pin=pin, author=mara, answers=top)
    with pytest.raises(ThreadFull):
        make_comment(pin=pin, author=mara, answers=top)


def test_comments_can_be_turned_off_by_the_owner_only() -> None:
    mara, pin = make_person(), make_pin()
    make_comment(pin=pin, author=mara, text="Before")
    with pytest.raises(PinNotFound):
        actions.open_comments(pin_id=pin.public_id, author_id=mara.pk, is_open=False)
    actions.open_comments(pin_id=pin.public_id, author_id=pin.author_id, is_open=False)
    with pytest.raises(CommentsClosed):
        actions.write_comment(pin_id=pin.public_id, author_id=mara.pk, text="After")
    assert texts(pin) == ["Before"]


@pytest.mark.parametrize("gone", ["deleted", "taken down"])
def test_under_a_pin_that_is_gone_comments_are_not_switched(gone: str) -> None:
    """As with every other act of its author."""
    brand = make_brand()
    pin = make_pin(author=brand)
    if gone == "deleted":
        actions.delete_pin(public_id=pin.public_id, author_id=brand.pk)
    else:
        actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="Spam")
    with pytest.raises(PinNotFound):
        actions.open_comments(
            pin_id=pin.public_id,
            author_id=brand.pk,
            is_open=False,
            user_id=owner_of(brand).user_id,
        )
    pin.refresh_from_db()
    assert pin.comments_open
    assert brand_log(brand_id=brand.pk).rows == []


def test_a_reply_to_what_is_gone_or_elsewhere_is_refused() -> None:
    mara, pin, other = make_person(), make_pin(), make_pin()
    elsewhere = make_comment(pin=other, author=mara, text="Elsewhere")
    gone = make_comment(pin=pin, author=mara, text="Gone")
    actions.delete_comment(comment_id=gone.public_id, actor_id=mara.pk)
    for answers in (elsewhere.public_id, gone.public_id, "nosuchthing"):
        with pytest.raises(CommentNotFound):
            actions.write_comment(
                pin_id=pin.public_id, author_id=mara.pk, text="Hm", answers=answers
            )
    assert Comment.objects.count() == 2


def test_taken_down_is_gone_told_of_and_not_brought_back_by_its_author() -> None:
    mara, pin = make_person(), make_pin()
    comment = make_comment(pin=pin, author=mara, text="Buy pills")
    actions.take_down_comment(comment_id=comment.public_id, operator_id=None, reason="Spam")
    actions.take_down_comment(comment_id=comment.public_id, operator_id=None, reason="Again")
    deliver_all()
    pin.refresh_from_db()
    comment.refresh_from_db()
    assert (texts(pin), pin.comments_count, comment.taken_down_reason) == ([], 0, "Spam")
    assert len(notices_of(mara.pk, kind="moderation.taken_down")) == 1
    with pytest.raises(NothingToUndo):
        actions.restore_comment(comment_id=comment.public_id, actor_id=mara.pk)
    actions.put_back_comment(comment_id=comment.public_id)
    assert texts(pin) == ["Buy pills"]


def test_deleted_before_it_was_told_tells_nobody() -> None:
    mara, jonah = make_person(), make_person()
    pin = make_pin(author=jonah)
    comment = make_comment(pin=pin, author=mara, text="Oops")
    actions.delete_comment(comment_id=comment.public_id, actor_id=mara.pk)
    assert told(jonah) == []


def test_a_like_is_told_once_however_often_it_is_pressed() -> None:
    mara, jonah = make_person(), make_person()
    pin = make_pin(author=jonah)
    comment = make_comment(pin=pin, author=jonah, text="Mine")
    for _time in range(3):
        actions.like_pin(pin_id=pin.public_id, profile_id=mara.pk)
        actions.like_comment(comment_id=comment.public_id, profile_id=mara.pk)
        assert told(jonah) == ["feed.like", "feed.comment_like"]
        actions.unlike_pin(pin_id=pin.public_id, profile_id=mara.pk)
        actions.unlike_comment(comment_id=comment.public_id, profile_id=mara.pk)
    actions.like_pin(pin_id=pin.public_id, profile_id=jonah.pk)
    assert told(jonah) == ["feed.like", "feed.comment_like"]
