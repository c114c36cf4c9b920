"""A brand from its first name to an open door, by program; and how its page looks."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Profile
from accounts.testing import make_brand, make_member, make_person, owner_of, protect
from brands.testing import TRADER
from catalog.actions import save_policies
from catalog.testing import make_delivery_method
from catalog.types import PoliciesInput
from core.testing import deliver_all, picture_file
from marketplace.tests.api.calling import Program, refusal
from marketplace.tests.world import everything
from payments.testing import make_payout_account

pytestmark = pytest.mark.django_db
PAPERS = "studio/kiln-and-co/papers/"
NUMBERS = {"registration_number": TRADER.registration_number, "vat_id": TRADER.vat_id}
SEAT = {
    name: getattr(TRADER, name)
    for name in ("name", "line1", "postcode", "city", "country", "email", "phone")
}
POLICIES = {
    "return_days": 30,
    "returns_policy": "Unused, within 30 days.",
    "delivery_policy": "Parcels leave on working days.",
    "reply_hours": 24,
}


def founded() -> tuple[Program, Profile]:
    program = Program(make_person(name="Mara Lindqvist"))
    made = program.post("brands/", {"name": "Kiln & Co", "handle": "kiln-and-co"})
    return program, Profile.objects.get(public_id=made["id"])


def states(papers: Any) -> dict[str, str]:
    return {one["code"]: one["state"] for one in papers["items"]}


def test_a_brand_is_begun_described_and_submitted(mailoutbox: list[Any]) -> None:
    program, brand = founded()
    papers = program.get(PAPERS)
    assert (papers["state"], papers["complete"]) == ("draft", False)
    early = program.call("POST", f"{PAPERS}submit/", {})
    assert refusal(early) == (409, "papers_incomplete")
    assert early.json()["items"]

    program.put(f"{PAPERS}trader/", {**SEAT, **NUMBERS})
    assert program.post(f"{PAPERS}email/code/") == {"email": TRADER.email}
    deliver_all()
    code = next(word for word in mailoutbox[-1].body.split() if word.isdigit() and len(word) == 6)
    wrong = "000000" if code != "000000" else "111111"
    answer = program.call("PUT", f"{PAPERS}email/", {"code": wrong})
    assert refusal(answer) == (422, "code_refused")
    assert program.put(f"{PAPERS}email/", {"code": code})["confirmed_email"] == TRADER.email
    program.put(f"{PAPERS}declaration/", {"name": "Mara Lindqvist", "agreed": True})
    program.put(f"{PAPERS}policies/", POLICIES)
    uploads = [
        program.upload("pictures/", picture_file(), headers={"Acting-As": "kiln-and-co"}).json()
        for _one in range(2)
    ]
    shown = program.good(
        program.call(
            "PATCH",
            f"{PAPERS}pictures/",
            {"picture_id": uploads[0]["id"], "cover_id": uploads[1]["id"]},
        )
    )
    assert (shown["picture"]["id"], shown["cover"]["id"]) == tuple(one["id"] for one in uploads)
    make_delivery_method(seller=brand)
    make_payout_account(seller=brand)
    papers = program.get(PAPERS)
    assert set(states(papers).values()) == {"done"}, states(papers)
    assert program.post(f"{PAPERS}submit/")["state"] == "submitted"


def test_what_is_wrong_is_named_and_nothing_is_kept() -> None:
    program, _brand = founded()
    before = everything()
    cases: dict[str, tuple[str, str, dict[str, Any], str]] = {
        "no number": ("PUT", "trader/", {**SEAT, "vat_exempt": True}, "registration_number"),
        "both": ("PUT", "trader/", {**SEAT, **NUMBERS, "vat_exempt": True}, "vat_id"),
        "no such phone": ("PUT", "trader/", {**SEAT, **NUMBERS, "phone": "+49 1"}, "phone"),
        "another country's": (
            "PUT",
            "trader/",
            {**SEAT, **NUMBERS, "vat_id": "FR40303265045"},
            "vat_id",
        ),
        "not agreed": ("PUT", "declaration/", {"name": "Mara", "agreed": False}, "agreed"),
        "below the law": ("PUT", "policies/", {**POLICIES, "return_days": 13}, "return_days"),
        "no domain": ("PUT", "domain/", {"domain": "not a domain"}, "domain"),
        "nothing": ("PATCH", "pictures/", {}, ""),
    }
    for name, (method, tail, body, field) in cases.items():
        answer = program.call(method, PAPERS + tail, body)
        assert refusal(answer)[0] == 422, (name, answer.content)
        assert [one["field"] for one in answer.json()["errors"]] == [field], name
    strange = program.call("PATCH", f"{PAPERS}pictures/", {"picture_id": "zzzzzzzzzzzz"})
    assert refusal(strange)[0] == 404
    now = everything()
    # A number that is refused is refused before the trader is written; nothing else was touched.
    assert {name for name in now if now[name] != before[name]} <= {"accounts_apitoken"}


def test_a_domain_is_claimed_and_how_to_prove_it_is_told() -> None:
    program, _brand = founded()
    found = program.put(f"{PAPERS}domain/", {"domain": "https://Kiln-and-Co.example/"})["domain"]
    assert found["domain"] == "kiln-and-co.example"
    assert found["file_url"].startswith("https://kiln-and-co.example/.well-known/")
    assert found["file_text"] in found["meta_tag"]
    answer = program.call("POST", f"{PAPERS}domain/look/", {})
    assert refusal(answer) == (409, "domain_not_proved")


def test_papers_are_their_owners_alone_and_money_asks_for_a_second_factor() -> None:
    program, brand = founded()
    clerk = Program(make_member(brand=brand, role="catalogue"))
    for method, tail, body in (("GET", "", None), ("PUT", "policies/", POLICIES)):
        assert refusal(clerk.call(method, PAPERS + tail, body))[0] == 404
    program.put(f"{PAPERS}trader/", {**SEAT, **NUMBERS})
    make_payout_account(seller=brand, state="pending")
    answer = program.call("GET", f"{PAPERS}payout/")
    assert refusal(answer) == (403, "protect_first")
    assert refusal(program.call("POST", f"{PAPERS}payout/", {})) == (403, "protect_first")
    protect(owner_of(brand))
    assert program.get(f"{PAPERS}payout/")["state"] == "pending"


@pytest.mark.usefixtures("sandbox")
def test_the_page_of_the_bank_is_the_providers() -> None:
    program, brand = founded()
    protect(owner_of(brand))
    answer = program.call("POST", f"{PAPERS}payout/", {})
    assert refusal(answer) == (422, "paper_refused")
    program.put(f"{PAPERS}trader/", {**SEAT, **NUMBERS})
    assert program.post(f"{PAPERS}payout/")["url"].startswith("http")
    assert went_to_the_bank(program) == 1


def test_nobody_went_to_a_bank_that_did_not_answer(settings: Any) -> None:
    settings.PROVIDER_ORIGIN = "http://127.0.0.1:9"
    program, brand = founded()
    protect(owner_of(brand))
    program.put(f"{PAPERS}trader/", {**SEAT, **NUMBERS})
    for _press in range(2):
        answer = program.call("POST", f"{PAPERS}payout/", {})
        assert refusal(answer) == (503, "payout_unavailable")
    assert went_to_the_bank(program) == 0


def went_to_the_bank(program: Program) -> int:
    """How often the brand's log says so."""
    log = program.get("studio/kiln-and-co/log/")["results"]
    return sum(one["words"] == "went to name the payout account" for one in log)


