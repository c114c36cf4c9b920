"""The same by program."""

from __future__ import annotations

import pytest

from accounts.testing import make_brand, make_person, owner_of
from marketplace.tests.api.calling import Program, refusal
from orders.testing import Order
from reviews.models import Review
from reviews.testing import make_review, make_sent_order

pytestmark = pytest.mark.django_db
WORDS = {"stars": 4, "text": "Heavier than it looks."}


@pytest.fixture
def order() -> Order:
    return make_sent_order()


def place(order: Order) -> str:
    return f"orders/{order.number}/lines/{order.lines.get().public_id}/review/"


def test_a_review_is_written_read_changed_taken_away_and_put_back(order: Order) -> None:
    line = order.lines.get()
    program, guest = Program(order.user.profile), Program(None)
    said = program.put(place(order), WORDS)
    assert (said["stars"], said["state"], said["line_id"]) == (4, "visible", line.public_id)
    [read] = guest.get(f"products/{line.product_public_id}/reviews/")["results"]
    assert (read["text"], read["counts"], read["changed"]) == (WORDS["text"], True, False)
    assert read["author"]["name"] == "Noor Haddad"
    program.put(place(order), {"stars": 2})
    product = guest.get(f"products/{line.product_public_id}/")
    assert (product["rating"], product["rating_count"]) == ("2.0", 1)
    assert program.call("DELETE", place(order)).status_code == 204
    assert guest.get(f"products/{line.product_public_id}/")["rating"] is None
    assert program.get("me/reviews/")["results"] == []
    assert program.post(place(order) + "restore/")["stars"] == 2
    assert [one["stars"] for one in program.get("me/reviews/")["results"]] == [2]


def test_a_number_is_read_alike_by_every_operation(order: Order) -> None:
    program, typed = Program(order.user.profile), order.number.replace("-", "").lower()
    own = f"orders/{typed}/lines/{order.lines.get().public_id}/review/"
    program.put(own, WORDS)
    assert program.call("DELETE", own).status_code == 204
    assert Review.objects.get().state == "deleted"
    assert program.post(own + "restore/")["order_number"] == order.number
    assert Review.objects.get().state == "visible"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"stars": 0},
        {"stars": 6},
        {"stars": "4"},
        {"stars": 4.5},
        {"stars": True},
        {"stars": 4, "text": "x" * 2001},
        {"stars": 4, "verified": True},
        {"stars": 4, "author": "me"},
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(order: Order, body: dict[str, object]) -> None:
    answer = Program(order.user.profile).call("PUT", place(order), body)
    assert refusal(answer) == (422, "invalid")
    assert not Review.objects.exists()


def test_others_write_change_and_take_away_nothing(order: Order) -> None:
    Program(order.user.profile).put(place(order), WORDS)
    for stranger in (make_person(), owner_of(make_brand())):
        program = Program(stranger)
        assert refusal(program.call("PUT", place(order), WORDS))[0] == 404
        assert refusal(program.call("DELETE", place(order)))[0] == 404
        assert refusal(program.call("POST", place(order) + "restore/", {}))[0] == 404
    assert refusal(Program(None).call("PUT", place(order), WORDS))[0] == 401
    review = Review.objects.get()
    assert (review.stars, review.state) == (4, "visible")


def test_long_lists_go_on_where_they_ended() -> None:
    ana = make_person()
    first = make_review(person=ana, text="0")
    for number in range(1, 12):
        make_review(product=first.product, person=ana, text=str(number))
    for address in (f"products/{first.product.public_id}/reviews/", "me/reviews/"):
        program, seen = Program(ana), []
        page = program.get(address)
        seen += [one["text"] for one in page["results"]]
        assert page["next"]
        page = program.get(page["next"])
        seen += [one["text"] for one in page["results"]]
        assert seen == [str(number) for number in range(11, -1, -1)]
        assert page["next"] is None
    nonsense = program.get(f"products/{first.product.public_id}/reviews/?cursor=9.x")
    assert len(nonsense["results"]) == 10
