"""Profile and addresses: what is kept, what is refused, and whose it is."""

from datetime import timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import actions, handles, queries, testing
from accounts.actions import addresses
from accounts.models import Address, Profile
from accounts.types import AddressData
from core import clock
from core.media import Image
from core.testing import in_the_middle, picture_file, undo_in
from search.queries import find

pytestmark = pytest.mark.django_db

ADDRESS = {
    "name": "Noor Haddad",
    "line1": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


@pytest.fixture
def person() -> Profile:
    return testing.make_person(name="Noor Haddad", handle="noor")


def soup_of(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html5lib")


def form(**changes: object) -> dict[str, object]:
    return {"name": "Noor Haddad", "handle": "noor", "bio": "I like clay.", **changes}


# --- profile ---------------------------------------------------------------------------------
def test_profile_is_saved_with_picture_and_links(person: Profile) -> None:
    client = testing.client_for(person)

    answer = client.post(
        "/settings/profile/",
        form(handle="@Noor.H", link1="https://noor.example/a?b=1", picture=picture_file()),
    )

    assert answer.status_code == 302
    page = queries.profile_by_handle(handle="noor.h")
    assert page is not None
    assert page.bio == "I like clay."
    assert page.links == ["https://noor.example/a?b=1"]
    assert page.ref.picture is not None
    assert Image.objects.get().owner_id == person.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("handle", "ab"),
        ("handle", "x" * 31),
        ("handle", "no spaces"),
        ("handle", "-dash-"),
        ("handle", "a..b"),
        ("handle", "\u043door"),
        ("handle", "no\u202eor"),
        ("handle", "admin"),
        ("handle", "s.u.p.p.o.r.t"),
        ("handle", "Ondine"),
        ("handle", "0nd1ne"),
        ("handle", "on-dine"),
        ("name", " \u200b "),
        ("name", "Ondine"),
        ("name", "\u041endine"),
        ("name", "x" * 51),
        ("bio", "x" * 501),
        ("bio", "a\x00b"),
        ("link1", "javascript:alert(1)"),
        ("link1", "data:text/html,x"),
        ("link2", "//evil.example"),
        ("link3", "https://user:pw@evil.example/"),
        ("link1", "ftp://a.example/"),
    ],
)
def test_bad_profile_is_refused_and_nothing_changes(
    person: Profile, field: str, value: str
) -> None:
    testing.make_brand(name="Ondine", handle="ondine")
    client = testing.client_for(person)

    answer = client.post("/settings/profile/", form(**{"bio": "New words", field: value}))

    assert answer.status_code == 422
    soup = soup_of(answer.content.decode())
    assert soup.select_one("section.errs") is not None
    if field != "bio":
        bio = soup.select_one("textarea[name=bio]")
        assert bio is not None
        assert bio.get_text(strip=True) == "New words"
    person.refresh_from_db()
    assert (person.name, person.handle, person.bio, person.links) == ("Noor Haddad", "noor", "", [])


def test_bad_picture_is_refused_and_nothing_changes(person: Profile) -> None:
    broken = picture_file()
    broken.seek(0)
    broken.truncate(40)

    answer = testing.client_for(person).post("/settings/profile/", form(bio="New", picture=broken))

    assert answer.status_code == 422
    person.refresh_from_db()
    assert (person.bio, person.picture_id) == ("", None)


def test_more_than_asked_for_is_ignored(person: Profile) -> None:
    extra = {"kind": "brand", "state": "draft", "verified_at": "2020-01-01", "followers_count": "9"}

    testing.client_for(person).post("/settings/profile/", form(**extra, user="1", organization="1"))

    person.refresh_from_db()
    assert (person.kind, person.state, person.verified_at) == ("person", "approved", None)
    assert person.followers_count == 0


