"""The bag through its pages."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages.storage import default_storage
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.testing import client_for, make_person
from catalog import actions as catalog
from core.money import Money
from core.testing import undo_in
from inventory.testing import counters
from orders.actions import bag as bag_actions
from orders.models import BagLine, Checkout
from orders.testing import buy, make_variant
from orders.tests.html import assert_good_html
from orders.tests.pages import archive, filled_bag, form_of, statements
from tracking import queries as tracking

pytestmark = pytest.mark.django_db


def test_adding_to_the_bag_costs_six_queries():
    variant = make_variant()
    client = client_for(make_person())
    for _time in range(2):
        with CaptureQueriesContext(connection) as context:
            client.post("/bag/add/", {"variant": variant.public_id})
        assert len(statements(context)) <= 6, "\n".join(statements(context))
    assert BagLine.objects.get().quantity == 2


def test_removing_can_be_undone(client):
    (variant,) = filled_bag(client, 1)
    removed = client.post(f"/bag/line/?variant={variant.public_id}", {"quantity": "0"}, follow=True)
    assert not BagLine.objects.exists()
    client.post(undo_in(removed))
    assert BagLine.objects.get().variant == variant


def test_a_stale_bag_is_shown_again(client):
    filled_bag(client, 1)
    stale = form_of(client.get("/bag/"), "/checkout/")
    filled_bag(client, 1)
    answer = client.post("/checkout/", stale)
    assert answer.status_code == 409
    assert "another tab" in answer.content.decode()
    assert not Checkout.objects.exists()


def test_a_guests_bag_joins_the_account_and_leaves_the_device(client):
    (variant,) = filled_bag(client, 1)
    person = make_person()
    request = RequestFactory().post("/")
    request.session = client.session
    accounts.log_in(request=request, user_id=person.user_id or 0)
    line = BagLine.objects.get()
    assert line.bag.user_id == person.user_id
    assert line.variant == variant
    assert "bag" not in request.session


def test_a_bag_keeps_what_led_to_each_line(client):
    variant = make_variant()
    token = tracking.touch_token(source="search", ref="vase")
    client.get(f"/buy/{variant.public_id}/?t={token}")
    client.post("/bag/add/", {"variant": variant.public_id})
    assert BagLine.objects.get().touch["ref"] == "vase"


def test_what_was_put_in_leads_to_the_bag_and_on_the_bag_itself_says_no_more(client):
    variant = make_variant()
    for back, links in (("/help/", ["/bag/"]), ("/bag/", [])):
        answer = client.post("/bag/add/", {"variant": variant.public_id, "next": back}, follow=True)
        toast = BeautifulSoup(answer.content, "html5lib").select_one(".toasts .toast")
        assert "is in your bag" in toast.get_text()
        assert [one["href"] for one in toast.select("a")] == links


def test_a_full_bag_takes_more_of_what_is_in_it_and_nothing_new(client, monkeypatch):
    monkeypatch.setattr(bag_actions, "BAG_LINES", 2)
    variants = filled_bag(client, 2)
    another = make_variant()
    refused = client.post("/bag/add/", {"variant": another.public_id})
    assert refused.status_code == 409
    assert "Your bag is full" in refused.content.decode()
    program = client.post(
        "/bag/add/", {"variant": another.public_id}, headers={"X-Fragment": "act"}
    )
    assert program.status_code == 409
    assert BagLine.objects.count() == client.session["bag_count"] == 2
    assert client.post("/bag/add/", {"variant": variants[0].public_id}).status_code == 303
    assert sorted(BagLine.objects.values_list("quantity", flat=True)) == [1, 2]


def test_what_finds_no_room_at_log_in_is_said(client, monkeypatch):
    monkeypatch.setattr(bag_actions, "BAG_LINES", 2)
    person = make_person()
    own = filled_bag(client_for(person), 1)
    old, new = filled_bag(client, 2)
    request = RequestFactory().post("/")
    request.session = client.session
    request._messages = default_storage(request)
    accounts.log_in(request=request, user_id=person.user_id or 0)
    kept = BagLine.objects.values_list("variant_id", flat=True)
    assert set(kept) == {own[0].pk, new.pk}
    assert old.pk not in kept
    assert [str(one) for one in request._messages] == [
        "1 thing that you had chosen found no room in your bag."
    ]


def test_the_bag_explains_what_changed_since(client):
    variants = filled_bag(client, 2)
    catalog.set_price(variant_id=variants[0].public_id, price=Money(10500, "EUR"), actor_id=None)
    archive(variants[1].product)
    page = client.get("/bag/").content.decode()
    assert_good_html(page)
    assert "The price went up by €9.00." in page
    assert "No longer for sale" in page
    assert "€111.00" in page  # 105 and 6 for delivery: what is gone is in no sum


def test_unavailable_pieces_are_left_behind_at_checkout(client):
    variants = filled_bag(client, 2)
    archive(variants[1].product)
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    assert started.status_code == 303
    assert [line["variant"] for line in Checkout.objects.get().lines] == [variants[0].public_id]
    assert counters(variants[1].pk) == (10, 0)


def test_somebody_faster_is_told_before_paying(client):
    variant = make_variant(stock=1)
    client.post("/bag/add/", {"variant": variant.public_id})
    bag = form_of(client.get("/bag/"), "/checkout/")
    buy(variant)
    answer = client.post("/checkout/", bag)
    assert answer.status_code == 409
    assert Checkout.objects.count() == 1  # that of the faster one
    assert counters(variant.pk) == (1, 1)
