import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from redis import Redis

from accounts.actions import suspend_person
from accounts.testing import PASSWORD, client_for, make_person
from notifications import hub as hub_module
from notifications import live
from notifications.actions import push_live
from notifications.hub import Hub

pytestmark = pytest.mark.django_db(transaction=True)


class Page:
    """An open page: what it was sent, and the way to close it."""

    def __init__(self, *, cookie: str = "", origin: str | None = "http://localhost:8000", **scope):
        headers = [(b"host", b"localhost:8001"), (b"cookie", cookie.encode())]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        self.scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, **scope}
        self.status = 0
        self.headers: dict[str, str] = {}
        self.sent = b""
        self.ended = False
        self._left = asyncio.Event()

    async def _receive(self):
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.sent += message["body"]
            self.ended = self.ended or not message["more_body"]

    def open(self) -> "Page":
        self.task = asyncio.create_task(live.application(self.scope, self._receive, self._send))
        return self

    async def until(self, condition, seconds: float = 5.0) -> None:
        for _turn in range(int(seconds / 0.02)):
            if condition(self):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"not seen: status {self.status}, {self.sent!r}")

    async def leave(self) -> None:
        self._left.set()
        await asyncio.wait_for(self.task, 5)


@pytest.fixture(autouse=True)
def fresh_hub(monkeypatch):
    monkeypatch.setattr(live, "hub", Hub())


def cookie_of(client: Client) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


@pytest.fixture
def ann():
    return make_person()


@pytest.fixture
def cookie(ann):
    return cookie_of(client_for(ann))


def publish(profile_id: int, event: str = "badge", **data) -> None:
    redis = Redis.from_url(settings.LIVE_REDIS_URL)
    redis.publish(f"live:{profile_id}", json.dumps({"event": event, "data": data}))
    redis.close()