def test_what_people_write_is_never_markup(person: Profile) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    client = testing.client_for(person)
    client.post("/settings/profile/", form(name="<b>N</b>", bio=evil))
    client.post(
        "/settings/addresses/new/", {**ADDRESS, "name": evil, "line1": evil, "company": evil}
    )

    for path in ("/settings/profile/", "/settings/addresses/", "/settings/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_brand_is_edited_while_acting_for_it_and_by_its_role(person: Profile) -> None:
    brand = testing.make_brand(name="Ondine", handle="ondine", owner=person)
    packer = testing.make_member(brand=brand, role="orders")
    client = testing.client_for(person, acting=brand)
    sent = {"name": "Ondine Studio", "handle": "ondine", "acting": brand.public_id}

    client.post("/settings/profile/", sent)
    refused = testing.client_for(packer, acting=brand).post(
        "/settings/profile/", {**sent, "name": "Mine now"}
    )
    stale = testing.client_for(person).post("/settings/profile/", {**sent, "name": "Other tab"})

    assert refused.status_code == 404
    assert stale.status_code == 409
    assert set(
        Profile.objects.filter(pk__in=[brand.pk, person.pk]).values_list("name", flat=True)
    ) == {
        "Ondine Studio",
        "Noor Haddad",
    }


# --- addresses -------------------------------------------------------------------------------
def test_first_address_is_used_first_and_the_next_when_it_goes(person: Profile) -> None:
    client = testing.client_for(person)
    for city in ("Berlin", "Wien"):
        client.post("/settings/addresses/new/", {**ADDRESS, "city": city})
    user_id = person.user_id or 0

    first, second = queries.addresses_for(user_id=user_id)
    assert (first.city, first.is_default, second.is_default) == ("Berlin", True, False)
    client.post(f"/settings/addresses/{second.public_id}/first/")
    assert queries.addresses_for(user_id=user_id)[0].city == "Wien"
    client.post(f"/settings/addresses/{second.public_id}/delete/")
    [left] = queries.addresses_for(user_id=user_id)
    assert (left.city, left.is_default) == ("Berlin", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("line1", " "),
        ("country", "XX"),
        ("country", ""),
        ("postcode", "9" * 50),
        ("postcode", "?"),
        ("postcode", "1010"),
    ],
)
def test_bad_address_is_refused_and_kept_on_the_page(
    person: Profile, field: str, value: str
) -> None:
    answer = testing.client_for(person).post(
        "/settings/addresses/new/", {**ADDRESS, "company": "Haddad & Co", field: value}
    )

    assert answer.status_code == 422
    assert "Haddad &amp; Co" in answer.content.decode()
    assert not Address.objects.exists()


def test_address_of_another_is_as_absent(person: Profile) -> None:
    stranger = testing.make_person()
    assert person.user is not None
    mine = testing.make_address(user=person.user)
    client = testing.client_for(stranger)

    for public_id in (mine.public_id, "nonesuch"):
        base = f"/settings/addresses/{public_id}/"
        assert client.get(base).status_code == 404
        for path in (base, f"{base}delete/", f"{base}first/"):
            assert client.post(path, {**ADDRESS, "city": "Stolen"}).status_code == 404
    assert queries.addresses_for(user_id=person.user.pk) == [mine]


def test_each_change_of_an_address_has_its_way_back(person: Profile) -> None:
    client = testing.client_for(person)
    user_id = person.user_id or 0

    def press(path: str, data: dict[str, str] | None = None) -> str:
        """Do it; answers where its Undo leads."""
        undo = undo_in(client.post(path, data or {}, follow=True))
        assert undo, path
        return undo

    def book() -> list[AddressData]:
        return queries.addresses_for(user_id=user_id)

    undo = press("/settings/addresses/new/", {**ADDRESS, "city": "Graz"})
    client.post(undo)
    assert book() == [], "what was added is gone"
    for city in ("Berlin", "Wien"):
        client.post("/settings/addresses/new/", {**ADDRESS, "city": city})
    before = book()
    first, second = (f"/settings/addresses/{one.public_id}/" for one in before)
    used_first = {**ADDRESS, "city": "Linz", "is_default": "on"}
    for path, data in (
        (first, {**ADDRESS, "city": "Linz"}),
        (second, used_first),
        ("/settings/addresses/new/", used_first),
        (f"{first}delete/", None),
        (f"{second}delete/", None),
        (f"{second}first/", None),
    ):
        undo = press(path, data)
        assert book() != before
        client.post(undo)
        assert book() == before, path
    client.post(f"{second}delete/")
    client.post("/settings/addresses/undo/")
    again = client.post("/settings/addresses/undo/", follow=True)
    assert "Nothing changed" in again.content.decode()
    assert book() == before, "once"


def test_which_address_is_first_comes_back_only_from_what_changed_it(person: Profile) -> None:
    client, user_id = testing.client_for(person), person.user_id or 0
    assert person.user is not None
    older, newer = (testing.make_address(user=person.user).public_id for _ in range(2))
    client.post(f"/settings/addresses/{newer}/", {**ADDRESS, "city": "Linz"})
    client.post(f"/settings/addresses/{older}/first/")
    client.post("/settings/addresses/undo/")
    book = [(one.public_id, one.city) for one in queries.addresses_for(user_id=user_id)]
    assert book == [(older, "Berlin"), (newer, "Berlin")]


