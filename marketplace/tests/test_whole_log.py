"""Whatever a member of a team does in the studio, or in the brand's name, is a line of its log."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import invite, remove_member
from accounts.models import BrandAct
from accounts.testing import client_for, make_brand, make_member, owner_of, protect
from brands import testing as papers
from brands.tests.papers import FORM
from catalog.actions import delete_collection
from catalog.models import DeliveryMethod
from catalog.testing import make_category, make_collection, make_product, make_service
from core import clock
from core.testing import deliver_all, picture_file
from feed import actions as feed
from feed.testing import make_board, make_comment, make_pin
from inventory.actions import receive
from marketplace.tests.doors import SPOKEN, STUDIO, of
from marketplace.tests.flows.steps import fields_of
from marketplace.tests.world import addresses, make_world, path_to
from orders.testing import make_paid_order

# In a brand's name as well, though guests are let in (doors.PUBLIC) or people alone are (MEMBER).
SAID = SPOKEN | of(
    "feed", "talk talk_switch comment_edit comment_delete comment_restore board_edit section"
)
# What leaves no line, and why.
LEAVES_NONE = {
    "accounts:follow": "a follow is undone by the same press and says nothing in words",
    "feed:board_follow": "a follow is undone by the same press and says nothing in words",
    "feed:like": "a like is undone by the same press and says nothing in words",
    "feed:comment_like": "a like is undone by the same press and says nothing in words",
    "brands:send_code": "a mail to the brand itself, which changes nothing",
    "brands:domain_look": "looks at a domain; what it finds is a line: brands/tests/test_domain",
}
Press = tuple[str, dict[str, Any]]


class Market:
    """A brand that sells, keeps boards and talks; its owner presses."""

    def __init__(self) -> None:
        self.brand = make_brand()
        self.owner = protect(owner_of(self.brand))
        assert self.owner.user_id is not None
        self.user_id = self.owner.user_id
        self.client = client_for(self.owner, acting=self.brand)
        self.other = make_brand()
        self.vase = make_product(seller=self.brand, title="Vase")
        self.variant = self.vase.variants.get()
        receive(variant_id=self.variant.pk, quantity=9, actor_id=None)

    def at(self, name: str, **arguments: Any) -> str:
        """An address of the studio, or one that needs no handle."""
        handle = {"handle": self.brand.handle} if name in STUDIO else {}
        return reverse(name, kwargs={**handle, **arguments})

    def typed(self, path: str, selector: str, **changes: Any) -> dict[str, Any]:
        """The form on a page with something else in it."""
        page = BeautifulSoup(self.client.get(path).content, "html5lib")
        field = page.select_one(selector)
        assert field is not None, path
        form = field if field.name == "form" else field.find_parent("form")
        assert form is not None, path
        return {**fields_of(form), **changes}


def of_products(m: Market) -> dict[str, Press]:
    draft = make_product(seller=m.brand, title="Bowl", publish=False)
    service = make_service(seller=m.brand, title="Glaze", publish=False)
    kept = make_collection(seller=m.brand, title="Winter", products=[m.vase])
    away = make_collection(seller=m.brand, title="Summer")
    delete_collection(seller_id=m.brand.pk, actor_id=None, public_id=away.public_id)
    make_category(slug="photography", name="Photography")
    draft_id, service_id = {"public_id": draft.public_id}, {"public_id": service.public_id}
    product = m.at("pages:studio_product_edit", **draft_id)
    offer = m.at("pages:studio_service_edit", **service_id)
    shelf = m.at("pages:studio_collection_edit", public_id=kept.public_id)
    new = {
        "title": "Jug",
        "category": "vases",
        "vat": "19",
        "lead_days": "2",
        "return_days": "30",
        "v-0-values": "[]",
        "v-0-sku": "J-1",
        "v-0-price": "96.00",
        "v-0-stock": "5",
        "v-0-was": "0",
        "v-0-on": "1",
        "to": "draft",
    }
    winter = {"title": "Autumn", "kind": "hand", "order": "hand", "every": "all", "to": "draft"}
    return {
        "pages:studio_products": ("", {"do": "archived", "row": m.vase.public_id}),
        "pages:studio_product_new": ("", new),
        "pages:studio_product_edit": (
            product,
            m.typed(product, "input[name=v-0-sku]", title="Cup", to="draft"),
        ),
        "pages:studio_product_move": (
            m.at("pages:studio_product_move", **draft_id),
            {"to": "archived"},
        ),
        "pages:studio_product_copy": (m.at("pages:studio_product_copy", **draft_id), {}),
        "pages:studio_stock": (
            "",
            {
                "variant": m.variant.public_id,
                "kind": "counted",
                "reason": "",
                f"n-{m.variant.public_id}": "4",
            },
        ),
        "pages:studio_collections": ("", {"do": "deleted", "row": kept.public_id}),
        "pages:studio_collection_new": ("", {**winter, "product": m.vase.public_id}),
        "pages:studio_collection_edit": (
            shelf,
            m.typed(shelf, "input[name=title]", title="Spring", to="published"),
        ),
        "pages:studio_collection_delete": (
            m.at("pages:studio_collection_delete", public_id=kept.public_id),
            {},
        ),
        "pages:studio_collection_restore": (
            m.at("pages:studio_collection_restore", public_id=away.public_id),
            {},
        ),
        "pages:studio_services": ("", {"do": "published", "row": service.public_id}),
        "pages:studio_service_new": (
            "",
            {
                "title": "Flat lays",
                "category": "photography",
                "pricing": "quote",
                "description": "Ten.",
                "languages": "en",
                "lead_days": "6",
                "to": "draft",
            },
        ),
        "pages:studio_service_edit": (
            offer,
            m.typed(offer, "input[name=title]", title="Glazing", to="draft"),
        ),
        "pages:studio_service_move": (
            m.at("pages:studio_service_move", **service_id),
            {"to": "published"},
        ),
    }


def of_pins(m: Market) -> dict[str, Press]:
    shown, draft, gone = (
        make_pin(author=m.brand, title=one, publish_now=one == "Shown")
        for one in ("Shown", "Draft", "Gone")
    )
    feed.delete_pin(public_id=gone.public_id, author_id=m.brand.pk)
    edit = m.at("feed:studio_pin_edit", public_id=draft.public_id)
    changed = m.at("feed:studio_pin_edit", public_id=shown.public_id)
    m.client.post(changed, m.typed(changed, "form#pin", title="Then", do="save"))
    older = shown.revisions.get().pk
    return {
        "feed:studio_pins": ("", {"do": "publish", "row": draft.public_id}),
        "feed:studio_pin_new": ("", {"pictures": picture_file()}),
        "feed:studio_pin_from_product": (
            m.at("feed:studio_pin_from_product", product_id=m.vase.public_id),
            {},
        ),
        "feed:studio_pin_edit": (edit, m.typed(edit, "form#pin", title="Other", do="save")),
        **{
            f"feed:studio_pin_{act}": (
                m.at(f"feed:studio_pin_{act}", public_id=one.public_id),
                {},
            )
            for act, one in {
                "publish": draft,
                "unpublish": shown,
                "delete": shown,
                "undelete": gone,
            }.items()
        },
        "feed:studio_pin_version": (
            m.at("feed:studio_pin_version", public_id=shown.public_id, version=older),
            {},
        ),
    }


def of_orders(m: Market) -> dict[str, Press]:
    paid = make_paid_order(variant=m.variant)
    number = {"number": paid.number}
    Client().post(
        f"/ask/brand/{m.brand.public_id}/",
        {"text": "Why?", "name": "Ana", "email": "ana@mail.example"},
    )
    questions = m.client.get(m.at("messaging:studio_questions")).content.decode()
    asked = re.search(r'value="answer\.(\w+)"', questions)
    assert asked is not None
    return {
        "orders:studio_orders": ("", {"do": "pack", "row": paid.number}),
        "orders:studio_pack": ("", {"order": paid.number}),
        "orders:studio_ship": (
            m.at("orders:studio_ship", **number),
            {"carrier": "DHL", "tracking": "JD1"},
        ),
        "orders:studio_cancel": (m.at("orders:studio_cancel", **number), {"reason": "It broke"}),
        "messaging:studio_questions": ("", {"do": "answer", "row": asked[1]}),
    }


def of_storefront(m: Market) -> dict[str, Press]:
    method = DeliveryMethod.objects.get(seller=m.brand)
    edit = m.at("brands:delivery_edit", method_id=method.public_id)
    document = papers.make_document(m.brand)
    m.client.post(m.at("brands:delivery_new"), PARCEL)
    m.client.post(m.at("brands:look"), LOOK)
    return {
        "brands:delivery_new": ("", {**PARCEL, "name": "By ship"}),
        "brands:delivery_edit": (edit, {**PARCEL, "name": "By train"}),
        "brands:delivery_switch": (
            m.at("brands:delivery_switch", method_id=method.public_id) + "?on=0",
            {"on": "0"},
        ),
        "brands:delivery_move": (
            m.at("brands:delivery_move", method_id=method.public_id),
            {"to": "down"},
        ),
        "brands:vacation": ("", weeks_away()),
        "brands:look": ("", {**LOOK, "story": "Anew."}),
        "brands:documents": ("", {"kind": "insurance", "file": papers.pdf_file("New")}),
        "brands:document_remove": (
            m.at("brands:document_remove", document_id=document.public_id),
            {},
        ),
        "brands:trader": ("", FORM),
        "brands:declaration": ("", {"name": "Mara Lindqvist", "agreed": "on"}),
        "brands:policies": (
            "",
            {
                "return_days": "21",
                "reply_hours": "24",
                "returns_policy": "Unused.",
                "delivery_policy": "By post.",
            },
        ),
        "brands:pictures": ("", {"cover": picture_file()}),
        "brands:domain": ("", {"domain": "kiln.example"}),
        "brands:look_undo": (way(m, "undo"), {}),
    }


LOOK = {
    "story": "We throw in Hamburg.",
    "section": ["new", "pins", "about", "boards", "collections", "services", "story"],
}
PARCEL = {
    "name": "Parcel",
    "where": "chosen",
    "countries": ["DE"],
    "price": "4.90",
    "free_from": "",
    "min_days": "1",
    "max_days": "3",
}


def of_team(m: Market) -> dict[str, Press]:
    clerk, former = make_member(brand=m.brand), make_member(brand=m.brand)
    make_member(brand=m.brand, role="owner")
    assert former.user_id is not None
    by: dict[str, Any] = {"brand_id": m.brand.pk, "actor_id": m.user_id}
    token = remove_member(**by, user_id=former.user_id)
    invite(**by, email="rosa@mail.example", role="chat")
    asked = {"public_id": m.brand.invitations.get().public_id}
    member = {"person_id": clerk.public_id}
    return {
        "accounts:studio_team": ("", {"email": "ana@mail.example", "role": "chat"}),
        "accounts:studio_team_undo": (m.at("accounts:studio_team_undo", token=token), {}),
        "accounts:studio_invitation_resend": (
            m.at("accounts:studio_invitation_resend", **asked),
            {},
        ),
        "accounts:studio_invitation_withdraw": (
            m.at("accounts:studio_invitation_withdraw", **asked),
            {},
        ),
        "accounts:studio_member": (m.at("accounts:studio_member", **member), {"role": "chat"}),
        "accounts:studio_member_remove": (m.at("accounts:studio_member_remove", **member), {}),
        "accounts:studio_leave": ("", {}),
    }


def of_people(m: Market) -> dict[str, Press]:
    stranger, blocked, muted = (make_brand() for _number in range(3))
    m.client.post(m.at("accounts:block", public_id=blocked.public_id))
    m.client.post(m.at("accounts:mute", public_id=muted.public_id))
    m.client.post(m.at("accounts:hidden"), {"word": "beige"})
    return {
        "accounts:block": (m.at("accounts:block", public_id=stranger.public_id), {}),
        "accounts:unblock": (m.at("accounts:unblock", public_id=blocked.public_id), {}),
        "accounts:mute": (m.at("accounts:mute", public_id=stranger.public_id), {}),
        "accounts:unmute": (m.at("accounts:unmute", public_id=muted.public_id), {}),
        "accounts:hidden": ("", {"word": "grey"}),
        "accounts:unmute_word": (m.at("accounts:unmute_word") + "?word=beige", {}),
    }


def of_boards(m: Market) -> dict[str, Press]:
    pin, second, third = (make_pin(author=m.other, title=one) for one in ("One", "Two", "Three"))
    board = make_board(owner=m.brand, title="Glaze")
    for kept in (pin, second):
        feed.save_pin(pin_id=kept.public_id, saver_id=m.brand.pk, board_id=board.public_id)
    secret = make_board(owner=m.brand, title="Secret", secret=True)
    linked = make_board(owner=m.brand, title="Linked", secret=True)
    theirs, joined = (make_board(owner=m.other, title=one) for one in ("Theirs", "Joined"))
    feed.make_link(board_id=linked.public_id, owner_id=m.brand.pk)
    for one in (theirs, joined):
        feed.invite_member(board_id=one.public_id, owner_id=m.other.pk, handle=m.brand.handle)
    feed.answer_invitation(board_id=joined.public_id, profile_id=m.brand.pk, accept=True)
    feed.invite_member(board_id=board.public_id, owner_id=m.brand.pk, handle=m.other.handle)
    mine: dict[str, Any] = {"board_id": board.public_id, "actor_id": m.brand.pk}
    section = feed.create_section(**mine, title="Fold")
    feed.save_pin(pin_id=third.public_id, saver_id=m.brand.pk, board_id=board.public_id)
    _count, token = feed.remove_pins(**mine, pin_ids=[third.public_id])
    on = {"public_id": board.public_id}
    products = {"public_id": make_product(seller=m.other, title="Jug").public_id}
    feed.save_product(product_id=products["public_id"], saver_id=m.brand.pk)
    fresh = make_product(seller=m.other, title="Mug")
    edit = m.at("feed:board_edit", **on)
    return {
        "feed:save": (m.at("feed:save", public_id=third.public_id), {}),
        "feed:unsave": (m.at("feed:unsave", public_id=pin.public_id), {}),
        "feed:save_product": (m.at("feed:save_product", public_id=fresh.public_id), {}),
        "feed:unsave_product": (m.at("feed:unsave_product", **products), {}),
        "feed:new_board": ("", {"title": "New"}),
        "feed:undo": (m.at("feed:undo", token=token), {}),
        "feed:board_edit": (edit, m.typed(edit, "input[name=title]", title="Glazes")),
        "feed:board_delete": (m.at("feed:board_delete", **on), {}),
        "feed:board_order": (m.at("feed:board_order", **on), {"move": f"last:{second.public_id}"}),
        "feed:board_pins": (
            m.at("feed:board_pins", **on),
            {"pins": pin.public_id, "do": "remove"},
        ),
        "feed:board_note": (
            m.at("feed:board_note", pin_id=pin.public_id, **on),
            {"note": "For the niche."},
        ),
        "feed:board_link": (m.at("feed:board_link", public_id=secret.public_id), {}),
        "feed:board_link_end": (m.at("feed:board_link_end", public_id=linked.public_id), {}),
        "feed:section_new": (m.at("feed:section_new", **on), {"title": "Lamps"}),
        "feed:section": (
            m.at("feed:section", section_id=section, **on),
            {"do": "rename", "title": "Folds"},
        ),
        "feed:board_invite": (
            m.at("feed:board_invite", **on),
            {"handle": make_brand().handle},
        ),
        "feed:board_answer": (
            m.at("feed:board_answer", public_id=theirs.public_id),
            {"answer": "yes"},
        ),
        "feed:board_leave": (m.at("feed:board_leave", public_id=joined.public_id), {}),
        "feed:board_member_remove": (
            m.at("feed:board_member_remove", member_id=m.other.public_id, **on),
            {},
        ),
    }


def of_talk(m: Market) -> dict[str, Press]:
    pin, own = make_pin(author=m.other, title="Theirs"), make_pin(author=m.brand, title="Own")
    said, gone = (make_comment(pin=pin, author=m.brand, text=one) for one in ("Warm", "Cold"))
    feed.delete_comment(comment_id=gone.public_id, actor_id=m.brand.pk)
    one, other = {"public_id": said.public_id}, {"public_id": gone.public_id}
    return {
        "feed:talk": (m.at("feed:talk", public_id=pin.public_id), {"text": "The light!"}),
        "feed:talk_switch": (m.at("feed:talk_switch", public_id=own.public_id), {"open": "0"}),
        "feed:comment_edit": (m.at("feed:comment_edit", **one), {"text": "Warmer"}),
        "feed:comment_delete": (m.at("feed:comment_delete", **one), {}),
        "feed:comment_restore": (m.at("feed:comment_restore", **other), {}),
    }


def of_papers(m: Market) -> dict[str, Press]:
    m.brand = papers.make_draft(owner=m.owner)
    papers.complete(m.brand)
    m.client.post(m.at("brands:trader"), {**FORM, "email": "new@kiln.example"})
    m.client.post(m.at("brands:send_code"))
    deliver_all()
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code is not None
    return {
        "brands:email": ("", {"code": code[0]}),
        "brands:payout_open": ("", {}),
    }


def of_submitting(m: Market) -> dict[str, Press]:
    m.brand = papers.make_draft(owner=m.owner, name="Who Waits")
    papers.complete(m.brand)
    return {"brands:submit": ("", {})}


def of_ways_back(m: Market) -> dict[str, Press]:
    m.client.post(m.at("brands:vacation"), weeks_away())
    m.client.post(m.at("brands:look"), LOOK)
    m.client.post(way(m, "undo"))
    return {"brands:vacation_end": ("", {}), "brands:look_redo": (way(m, "redo"), {})}


def way(m: Market, to: str) -> str:
    """The button on the page of the storefront that takes back, or puts back, what was saved."""
    page = m.client.get(m.at("brands:look")).content.decode()
    found = re.search(rf'"(/studio/[^"]+/storefront/{to}/\?save=\d+)"', page)
    assert found is not None
    return found[1]


def weeks_away() -> dict[str, str]:
    days = [(clock.now() + timedelta(days=days)).date().isoformat() for days in (0, 9)]
    return {"first": days[0], "last": days[1], "note": ""}


SCENES: list[Callable[[Market], dict[str, Press]]] = [
    *(of_products, of_pins, of_orders, of_storefront, of_ways_back, of_papers, of_submitting),
    *(of_team, of_people, of_boards, of_talk),
]


def pressed() -> set[str]:
    """Addresses of the studio, and of what is said in a brand's name, that take a POST."""
    world, takes = make_world(), set()
    client = client_for(protect(owner_of(world.brand)), acting=world.brand)
    for name, arguments in addresses():
        if name in STUDIO or name in SAID:
            with transaction.atomic():
                answer = client.post(path_to(name, world.real(name, arguments)))
                transaction.set_rollback(True)
            if answer.status_code != 405:
                takes.add(name)
    return takes


