"""Saving a product where it stands: what lies on the board is the pin that stands for it."""

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
from catalog.testing import Product, make_collection, make_product
from catalog.types import LookInput
from core import clock
from feed import actions
from feed.models import Pin, Save
from feed.queries import following_timeline
from feed.testing import HALF, make_board, make_pin
from feed.types import Audience, PinData, TagData
from notifications.testing import notices_of

pytestmark = pytest.mark.django_db
ACT = {"X-Fragment": "act"}


@pytest.fixture
def mara() -> Profile:
    return make_person(name="Mara")


@pytest.fixture
def vase() -> Product:
    with clock.fixed(clock.now() - timedelta(days=30)):
        return make_product(seller=make_brand(handle="ondine"), title="Tall vase")


def save(client: Client, product: Product, act: str = "save") -> int:
    return client.post(f"/{act}/product/{product.public_id}/", headers=ACT).status_code


def pressed(client: Client, path: str, product: Product) -> str:
    """Whether the bookmark of a product is on, "" where there is none."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    button = page.select_one(f"main button[formaction$='save/product/{product.public_id}/']")
    return str(button["aria-pressed"]) if button else ""


def test_a_pin_of_it_is_made_quietly_and_lies_on_the_board(mara: Profile, vase: Product) -> None:
    board = make_board(owner=mara, title="Wishes")
    answer = client_for(mara).post(f"/save/product/{vase.public_id}/", headers=ACT)
    assert answer.json()["text"] == "Saved to Wishes"
    pin = Pin.objects.get()
    assert answer.json()["other"] == f"/pin/{pin.public_id}/boards/"
    assert (pin.author_id, pin.title, pin.stands_for_id) == (vase.seller_id, "Tall vase", vase.pk)
    assert pin.published_at == vase.published_at
    assert Save.objects.get().board == board
    page = client_for(mara).get(board.get_absolute_url()).content.decode()
    assert f"/pin/{pin.public_id}/" in page


def test_what_it_made_is_no_news_to_those_who_follow(mara: Profile, vase: Product) -> None:
    jonah = make_person(name="Jonah")
    follow_all(jonah, [vase.seller])
    newest = make_pin(author=vase.seller, title="News of today")
    save(client_for(mara), vase)
    wall = following_timeline(viewer=viewer_for(jonah))
    assert [card.title for card in wall.cards] == ["News of today", "Tall vase"]
    assert newest.public_id == wall.cards[0].public_id
    assert notices_of(jonah.pk) == []


def test_a_pin_of_the_seller_that_shows_it_alone_stands_for_it(
    mara: Profile, vase: Product
) -> None:
    bowl = make_product(seller=vase.seller, title="Bowl")
    make_pin(title="By somebody else", products=[vase])
    make_pin(author=vase.seller, title="Both", products=[vase, bowl])
    alone = make_pin(author=vase.seller, title="Alone", products=[vase])
    save(client_for(mara), vase)
    assert Save.objects.get().pin == alone
    assert Pin.objects.count() == 3


@pytest.mark.slow
def test_the_bookmark_says_so_wherever_the_product_stands(mara: Profile, vase: Product) -> None:
    shelf = make_collection(seller=vase.seller, products=[vase])
    bowl = make_product(seller=vase.seller, title="Tall bowl")
    look = LookInput(story="", accent="", ground="", sections=("new", "pins", "about"))
    save_look(profile_id=vase.seller_id, data=look, actor_id=None)
    paths = [
        f"/product/{vase.public_id}/{vase.slug}/",
        f"/product/{bowl.public_id}/{bowl.slug}/",
        "/@ondine/",
        "/@ondine/shop/",
        f"/@ondine/collections/{shelf.slug}/",
        "/search/?q=tall+vase",
        "/search/?q=vase&kind=product",
    ]
    for client in (client_for(mara), Client()):
        assert [pressed(client, path, vase) for path in paths] == ["false"] * 7
        assert save(client, vase) == 200
        assert [pressed(client, path, vase) for path in paths] == ["true"] * 7
        assert pressed(client, "/@ondine/shop/", bowl) == "false"
        assert save(client, vase, "unsave") == 200
        assert [pressed(client, path, vase) for path in paths] == ["false"] * 7
    assert not Save.objects.exists()
    jonah = client_for(make_person(name="Jonah"))
    save(client_for(mara), vase)
    assert pressed(jonah, "/@ondine/shop/", vase) == "false"


def test_twice_is_once_and_unsaving_twice_is_no_harm(mara: Profile, vase: Product) -> None:
    client = client_for(mara)
    assert [save(client, vase), save(client, vase)] == [200, 200]
    assert (Save.objects.count(), Pin.objects.count()) == (1, 1)
    assert Pin.objects.get().saves_count == 1
    assert [save(client, vase, "unsave"), save(client, vase, "unsave")] == [200, 200]
    assert not Save.objects.exists()


def test_without_a_script_it_says_so_and_offers_the_way_back(mara: Profile, vase: Product) -> None:
    client, address = client_for(mara), f"/product/{vase.public_id}/{vase.slug}/"
    page = client.post(f"/save/product/{vase.public_id}/", {"next": address}, follow=True)
    assert page.redirect_chain[-1][0] == address
    text = page.content.decode()
    assert "Kept on your board Saved" in text
    board = Save.objects.get().board
    undo = f"/unsave/product/{vase.public_id}/?board={board.public_id}"
    assert undo in text
    client.post(undo)
    assert not Save.objects.exists()


def test_a_guest_keeps_it_when_logging_in(client: Client, mara: Profile, vase: Product) -> None:
    assert save(client, vase) == 200
    assert not Pin.objects.exists()
    assert mara.user
    client.post("/accounts/login/", {"login": mara.user.email, "password": PASSWORD})
    assert Save.objects.get().saver == mara
    assert pressed(client, "/@ondine/shop/", vase) == "true"


def test_what_is_not_on_sale_or_behind_a_block_is_not_there(mara: Profile, vase: Product) -> None:
    draft = make_product(title="Draft", publish=False)
    blocked = make_product(title="Behind a block")
    block(blocker_id=blocked.seller_id, blocked_id=mara.pk)
    client = client_for(mara)
    for who in (client, Client()):
        assert who.post("/save/product/nowhere/").status_code == 404
        assert who.post(f"/save/product/{draft.public_id}/").status_code == 404
    assert client.post(f"/save/product/{blocked.public_id}/").status_code == 404
    assert client.get(f"/save/product/{vase.public_id}/").status_code == 405
    assert not Pin.objects.exists()
    assert not Save.objects.exists()


def test_a_pin_that_operators_took_down_does_not_come_back(mara: Profile, vase: Product) -> None:
    client = client_for(mara)
    save(client, vase)
    pin = Pin.objects.get()
    actions.take_down_pin(public_id=pin.public_id, operator_id=None, reason="A fake")
    assert client.post(f"/save/product/{vase.public_id}/").status_code == 404
    assert Pin.objects.get().state == "taken_down"


def test_where_its_author_deleted_the_pin_another_stands_for_it(
    mara: Profile, vase: Product
) -> None:
    save(client_for(mara), vase)
    first = Pin.objects.get()
    assert pressed(client_for(mara), "/@ondine/shop/", vase) == "true"
    actions.delete_pin(public_id=first.public_id, author_id=vase.seller_id)
    assert pressed(client_for(mara), "/@ondine/shop/", vase) == "false", "it is on no board to see"
    assert save(client_for(mara), vase) == 200
    second = Pin.objects.exclude(pk=first.pk).get()
    assert second.stands_for_id == vase.pk
    first.refresh_from_db()
    assert (first.state, first.stands_for_id) == ("deleted", vase.pk)


@pytest.mark.parametrize("audience", [Audience.LINK, Audience.FOLLOWERS])
def test_a_pin_that_is_closed_keeps_the_saves_of_its_product(
    mara: Profile, vase: Product, audience: Audience
) -> None:
    """Another one stands for it from then on: nobody who saves a product learns of an address."""
    first = make_pin(author=vase.seller, title="Alone", products=[vase])
    hers, his = client_for(mara), client_for(make_person(name="Jonah"))
    save(hers, vase)
    data = PinData(
        title="Alone",
        tags=[TagData(product_id=vase.public_id, x=HALF, y=HALF)],
        audience=audience,
    )
    actions.edit_pin(public_id=first.public_id, author_id=vase.seller_id, data=data)
    save(his, vase)
    second = Pin.objects.exclude(pk=first.pk).get()
    assert list(second.saves.values_list("saver__name", flat=True)) == ["Jonah"]
    paths = [f"/product/{vase.public_id}/{vase.slug}/", "/@ondine/shop/", "/search/?q=tall+vase"]
    assert [pressed(hers, path, vase) for path in paths] == ["true"] * 3
    save(hers, vase)
    assert [one.pin for one in Save.objects.filter(saver=mara)] == [first], "once is enough"
    assert hers.post(f"/unsave/product/{vase.public_id}/", headers=ACT).json()["undo"]
    assert [pressed(hers, path, vase) for path in paths] == ["false"] * 3
    assert [one.pin for one in Save.objects.all()] == [second]
    # Opened again, both carry saves, and each is taken off by the one press.
    board = make_board(owner=mara)
    for pin in (first, second):
        actions.save_pin(pin_id=pin.public_id, saver_id=mara.pk, board_id=board.public_id)
    answer = hers.post(f"/unsave/product/{vase.public_id}/", headers=ACT).json()
    assert not board.saves.exists()
    hers.post(answer["undo"])
    assert board.saves.count() == 2


def test_by_program_the_same(mara: Profile, vase: Product) -> None:
    address = f"/api/v1/products/{vase.public_id}/save/"
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
