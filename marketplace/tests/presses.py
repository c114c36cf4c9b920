"""A press: the address it goes to ("" for the one that its name says) and the form that is sent.

Here are those of a shop and its team; `presses_feed` has the others of a brand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.actions import invite, remove_member
from accounts.testing import client_for, make_brand, make_member, owner_of, protect
from brands import testing as papers
from brands.tests.papers import FORM
from catalog.actions import delete_collection
from catalog.models import DeliveryMethod
from catalog.testing import make_category, make_collection, make_product, make_service
from core import clock
from core.testing import deliver_all, picture_file
from inventory.actions import receive
from marketplace.tests.doors import STUDIO
from marketplace.tests.flows.steps import fields_of
from orders.testing import make_paid_order

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


Scene = Callable[[Market], dict[str, Press]]


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
    packed = make_paid_order(variant=m.variant).number
    m.client.post(m.at("orders:studio_pack"), {"order": packed})
    return {
        "orders:studio_unpack": (m.at("orders:studio_unpack", number=packed), {}),
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


SELLING: list[Scene] = [
    *(of_products, of_orders, of_storefront, of_ways_back, of_papers, of_submitting, of_team)
]
