"""A buyer reviews what they bought, through the pages; others cannot, and nothing changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import block, follow
from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from catalog.testing import make_delivery_method
from core import clock
from core.testing import deliver_all, undo_in
from notifications.testing import notices_of
from orders.testing import Order, make_paid_order, make_variant
from reviews.actions import drop_deleted, take_down_review
from reviews.models import Review
from reviews.testing import make_review, make_sent_order

pytestmark = pytest.mark.django_db
WORDS = {"stars": "4", "text": "  Heavier than it looks.\r\n\r\nIt stands well.  "}


def form_of(order: Order) -> str:
    return f"/order/{order.number}/review/{order.lines.get().public_id}/"


def page_of(product) -> str:
    return f"/product/{product.public_id}/{product.slug}/"


def figure(order: Order) -> tuple[int, int]:
    product = order.lines.get().variant.product
    product.refresh_from_db()
    return product.rating_sum, product.rating_count


@pytest.fixture
def order() -> Order:
    return make_sent_order()


@pytest.fixture
def browser(order: Order) -> Client:
    return client_for(order.user.profile)


def link_to_form(browser: Client, order: Order, path: str) -> list[str]:
    page = BeautifulSoup(browser.get(path).content, "html5lib")
    return [one.get_text() for one in page.select(f'a[href="{form_of(order)}"]')]


def text_of(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html5lib").get_text(" ").split())


def test_a_buyer_reviews_and_everybody_reads_it(order: Order, browser: Client) -> None:
    line = order.lines.get()
    page = browser.get(f"/order/{order.number}/")
    assert f'href="{form_of(order)}"' in page.content.decode()
    assert "Write a review" in text_of(browser.get(form_of(order)))
    answer = browser.post(form_of(order), WORDS, follow=True)
    assert "Everybody reads it on the page of the product." in text_of(answer)
    review = Review.objects.get()
    assert (review.stars, review.counts, review.author_id) == (4, True, order.user.profile.pk)
    assert review.text == "Heavier than it looks.\n\nIt stands well."
    assert figure(order) == (4, 1)
    read = Client().get(page_of(line.variant.product), follow=True)
    assert "Heavier than it looks." in text_of(read)
    assert "Verified purchase" in text_of(read)
    stated = BeautifulSoup(read.content, "html5lib").find(type="application/ld+json")
    data = json.loads(str(stated.string))
    assert data["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": "4.0",
        "bestRating": 5,
        "worstRating": 1,
        "reviewCount": 1,
    }
    listed = Client().get(f"/reviews/{line.product_public_id}/")
    assert "Noor Haddad" in text_of(listed)


def test_a_second_time_changes_it(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    page = BeautifulSoup(browser.get(form_of(order)).content, "html5lib")
    assert page.select_one("input[name=stars][checked]")["value"] == "4"
    assert "Heavier" in page.select_one("textarea").get_text()
    browser.post(form_of(order), {"stars": "2", "text": ""})
    review = Review.objects.get()
    assert (review.stars, review.text) == (2, "")
    assert review.changed_at is not None
    assert figure(order) == (2, 1)


def test_the_same_again_changes_nothing(order: Order, browser: Client) -> None:
    for _time in range(3):
        browser.post(form_of(order), WORDS)
    assert Review.objects.get().changed_at is None
    assert figure(order) == (4, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "Fine."}, "Choose how many stars you give it."),
        ({"stars": "0", "text": "Fine."}, "Choose one to five stars."),
        ({"stars": "6"}, "Choose one to five stars."),
        ({"stars": "4.5"}, "Choose one to five stars."),
        ({"stars": "3", "text": "x" * 2001}, "2000"),
        ({"stars": "3", "text": "a\x00b"}, "sign that cannot be stored"),
    ],
)
def test_what_cannot_be_taken_stays_typed(
    order: Order, browser: Client, typed: dict[str, str], says: str
) -> None:
    answer = browser.post(form_of(order), typed)
    assert answer.status_code == 422
    assert says in text_of(answer)
    if typed.get("text") == "Fine.":
        assert "Fine." in answer.content.decode()
    assert not Review.objects.exists()
    assert figure(order) == (0, 0)


def test_fields_of_the_server_cannot_be_sent(order: Order, browser: Client) -> None:
    others = {"author": "1", "counts": "0", "state": "taken_down", "verified": "1", "rating": "5"}
    browser.post(form_of(order), {**WORDS, **others})
    review = Review.objects.get()
    assert (review.state, review.counts, review.stars) == ("visible", True, 4)
    assert review.author_id == order.user.profile.pk


def test_another_s_order_is_not_there(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    stranger = client_for(make_person())
    absent = "/order/2345-6789/review/zzzzzzzzzzzz/"
    for act in ("", "delete/", "restore/"):
        foreign = stranger.post(form_of(order) + act, {"stars": "1"})
        none = stranger.post(absent + act, {"stars": "1"})
        assert (foreign.status_code, none.status_code) == (404, 404)
    assert stranger.get(form_of(order)).status_code == 404
    assert Review.objects.get().stars == 4
    assert figure(order) == (4, 1)


def test_a_guest_is_asked_to_log_in(order: Order) -> None:
    answer = Client().post(form_of(order), WORDS)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert not Review.objects.exists()


def test_a_line_of_another_order_of_ones_own_is_not_this_one_s(order: Order) -> None:
    person = order.user.profile
    other = make_sent_order(person=person)
    mixed = f"/order/{order.number}/review/{other.lines.get().public_id}/"
    assert client_for(person).post(mixed, WORDS).status_code == 404
    assert not Review.objects.exists()


def test_what_has_not_left_cannot_be_reviewed() -> None:
    order = make_paid_order()
    browser = client_for(order.user.profile)
    assert "/review/" not in browser.get(f"/order/{order.number}/").content.decode()
    answer = browser.post(form_of(order), WORDS)
    assert answer.status_code == 409
    assert "once it has left" in text_of(answer)
    assert not Review.objects.exists()
    assert figure(order) == (0, 0)


@pytest.mark.parametrize("who", ["owner", "orders"])
def test_nobody_on_the_team_reviews_what_it_sells(who: str) -> None:
    brand = make_brand()
    variant = make_variant(seller=brand)
    make_delivery_method(seller=brand, price=600)
    person = owner_of(brand) if who == "owner" else make_member(brand=brand, role="orders")
    order = make_sent_order(variant=variant, person=person)
    answer = client_for(person).post(form_of(order), WORDS)
    assert answer.status_code == 403
    assert "Its buyers review it." in text_of(answer)
    assert not link_to_form(client_for(person), order, f"/order/{order.number}/")
    assert not Review.objects.exists()
    assert figure(order) == (0, 0)


def test_it_goes_and_comes_back(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    answer = browser.post(form_of(order) + "delete/", follow=True)
    assert figure(order) == (0, 0)
    read = Client().get(f"/reviews/{order.lines.get().product_public_id}/")
    assert "Heavier" not in text_of(read)
    assert "Nobody has reviewed it yet." in text_of(read)
    browser.post(undo_in(answer))
    assert Review.objects.get().state == "visible"
    assert figure(order) == (4, 1)
    assert browser.post(form_of(order) + "restore/").status_code == 409
    assert figure(order) == (4, 1)


def test_after_a_day_it_is_gone_for_good(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    browser.post(form_of(order) + "delete/")
    drop_deleted()
    assert Review.objects.exists()
    with clock.fixed(clock.now() + timedelta(hours=25)):
        assert browser.post(form_of(order) + "restore/").status_code == 409
        drop_deleted()
    assert not Review.objects.exists()
    assert figure(order) == (0, 0)


def test_deleted_it_can_be_written_anew(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    browser.post(form_of(order) + "delete/")
    assert browser.post(form_of(order) + "delete/").status_code == 404
    browser.post(form_of(order), {"stars": "1", "text": ""})
    assert Review.objects.get().stars == 1
    assert figure(order) == (1, 1)


def test_the_brand_is_told_once(order: Order, browser: Client) -> None:
    answering = make_member(brand=order.seller, role="chat")
    packer = make_member(brand=order.seller, role="orders")
    browser.post(form_of(order), WORDS)
    browser.post(form_of(order), {"stars": "1"})
    browser.post(form_of(order) + "delete/")
    browser.post(form_of(order), WORDS)
    deliver_all()
    for one, count in ((owner_of(order.seller), 1), (answering, 1), (packer, 0)):
        found = notices_of(one.pk, kind="reviews.written")
        assert len(found) == count
        assert "Heavier" not in "".join(f"{one.title} {one.body}" for one in found)


def test_across_a_block_nobody_is_told_and_the_review_stands(order: Order, browser: Client) -> None:
    owner = owner_of(order.seller)
    block(blocker_id=owner.pk, blocked_id=order.user.profile.pk)
    browser.post(form_of(order), WORDS)
    deliver_all()
    assert notices_of(owner.pk, kind="reviews.written") == []
    assert figure(order) == (4, 1)
    assert "Heavier" not in text_of(
        client_for(owner).get(f"/reviews/{order.lines.get().product_public_id}/")
    )


def test_whom_one_follows_speaks_first_and_is_marked() -> None:
    product = make_variant(stock=0).product
    friend = make_person(name="Friend Fay")
    make_review(product=product, person=friend, text="From a friend.")
    for number in range(12):
        make_review(product=product, person=make_person(), text=f"Word {number}.")
    reader = make_person()
    follow(follower_id=reader.pk, followed_id=friend.pk)
    read = text_of(client_for(reader).get(page_of(product), follow=True))
    assert "You follow them" in read
    assert read.index("From a friend.") < read.index("Word 11.")
    guest = text_of(Client().get(page_of(product), follow=True))
    assert "You follow them" not in guest
    assert "From a friend." not in guest, "three are shown, the newest"
    seen, address = [], f"/reviews/{product.public_id}/"
    while address:
        page = BeautifulSoup(client_for(reader).get(address).content, "html5lib")
        seen += [one.get_text() for one in page.select(".review__text")]
        more = page.find("a", string="Older ones")
        address = str(more["href"]) if more else ""
    assert seen == ["From a friend.", *(f"Word {number}." for number in range(11, -1, -1))]


def test_an_order_says_what_its_lines_were_given(order: Order, browser: Client) -> None:
    page = f"/order/{order.number}/"
    [link] = link_to_form(browser, order, page)
    assert link.startswith("Review it")
    browser.post(form_of(order), WORDS)
    [link] = link_to_form(browser, order, page)
    assert link.startswith("Change your review")
    assert "4 of 5 stars" in text_of(browser.get(page))
    take_down_review(public_id=Review.objects.get().public_id, operator_id=None, reason="Rude.")
    [link] = link_to_form(browser, order, page)
    assert link.startswith("We took your review down")
    answer = BeautifulSoup(browser.get(form_of(order)).content, "html5lib")
    assert answer.select_one("h1").get_text() == "Your review"
    assert "Write a review" not in answer.get_text()


def test_a_deleted_review_can_be_written_from_the_order(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    browser.post(form_of(order) + "delete/")
    [link] = link_to_form(browser, order, f"/order/{order.number}/")
    assert link.startswith("Review it")


def test_an_order_asks_once_for_all_of_its_lines(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/order/{order.number}/")
    assert sum("reviews_review" in one["sql"] for one in asked.captured_queries) == 1


def test_only_its_author_finds_the_form_beside_a_review(order: Order, browser: Client) -> None:
    browser.post(form_of(order), WORDS)
    listed = f"/reviews/{order.lines.get().product_public_id}/"
    [link] = link_to_form(browser, order, listed)
    assert link == "Change your review"
    for other in (Client(), client_for(make_person())):
        assert order.number not in other.get(listed).content.decode()


def test_the_form_says_how_long_a_review_may_be(order: Order, browser: Client) -> None:
    assert "0 of 2000 characters." in text_of(browser.get(form_of(order)))
    browser.post(form_of(order), {"stars": "4", "text": "Fine."})
    page = BeautifulSoup(browser.get(form_of(order)).content, "html5lib")
    box, told = page.select_one("textarea"), page.select_one("[data-count]")
    assert told.get_text() == "5 of 2000 characters."
    assert (told["data-count"], told["data-words"]) == (box["id"], "{} of 2000 characters.")
    assert told.parent["id"] in box["aria-describedby"]
