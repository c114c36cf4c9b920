from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from core import clock
from core.testing import undo_in
from notifications import actions, queries
from notifications.models import Notice, Preference
from notifications.tests.test_notices import known_kinds, tell, unread  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


@pytest.fixture
def ann():
    return make_person(name="Ann")


@pytest.fixture
def client(ann) -> Client:
    return client_for(ann)


def test_an_empty_list_says_so_and_leads_on(client):
    page = soup_of(client.get("/notifications/"))
    assert "Nothing here yet" in page.text
    assert page.select_one(".void a.btn")["href"] == "/"


def test_notices_stand_under_their_days_with_the_next_step_in_the_row(client, ann):
    now = clock.now()
    for days in (20, 3, 1, 0):
        with clock.fixed(now - timedelta(days=days)):
            tell(ann, key=f"{days}", action="Track it")
    page = soup_of(client.get("/notifications/"))
    assert page.select("main h2")[0].text == "Today"
    assert len(page.select("main section")) == 4
    rows = page.select(".tells li.new")
    assert len(rows) == 4
    assert "Ann <i>B</i>" in rows[0].text
    link = rows[0].select_one(".act a")
    assert link.text.startswith("Track it")
    assert client.get(link["href"])["Location"] == "/order/1042/"
    assert unread(ann) == 3
    rows = soup_of(client.get("/notifications/")).select(".tells li")
    # Read or not, its kind can be silenced; one that is read has no tick any more.
    assert [len(one.select("button[name=kind]")) for one in rows] == [1, 1, 1, 1]
    assert [len(one.select("button[name=notice]")) for one in rows] == [0, 1, 1, 1]


def test_pages_have_no_gap_and_no_repeat(client, ann):
    for number in range(65):
        tell(ann, key=f"{number}")
    seen: list[str] = []
    cursor = None
    while True:
        page = queries.notices_for(profile_id=ann.pk, cursor=cursor)
        seen += [row.public_id for row in page.rows]
        tell(ann, key=f"late {len(seen)}")
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 65
    answer = soup_of(client.get("/notifications/"))
    assert len(answer.select(".tells li")) == 30
    more = answer.select_one("p.mt a")["href"]
    assert len(soup_of(client.get(more)).select(".tells li")) == 30


@pytest.mark.parametrize(
    "query", ["before=%00", "before=nonsense", "group=x'", "before=" + "a" * 5000]
)
def test_a_bent_address_shows_the_first_page(client, ann, query):
    tell(ann)
    answer = client.get(f"/notifications/?{query}")
    assert answer.status_code == 200
    assert len(soup_of(answer).select(".tells li")) == 1


def test_the_list_costs_the_same_for_one_and_for_thirty(client, ann, django_assert_max_num_queries):
    for number in range(30):
        tell(ann, key=f"{number}")
    with django_assert_max_num_queries(4):
        # session, user with profile, notices with pictures, new ones by group
        client.get("/notifications/")


def test_marking_one_and_all(client, ann):
    tell(ann, key="a")
    tell(ann, key="b")
    one = Notice.objects.first()
    answer = client.post("/notifications/read/", {"notice": one.public_id, "next": "/bag/"})
    assert (answer.status_code, answer["Location"]) == (302, "/bag/")
    assert unread(ann) == 1
    answer = client.post(
        "/notifications/read/", {"notice": one.public_id}, headers={"X-Fragment": "act"}
    )
    assert answer.json() == {"text": "There was nothing new."}
    assert unread(ann) == 1
    answer = client.post("/notifications/read/", {}, headers={"X-Fragment": "act"})
    assert answer.json() == {"text": "One notice is read now."}
    assert unread(ann) == 0
    assert client.get("/notifications/badge/").json() == {"unread": 0}


def test_somebody_elses_notice_is_not_there(client, ann):
    bob = make_person()
    tell(bob)
    theirs = Notice.objects.get()
    absent = "b" * 12
    for public_id in (theirs.public_id, absent):
        assert client.post("/notifications/read/", {"notice": public_id}).status_code == 404
        assert client.get(f"/notifications/{public_id}/").status_code == 404
    assert unread(bob) == 1