def test_a_look_is_saved_and_taken_back() -> None:
    brand = make_brand(handle="ondine")
    program, here = Program(owner_of(brand)), "studio/ondine/storefront/"
    save_policies(profile_id=brand.pk, data=PoliciesInput())
    for way, named in (("undo", "last_save"), ("redo", "last_undone")):
        nothing = program.call("POST", f"{here}{way}/", {named: 1})
        assert refusal(nothing)[0] == 404, "there is a storefront, and no look was ever saved"
    assert program.get(here)["sections"] == ["pins", "about"]
    assert program.get(here)["last_save"] is None
    first = {"story": "Two people and a kiln.", "accent": "#3f6b4f"}
    seen = program.put(here, first)["last_save"]
    last = program.put(here, {"sections": ["new", "pins", "about"]})
    assert last["story"] == ""
    # Who read the look before the last save takes nothing back; who names no save, neither.
    overtaken = program.call("POST", f"{here}undo/", {"last_save": seen})
    assert refusal(overtaken) == (409, "look_overtaken")
    told = ("last_save", "last_undone")
    assert [overtaken.json()[name] for name in told] == [last["last_save"], None]
    assert refusal(program.call("POST", f"{here}undo/", {}))[0] == 422
    assert program.get(here)["story"] == ""
    back = program.post(f"{here}undo/", {"last_save": last["last_save"]})
    assert (back["story"], back["accent"], back["last_save"]) == (*first.values(), seen)
    again = program.call("POST", f"{here}undo/", {"last_save": last["last_save"]})
    assert refusal(again) == (409, "look_overtaken")
    put = {"last_undone": back["last_undone"]}
    redone = program.post(f"{here}redo/", put)
    assert (redone["sections"], redone["last_undone"]) == (["new", "pins", "about"], None)
    overtaken = program.call("POST", f"{here}redo/", put)
    assert refusal(overtaken) == (409, "look_overtaken")
    assert [overtaken.json()[name] for name in told] == [redone["last_save"], None]
    back = program.post(f"{here}undo/", {"last_save": redone["last_save"]})
    overtaken = program.call("POST", f"{here}redo/", put)
    assert overtaken.json()["last_undone"] == back["last_undone"] != put["last_undone"]
    for wrong in (
        {"accent": "red"},
        {"sections": ["new"]},
        {"sections": ["pins", "pins", "about"]},
    ):
        assert refusal(program.call("PUT", here, wrong))[0] == 422
    assert program.get(here)["story"] == first["story"]
