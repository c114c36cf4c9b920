"""Every brand of the demo has whole papers; one waits for an operator and one was sent back."""

from __future__ import annotations

from datetime import UTC, datetime

import phonenumbers
import pytest
from stdnum.eu import vat

from accounts.queries import profile_by_handle
from accounts.testing import Profile, make_operator, make_person
from accounts.types import Viewer
from brands.queries import checklist
from catalog.testing import make_image
from core import audits
from demo.content.papers import PAPERS, REASONS
from demo.content.people import OPERATOR, OWNERS, PEOPLE
from demo.content.products import shots
from demo.content.studios import APPLICANT, RETURNED, STUDIOS, Studio
from demo.steps import papers, studios
from demo.world import Citizen, World
from payments.testing import Sandbox

EVERY = (*STUDIOS, APPLICANT, RETURNED)


@pytest.mark.parametrize("studio", EVERY, ids=lambda one: one.handle)
def test_numbers_are_made_as_their_country_makes_them(studio: Studio) -> None:
    paper = PAPERS[studio.handle]
    assert vat.validate(paper.vat) == paper.vat
    assert paper.vat.startswith(studio.country)
    phone = phonenumbers.parse(paper.phone)
    assert phonenumbers.is_valid_number_for_region(phone, studio.country)
    assert paper.register


def test_numbers_belong_to_one_studio_each() -> None:
    for name in ("register", "vat", "phone"):
        assert len({getattr(paper, name) for paper in PAPERS.values()}) == len(EVERY)


@pytest.fixture
def world() -> World:
    """People and pictures of the demo, before there are brands."""
    found = World(now=datetime.now(UTC), deliver=lambda: None)
    image = make_image().pk
    found.images = {shot.file: image for shot in shots()}
    for person in (*PEOPLE, *OWNERS, OPERATOR):
        profile = make_person(name=person.name, handle=person.handle)
        assert profile.user_id is not None
        found.citizens[person.handle] = Citizen(person, profile.user_id, profile.pk)
    found.citizens["olga"].user_id = make_operator().user_id or 0
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_papers_are_whole_and_two_brands_are_not_let_in(world: World, sandbox: Sandbox) -> None:
    studios.run(world, lambda: None)
    papers.run(world, lambda: None)

    for studio in EVERY:
        brand = Profile.objects.get(handle=studio.handle)
        found = checklist(brand_id=brand.pk)
        open_items = {item.code: item.state for item in found.items if not item.done}
        if studio is RETURNED:
            assert open_items == dict.fromkeys(REASONS, "change")
            assert (found.state, found.history[0].state) == ("rejected", "returned")
            continue
        assert open_items == {}, studio.handle
        if studio is APPLICANT:
            assert (found.state, found.history[0].state) == ("submitted", "open")
            continue
        page = profile_by_handle(handle=studio.handle, viewer=Viewer())
        assert page is not None
        assert page.ref.verified
        assert page.trader is not None
        assert page.trader.vat_id == PAPERS[studio.handle].vat
        assert page.trader.registration_number == PAPERS[studio.handle].register
    # Pictures of tests have rows and no files.
    assert [one for one in audits.violations() if one.invariant != "I12"] == []