def test_what_was_kept_aside_for_too_long_or_by_other_code_does_not_come_back(
    person: Profile,
) -> None:
    client = testing.client_for(person)
    assert person.user is not None
    mine = testing.make_address(user=person.user)
    other = {"at": clock.now().timestamp(), "public_id": mine.public_id, "was": {"street": "A 5"}}
    for kept, minutes, back in (
        (None, 59, True),
        (None, 61, False),
        (other, 0, False),
        ({"name": "Noor Haddad"}, 0, False),
    ):
        with clock.fixed(clock.now()):
            client.post(f"/settings/addresses/{mine.public_id}/", {**ADDRESS, "city": "Linz"})
        if kept:
            session = client.session
            session["address_before"] = kept
            session.save()
        for once_more in (False, True):
            with clock.fixed(clock.now() + timedelta(minutes=minutes)):
                said = client.post("/settings/addresses/undo/", follow=True).content.decode()
            assert ("Nothing changed" in said) is (once_more or not back)
            [now] = queries.addresses_for(user_id=person.user.pk)
            assert (now.city == "Berlin") is back
        Address.objects.update(city="Berlin")


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_each_takes_back_to_the_address_that_it_put_second(person: Profile) -> None:
    """Shown first with a look that does not wait for the other tab."""
    assert person.user is not None
    user_id = person.user.pk
    ids = [testing.make_address(user=person.user).public_id for _number in range(3)]

    def first(*, looks: bool, number: int) -> str:
        seen = queries.addresses_for(user_id=user_id)[0].public_id
        was = addresses.make_default_address(user_id=user_id, public_id=ids[number])
        return seen if looks else was

    for looks, second in ((True, ids[2]), (False, ids[0])):
        actions.make_default_address(user_id=user_id, public_id=ids[2])
        met = in_the_middle(
            seam=(addresses, "make_default_address"),
            act=transaction.atomic(partial(first, looks=looks, number=0)),
            meanwhile=partial(first, looks=looks, number=1),
        )
        assert met == (ids[2], second, True)
    assert addresses.make_default_address(user_id=user_id, public_id=ids[1]) == "", "it is"


def test_an_address_comes_back_to_whoever_took_it_away(person: Profile) -> None:
    client, stranger = testing.client_for(person), testing.client_for(testing.make_person())
    assert person.user is not None
    mine = testing.make_address(user=person.user)
    client.post(f"/settings/addresses/{mine.public_id}/delete/")
    stranger.post("/settings/addresses/undo/")
    assert not Address.objects.exists()
    client.post("/settings/addresses/undo/")
    assert queries.addresses_for(user_id=person.user.pk) == [mine]


def test_the_way_out_is_on_the_first_page_of_the_settings(person: Profile) -> None:
    soup = soup_of(testing.client_for(person).get("/settings/").content.decode())
    assert soup.select_one("main a[href='/settings/delete/']")


def test_address_fields_carry_what_browsers_fill_in(person: Profile) -> None:
    page = testing.client_for(person).get("/settings/addresses/new/").content.decode()
    soup = soup_of(page)

    filled = {tag["autocomplete"] for tag in soup.select("form.fields [autocomplete]")}
    assert filled >= {"name", "address-line1", "postal-code", "address-level2", "country", "tel"}


