"""What a pin offers to those whose it is, and to everybody else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import (
    Profile,
    client_for,
    make_brand,
    make_member,
    make_person,
    owner_of,
)
from feed.testing import make_pin

pytestmark = pytest.mark.django_db


def test_its_author_edits_it_and_everybody_else_follows_and_asks() -> None:
    brand, person = make_brand(handle="ondine"), make_person()
    pins = {brand.pk: make_pin(author=brand), person.pk: make_pin(author=person)}

    def edit_link(client: Client, author: Profile) -> str:
        page = BeautifulSoup(client.get(f"/pin/{pins[author.pk].public_id}/").content, "html5lib")
        edit = page.select_one(".closeup__side a[href$='/edit/']")
        return str(edit["href"]) if edit else ""

    team = client_for(owner_of(brand))
    assert edit_link(team, brand) == f"/studio/ondine/pins/{pins[brand.pk].public_id}/edit/"
    assert team.get(edit_link(team, brand)).status_code == 200
    assert "Ask</a>" not in team.get(f"/pin/{pins[brand.pk].public_id}/").content.decode()
    own = client_for(person)
    assert edit_link(own, person) == f"/pin/{pins[person.pk].public_id}/edit/"
    for other in (own, client_for(make_member(brand=brand, role="orders")), Client()):
        assert edit_link(other, brand) == ""
        assert "Ask</a>" in other.get(f"/pin/{pins[brand.pk].public_id}/").content.decode()
