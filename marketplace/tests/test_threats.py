"""Sweeps over every address: nobody breaks a page, reads or changes what is another's.

The addresses come from the resolver, so that a new one is swept from its first day.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from accounts.testing import PASSWORD, client_for, make_person, owner_of
from feed.testing import make_pin
from marketplace.tests.world import (
    ABSENT,
    World,
    addresses,
    everything,
    make_world,
    nonsense,
    path_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOSTILE = {
    "NUL": "%00",
    "SQL": "%27%20OR%201%3D1--%20%25_%5C%22",
    "minus one": "-1",
    "very large": "1000000000000000000000",
    "a field of ours": "user__password",
    "no UTF-8": "%ff%fe",
    "ten thousand letters": "x" * 10_000,
    "a regular expression": "%28a%2B%29%2B%24%5B%5D%7B",
}
# Every name of a parameter that a page reads, and some that none should.
PARAMETERS = re.findall(
    r"\w+",
    "q kind cursor after before page per_page sort show state stock days tab group find board "
    "t v variant quantity country image closed next min max price_min price_max category "
    "as tick undo",
)
# The same for what is posted.
FIELDS = re.findall(
    r"[\w-]+",
    "variant quantity address method key total currency version country board new_board title "
    "secret acting follow to like notice kind purposes order line reason text email name street "
    "postcode city carrier tracking kept kept_image drop cover alt category link products ship1 "
    "answered t as role had_0 option_0 values_0 v-0-sku v-0-price v-0-stock v-0-was v-0-values vat "
    "v-0-picture lead_days return_days handle bio link1 line1 line2 company phone login password "
    "v-0-key theme next pins do move beside behind section arrange answers people open like token "
    "find found tag untag retag sort at_x at_y t-0-product t-0-variant t-0-x t-0-y "
    "focus_x focus_y ai_made audience comments_open talk publish_at row undo letters each "
    "to-category stars",
)
LOGS_OUT = {"account_logout"}
# They prove by signature or origin who sends, since no form of ours does.
OTHER_PROOF = {"payments:webhook": 400, "tracking:impressions": 403}
# What is there only for a link, a moment or a token that the world does not have: their own tests
# have them.
NOT_IN_THE_WORLD = {
    "accounts:join",
    "accounts:profile_undo",
    "accounts:provider_back",
    "accounts:provider_begin",
    "accounts:provider_connect",
    "accounts:provider_disconnect",
    "accounts:provider_join",
    "accounts:studio_team_undo",
    "brands:style",
    "demo:letter",
    "feed:board_follow_link",
    "metrics",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
    "notifications:undo",
    "orders:claim",
    "pages:stylesheet",
}
SHARED = {"core:media", "pages:stylesheet"}
PUBLIC_OBJECTS = {
    "core:media",
    "pages:profile",
    "pages:profile_shop",
    "pages:profile_collections",
    "pages:collection",
    "pages:profile_boards",
    "pages:profile_about",
    "pages:profile_followers",
    "accounts_api:followers",
    "accounts_api:following",
    "pages:profile_services",
    "pages:service",
    "pages:profile_following",
    "pages:sitemap",
    "pages:product",
    "pages:stylesheet",
    "feed:explore_category",
    "feed:topic_follow",
    "feed:hashtag",
    "feed:hashtag_follow",
    "feed:pin",
    "feed:save",
    "feed:unsave",
    "feed:save_to",
    "feed:save_product",
    "feed:unsave_product",
    "feed:save_service",
    "feed:unsave_service",
    "feed:like",
    "feed:talk",
    "feed:comment",
    "feed:comment_like",
    "orders:buy",
    "messaging:ask",
    "messaging:quote",
    "moderation:report",
    "reviews:listing",
    "reviews_api:reviews",
    "moderation:receipt",  # says back what the address says, and looks nothing up
    "accounts:follow",
    "accounts:block",
    "accounts:mute",
    "accounts_api:profile",
    "accounts_api:follow",
    "accounts_api:block",
    "accounts_api:mute",
    "catalog_api:product",
    "catalog_api:related",
    "catalog_api:delivery",
    "catalog_api:variant",
    "catalog_api:products_of",
    "catalog_api:storefront",
    "catalog_api:collection",
    "catalog_api:collection_products",
    "catalog_api:collections_of",
    "market_api:service",
    "feed_api:pin",
    "feed_api:related",
    "feed_api:save",
    "feed_api:save_product",
    "feed_api:save_service",
    "feed_api:like",
    "feed_api:comments",
    "feed_api:comments_open",
    "feed_api:comment",
    "feed_api:comment_like",
    "feed_api:topic_follow",
    "feed_api:hashtag",
    "feed_api:hashtag_pins",
    "feed_api:hashtag_follow",
    "feed_api:boards_of",
    "feed_api:pins_of",
    "demo:login",
    "demo:letter",
}


@pytest.fixture
def world() -> World:
    return make_world()


def quiet(client: Client) -> Client:
    """A client that answers 500 instead of raising, so that a sweep names every broken page."""
    client.raise_request_exception = False
    return client


def test_nonsense_breaks_nothing_and_changes_nothing(world: World) -> None:
    visitors = {**world.visitors(), "the owner": client_for(owner_of(world.brand))}
    before = everything()
    broken = []
    for name, arguments in addresses():
        path = path_to(name, {one: nonsense(one) for one in arguments})
        for who, client in visitors.items():
            answers = [quiet(client).get(path)]
            if name not in LOGS_OUT and arguments:
                answers.append(quiet(client).post(path))
            broken += [
                f"{who}: {answer.request['REQUEST_METHOD']} {path}: {answer.status_code}"
                for answer in answers
                if answer.status_code >= 500
            ]
    assert broken == []
    assert everything() == before


def test_what_is_anothers_answers_like_what_is_not_there(world: World) -> None:
    """Same status, same place, same words: nobody learns that it exists."""
    visitors = world.visitors()
    before = everything()
    differing, opened = [], []
    for name, arguments in addresses():
        if not arguments or name in PUBLIC_OBJECTS:
            continue
        real = world.real(name, arguments)
        foreign = path_to(name, real)
        nothing = {one: nonsense(one) for one in arguments}
        absent = path_to(name, nothing)
        for who, client in visitors.items():
            for send in (client.get, client.post):
                one, other = send(foreign), send(absent)
                if seen(one, real) != seen(other, nothing):
                    differing.append(f"{who}: {name}: {one.status_code} and {other.status_code}")
                if one.status_code == 200:
                    opened.append(f"{who}: {name}")
    assert differing == []
    assert opened == []
    assert everything() == before


def test_control_to_those_whose_it_is_everything_is_there(world: World) -> None:
    """Without this, the test above might compare nothing with nothing."""
    own = [client_for(world.buyer), client_for(owner_of(world.brand))]
    lost = []
    for name, arguments in addresses():
        path = path_to(name, world.real(name, arguments))
        if name not in LOGS_OUT and all(client.get(path).status_code == 404 for client in own):
            lost.append(name)
    assert set(lost) <= NOT_IN_THE_WORLD


def seen(answer: Any, arguments: dict[str, Any]) -> tuple[int, str, str]:
    """What a visitor can tell of an answer, without what differs from one to the next."""
    place, body = answer.headers.get("Location", ""), answer.content.decode()
    # A number may stand for anything: it is the asked one only as a part of an address.
    whole = [f"{mark}{{}}{mark}" for mark in ("/", "%2F")]
    names = sorted((one for one in arguments.values() if isinstance(one, str)), key=len)
    swaps = [(one, ABSENT) for one in reversed(names)]
    swaps += [
        (form.format(one), form.format(ABSENT))
        for one in arguments.values()
        if isinstance(one, int)
        for form in whole
    ]
    for old, new in swaps:
        place, body = place.replace(old, new), body.replace(old, new)
    body = re.sub(r'value="[A-Za-z0-9]{64}"|[0-9a-f]{32}', "", body)
    return answer.status_code, place, body


def test_nothing_is_done_without_the_token_of_a_form(world: World) -> None:
    """No token, a made-up one, a form in disguise, a method in disguise."""
    buyer, owner = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    for browser, person in ((buyer, world.buyer), (owner, owner_of(world.brand))):
        assert person.user is not None
        browser.force_login(person.user)
    before = everything()
    wrong = []
    for name, arguments in addresses():
        path = path_to(name, world.real(name, arguments))
        browser = owner if path.startswith("/studio/") else buyer
        evil = {"Origin": "https://evil.example"}
        tries = {
            "no token": browser.post(path),
            "a made-up token": browser.post(path, {"csrfmiddlewaretoken": "x" * 64}),
            "plain text": browser.post(path, '{"a": 1}', content_type="text/plain"),
            "DELETE from elsewhere": browser.delete(path, headers=evil),
        }
        wrong += [
            f"{name} with {what}: {answer.status_code}"
            for what, answer in tries.items()
            if answer.status_code not in (OTHER_PROOF.get(name, 403), 405)
        ]
        browser.get(path, {"_method": "DELETE"}, headers={"X-HTTP-Method-Override": "DELETE"})
    assert wrong == []
    now = everything()
    # Looking at a page may mark what was read; nothing else may move.
    assert {table for table in now if now[table] != before[table]} <= READING


READING = {"notifications_notice", "accounts_profile"}


@pytest.mark.parametrize("who", ["the buyer", "the owner", "a guest"])
def test_every_answer_carries_its_headers(world: World, who: str) -> None:
    people = {"the buyer": world.buyer, "the owner": owner_of(world.brand), "a guest": None}
    client = quiet(client_for(people[who]))
    missing = []
    for name, arguments in addresses():
        real, absent = world.real(name, arguments), {one: nonsense(one) for one in arguments}
        for path in {path_to(name, real), path_to(name, absent)}:
            if name not in LOGS_OUT:
                answer = client.get(path)
                missing += [f"{path}: {fault}" for fault in faults_of(answer, name, who)]
    errors = {
        "a bad host": client.get("/", headers={"Host": "evil.example"}),
        "a wrong method": client.get("/bag/add/"),
        "no token": Client(enforce_csrf_checks=True).post("/bag/add/"),
        "an absent page": client.get("/no-such-page"),
    }
    for what, answer in errors.items():
        assert answer.status_code in (400, 403, 404, 405), what
        missing += [f"{what}: {fault}" for fault in faults_of(answer, what, "a guest")]
    assert missing == []


def faults_of(answer: Any, name: str, who: str) -> list[str]:
    """Headers that are missing or too generous."""
    policy = answer.headers.get("Content-Security-Policy", "")
    keeping = answer.headers.get("Cache-Control", "")
    wanted = {
        "CSP": policy.startswith("default-src 'none'") and "unsafe" not in policy,
        "no frames": "frame-ancestors 'none'" in policy,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "permissions": "camera=()" in answer.headers.get("Permissions-Policy", ""),
        "a cookie is never shared": not (answer.cookies and "public" in keeping),
        "a known visitor's page is kept by nobody": (
            who == "a guest" or name in SHARED or keeping == "private, no-store"
        ),
    }
    return [what for what, holds in wanted.items() if not holds]


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_questions_get_a_sane_answer(world: World, value: str) -> None:
    """On every page at once, in every parameter at once."""
    client = quiet(client_for(owner_of(world.brand)))
    asked = "&".join(f"{name}={value[:1_000]}" for name in PARAMETERS) + f"&q={value}"
    broken = []
    for name, arguments in addresses():
        if name in LOGS_OUT:
            continue
        path = path_to(name, world.real(name, arguments))
        answer = client.get(path, QUERY_STRING=asked)
        if answer.status_code >= 500:
            broken.append(f"{path}: {answer.status_code}")
    assert broken == []


@pytest.mark.parametrize("value", ["a\x00b", "9" * 30], ids=["NUL", "very large"])
def test_hostile_forms_get_a_sane_answer(world: World, value: str) -> None:
    """Every field that a form of ours has, all at once and on every address."""
    clients = [client_for(world.buyer), client_for(owner_of(world.brand)), Client()]
    broken = []
    for client in map(quiet, clients):
        for name, arguments in addresses():
            if name in LOGS_OUT:
                continue
            path = path_to(name, world.real(name, arguments))
            answer = client.post(path, {**dict.fromkeys(FIELDS, value), "do": "pay"})
            if answer.status_code >= 500:
                broken.append(f"{path}: {answer.status_code}")
    assert broken == []


def test_no_page_holds_code_of_a_person_or_of_a_third_party(world: World) -> None:
    """Everything that takes text was given a script; pages show it as words."""
    shown, wrong = 0, []
    for person in (world.buyer, owner_of(world.brand), None):
        client = client_for(person)
        for name, arguments in addresses():
            if name in LOGS_OUT:
                continue
            answer = client.get(path_to(name, world.real(name, arguments)))
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            text = answer.content.decode()
            shown += "&lt;script&gt;alert(1)" in text
            wrong += [f"{name}: {fault}" for fault in code_in(BeautifulSoup(text, "html5lib"))]
    assert wrong == []
    assert shown > 15, "hardly any page shows what people wrote: the sweep proves nothing"


def code_in(soup: BeautifulSoup) -> list[str]:
    """Inline scripts and styles, handlers, and anything that another site would serve."""
    found = []
    for tag in soup.find_all(True):
        source = str(tag.get("src") or "")
        if tag.name == "link" and "canonical" not in str(tag.get("rel")):
            source = str(tag.get("href") or "")
        if tag.name == "script" and not tag.get("src") and tag.get("type") != "application/ld+json":
            found.append(f"inline script {tag.text[:40]!r}")
        if any(str(key).startswith("on") or key == "style" for key in tag.attrs):
            found.append(f"a handler or style on <{tag.name}>")
        if re.match(r"(?i)(https?:)?//|data:text|javascript:", source):
            found.append(f"<{tag.name}> from {source[:60]}")
        if re.match(r"(?i)\s*(javascript|data|vbscript):", str(tag.get("href") or "")):
            found.append(f"a link to {str(tag.get('href'))[:60]}")
    return found


def test_a_link_of_a_person_shows_its_host_and_lends_it_no_name(client: Client) -> None:
    # The first letter is Cyrillic.
    pin = make_pin(title="Read more", link="https://\u0430pple.example/parley.test?q=1#top")
    page = BeautifulSoup(client.get(f"/pin/{pin.public_id}/").content, "html5lib")
    link = page.find("a", href=pin.link)
    assert link is not None
    assert "xn--pple-43d.example" in link.get_text()
    assert "parley.test" not in link.get_text()
    assert {"ugc", "noopener", "nofollow"} <= {*link["rel"]}


@pytest.mark.parametrize(
    "path",
    ["/orders/x.css", "/settings/x.css", "/notifications/x.js", "/bag/bag.css", "/orders.css"],
)
def test_no_personal_page_under_the_name_of_a_file(world: World, path: str) -> None:
    answer = client_for(world.buyer).get(path, follow=True)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/HEAD", "/.git/config", "/.env", "/.env.local", "/requirements.txt", "/manage.py"),
        *("/media/", "/media/aa/", "/media/aa/../../.env", "/static/", "/static/js/", "/var/"),
        *(
            "/static/../marketplace/settings/environment.py",
            "/__debug__/",
            "/server-status",
        ),
        *(
            "/openapi.json",
            "/swagger/",
            "/phpinfo.php",
            "/wp-login.php",
            "/backup.sql",
            "/db.sqlite3",
        ),
    ],
)
def test_nothing_of_the_workshop_is_found(client: Client, path: str) -> None:
    answer = client.get(path)
    body = answer.content.decode()
    assert answer.status_code == 404
    for word in ("Traceback", "DEBUG = True", "urlpatterns", "INSTALLED_APPS", "Using the URLconf"):
        assert word not in body


def test_a_broken_page_tells_no_stranger_how_it_works(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the password of the database")

    monkeypatch.setattr("marketplace.pages.small_print.render", fail)
    answer = quiet(client).get("/help/")
    body = answer.content.decode()
    assert answer.status_code == 500
    assert "password of the database" not in body
    assert "Traceback" not in body
    assert faults_of(answer, "500", "a guest") == []


def test_the_administration_is_closed_and_says_nothing(world: World) -> None:
    visitors = world.visitors()
    before = everything()
    for who, client in visitors.items():
        for path in ("/admin/", "/admin/orders/order/", "/admin/payments/payment/1/change/"):
            answer = client.get(path)
            assert answer.status_code in (302, 403, 404), (who, path)
            assert "Traceback" not in answer.content.decode()
    assert everything() == before


def test_cookies_are_for_this_site_and_no_script() -> None:
    person = make_person()
    assert person.user is not None
    typed = {"login": person.user.email, "password": PASSWORD}
    cookies = Client().post("/accounts/login/", typed).cookies
    assert settings.SESSION_COOKIE_NAME in cookies
    for cookie in [*cookies.values(), *Client().get("/accounts/login/").cookies.values()]:
        assert cookie["samesite"] in ("Lax", "Strict"), cookie.key
    assert cookies[settings.SESSION_COOKIE_NAME]["httponly"]
