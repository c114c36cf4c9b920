"""The pages of reviews where something is in the way: nobody to meet, too often, on the team."""

from __future__ import annotations

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client

from accounts.actions import mute
from accounts.testing import client_for, make_member, make_operator, make_person, owner_of
from catalog.actions import take_down_product
from core.testing import deliver_all
from notifications.testing import notices_of
from orders.testing import make_variant
from reviews import actions, views
from reviews.models import Review
from reviews.testing import make_review, make_sent_order

pytestmark = pytest.mark.django_db
GONE = "cannot be read any more"
NONE, NOBODY = "None that you see here.", "Nobody has reviewed it yet."
TYPED = {"stars": "4", "text": "My long words"}


def page_at(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def form_of(review: Review) -> str:
    return f"/order/{review.line.order.number}/review/{review.line.public_id}/"


def test_whoever_meets_no_reviewer_is_not_told_that_there_is_none() -> None:
    review, reader = make_review(stars=4), make_person()
    vase = review.product
    places = (f"/reviews/{vase.public_id}/", f"/product/{vase.public_id}/{vase.slug}/")
    mute(muter_id=reader.pk, muted_id=review.author_id)
    past_the_end = f"{places[0]}?cursor=0.1"
    for client, address, none in (
        *((client_for(reader), place, True) for place in places),
        *((Client(), place, False) for place in places),
        (Client(), past_the_end, True),
    ):
        page = page_at(client, address)
        assert (NONE in page.get_text()) is none, address
        assert NOBODY not in page.get_text()
        assert len(page.select("ul.reviews")) == int(not none)
    assert page_at(Client(), past_the_end).find("a", string="All reviews")["href"] == places[0]
    other = make_variant().product
    for address in (f"/reviews/{other.public_id}/", f"/product/{other.public_id}/{other.slug}/"):
        words = page_at(Client(), address).get_text()
        assert (NOBODY in words, NONE in words) == (True, False)


@pytest.mark.slow
def test_a_link_to_a_review_leads_to_it_however_many_are_newer() -> None:
    vase = make_variant(stock=0).product
    first = make_review(product=vase, text="The first.")
    for number in range(10):
        make_review(product=vase, text=f"Word {number}.")
    deliver_all(except_queues=("media", "mail"), raise_errors=False)
    notices = notices_of(owner_of(vase.seller).pk, kind="reviews.written")
    [link] = [one.url for one in notices if first.public_id in one.url]
    assert page_at(Client(), f"/reviews/{vase.public_id}/").find(id=f"r-{first.public_id}") is None
    page = page_at(Client(), link.partition("#")[0])
    assert page.select_one(".review")["id"] == link.partition("#")[2] == f"r-{first.public_id}"
    for nowhere in ("zzzzzzzzzzzz", "%00", make_review().public_id):
        top = page_at(Client(), f"/reviews/{vase.public_id}/?at={nowhere}")
        assert top.select_one(".review__text").get_text() == "Word 9."
    assert GONE not in page.get_text()
    order = first.line.order
    actions.delete_review(
        author_id=first.author_id, number=order.number, line_id=first.line.public_id
    )
    assert GONE in page_at(Client(), link.partition("#")[0]).get_text()


def test_what_is_said_of_a_product_out_of_sight_is_not_there_to_report() -> None:
    review, operator = make_review(), make_operator()
    report = f"/report/review/{review.public_id}/"
    assert Client().get(report).status_code == 200
    assert operator.user_id is not None
    take_down_product(
        public_id=review.product.public_id, operator_id=operator.user_id, reason="A copy."
    )
    assert Client().get(report).status_code == 404


@pytest.mark.parametrize("why", ["often", "taken", "busy"])
def test_what_was_typed_stays_when_it_cannot_be_said(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = make_sent_order()
    client, line = client_for(order.user.profile), order.lines.get()
    form = f"/order/{order.number}/review/{line.public_id}/"
    status, says, waits = 429, "tried too often", True
    if why == "often":
        for _press in range(30):
            client.post(form, {"text": "x"})
    elif why == "taken":
        client.post(form, {"stars": "1", "text": "Rude."})
        actions.take_down_review(
            public_id=Review.objects.get().public_id, operator_id=None, reason="Rude."
        )
        status, says, waits = 409, "This review was taken down.", False
    else:

        def busy(**_said: object) -> None:
            raise OperationalError from psycopg.errors.LockNotAvailable()

        monkeypatch.setattr(views.actions, "write_review", busy)
        status, says, waits = 503, "Nothing was changed.", True
    before = list(Review.objects.values())
    answer = client.post(form, TYPED)
    assert answer.status_code == status
    assert ("Retry-After" in answer) is waits
    page = BeautifulSoup(answer.content, "html5lib")
    assert says in page.select_one(".errs").get_text()
    assert page.select_one("textarea").get_text().strip() == TYPED["text"]
    assert page.select_one("input[name=stars][checked]")["value"] == TYPED["stars"]
    assert list(Review.objects.values()) == before


def test_whoever_joins_the_team_later_can_only_take_away_what_they_said() -> None:
    review = make_review(text="Before I worked there.")
    make_member(brand=review.product.seller, role="orders", person=review.author)
    client, form = client_for(review.author), form_of(review)
    page = page_at(client, form)
    assert "Before I worked there." in page.get_text()
    assert page.select('[name="stars"]') == []
    order = page_at(client, f"/order/{review.line.order.number}/")
    assert order.find("a", href=form).get_text().startswith("Your review")
    assert client.post(form, TYPED).status_code == 403
    assert Review.objects.get().text == "Before I worked there."
    [button] = page.select(f'button[formaction="{form}delete/"]')
    assert button.get_text().startswith("Delete")
    assert client.post(f"{form}delete/").status_code == 302
    assert Review.objects.get().state == "deleted"
    for act in (client.get, client.post):
        assert act(form).status_code == 403


def test_the_small_print_says_how_long_reviews_are_kept() -> None:
    kept = page_at(Client(), "/privacy/").find("dt", string="Reviews").find_next("dd").get_text()
    assert "until you delete it" in kept
    assert "as long as you have the account" in kept
