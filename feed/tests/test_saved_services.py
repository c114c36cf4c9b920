"""Saving a service where it stands: what lies on the board is the pin that stands for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.actions import block
from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    follow_all,
    make_brand,
    make_person,
    make_token,
    viewer_for,
)
from catalog.actions import save_look
from catalog.testing import Service, make_product, make_service
from catalog.types import LookInput
from core import clock
from core.testing import deliver_all, race
from feed import actions
from feed.models import Pin, Save
from feed.queries import following_timeline
from feed.testing import make_board, make_pin
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db
ACT = {"X-Fragment": "act"}


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def fitting() -> Service:
    with clock.fixed(clock.now() - timedelta(days=30)):
        return make_service(seller=make_brand(handle="ondine"), title="Fitting a kitchen")


def save(client: Client, service: Service, act: str = "save") -> int:
    return client.post(f"/{act}/service/{service.public_id}/", headers=ACT).status_code


def page_of(service: Service) -> str:
    return f"/service/{service.public_id}/{service.slug}/"


def pressed(client: Client, path: str, service: Service) -> str:
    """Whether the bookmark of a service is on, "" where there is none."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    button = page.select_one(f"main button[formaction$='save/service/{service.public_id}/']")
    return str(button["aria-pressed"]) if button else ""


def test_a_pin_of_it_is_made_quietly_and_lies_on_the_board(mara: Profile, fitting: Service) -> None:
    board = make_board(owner=mara, title="Wishes")
    jonah = make_person(name="Jonah")
    follow_all(jonah, [fitting.seller])
    newest = make_pin(author=fitting.seller, title="News of today")
    deliver_all(except_queues=("media",))
    told = len(notices_of(jonah.pk))
    answer = client_for(mara).post(f"/save/service/{fitting.public_id}/", headers=ACT)
    assert answer.json()["text"] == "Saved to Wishes"
    pin = Pin.objects.exclude(pk=newest.pk).get()
    assert answer.json()["other"] == f"/pin/{pin.public_id}/boards/"
    assert (pin.author, pin.title, pin.stands_for_service) == (
        fitting.seller,
        "Fitting a kitchen",
        fitting,
    )
    assert pin.published_at == fitting.published_at
    assert Save.objects.get().board == board
    on_board = BeautifulSoup(client_for(mara).get(board.get_absolute_url()).content, "html.parser")
    assert on_board.select_one(f"main a[href='/pin/{pin.public_id}/']")
    assert on_board.select_one(f"main a[href*='{fitting.public_id}']"), "to the quote"
    deliver_all(except_queues=("media",))
    wall = following_timeline(viewer=viewer_for(jonah))
    assert [card.title for card in wall.cards] == ["News of today", "Fitting a kitchen"]
    assert len(notices_of(jonah.pk)) == told, "what was made is no news"


def test_a_pin_of_its_portfolio_without_a_product_stands_for_it(
    mara: Profile, fitting: Service
) -> None:
    vase = make_product(seller=fitting.seller)
    with_vase = make_pin(author=fitting.seller, title="With a vase", products=[vase])
    alone = make_pin(author=fitting.seller, title="Alone")
    make_pin(author=fitting.seller, title="Of no service")
    actions.show_service(
        author_id=fitting.seller_id,
        service_id=fitting.pk,
        pin_ids=[with_vase.public_id, alone.public_id],
    )
    save(client_for(mara), fitting)
    assert Save.objects.get().pin == alone
    assert Pin.objects.count() == 3
    # Out of the portfolio it still carries the save: it was saved as this.
    actions.show_service(author_id=fitting.seller_id, service_id=fitting.pk, pin_ids=[])
    assert pressed(client_for(mara), "/services/", fitting) == "true"
    save(client_for(mara), fitting, "unsave")
    assert not Save.objects.exists()


