"""What every answer carries: on pages, errors and files alike."""

import ast
import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.testing import PASSWORD, client_for, make_person
from core.media import store_image
from core.testing import picture_file
from marketplace.middleware import ProxyMiddleware
from marketplace.tests.test_settings import PRODUCTION, values
from notifications import live

pytestmark = pytest.mark.django_db

PATHS = ["/healthz", "/no-such-page", "/static/admin/css/base.css", "/accounts/login/"]


@pytest.mark.parametrize("path", PATHS)
def test_security_headers_are_everywhere(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


PROTECTING = re.compile(r"SECURE_(HSTS|SSL)_|(SESSION|CSRF)_COOKIE_(NAME|SECURE|HTTPONLY|SAMESITE)")


@pytest.fixture
def production(settings: Any, tmp_path: Path) -> None:
    """This process under what the settings of production say."""
    for name, value in values(tmp_path, **PRODUCTION).items():
        if PROTECTING.match(name) and name != "SECURE_SSL_HOST":
            plain = isinstance(getattr(settings, name), str)
            setattr(settings, name, value if plain else ast.literal_eval(value))


@pytest.mark.usefixtures("production")
def test_in_production_https_is_for_good_and_cookies_go_over_nothing_else() -> None:
    picture = store_image(file=picture_file()).src(80)
    browser = Client()
    assert browser.get(picture, secure=True).status_code == 200
    for path in ("/", *PATHS[1:], "/api/v1/products/", picture, "/media/aa/none/236.jpeg"):
        answer = browser.get(path, secure=True)
        said = answer.headers.get("Strict-Transport-Security", "")
        assert int(re.findall(r"max-age=(\d+)", said)[0]) >= 365 * 24 * 3600, path
        plain_answer = browser.get(path)
        assert plain_answer.status_code == 301, path
        assert plain_answer["Location"].startswith("https://"), path
        assert not plain_answer.cookies
    person = make_person()
    assert person.user is not None
    data = {"login": person.user.email, "password": PASSWORD}
    cookies = browser.post("/accounts/login/", data, secure=True).cookies
    cookies.update(browser.get("/accounts/password/reset/", secure=True).cookies)
    assert {"__Host-session", "__Host-csrf"} <= set(cookies)
    for name, cookie in cookies.items():
        kept = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"])
        assert kept == (True, True, "Lax", "/"), name
        assert not cookie["domain"]


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(("path", "status"), [("/live/", 401), ("/none", 404)])
def test_the_live_process_says_what_pages_say(
    path: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no Django: no middleware says it there."""

    async def ready() -> bool:
        return True

    monkeypatch.setattr(live.hub, "ready", ready)
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def receive() -> Any:
        raise AssertionError("a refusal waits for nothing")

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    with ThreadPoolExecutor(1) as pool:  # browser tests leave a loop in the main thread
        pool.submit(asyncio.run, live.application(scope, receive, send)).result()
    assert said[0]["status"] == status
    told = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    assert "frame-ancestors 'none'" in told["content-security-policy"]
    page = Client().get("/help/", secure=True)
    for name in SAME_EVERYWHERE:
        assert told[name.lower()] == page[name], name


SAME_EVERYWHERE = (
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
)


@pytest.mark.parametrize("path", ["/healthz", "/no-such-page", "/accounts/login/"])
def test_pages_of_a_session_are_not_kept(client: Client, path: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"

    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_static_files_are_shared(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"

    assert "no-store" not in client.get("/static/admin/css/base.css")["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["/static/none.css", "/media/none.webp", "/media/aa/bbbbbbbbbbbb/236.webp", "/css/x/y.css"],
)
def test_that_there_is_no_file_is_told_to_one_person(path: str) -> None:
    """A cache in front would show the next visitor whose page it was."""
    person = make_person()
    answer = client_for(person).get(path)

    assert answer.status_code == 404
    assert person.handle in answer.text
    assert answer["Cache-Control"] == "private, no-store"


def test_probes_come_by_address(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/help/", headers={"Host": "10.1.2.3:8000"}).status_code == 400


def test_request_id_of_a_proxy_is_kept(client: Client) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": "edge-01234567"})

    assert answer["X-Request-ID"] == "edge-01234567"


@pytest.mark.parametrize("bad", ["short", "x" * 65, 'a"b<script>cdefg', "new line here"])
def test_malformed_request_id_is_replaced(client: Client, bad: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": bad})["X-Request-ID"] != bad


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil"])
def test_foreign_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/accounts/login/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/product/%00/x/", "/@%00/", "/pin/%00/"])
def test_nothing_is_at_an_address_with_nul(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.env", "/media/", "/static/", "/static/../manage.py", "/var/"]
)
def test_nothing_of_the_workshop_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_map_of_a_source_is_served(client: Client) -> None:
    """Packages bring some along; what they are maps of is there."""
    brought = [path for path, _storage in AppDirectoriesFinder().list(["!"])]
    maps = [path for path in brought if path.endswith(".map")]
    assert len(maps) >= 4, "hardly any maps: this proves nothing"
    assert [one for one in maps if client.get(f"/static/{one}").status_code != 404] == []
    shown = [f"/static/{one.removesuffix('.map')}" for one in maps]
    assert [one for one in shown if client.get(one).status_code != 200] == []


def test_templates_hold_no_inline_code() -> None:
    """The policy would block it in the browser; here it is found before. Mails know no policy."""
    handlers = "click|change|submit|load|error|input|key[a-z]+|mouse[a-z]+|focus|blur|toggle"
    inline = re.compile(
        rf"<style|\sstyle=|\son({handlers})=|javascript:"
        r"|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")",
        re.IGNORECASE,
    )
    found = [
        f"{file.relative_to(settings.BASE_DIR)}:{number}"
        for file in Path(settings.BASE_DIR, "templates").rglob("*.html")
        if not {"email", "notices"} & {*file.parts}
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if inline.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first one is the sender's own claim
        ("2001:db8::1", "2001:db8::1"),
        ("nobody", "10.0.0.2"),
        ("", "10.0.0.2"),
    ],
)
def test_behind_a_proxy_limits_count_the_sender(
    rf: RequestFactory, header: str, address: str
) -> None:
    seen = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    request = rf.get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR="10.0.0.2")
    ProxyMiddleware(answer)(request)
    assert seen == [address]


def test_without_a_proxy_nobody_names_their_own_address() -> None:
    assert "marketplace.middleware.ProxyMiddleware" not in settings.MIDDLEWARE
