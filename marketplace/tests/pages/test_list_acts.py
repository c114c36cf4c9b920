"""Acts on many rows of the studio's lists: done, refused by name, taken back, and in the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.queries import brand_log
from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
    protect,
    roles_in,
)
from catalog.models import Product, Service
from catalog.testing import (
    make_attribute,
    make_delivery_method,
    make_product,
    make_service,
)
from core.money import Money
from feed.models import Pin
from feed.testing import make_pin
from marketplace.tests.api.calling import Program
from marketplace.tests.pages.lists import (
    BALANCE,
    ORDERS,
    PINS,
    PRODUCTS,
    QUESTIONS,
    SERVICES,
    TEAM,
    ask_for,
    earn,
    file_of,
    keys_on,
    page_of,
    said,
    state_of,
    want_quote,
)
from marketplace.tests.world import everything
from orders.models import Order
from orders.testing import make_paid_order, make_variant
from payments.actions import refund
from payments.testing import make_payout_account, tell_done

pytestmark = pytest.mark.django_db


def test_what_can_be_done_is_done_what_is_refused_is_named_and_undo_takes_it_back(
    brand: Profile, owner: Client
) -> None:
    ready = [make_product(seller=brand, title=f"Ready {n}", publish=False) for n in range(2)]
    bare = make_product(seller=brand, title="Bare", publish=False, pictures=[])
    old = make_product(seller=brand, title="Old")
    assert owner.post(PRODUCTS, {"do": "archived", "row": old.public_id}).status_code == 303
    assert said(owner, PRODUCTS)[0].startswith("1 product is archived.")
    everyone = [*ready, bare, old]
    ticked = [one.public_id for one in everyone]
    answer = owner.post(PRODUCTS + "?sort=title", {"do": "published", "row": ticked})
    assert (answer.status_code, answer["Location"]) == (303, PRODUCTS + "?sort=title")
    words, undo = said(owner, PRODUCTS)
    assert "3 products are on sale." in words
    assert "1 stays as it was. Bare: " in words
    assert "picture" in words
    assert [state_of(one) for one in everyone] == ["published", "published", "draft", "published"]
    # Each goes back to what it was: drafts to drafts, the archived one into the archive.
    back = owner.post(undo)
    assert (back.status_code, back["Location"]) == (303, PRODUCTS + "?sort=title")
    assert [state_of(one) for one in everyone] == [*["draft"] * 3, "archived"]
    assert said(owner, PRODUCTS)[1] == "", "an Undo has no Undo"


def test_a_second_press_does_no_harm(brand: Profile, owner: Client) -> None:
    one = make_product(seller=brand, publish=False)
    for _press in range(2):
        owner.post(PRODUCTS, {"do": "published", "row": one.public_id})
    lines = [row.words for row in brand_log(brand_id=brand.pk).rows]
    assert lines.count("put a product on sale") == 1
    words = said(owner, PRODUCTS)[0]
    assert "1 product is on sale." in words


def test_every_row_of_an_act_is_in_the_log(brand: Profile) -> None:
    products = [make_product(seller=brand, title=f"Vase {n}") for n in range(3)]
    member = make_member(brand=brand, role="catalogue")
    data = {"do": "archived", "row": [one.public_id for one in products]}
    client_for(member).post(PRODUCTS, data)
    log = [(row.name, row.words, row.subject) for row in brand_log(brand_id=brand.pk).rows]
    for one in products:
        assert (member.name, "archived a product", one.title) in log


def test_what_is_anothers_changes_nothing_and_is_told_like_what_is_not_there(
    brand: Profile, owner: Client
) -> None:
    foreign = make_product(publish=False)
    order = make_paid_order()
    before = everything()
    told = []
    for address, act, keys in (
        (PRODUCTS, "published", [foreign.public_id]),
        (PRODUCTS, "published", ["zzzzzzzzzzzz"]),
        (ORDERS, "pack", [order.number]),
        (ORDERS, "pack", ["ZZZZ-ZZZZ"]),
        (ORDERS, "ship", [order.number]),
    ):
        assert owner.post(address, {"do": act, "row": keys}).status_code == 303
        told.append(said(owner, address)[0])
    assert set(told) == {"1 of those is not there any more."}
    assert everything() == before


@pytest.mark.parametrize(
    ("data", "query"),
    [
        ({}, ""),
        ({"do": "published"}, ""),
        ({"do": "delete", "row": "x"}, ""),
        ({"do": "", "row": "x"}, ""),
        ({"do": "published", "row": ["\x00", "' OR 1=1", "x" * 5000, "é"]}, ""),
        ({"do": "published.\x00"}, ""),
        ({}, "?undo="),
        ({}, "?undo=nonsense.x~.~.."),
        ({}, "?undo=published.%00~%ff"),
    ],
)
def test_forms_that_make_no_sense_change_nothing(
    brand: Profile, owner: Client, data: dict[str, Any], query: str
) -> None:
    make_product(seller=brand, publish=False)
    before = everything()
    assert owner.post(PRODUCTS + query, data).status_code == 303
    assert everything() == before


def test_who_may_only_read_has_no_boxes_and_no_act(brand: Profile) -> None:
    make_delivery_method(seller=brand, price=600)
    order = make_paid_order(variant=make_variant(seller=brand))
    client = client_for(make_member(brand=brand, role="finance"))
    page = page_of(client, ORDERS)
    assert order.number in page.get_text()
    assert not page.select("td input[name=row], .bulk, button[name=do]")
    answer = client.post(ORDERS, {"do": "pack", "row": order.number})
    assert answer.status_code == 404
    assert Order.objects.get().state == "paid"


def test_orders_are_packed_and_sent_many_at_a_time(brand: Profile, owner: Client) -> None:
    make_delivery_method(seller=brand, price=600)
    orders = [make_paid_order(variant=make_variant(seller=brand)) for _n in range(3)]
    numbers = [one.number for one in orders]
    assert keys_on(owner, ORDERS) == numbers
    owner.post(ORDERS, {"do": "pack", "row": numbers[:2]})
    assert "2 orders are packed." in said(owner, ORDERS)[0]
    owner.post(ORDERS, {"do": "ship", "row": numbers})
    assert "3 orders are on their way." in said(owner, ORDERS)[0]
    owner.post(ORDERS, {"do": "pack", "row": numbers})
    assert "3 stay as they were." in said(owner, ORDERS)[0]
    assert set(Order.objects.values_list("state", flat=True)) == {"shipped"}
    assert keys_on(owner, ORDERS + "?tab=all") == [], "nothing can be done to what was sent"


def test_the_button_of_a_row_is_for_that_row_alone(brand: Profile, owner: Client) -> None:
    make_delivery_method(seller=brand, price=600)
    one, other = (make_paid_order(variant=make_variant(seller=brand)) for _n in range(2))
    button = page_of(owner, ORDERS).select_one(f"button[value='pack.{one.number}']")
    assert button is not None
    assert button["form"] == "act", "the boxes of the list are not sent along"
    owner.post(str(button["formaction"]), {"do": button["value"], "next": ORDERS})
    assert Order.objects.get(pk=one.pk).state == "packed"
    assert Order.objects.get(pk=other.pk).state == "paid"


def test_all_of_a_page_is_ticked_without_a_script(brand: Profile, owner: Client) -> None:
    for number in range(3):
        make_product(seller=brand, title=f"Vase {number}")
    page = page_of(owner, PRODUCTS + "?q=vase")
    assert not page.select("td input[checked]")
    link = page.select_one("a[data-all-link]")
    assert link is not None
    ticked = page_of(owner, str(link["href"]))
    assert len(ticked.select("td input[name=row][checked]")) == 3
    # The form posts to the same question, so that it comes back to it without the ticks.
    form = ticked.select_one("form[data-picks]")
    assert form is not None
    answer = owner.post(str(form["action"]), {"do": "archived", "row": "zzzz"})
    assert answer["Location"] == PRODUCTS + "?q=vase"


def test_pins_are_published_hidden_and_deleted_many_at_a_time(
    brand: Profile, owner: Client
) -> None:
    drafts = [make_pin(author=brand, title=f"Shelf {n}", publish_now=False) for n in range(2)]
    shown = make_pin(author=brand, title="Window")
    foreign = make_pin(title="Of another", publish_now=False)
    everyone = [*drafts, shown]

    def states() -> list[str]:
        return [str(Pin.objects.get(pk=one.pk).state) for one in everyone]

    keys = [one.public_id for one in (*everyone, foreign)]
    owner.post(PINS, {"do": "publish", "row": keys})
    words, undo = said(owner, PINS)
    assert "3 pins are on the wall." in words
    assert "1 of those is not there any more." in words
    assert states() == ["published"] * 3
    owner.post(undo)
    assert states() == ["draft", "draft", "published"], "what was on the wall before stays there"
    said(owner, PINS)
    owner.post(PINS, {"do": "delete", "row": keys})
    words, undo = said(owner, PINS)
    assert states() == ["deleted"] * 3
    owner.post(undo)
    assert states() == ["draft", "draft", "published"]
    assert Pin.objects.get(pk=foreign.pk).state == "draft"


def test_a_pin_that_lacks_something_is_named(brand: Profile, owner: Client) -> None:
    pin = make_pin(author=brand, title="", publish_now=False)
    owner.post(PINS, {"do": "publish", "row": pin.public_id})
    assert "1 stays as it was." in said(owner, PINS)[0]
    assert Pin.objects.get(pk=pin.pk).state == "draft"


def test_a_persons_pins_have_the_same_acts_and_no_log(brand: Profile) -> None:
    person = make_person(name="Mara")
    pin = make_pin(author=person, title="Window")
    client = client_for(person)
    client.post("/pins/", {"do": "unpublish", "row": pin.public_id})
    words, undo = said(client, "/pins/")
    assert "1 pin is a draft now." in words
    client.post(undo)
    assert Pin.objects.get(pk=pin.pk).state == "published"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("archived", "2 services are archived."),
        ("draft", "2 services are drafts again."),
        ("published", "2 services are offered."),
    ],
)
def test_services_are_moved_and_come_back_to_how_they_stood(
    brand: Profile, owner: Client, act: str, words: str
) -> None:
    offered, draft = make_service(seller=brand), make_service(seller=brand, publish=False)
    foreign = make_service(publish=False)
    keys = [one.public_id for one in (offered, draft, foreign)]
    owner.post(SERVICES, {"do": act, "row": keys})
    told, undo = said(owner, SERVICES)
    assert words in told
    assert set(Service.objects.filter(seller=brand).values_list("state", flat=True)) == {act}
    owner.post(undo)
    states = dict(Service.objects.values_list("pk", "state"))
    assert states == {offered.pk: "published", draft.pk: "draft", foreign.pk: "draft"}


def test_questions_are_ticked_off_many_at_a_time_and_opened_again(
    brand: Profile, owner: Client
) -> None:
    asked = [ask_for(brand, f"Why {n}?", name=name) for n, name in enumerate(("Ana", "Noor"))]
    done = ask_for(brand, "How?", name="Mara")
    foreign = ask_for(make_brand(), "Where?")
    owner.post(QUESTIONS, {"do": "answer", "row": done.public_id})
    assert "1 question is ticked off." in said(owner, QUESTIONS)[0]
    keys = [one.public_id for one in (*asked, done, foreign)]
    owner.post(QUESTIONS + "?sort=oldest", {"do": "answer", "row": keys})
    words, undo = said(owner, QUESTIONS)
    assert "3 questions are ticked off." in words
    assert "1 of those is not there any more." in words
    assert set(keys_on(owner, QUESTIONS + "?show=answered")) == set(keys[:3])
    assert owner.post(undo)["Location"] == QUESTIONS + "?sort=oldest"
    # The one that was answered before stays so.
    assert keys_on(owner, QUESTIONS + "?sort=oldest") == keys[:2]
    assert keys_on(owner, QUESTIONS + "?show=answered") == [done.public_id]
    foreign.refresh_from_db()
    assert foreign.answered_at is None


def test_several_are_given_a_role_and_the_last_owner_keeps_theirs(
    brand: Profile, owner: Client
) -> None:
    chat, finance = (make_member(brand=brand, role=role) for role in ("chat", "finance"))
    first, stranger = protect(owner_of(brand)), make_person()

    def roles() -> list[str]:
        known = roles_in(brand)
        return [known[one.user_id or 0] for one in (first, chat, finance)]

    keys = [one.public_id for one in (first, chat, finance, stranger)]
    for nonsense in ("", "king", "\x00"):
        owner.post(TEAM, {"do": "role", "to-role": nonsense, "row": keys})
        assert roles() == ["owner", "chat", "finance"]
    said(owner, TEAM)
    owner.post(TEAM, {"do": "role", "to-role": "orders", "row": keys})
    words, undo = said(owner, TEAM)
    assert "2 people have another role." in words
    assert f"1 stays as it was. {first.name}: " in words
    assert "1 of those is not there any more." in words
    assert roles() == ["owner", "orders", "orders"]
    owner.post(undo)
    assert roles() == ["owner", "chat", "finance"]
    data = {"do": "role", "to-role": "owner", "row": keys}
    assert client_for(chat).post(TEAM, data).status_code == 404
    assert roles() == ["owner", "chat", "finance"]


def test_several_go_off_the_team_and_come_back_as_what_they_were(
    brand: Profile, owner: Client
) -> None:
    chat, finance = (make_member(brand=brand, role=role) for role in ("chat", "finance"))
    first, stranger = owner_of(brand), make_person()
    before = roles_in(brand)
    data = {"do": "off", "row": [one.public_id for one in (first, chat, finance, stranger)]}
    assert client_for(chat).post(TEAM, data).status_code == 404
    assert roles_in(brand) == before
    said(owner, TEAM)
    owner.post(TEAM, data)
    words, undo = said(owner, TEAM)
    assert "2 people are off the team." in words
    assert f"1 stays as it was. {first.name}: That is you." in words
    assert "1 of those is not there any more." in words
    assert roles_in(brand) == {first.user_id: "owner"}
    log = [row.subject for row in brand_log(brand_id=brand.pk).rows[:2]]
    assert set(log) == {chat.name, finance.name}
    # Nobody comes onto the team by an address that somebody wrote, in another role or elsewhere.
    other = make_brand()
    for forged in (
        undo.replace("chat-", "owner-"),
        undo.replace(chat.public_id, stranger.public_id).replace(finance.public_id, "nobody"),
        f"{TEAM}?undo=back:owner.{stranger.public_id}",
        f"{TEAM}?undo=back.{stranger.public_id}",
    ):
        owner.post(forged)
        assert stranger.user_id not in roles_in(brand)
        assert list(roles_in(brand).values()).count("owner") == 1
        for one in (chat, finance):
            Membership.objects.filter(user=one.user_id).delete()
    client_for(owner_of(other)).post(undo.replace(brand.handle, other.handle))
    assert roles_in(brand) == {first.user_id: "owner"}
    owner.post(undo)
    assert roles_in(brand) == before


def test_only_owners_read_and_find_the_addresses_of_the_team(brand: Profile, owner: Client) -> None:
    chat = make_member(brand=brand, role="chat")
    assert chat.user is not None
    email = chat.user.email
    (row,) = file_of(owner, f"{TEAM}?role=chat&as=csv")
    assert (row["Name"], row["Role"], row["E-mail"]) == (chat.name, "Chat", email)
    assert len(file_of(owner, f"{TEAM}?q={email}&as=csv")) == 1
    colleague = client_for(chat)
    assert "E-mail" not in file_of(colleague, TEAM + "?as=csv")[0]
    assert file_of(colleague, f"{TEAM}?q={email}&as=csv") == []
    assert keys_on(colleague, TEAM) == []


def test_the_balance_is_what_was_taken_less_the_fee_and_what_went_back(
    brand: Profile, owner: Client
) -> None:
    protect(owner_of(brand))
    assert "Nothing earned yet" in page_of(owner, BALANCE).get_text()
    make_payout_account(seller=brand)
    earn(brand, reference="A")
    second = earn(brand, reference="B")
    earn(make_brand(), reference="C")
    refund(
        payment_id=second.payment_id,
        share_reference="B-1",
        amount=Money(10_000, "EUR"),
        reason="returned",
        key="back",
    )
    tell_done(second)
    rows = file_of(owner, BALANCE + "?as=csv")
    assert [(row["Order"], row["Kind"], row["Yours"]) for row in rows] == [
        ("B-1", "Given back", "-94.00"),
        ("B-1", "Sold and sent", "94.00"),
        ("A-1", "Sold and sent", "94.00"),
    ]
    shares = {(row["Paid"], row["Our fee"]) for row in rows}
    assert shares == {("100.00", "6.00"), ("-100.00", "-6.00")}
    owed = page_of(owner, BALANCE).select_one("[aria-labelledby=owed-h]")
    assert owed is not None
    assert "€94.00" in owed.get_text()
    for query, orders in (
        ("?kind=refund", ["B-1"]),
        ("?kind=capture&sort=oldest", ["A-1", "B-1"]),
        ("?q=a-", ["A-1"]),
        ("?sort=largest&kind=capture", ["B-1", "A-1"]),
    ):
        found = file_of(owner, f"{BALANCE}{query}&as=csv")
        assert [row["Order"] for row in found] == orders, query
    finance = protect(make_member(brand=brand, role="finance"))
    clerk = client_for(finance)
    said_to_programs = Program(finance).get("studio/ondine/balance/")["results"]
    assert [(one["order"], one["amount"]["amount"]) for one in said_to_programs] == [
        ("B-1", -9_400),
        ("B-1", 9_400),
        ("A-1", 9_400),
    ]
    assert "€94.00" in page_of(clerk, BALANCE).get_text()
    packer = client_for(make_member(brand=brand, role="orders"))
    assert packer.get(BALANCE).status_code == 404


def test_questions_are_found_and_their_file_has_what_is_wanted(
    brand: Profile, owner: Client
) -> None:
    plain, quote = ask_for(brand, "=1+1 glaze?"), want_quote(brand)
    for query, found in (
        ("", [quote, plain]),
        ("?sort=oldest", [plain, quote]),
        ("?kind=quote", [quote]),
        ("?kind=question", [plain]),
        ("?q=GLAZE", [plain]),
        ("?q=noor%40mail", [quote]),
        ("?q=pots+twelve", [quote]),
        ("?q=glaze&kind=quote", []),
        ("?show=answered", []),
        ("?show=all", [quote, plain]),
    ):
        ids = [one.public_id for one in found]
        assert keys_on(owner, QUESTIONS + query) == ids, query
        address = f"{QUESTIONS}{query}{'&' if query else '?'}as=csv"
        assert [row["Id"] for row in file_of(owner, address)] == ids, query
    wanted, asked = file_of(owner, QUESTIONS + "?as=csv")
    assert (wanted["How many"], wanted["Unit"], wanted["Budget"]) == ("12", "pots", "500.00")
    assert (asked["Question"], asked["Budget"], asked["E-mail"]) == (
        "'=1+1 glaze?",
        "",
        "ana@mail.example",
    )


def test_products_go_into_another_category_as_far_as_their_answers_do(
    brand: Profile, owner: Client
) -> None:
    make_attribute(code="glaze", kind="text", categories=("vases", "bowls"))
    make_attribute(code="height", kind="text", categories=("vases",))
    free, answered, tall = (
        make_product(seller=brand, title=title, category="vases", attributes=answers)
        for title, answers in (
            ("Free", {}),
            ("Answered", {"glaze": "Matt"}),
            ("Tall", {"glaze": "Raw", "height": "30 cm"}),
        )
    )
    there = make_product(seller=brand, title="There", category="bowls")
    foreign = make_product(title="Foreign", category="vases")
    everyone = [free, answered, tall, there, foreign]

    def shelves() -> list[str]:
        return [Product.objects.get(pk=one.pk).category.slug for one in everyone]

    keys = [one.public_id for one in everyone]
    owner.post(PRODUCTS, {"do": "category", "to-category": "bowls", "row": keys})
    words, undo = said(owner, PRODUCTS)
    assert "3 products are in another category." in words
    assert "1 stays as it was. Tall: Bowls does not ask for Height" in words
    assert "1 of those is not there any more." in words
    assert shelves() == ["bowls", "bowls", "vases", "bowls", "vases"]
    assert answered.attribute_values.get().text == "Matt"
    log = [(row.words, row.subject) for row in brand_log(brand_id=brand.pk).rows]
    owner.post(undo)
    assert shelves() == ["vases", "vases", "vases", "bowls", "vases"]
    assert answered.attribute_values.get().text == "Matt"
    assert ("changed a product", "Answered") in log
    for nonsense in ("", "nonesuch", "\x00"):
        owner.post(PRODUCTS, {"do": "category", "to-category": nonsense, "row": keys})
        assert shelves() == ["vases", "vases", "vases", "bowls", "vases"]
