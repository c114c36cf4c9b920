"""Kept cards in the settings."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse

from accounts.testing import client_for, make_person, make_user
from core.testing import in_the_middle, undo_in
from payments import queries
from payments.actions import methods
from payments.testing import DECLINED, OK, SLOW, keep_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person()


def test_cards_are_listed_and_forgotten_in_one_press(person):
    client = client_for(person)
    keep_card(user_id=person.user_id)
    second = keep_card(user_id=person.user_id, number=DECLINED)
    page = BeautifulSoup(client.get("/settings/payment/").content, "html5lib")
    assert "Visa •••• 4242" in page.text
    assert "Used first" in page.text
    answer = client.post(reverse("payments:make_default", kwargs={"public_id": second.method_id}))
    assert answer.status_code == 302
    assert queries.methods_for(user_id=person.user_id)[0].last4 == "0002"
    client.post(reverse("payments:forget", kwargs={"public_id": second.method_id}))
    (left,) = queries.methods_for(user_id=person.user_id)
    assert (left.last4, left.is_default) == ("4242", True)


def test_which_card_is_first_is_undone_by_one_press(person):
    client = client_for(person)
    first = keep_card(user_id=person.user_id)
    second = keep_card(user_id=person.user_id, number=DECLINED)
    path = reverse("payments:make_default", kwargs={"public_id": second.method_id})
    client.post(undo_in(client.post(path, follow=True)))
    assert queries.methods_for(user_id=person.user_id)[0].method_id == first.method_id


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_each_takes_back_to_the_card_that_it_put_second(person):
    """Shown first with a look that does not wait for the other tab."""
    user_id = person.user_id
    ids = [keep_card(user_id=user_id, number=one).method_id for one in (OK, DECLINED, SLOW)]

    def first(*, looks, number):
        seen = queries.methods_for(user_id=user_id)[0].method_id
        was = methods.make_default(user_id=user_id, public_id=ids[number])
        return seen if looks else was

    for looks, second in ((True, ids[2]), (False, ids[0])):
        methods.make_default(user_id=user_id, public_id=ids[2])
        met = in_the_middle(
            seam=(methods, "make_default"),
            act=transaction.atomic(partial(first, looks=looks, number=0)),
            meanwhile=partial(first, looks=looks, number=1),
        )
        assert met == (ids[2], second, True)
    assert methods.make_default(user_id=user_id, public_id=ids[1]) == "", "it is"


def test_without_a_card_the_page_says_how_to_get_one(person):
    page = client_for(person).get("/settings/payment/")
    assert page.status_code == 200
    assert "No card is saved" in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_cards(person, django_assert_num_queries):
    client = client_for(person)
    keep_card(user_id=person.user_id)
    client.get("/settings/payment/")
    for number in (OK, DECLINED):
        keep_card(user_id=person.user_id, number=number)
    with django_assert_num_queries(3):  # session, user with profile, cards
        client.get("/settings/payment/")


def test_the_cards_of_another_are_absent(person):
    theirs = keep_card(user_id=make_user().pk)
    client = client_for(person)
    for name in ("payments:forget", "payments:make_default"):
        foreign = client.post(reverse(name, kwargs={"public_id": theirs.method_id}))
        absent = client.post(reverse(name, kwargs={"public_id": "nothinghere2"}))
        assert foreign.status_code == absent.status_code == 404
        assert client.get(reverse(name, kwargs={"public_id": theirs.method_id})).status_code == 405
    assert "4242" not in client.get("/settings/payment/").content.decode()
    assert theirs.is_default


def test_guests_are_asked_to_sign_in(client):
    card = keep_card(user_id=make_user().pk)
    for answer in (
        client.get("/settings/payment/"),
        client.post(reverse("payments:forget", kwargs={"public_id": card.method_id})),
    ):
        assert answer.status_code == 302
        assert "login" in answer["location"]