@pytest.mark.slow
def test_the_bookmark_says_so_wherever_the_service_stands(mara: Profile, fitting: Service) -> None:
    other = make_service(seller=fitting.seller, title="Fitting a bath")
    look = LookInput(story="", accent="", ground="", sections=("services", "pins", "about"))
    save_look(profile_id=fitting.seller_id, data=look, actor_id=None)
    paths = [
        page_of(fitting),
        "/services/",
        "/@ondine/",
        "/@ondine/services/",
        "/search/?q=fitting&kind=service",
    ]
    for client in (client_for(mara), Client()):
        assert [pressed(client, path, fitting) for path in paths] == ["false"] * 5
        assert save(client, fitting) == 200
        assert [pressed(client, path, fitting) for path in paths] == ["true"] * 5
        assert pressed(client, "/services/", other) == "false"
        assert save(client, fitting, "unsave") == 200
        assert [pressed(client, path, fitting) for path in paths] == ["false"] * 5
    assert not Save.objects.exists()
    save(client_for(mara), fitting)
    jonah = client_for(make_person(name="Jonah"))
    assert pressed(jonah, "/services/", fitting) == "false"


def test_without_a_script_it_says_so_and_offers_the_way_back(
    mara: Profile, fitting: Service
) -> None:
    client, address = client_for(mara), page_of(fitting)
    page = client.post(f"/save/service/{fitting.public_id}/", {"next": address}, follow=True)
    assert page.redirect_chain[-1][0] == address
    assert "Kept on your board Saved" in page.content.decode()
    undo = f"/unsave/service/{fitting.public_id}/?board={Save.objects.get().board.public_id}"
    assert undo in page.content.decode()
    client.post(undo)
    assert not Save.objects.exists()


def test_a_guest_keeps_it_when_logging_in(client: Client, mara: Profile, fitting: Service) -> None:
    assert save(client, fitting) == 200
    assert not Pin.objects.exists()
    assert mara.user
    client.post("/accounts/login/", {"login": mara.user.email, "password": PASSWORD})
    assert Save.objects.get().saver == mara
    assert pressed(client, "/services/", fitting) == "true"


def test_what_is_not_offered_or_behind_a_block_is_not_there(
    mara: Profile, fitting: Service
) -> None:
    draft = make_service(title="Draft", publish=False)
    blocked = make_service(title="Behind a block")
    block(blocker_id=blocked.seller_id, blocked_id=mara.pk)
    client = client_for(mara)
    for who in (client, Client()):
        assert who.post("/save/service/nowhere/").status_code == 404
        assert who.post(f"/save/service/{draft.public_id}/").status_code == 404
    assert client.post(f"/save/service/{blocked.public_id}/").status_code == 404
    assert client.get(f"/save/service/{fitting.public_id}/").status_code == 405
    assert not Pin.objects.exists()
    assert not Save.objects.exists()


def test_a_pin_that_operators_took_down_does_not_come_back(mara: Profile, fitting: Service) -> None:
    save(client_for(mara), fitting)
    pin = Pin.objects.get()
    actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="A fake")
    assert client_for(mara).post(f"/save/service/{fitting.public_id}/").status_code == 404
    assert Pin.objects.get().state == "taken_down"


def test_by_program_the_same(mara: Profile, fitting: Service) -> None:
    address = f"/api/v1/services/{fitting.public_id}/save/"
    headers = {"Authorization": f"Bearer {make_token(mara).secret}"}
    client = Client()
    done = client.put(address, {}, content_type="application/json", headers=headers)
    assert done.status_code == 200
    assert done.json()["pin_id"] == Pin.objects.get().public_id
    assert client.delete(address, headers=headers).json()["results"][0]["title"] == "Saved"
    assert not Save.objects.exists()
    other = make_board(owner=make_person(), title="Of somebody else")
    data = {"board": other.public_id}
    refused = client.put(address, data, content_type="application/json", headers=headers)
    assert refused.status_code == 404
    assert not Save.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_it_at_once_all_get_the_same_pin(fitting: Service) -> None:
    people = [make_person() for _number in range(6)]

    def one(number: int) -> None:
        actions.save_service(service_id=fitting.public_id, saver_id=people[number].pk)

    assert race(6, one) == [None] * 6
    assert Pin.objects.get().saves_count == 6