# --- unsafe methods --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/logout/",
        "/accounts/password/reset/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/follow/x/",
        "/switch/",
        "/settings/profile/",
        "/settings/addresses/new/",
        "/settings/addresses/x/delete/",
        "/settings/addresses/x/first/",
        "/welcome/",
        "/ask/brand/x/",
        "/report/profile/x/",
        "/studio/x/questions/",
    ],
)
def test_post_needs_the_token(person: Profile, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert person.user is not None
    client.force_login(person.user)

    assert client.post(path, {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    json = client.post(path, '{"a": 1}', content_type="text/plain")
    assert json.status_code == 403
    assert client.get(path, {"_method": "POST"}).status_code in (200, 302, 404, 405)


# --- look-alikes -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clay & Kiln", "\u0421lay & \u041ailn"),
        ("ondine", "0nd1ne"),
        ("Mornington", "Momington"),
        ("Ángel", "Angel"),
        ("studio.nord", "studio_nord"),
        ("ﬁne", "fine"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert handles.skeleton(one) == handles.skeleton(other)


def test_different_names_do_not() -> None:
    names = ["Ondine", "Undine", "Kiln", "Clay", "Halden", "Haldor", "Nord", "Nora"]
    assert len({handles.skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "name", ["Noor Haddad", "Müller & Söhne", "李小龙", "a", "-", "Admin", "x" * 50]
)
def test_suggested_handles_are_well_formed(name: str) -> None:
    assert handles.well_formed(handles.suggested_from(name))


def test_a_cover_and_its_focal_point_are_kept_and_a_bad_file_is_named() -> None:
    mara = testing.make_person(handle="mara")
    client = testing.client_for(mara)
    typed = {"name": mara.name, "handle": "mara", "bio": ""}
    client.post("/settings/profile/", {**typed, "cover": picture_file(width=900, height=300)})
    mara.refresh_from_db()
    assert mara.cover is not None
    assert 'class="front__cover"' in client.get("/@mara/").content.decode()
    page = client.get("/settings/profile/").content.decode()
    assert 'name="cover_focus_x"' in page
    chosen = {"cover_focus_x": "20", "cover_focus_y": "80"}
    assert client.post("/settings/profile/", {**typed, **chosen}).status_code == 302
    mara.cover.refresh_from_db()
    assert (mara.cover.focus_x, mara.cover.focus_y) == (20, 80)
    beside = {"cover_focus_x": "120", "cover_focus_y": "80"}
    assert client.post("/settings/profile/", {**typed, **beside}).status_code == 422
    wrong = SimpleUploadedFile("cover.jpg", b"no picture", content_type="image/jpeg")
    answer = client.post("/settings/profile/", {**typed, "cover": wrong})
    assert answer.status_code == 422
    assert 'href="#id_cover"' in answer.content.decode()
    mara.cover.refresh_from_db()
    assert (mara.cover.focus_x, mara.cover.focus_y) == (20, 80)


def undo_of(client: Client) -> str:
    undo = undo_in(client.get("/settings/profile/"))
    assert "/profile/undo/" in undo, "no way back is offered"
    return undo


def said(profile: Profile) -> tuple[object, ...]:
    profile.refresh_from_db()
    return profile.name, profile.handle, profile.bio, profile.links, profile.picture_id


def picture_in_search(words: object) -> str:
    (hit,) = find(text=str(words), kinds=["person"]).items
    return str(hit.facets["picture"])


def test_a_saved_profile_can_be_taken_back(person: Profile) -> None:
    client, before = testing.client_for(person), said(person)
    picture = SimpleUploadedFile("me.jpg", picture_file().read())
    changed = form(name="Another", handle="another", bio="New", link1="", picture=picture)
    client.post("/settings/profile/", changed)
    assert said(person)[0] == "Another"
    assert said(person)[4] is not None
    assert picture_in_search("another")
    undo = undo_of(client)
    assert client.get(undo).status_code == 405
    assert client.post(undo)["Location"] == "/settings/profile/"
    assert "as it was" in client.get("/settings/profile/").content.decode()
    assert said(person) == before
    assert picture_in_search(before[1]) == "", "a picture that was withdrawn is shown by search"


def test_the_way_back_is_for_ones_own_profile_and_not_forged(person: Profile) -> None:
    client = testing.client_for(person)
    client.post("/settings/profile/", form(name="Another"))
    undo, before = undo_of(client), said(person)
    other = testing.make_person()
    others = said(other)
    assert testing.client_for(other).post(undo).status_code == 404
    assert client.post(undo.rstrip("/") + "x/").status_code == 404
    assert client.post("/settings/profile/undo/nonsense/").status_code == 404
    assert Client().post(undo)["Location"].startswith("/accounts/login/")
    assert (said(person), said(other)) == (before, others)


def test_a_handle_that_somebody_took_meanwhile_is_said(person: Profile) -> None:
    client, old = testing.client_for(person), person.handle
    client.post("/settings/profile/", form(handle="another"))
    undo = undo_of(client)
    testing.make_person(handle=old)
    client.post(undo)
    assert "taken" in client.get("/settings/profile/").content.decode()
    person.refresh_from_db()
    assert person.handle == "another"


def test_every_page_of_the_menu_is_in_the_index_too(person: Profile) -> None:
    page = soup_of(testing.client_for(person).get("/settings/").content.decode())
    menu = [str(link["href"]) for link in page.select(".desk nav a")]
    index = [str(link["href"]) for link in page.select("main .line a.btn--line")]
    assert len(menu) == 7
    assert set(menu) <= set(index)
    assert reverse("mfa_index") in index