def test_the_badge(client, ann):
    tell(ann)
    assert client.get("/notifications/badge/").json() == {"unread": 1}
    assert Client().get("/notifications/badge/").json() == {"unread": 0}


@pytest.mark.parametrize(
    "path", ["/notifications/", "/settings/notifications/", "/notifications/bbbbbbbbbbbb/"]
)
def test_a_guest_is_asked_to_log_in(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/")


def test_who_has_no_brand_is_asked_about_no_brand(client):
    brand = make_brand()

    def codes(one):
        found = soup_of(one.get("/settings/notifications/"))
        return {tag["name"].removeprefix("shown:") for tag in found.select("[name^='shown:']")}

    sales = {"orders.sold", "messaging.question", "inventory.low", "brands.payout"}
    assert sales <= codes(client_for(owner_of(brand)))
    packer = codes(client_for(make_member(brand=brand, role="orders")))
    assert sales & packer == {"orders.sold"}
    assert not sales & codes(client)
    assert {"orders.paid", "feed.reply"} <= codes(client)


def test_settings_are_kept_at_once_and_taken_back(client, ann):
    page = soup_of(client.get("/settings/notifications/"))
    boxes = {one["name"]: one for one in page.select("input.switch")}
    assert boxes["email:tests.sold"].has_attr("disabled")
    inputs = page.select("form.stack input[type=hidden], form.stack input[checked]")
    form = {one["name"]: one.get("value", "on") for one in inputs}
    del form["email:tests.rang"]
    answer = client.post("/settings/notifications/", form, follow=True)
    row = Preference.objects.get()
    assert (row.kind, row.in_app, row.email) == ("tests.rang", True, False)
    assert client.post(undo_in(answer)).status_code == 302
    row.refresh_from_db()
    assert row.email


def test_undo_is_for_the_one_who_did_it(client, ann):
    bob = make_person()
    actions.save_preferences(profile_id=bob.pk, wanted={"tests.rang": []})
    from notifications.views import _undo_address

    address = _undo_address(bob.pk, {"tests.rang": ["in_app", "email"]})
    assert client.post(address).status_code == 404
    assert client.post(address[:-3] + "/").status_code == 404
    assert not Preference.objects.get().in_app


def test_muting_a_kind_from_its_row(client, ann):
    for undo in (True, False):
        page = client.post("/notifications/mute/", {"kind": "tests.rang"}, follow=True)
        said = page.content.decode()
        assert "Muted: Rings" in said
        assert ("Undo</button>" in said) == undo, "there is nothing to take back the second time"
        assert not Preference.objects.get().in_app
    assert client.post("/notifications/mute/", {"kind": "nope"}).status_code == 404


def test_unsafe_acts_need_their_method_and_their_token(ann):
    strict = client_for(ann)
    assert strict.get("/notifications/read/").status_code == 405
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = strict.cookies
    tell(ann)
    for path in ("/notifications/read/", "/notifications/mute/", "/settings/notifications/"):
        assert checked.post(path, {}).status_code == 403
    assert unread(ann) == 1


def test_staff_find_notices_and_mails(admin_client, ann, django_assert_max_num_queries):
    for number in range(8):
        tell(ann, key=f"{number}")
    actions.save_preferences(profile_id=ann.pk, wanted={"tests.rang": []})
    for name in ("notice", "mail", "preference"):
        with django_assert_max_num_queries(7):
            # session, user, count, rows with their profiles, and the values of the filters
            answer = admin_client.get(f"/admin/notifications/{name}/")
        assert answer.status_code == 200
    assert admin_client.get("/admin/notifications/notice/?q=1042").status_code == 200
    for name in ("dailycount", "touchrow"):
        assert admin_client.get(f"/admin/tracking/{name}/").status_code == 200
    assert admin_client.get("/admin/search/document/?q=vase").status_code == 200