async def aside(act, *args, **kwargs):
    """Run in a thread and leave no database connection behind there."""

    def whole():
        try:
            return act(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.to_thread(whole)


def in_its_own_thread(coroutine):
    """What it returns. Browser tests before this one may have left a loop in the main thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def run(scene) -> None:
    async def whole():
        try:
            await asyncio.wait_for(scene(), 30)
        finally:
            for task in live.hub._tasks:
                task.cancel()
            await asyncio.gather(*live.hub._tasks, return_exceptions=True)

    in_its_own_thread(whole())


def test_a_page_hears_what_is_meant_for_it_and_nothing_else(ann, cookie):
    async def scene():
        page = Page(cookie=cookie).open()
        await page.until(lambda one: b'event: badge\ndata: {"unread":0}' in one.sent)
        assert page.status == 200
        assert page.headers["content-type"] == "text/event-stream"
        assert page.headers["cache-control"] == "private, no-store"
        await aside(publish, ann.pk + 1, "order", number="1")
        await aside(publish, ann.pk, "order", number="1042", state="shipped")
        await page.until(lambda one: b"1042" in one.sent)
        assert b'event: order\ndata: {"number":"1042","state":"shipped"}\n\n' in page.sent
        assert page.sent.count(b"event: order") == 1
        await page.leave()
        assert live.hub.count == 0

    run(scene)


def test_what_an_action_pushes_arrives_after_the_commit(ann, cookie):
    async def scene():
        page = Page(cookie=cookie).open()
        await page.until(lambda one: b"badge" in one.sent)
        await aside(push_live, profile_ids=[ann.pk], event="badge", data={"unread": 7})
        await page.until(lambda one: b'{"unread":7}' in one.sent)
        await page.leave()

    run(scene)


def test_a_quiet_stream_is_kept_awake(cookie, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)

    async def scene():
        page = Page(cookie=cookie).open()
        await page.until(lambda one: one.sent.count(b": still here") >= 3)
        await page.leave()

    run(scene)


@pytest.mark.parametrize("given", ["", "session=", "session=nonsense", "session=' OR 1=1", "\x00"])
def test_a_stranger_gets_no_stream(given):
    async def scene():
        page = Page(cookie=given).open()
        await asyncio.wait_for(page.task, 5)
        assert page.status == 401
        assert page.sent == b""

    run(scene)


def test_the_stream_ends_at_log_out(ann):
    client = client_for(ann)

    async def scene():
        page = Page(cookie=cookie_of(client)).open()
        other = Page(cookie=cookie_of(client_other)).open()
        await page.until(lambda one: b"badge" in one.sent)
        await other.until(lambda one: b"badge" in one.sent)
        await aside(client.logout)
        await live.hub.drop_ended()
        await page.until(lambda one: one.ended)
        assert not other.ended
        await other.leave()

    client_other = client_for(ann)
    run(scene)


def test_the_stream_ends_with_the_account(ann, cookie):
    def suspend():
        ann.user.is_active = False
        ann.user.save()

    async def scene():
        page = Page(cookie=cookie).open()
        await page.until(lambda one: b"badge" in one.sent)
        await aside(suspend)
        await live.hub.drop_ended()
        await page.until(lambda one: one.ended)
        again = Page(cookie=cookie).open()
        await asyncio.wait_for(again.task, 5)
        assert again.status == 401

    run(scene)


def log_in(person) -> Client:
    client = Client()
    typed = {"login": person.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", typed).status_code == 302
    return client


def delete_account(_person, here: Client) -> None:
    here.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/settings/delete/"})
    answer = here.post("/settings/delete/", {"sure": "on"})
    assert answer["Location"] == "/goodbye/"


def suspend(person, _here: Client) -> None:
    operator = make_person(staff=True).user_id or 0
    suspend_person(profile_id=person.pk, operator_id=operator, reason="Spam")


def log_out_everywhere(_person, here: Client) -> None:
    assert here.post("/settings/sessions/end/").status_code == 302


def change_password(_person, here: Client) -> None:
    form = {"oldpassword": PASSWORD, "password1": "quite another secret"}
    assert here.post("/accounts/password/change/", form).status_code == 302


def log_the_other_one_out(_person, here: Client) -> None:
    page = here.get("/settings/sessions/").content.decode()
    [path] = re.findall(r"/settings/sessions/[a-z0-9]{12}/end/", page)
    assert here.post(path).status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "stays_in"),
    [
        (delete_account, False),
        (suspend, False),
        (log_out_everywhere, False),
        (change_password, True),
        (log_the_other_one_out, True),
    ],
)
def test_an_open_stream_ends_with_what_it_hangs_on(ann, monkeypatch, end, stays_in):
    """By the hub's own look; nothing more reaches it, and it cannot be opened again."""
    monkeypatch.setattr(hub_module, "RECHECK_SECONDS", 0.2)
    stranger = make_person()
    here, elsewhere, bystander = log_in(ann), log_in(ann), log_in(stranger)

    async def scene():
        cookies = [cookie_of(client) for client in (here, elsewhere, bystander)]
        pages = [Page(cookie=cookie).open() for cookie in cookies]
        for page in pages:
            await page.until(lambda one: b"badge" in one.sent)
        await aside(end, ann, here)
        mine, other, strangers = pages
        await other.until(lambda one: one.ended)
        if not stays_in:
            await mine.until(lambda one: one.ended)
        await aside(publish, ann.pk, "order", number="1042")
        await aside(publish, stranger.pk, "order", number="1043")
        await strangers.until(lambda one: b"1043" in one.sent)
        assert b"1042" not in other.sent
        again = Page(cookie=cookies[1]).open()
        await asyncio.wait_for(again.task, 5)
        assert again.status == 401
        assert not strangers.ended
        # A new password gives this browser a new key: its page opens its stream again with that.
        back = Page(cookie=cookie_of(here) if stays_in else cookies[0]).open()
        await back.until(lambda one: one.status)
        assert back.status == (200 if stays_in else 401)
        for page in (*pages, back):
            await page.leave()

    run(scene)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "null", "http://[::1"]
)
def test_pages_of_other_hosts_may_not_read(cookie, origin):
    async def scene():
        page = Page(cookie=cookie, origin=origin).open()
        await asyncio.wait_for(page.task, 5)
        assert page.status == 403
        assert "access-control-allow-origin" not in page.headers

    run(scene)


