"""Pictures by program: of a profile, and what crops of any stored one keep in view."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Profile
from accounts.testing import make_brand, make_member, make_person, owner_of
from catalog.testing import make_image
from core.media import Image
from core.testing import in_the_middle, picture_file
from feed.testing import make_pin
from marketplace.api import pictures
from marketplace.tests.api.calling import Program, refusal

pytestmark = pytest.mark.django_db

AS_ONDINE = {"Acting-As": "ondine"}


def stored(program: Program, **headers: str) -> str:
    answer = program.upload("pictures/", picture_file(), alt="A kiln", headers=headers)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.mark.parametrize("acting", ["", "ondine"])
def test_a_profile_gets_its_picture_and_cover(acting: str) -> None:
    brand = make_brand(handle="ondine")
    whose = brand if acting else make_person()
    who = make_member(brand=brand, role="catalogue") if acting else whose
    program, headers = Program(who), AS_ONDINE if acting else {}
    picture, cover = stored(program, **headers), stored(program, **headers)
    body = {"picture_id": picture, "cover_id": cover}
    seen = program.good(program.call("PATCH", "me/profile/", body, **headers))
    assert (seen["picture"]["id"], seen["cover"]["id"]) == (picture, cover)
    assert (seen["name"], seen["handle"]) == (whose.name, whose.handle)
    # What is not named stays.
    seen = program.good(program.call("PATCH", "me/profile/", {"bio": "Hello"}, **headers))
    assert (seen["picture"]["id"], seen["cover"]["id"], seen["bio"]) == (picture, cover, "Hello")
    theirs = make_image(owner_id=make_person().pk).public_id
    for wrong in (theirs, "zzzzzzzzzzzz"):
        answer = program.call("PATCH", "me/profile/", {"bio": "No", "cover_id": wrong}, **headers)
        assert refusal(answer) == (404, "not_found")
    kept = Profile.objects.select_related("cover").get(pk=whose.pk)
    assert kept.cover is not None
    assert (kept.bio, kept.cover.public_id) == ("Hello", cover)


def test_what_a_stored_picture_shows_is_said_anew() -> None:
    brand = make_brand(handle="ondine")
    owner, clerk = Program(owner_of(brand)), Program(make_member(brand=brand, role="orders"))
    image = make_image(owner_id=brand.pk)
    path = f"pictures/{image.public_id}/"

    def change(program: Program, **body: Any) -> Any:
        return program.call("PATCH", path, body, **AS_ONDINE)

    seen = owner.good(change(owner, focus={"x": 0.2, "y": 0.735}))["picture"]
    assert (seen["focus"], seen["alt"]) == ({"x": 0.2, "y": 0.74}, image.alt)
    seen = owner.good(change(owner, alt="Blue bowls on a shelf"))["picture"]
    assert (seen["focus"]["x"], seen["alt"]) == (0.2, "Blue bowls on a shelf")
    assert owner.get(path, **AS_ONDINE)["picture"] == seen
    # The same again says nothing new, and what crops keep in view is nobody's words.
    owner.good(change(owner, alt="Blue bowls on a shelf"))
    log = owner.get("studio/ondine/log/")["results"]
    described = [one["subject"] for one in log if one["words"] == "described a picture"]
    assert described == ["Blue bowls on a shelf"]

    for wrong in ({"focus": {"x": 2, "y": 0}}, {"focus": {"x": 0.5}}, {"alt": 7}, {}):
        assert refusal(change(owner, **wrong)) == (422, "invalid"), wrong
    # Nobody else's: not of the member's own, not for another role, not for a stranger.
    assert refusal(owner.call("PATCH", path, {"alt": "Mine"})) == (404, "not_found")
    assert refusal(change(clerk, alt="Mine"))[0] == 404
    for method, body in (("GET", None), ("PATCH", {"alt": "Mine"})):
        answer = Program(make_person()).call(method, path, body)
        assert refusal(answer) == (404, "not_found")
    image.refresh_from_db()
    assert (image.alt, image.focus_x, image.focus_y) == ("Blue bowls on a shelf", 20, 74)


def test_words_for_the_picture_of_a_pin_are_kept_with_the_pin() -> None:
    pin = make_pin(author=make_person())
    program, path = Program(pin.author), f"pictures/{pin.image.public_id}/"
    before = pin.image.alt
    body = {"alt": "Something else", "focus": {"x": 0, "y": 1}}
    assert refusal(program.call("PATCH", path, body)) == (409, "on_a_pin")
    kept = Image.objects.get(pk=pin.image_id)
    assert (kept.alt, kept.focus_x, kept.focus_y) == (before, 50, 50)
    seen = program.good(program.call("PATCH", path, {"focus": {"x": 0, "y": 1}}))
    assert seen["picture"]["focus"] == {"x": 0, "y": 1}
    assert not pin.revisions.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [False, True])
def test_a_pin_that_comes_meanwhile_shows_the_words_that_were_kept(
    held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the picture held, the words of a pin change behind its back."""
    if not held:
        own = pictures._own
        monkeypatch.setattr(pictures, "_own", lambda *of, **_held: own(*of))
    author = make_person()
    image = make_image(owner_id=author.pk)
    program = Program(author)
    met = in_the_middle(
        seam=(pictures, "is_on_a_pin"),
        act=lambda: program.call("PATCH", f"pictures/{image.public_id}/", {"alt": "Blue bowls"}),
        meanwhile=lambda: make_pin(author=author, image=image),
    )
    assert met.waited == held
    assert met.act.status_code == 200
    assert Image.objects.get().alt == "Blue bowls"
    assert not met.meanwhile.revisions.exists()