@pytest.mark.slow
@pytest.mark.django_db
def test_every_act_of_the_studio_and_in_a_brands_name_writes_who_did_it() -> None:
    silent, tried = [], set(LEAVES_NONE)
    for scene in SCENES:
        market = Market()
        for name, (path, data) in scene(market).items():
            tried.add(name)
            with transaction.atomic():
                before = set(lines(market))
                answer = market.client.post(path or market.at(name), data)
                if not set(lines(market)) - before:
                    silent.append(f"{name}: {answer.status_code}")
                transaction.set_rollback(True)
    assert not silent, "\n".join(silent)
    assert pressed() - tried == set(), "does it leave a line? Press it here"


def lines(market: Market) -> Iterator[int]:
    """Lines that name the owner."""
    acts = BrandAct.objects.filter(brand=market.brand, actor=market.user_id)
    return acts.values_list("pk", flat=True).iterator()


def test_no_door_forgets_to_say_who_it_was() -> None:
    """Every call by a view or an operation of an act that can name its user names them."""
    named = {
        name
        for name, act in vars(feed).items()
        if inspect.isfunction(inspect.unwrap(act))
        and "user_id" in inspect.signature(inspect.unwrap(act)).parameters
    }
    assert len(named) > 20
    doors = [*Path(settings.BASE_DIR, "feed").glob("*view*.py")]
    doors += Path(settings.BASE_DIR, "feed/api").glob("*.py")
    forgot, calls = [], 0
    for door in doors:
        for node in ast.walk(ast.parse(door.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in named:
                continue
            calls += 1
            words = {one.arg for one in node.keywords}
            # None stands for `**who`, which the sweep above presses.
            if not words & {"user_id", None}:
                forgot.append(f"{door.name}:{node.lineno} {called}")
    assert forgot == []
    assert calls > 40