def test_a_host_that_is_none_is_refused(cookie):
    async def scene():
        headers = [(b"host", b"["), (b"cookie", cookie.encode()), (b"origin", b"http://localhost")]
        page = Page(headers=headers).open()
        await asyncio.wait_for(page.task, 5)
        assert page.status == 403

    run(scene)


def test_the_same_host_on_another_port_may(cookie):
    async def scene():
        page = Page(cookie=cookie, origin="http://localhost:8000").open()
        await page.until(lambda one: one.status == 200)
        assert page.headers["access-control-allow-origin"] == "http://localhost:8000"
        assert page.headers["access-control-allow-credentials"] == "true"
        assert page.headers["vary"] == "Origin"
        await page.leave()

    run(scene)


@pytest.mark.parametrize(
    ("scope", "status"), [({"path": "/admin/"}, 404), ({"method": "POST"}, 405)]
)
def test_it_answers_nothing_else(scope, status):
    async def scene():
        page = Page(**scope).open()
        await asyncio.wait_for(page.task, 5)
        assert page.status == status

    run(scene)


def test_without_redis_pages_are_sent_away_to_ask_by_themselves(cookie, settings):
    settings.LIVE_REDIS_URL = "unix:///nowhere.sock?db=0"

    async def scene():
        page = Page(cookie=cookie).open()
        await asyncio.wait_for(page.task, 5)
        assert page.status == 503

    run(scene)


def test_pushing_without_redis_raises_nothing_and_does_not_wait(settings, monkeypatch):
    from notifications.actions import live as pushing

    settings.LIVE_REDIS_URL = "unix:///nowhere.sock?db=0"
    pushing._client.cache_clear()
    monkeypatch.setattr(pushing._Breaker, "away_until", 0.0)
    push_live(profile_ids=[1], event="badge", data={})
    assert pushing._Breaker.away_until > 0
    pushing._client.cache_clear()


def test_the_oldest_page_makes_room(cookie, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_PER_PROFILE", 2)

    async def scene():
        pages = []
        for _number in range(3):
            pages.append(Page(cookie=cookie).open())
            await pages[-1].until(lambda one: b"badge" in one.sent)
        await pages[0].until(lambda one: one.ended)
        assert not pages[1].ended
        for page in pages[1:]:
            await page.leave()

    run(scene)


def test_a_reader_who_does_not_keep_up_is_cut_off(ann):
    from notifications.hub import QUEUE_LENGTH
    from notifications.streams_auth import Identity

    async def scene():
        stream = Hub().open(Identity("k", 1, ann.pk, 0))
        for number in range(QUEUE_LENGTH + 1):
            stream.put(b"%d" % number)
        assert await stream.next() is None

    in_its_own_thread(scene())


def test_a_thousand_pages_hear_at_once(ann, cookie, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_PER_PROFILE", 2_000)

    async def scene():
        first = Page(cookie=cookie).open()
        await first.until(lambda one: b"badge" in one.sent)
        identity = next(iter(live.hub._streams[ann.pk])).identity

        async def known(_key):
            return identity

        monkeypatch.setattr(live, "identify", known)
        pages = [Page(cookie=cookie).open() for _number in range(1_000)]
        for page in pages:
            await page.until(lambda one: b"badge" in one.sent)
        assert live.hub.count == 1_001
        await aside(publish, ann.pk, "badge", unread=5)
        for page in pages:
            await page.until(lambda one: b'{"unread":5}' in one.sent)
        for page in [first, *pages]:
            page._left.set()
        await asyncio.gather(*(page.task for page in pages))

    run(scene)


def test_a_machine_with_the_token_reads_how_many_are_open(settings):
    settings.METRICS_TOKEN = "of-the-tests"

    async def ask(authorization):
        page = Page(path="/metrics")
        page.scope["headers"].append((b"authorization", authorization))
        await live.application(page.scope, page._receive, page._send)
        return page

    told = in_its_own_thread(ask(b"Bearer of-the-tests"))
    assert told.status == 200
    assert b"parley_live_streams" in told.sent
    assert in_its_own_thread(ask(b"Bearer wrong")).status == 404
