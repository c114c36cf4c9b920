"""The stars of a product: exact whatever happens to its reviews, and whoever does it at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions import erase_account, restore_person, suspend_person
from accounts.testing import client_for, make_operator, make_person
from catalog.testing import Product
from core import clock
from core.audits import violations
from core.testing import deliver_all, race
from feed.testing import make_pin
from notifications.testing import notices_of
from orders.testing import make_variant
from reviews import actions
from reviews.actions import counting, writing
from reviews.errors import ReviewNotFound, ReviewTaken
from reviews.models import Review
from reviews.testing import make_review, make_sent_order
from search.queries import find

pytestmark = pytest.mark.django_db


def product() -> Product:
    return make_variant(stock=0).product


def figure(product: Product) -> tuple[int, int]:
    product.refresh_from_db()
    return product.rating_sum, product.rating_count


def well() -> bool:
    return list(violations(invariants=frozenset({"I11"}))) == []


def test_of_two_by_one_person_the_newer_counts() -> None:
    vase, ana = product(), make_person()
    first = make_review(product=vase, person=ana, stars=5)
    second = make_review(product=vase, person=ana, stars=2)
    make_review(product=vase, stars=4)
    assert figure(vase) == (6, 2)
    read = client_for(make_person()).get(f"/reviews/{vase.public_id}/").content.decode()
    assert read.count('class="review"') == 3
    assert read.count("their newer review counts") == 1
    line = second.line
    own = {"author_id": ana.pk, "number": line.order.number, "line_id": line.public_id}
    actions.delete_review(**own)
    assert figure(vase) == (9, 2), "the older one counts again"
    actions.restore_review(**own)
    assert figure(vase) == (6, 2)
    first.refresh_from_db()
    assert first.counts is False
    assert well()


def test_what_is_taken_down_leaves_the_figure_and_what_is_put_back_returns() -> None:
    vase, ana = product(), make_person()
    review, operator = make_review(product=vase, person=ana, stars=1), make_operator()
    make_review(product=vase, stars=5)
    for _time in range(2):
        actions.take_down_review(
            public_id=review.public_id, operator_id=operator.user_id, reason="Names a neighbour."
        )
        assert figure(vase) == (5, 1)
    deliver_all(except_queues=("media", "mail"), raise_errors=False)
    assert len(notices_of(ana.pk, kind="moderation.taken_down")) == 1
    form = f"/order/{review.line.order.number}/review/{review.line.public_id}/"
    page = client_for(ana).get(form).content.decode()
    assert "Names a neighbour." in page
    assert 'name="stars"' not in page
    assert client_for(ana).post(form, {"stars": "5"}).status_code == 409
    assert client_for(ana).post(form + "delete/").status_code == 409
    assert figure(vase) == (5, 1)
    for _time in range(2):
        actions.put_back_review(public_id=review.public_id)
        assert figure(vase) == (6, 2)
    assert well()


@pytest.mark.parametrize("hours", [2, 30])
def test_what_its_author_had_deleted_is_put_back_to_them_alone(hours: int) -> None:
    review = make_review(stars=1, text="Names a neighbour.")
    vase, line, browser = review.product, review.line, client_for(review.author)
    own = f"/order/{line.order.number}/review/{line.public_id}/"
    browser.post(own + "delete/")
    actions.take_down_review(public_id=review.public_id, operator_id=None, reason="Rude.")
    assert browser.post(own + "restore/").status_code == 409
    actions.put_back_review(public_id=review.public_id)
    review.refresh_from_db()
    assert (review.state, review.counts) == ("deleted", False)
    assert figure(vase) == (0, 0)
    read = client_for(make_person()).get(f"/reviews/{vase.public_id}/").content.decode()
    assert "Nobody has reviewed it yet." in read
    assert "neighbour" not in read
    with clock.fixed(clock.now() + timedelta(hours=hours)):
        late = hours > 24
        assert actions.drop_deleted() == int(late)
        answer = browser.post(own + "restore/")
        assert answer.status_code == (404 if late else 302)
    assert figure(vase) == ((0, 0) if late else (1, 1))
    assert well()


def test_whoever_is_suspended_is_in_no_figure_until_they_are_back() -> None:
    vase, ana, operator = product(), make_person(), make_operator().user_id
    assert operator is not None
    make_review(product=vase, person=ana, stars=1)
    make_review(product=vase, stars=5)
    suspend_person(profile_id=ana.pk, operator_id=operator, reason="Bought stars.")
    deliver_all(except_queues=("media", "mail"), raise_errors=False)
    assert figure(vase) == (5, 1)
    restore_person(profile_id=ana.pk, operator_id=operator)
    assert (figure(vase), well()) == ((5, 1), True), "what is heard in a moment is no fault"
    deliver_all(except_queues=("media", "mail"), raise_errors=False)
    assert figure(vase) == (6, 2)
    assert well()


def test_who_leaves_takes_what_they_said_and_the_figure_stays_exact() -> None:
    vase, bowl, ana = product(), product(), make_person(name="Quillon")
    make_review(product=vase, person=ana, stars=1, text="Quillon was here.")
    kept = make_review(product=bowl, person=ana, stars=2, text="Quillon was here, too.")
    make_review(product=vase, stars=5)
    actions.take_down_review(public_id=kept.public_id, operator_id=None, reason="Rude.")
    assert ana.user_id is not None
    erase_account(user_id=ana.user_id)
    assert (figure(vase), figure(bowl)) == ((5, 1), (0, 0))
    assert Review.objects.get(author=ana).text == "", "the decision stays, its words do not"
    actions.put_back_review(public_id=kept.public_id)
    assert figure(bowl) == (0, 0)
    assert well()


def test_an_author_who_has_just_left_says_nothing_more() -> None:
    order = make_sent_order()
    person, line = order.user.profile, order.lines.get()
    said = {"number": order.number, "line_id": line.public_id, "stars": 5, "text": ""}
    erase_account(user_id=order.user.pk)
    with pytest.raises(ReviewNotFound):
        actions.write_review(user_id=order.user.pk, author_id=person.pk, **said)
    assert not Review.objects.exists()


def test_search_knows_the_stars() -> None:
    vase = product()

    def steps() -> list[str]:
        return [
            step
            for step in ("4", "3")
            if find(text=vase.title, kinds=["product"], facets={"rating": [step]}).items
        ]

    assert steps() == []
    make_review(product=vase, stars=4)
    assert steps() == ["4", "3"]
    make_review(product=vase, stars=3)
    assert steps() == ["3"], "3.5 is not 4"
    make_review(product=vase, stars=1)
    assert steps() == []


@pytest.mark.parametrize(
    "change", ["stars = 0", "stars = 6", "state = 'gone'", "state = 'deleted'"]
)
def test_the_database_refuses_nonsense(change: str) -> None:
    make_review()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reviews_review SET {change}")
    assert Review.objects.get().stars == 5


def test_a_product_without_reviews_costs_nothing_more_and_many_cost_what_one_does() -> None:
    vase, reader = product(), client_for(make_person())
    address = f"/product/{vase.public_id}/{vase.slug}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert reader.get(address).status_code == 200
        return len(seen)

    make_pin(author=vase.seller, products=[vase])
    reader.get(address)
    none = cost()
    make_review(product=vase)
    one = cost()
    assert one == none + 2  # what was said, and how the stars spread
    for _number in range(5):
        make_review(product=vase)
    assert cost() == one


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [False, True])
def test_the_same_form_many_times_at_once_is_one_review(
    locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = make_sent_order()
    person, line = order.user.profile, order.lines.get()
    vase = line.variant.product
    if not locked:
        monkeypatch.setattr(counting, "turn_of", lambda _author: None)
        monkeypatch.setattr(writing, "turn_of", lambda _author: None)

    def write(number: int) -> Review:
        return actions.write_review(
            user_id=order.user.pk,
            author_id=person.pk,
            number=order.number,
            line_id=line.public_id,
            stars=1 + number % 5,
            text="",
        )

    answers = race(12, write)
    refused = [one for one in answers if isinstance(one, Exception)]
    assert bool(refused) is not locked, refused
    assert Review.objects.count() == 1
    if locked:
        assert figure(vase) == (Review.objects.get().stars, 1)
        assert well()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("added", [False, True])
def test_many_people_at_once_are_all_counted(added: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each adds to what the others added. The control writes what it read and its own."""
    vase, everybody = product(), threading.Barrier(8)

    def read_and_write(*, product_id: int, stars: int, people: int) -> None:
        row = Product.objects.get(pk=product_id)
        everybody.wait(timeout=60)
        now = {"rating_sum": row.rating_sum + stars, "rating_count": row.rating_count + people}
        Product.objects.filter(pk=product_id).update(**now)

    orders = []
    for _number in range(8):
        first = make_review(product=vase, person=make_person(), stars=3)
        orders.append((first.line.order, first.line))

    def change(number: int) -> None:
        order, line = orders[number]
        assert order.user_id is not None
        actions.write_review(
            user_id=order.user_id,
            author_id=order.user.profile.pk,
            number=order.number,
            line_id=line.public_id,
            stars=5,
            text="",
        )

    if not added:
        monkeypatch.setattr(counting, "change_rating", read_and_write)
    assert race(8, change) == [None] * 8
    assert (figure(vase) == (40, 8)) is added
    assert well() is added


def test_nothing_is_dropped_before_its_day() -> None:
    review = make_review()
    actions.delete_review(
        author_id=review.author_id,
        number=review.line.order.number,
        line_id=review.line.public_id,
    )
    with clock.fixed(clock.now() + timedelta(hours=23)):
        assert actions.drop_deleted() == 0
    assert Review.objects.exists()


def test_what_was_taken_down_is_not_written_anew() -> None:
    review = make_review()
    actions.take_down_review(public_id=review.public_id, operator_id=None, reason="Rude.")
    with pytest.raises(ReviewTaken):
        actions.write_review(
            user_id=review.author.user_id or 0,
            author_id=review.author_id,
            number=review.line.order.number,
            line_id=review.line.public_id,
            stars=5,
            text="Again.",
        )
    assert Review.objects.get().text != "Again."
