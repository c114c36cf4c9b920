"""Reports of reviews find what was reported, however its author moves it, and whoever decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from accounts.testing import client_for, make_operator, make_person, viewer_for
from core import clock
from core.errors import Conflict
from core.testing import deliver_all, in_the_middle
from moderation import actions
from moderation.actions import deciding
from moderation.models import Report
from moderation.subjects import subject_for
from notifications.testing import notices_of
from reviews.actions import delete_review, drop_deleted, write_review
from reviews.testing import Review, make_review


def report(review: Review) -> str:
    """Filed by somebody else each time; its public id."""
    person = make_person()
    subject = subject_for(kind="review", ref=review.public_id, viewer=viewer_for(person))
    return actions.file_report(
        subject=subject, reason="illegal", text="Rude.", reporter_id=person.pk, email=""
    )


def place_of(review: Review) -> dict[str, Any]:
    """How its author names it."""
    return {
        "author_id": review.author_id,
        "number": review.line.order.number,
        "line_id": review.line.public_id,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Rude words.", "Rude words!"])
def test_what_is_deleted_and_written_anew_is_still_what_was_reported(text: str) -> None:
    review = make_review(stars=1, text="Rude words.")
    newer = make_review(product=review.product, stars=5)
    ref = report(review)
    own = place_of(review)
    delete_review(**own)
    write_review(user_id=review.author.user_id or 0, stars=1, text=text, **own)
    again = Review.objects.get(author=review.author_id)
    assert (again.public_id, again.created_at) == (review.public_id, review.created_at)
    assert (again.pk < newer.pk, again.state, again.counts) == (True, "visible", True)
    assert (again.changed_at is not None) is (text != review.text)
    actions.uphold(public_id=ref, operator_id=make_operator().user_id or 0, reason="Rude.")
    again.refresh_from_db()
    assert (again.state, again.counts) == ("taken_down", False)
    review.product.refresh_from_db()
    assert (review.product.rating_sum, review.product.rating_count) == (5, 1)


@pytest.mark.django_db
def test_what_was_forgotten_and_is_written_anew_is_still_what_was_reported() -> None:
    """The operators come to it after days; its author has waited until the deleted one is gone."""
    review, other = make_review(stars=1, text="Rude words."), make_review()
    ref = report(review)
    own = place_of(review)
    delete_review(**own)
    with clock.fixed(clock.now() + timedelta(days=2)):
        assert drop_deleted() == 1
        write_review(user_id=review.author.user_id or 0, stars=1, text="Rude words.", **own)
        actions.uphold(public_id=ref, operator_id=make_operator().user_id or 0, reason="Rude.")
    again = Review.objects.get(author=review.author_id)
    assert (again.pk != review.pk, again.state) == (True, "taken_down")
    other.refresh_from_db()
    assert other.state == "visible"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Rude words. " * 40])
def test_everybody_reads_that_it_is_a_review_and_of_what(text: str) -> None:
    review, reader = make_review(stars=1, text=text), make_person()
    product, author = review.line.title, review.author
    path = f"/report/review/{review.public_id}/"
    page = BeautifulSoup(client_for(reader).get(path).content, "html5lib")
    about = f"About a review of {product} by {author.name}"
    assert about in " ".join(page.get_text(" ").split())
    client_for(reader).post(path, {"reason": "hate", "text": ""})
    filed = Report.objects.get()
    assert filed.title == f"a review of {product}"
    actions.uphold(
        public_id=filed.public_id, operator_id=make_operator().user_id or 0, reason="Rude."
    )
    deliver_all()
    assert [one.title for one in notices_of(author.pk, kind="moderation.taken_down")] == [
        f"We took down your review of {product}"
    ]
    for kind, says in (("received", "We have your report about"), ("decided", "We took down")):
        found = notices_of(reader.pk, kind=f"moderation.{kind}")
        assert [one.title for one in found] == [f"{says} a review of {product}"]
    subjects = {str(one.subject) for one in mail.outbox}
    assert f"We took down your review of {product}" in subjects
    assert f"We took down a review of {product}" in subjects
    assert "Rude words" not in "".join(subjects)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tries", [1, 3])
def test_two_operators_who_uphold_two_reports_of_one_review_at_once(
    tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a single try, one of them is told of a deadlock."""
    monkeypatch.setattr("core.db.TRIES", tries)
    review, operator = make_review(), make_operator().user_id or 0
    first, second = report(review), report(review)

    def uphold(ref: str) -> object:
        return actions.uphold(public_id=ref, operator_id=operator, reason="Rude.")

    met = in_the_middle(
        seam=(deciding, "take_down"),
        act=lambda: uphold(first),
        meanwhile=lambda: uphold(second),
    )
    assert met.waited
    decided = [one for one in (met.act, met.meanwhile) if isinstance(one, list)]
    assert [sorted(one) for one in decided] == [sorted([first, second])]
    [other] = [one for one in (met.act, met.meanwhile) if not isinstance(one, list)]
    assert isinstance(other, Conflict) is (tries > 1), other
    assert Report.objects.filter(state="upheld").count() == 2
    review.refresh_from_db()
    assert review.state == "taken_down"
