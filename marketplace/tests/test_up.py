"""`manage.py up`: everything comes up, and nothing stays behind, however it ends."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from marketplace.supervisor import children, paths
from marketplace.testing.runs import SECONDS_TO_END, MarketRun, free_port, sign_up, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ran_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a market that came up once and ended."""
    run = MarketRun(tmp_path_factory.mktemp("before") / "var")
    try:
        run.start().ready()
    finally:
        run.stop()
    return run.var


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[MarketRun]:
    """A market that never ran: its first start makes a database."""
    run = MarketRun(tmp_path / "var")
    yield run
    run.stop()


@pytest.fixture
def market(fresh: MarketRun, ran_before: Path) -> MarketRun:
    """A market that ran before, which spares most tests the first start."""
    shutil.copytree(ran_before, fresh.var)
    return fresh


def test_ctrl_c_ends_everything_and_the_data_stays(fresh: MarketRun) -> None:
    fresh.start().ready()
    status, body = fresh.get("/readyz")
    commands = " ".join(fresh.processes().values())
    secret = (fresh.var / "secret-key").read_text()

    assert (status, json.loads(body)["status"]) == (200, "ok")
    for part in (
        "serve web",
        "serve live",
        "serve sandbox",
        " worker ",
        "marketplace.beat",
    ):
        assert part in commands
    assert f"READY http://localhost:{fresh.port}" in fresh.said()

    fresh.send(signal.SIGINT)

    assert fresh.code() == 0
    assert fresh.processes() == {}

    fresh.start().ready()
    assert (fresh.var / "secret-key").read_text() == secret
    fresh.send(signal.SIGTERM)
    assert fresh.code() == 0


def test_buyers_come_back_to_the_address_of_this_run(market: MarketRun) -> None:
    """The provider sends buyers to a registered address only; another PORT is another address."""
    for _turn in range(2):
        market.port = free_port()
        market.start().ready()

        assert _begin_payment(market, back_to=market.url) == 201
        assert _begin_payment(market, back_to="http://localhost:9") == 422

        market.send(signal.SIGINT)
        assert market.code() == 0


def _begin_payment(market: MarketRun, *, back_to: str) -> int:
    key = (market.var / "payments-api-key").read_text()
    asked = {"id": secrets.token_hex(6), "amount": 100, "currency": "EUR"}
    asked |= {"return_url": f"{back_to}/back/", "cancel_url": f"{back_to}/closed/"}
    answer = httpx.post(
        f"http://localhost:{market.port + 2}/v1/payments",
        json=asked,
        headers={"Authorization": f"Bearer {key}"},
    )
    return answer.status_code


def test_kill_leaves_no_process_and_the_next_start_works(market: MarketRun) -> None:
    market.start().ready()

    market.send(signal.SIGKILL)
    market.code()
    market.start().ready()  # at once: it waits for what is left of the former run

    assert market.get("/readyz")[0] == 200
    market.send(signal.SIGKILL)
    market.code()
    market.gone()


def test_whoever_loses_its_parent_too_does_not_stay(market: MarketRun) -> None:
    """The system kills the largest first: page workers and task processes outlive nobody."""
    market.start().ready()
    wait_until(lambda: len(_of(market, "celery")) == 3, seconds=SECONDS_TO_END)
    parents = {_parent(pid) for pid in (*_of(market, "marketplace.serve"), *_of(market, "celery"))}
    assert market.process
    assert len(parents) == 5  # three that serve, the worker, and the run itself
    for pid in parents:
        os.kill(pid, signal.SIGKILL)
    market.code()

    market.gone()


def _of(market: MarketRun, part: str) -> list[int]:
    return [pid for pid, command in market.processes().items() if part in command]


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def test_a_child_hears_signals_that_a_shell_had_silenced(tmp_path: Path) -> None:
    """`bin/run &` in a script: what it starts ignores SIGQUIT, unless somebody undoes that."""
    former = signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    try:
        with (tmp_path / "said").open("wb") as said:
            program = "import signal; print(signal.getsignal(signal.SIGQUIT).name)"
            children.start([sys.executable, "-c", program], stdout=said).wait(60)
    finally:
        signal.signal(signal.SIGQUIT, former)
    assert (tmp_path / "said").read_text().strip() == "SIG_DFL"


def test_a_dead_child_ends_the_run(market: MarketRun) -> None:
    market.start().ready()
    beat = next(pid for pid, command in market.processes().items() if "marketplace.beat" in command)

    os.kill(beat, signal.SIGKILL)

    assert market.code() == 1
    assert "beat ended unexpectedly" in market.said()
    assert market.processes() == {}


def test_two_runs_do_not_share_a_directory(market: MarketRun) -> None:
    market.start().ready()
    second = MarketRun(market.var, output="second.out")

    assert second.start().code() == 1
    assert second.said().strip() == (
        f"Parley already runs in {market.var} (process {market.process.pid}). "
        "Stop it first, or set PARLEY_VAR to another directory."
    )
    assert market.get("/readyz")[0] == 200


def test_a_taken_port_is_said_in_one_sentence(fresh: MarketRun) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", fresh.port))
        other.listen()

        assert fresh.start().code() == 1
        assert fresh.said().strip() == (
            f"Port {fresh.port} on 127.0.0.1 is taken; choose another one: PORT=8080 bin/run"
        )
    assert not (fresh.var / "pg").exists()


def test_reset_starts_afresh_and_touches_nothing_else(fresh: MarketRun) -> None:
    fresh.var.mkdir(mode=0o700)
    (fresh.var / "media").mkdir()
    (fresh.var / "media" / "old.jpg").touch()
    (fresh.var / "mine.txt").touch()

    fresh.start("--reset").ready()

    assert not (fresh.var / "media" / "old.jpg").exists()
    assert (fresh.var / "mine.txt").exists()


def test_a_deep_directory_gets_short_sockets(tmp_path: Path, ran_before: Path) -> None:
    deep = MarketRun(tmp_path / ("d" * 60) / ("e" * 60) / "var")
    shutil.copytree(ran_before, deep.var)
    deep.start().ready()

    deep.send(signal.SIGINT)

    assert deep.code() == 0
    assert deep.processes() == {}


# What a release brings: code that is in no market yet, and the schema that it wants. Old code can
# live with that, and everybody writes to its tables meanwhile.
TOMORROW = {
    "tomorrow_settings.py": """
from marketplace.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "tomorrow"]
""",
    "tomorrow/__init__.py": "",
    "tomorrow/migrations/__init__.py": "",
}
WIDER = """
from django.db import migrations

class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} ADD COLUMN tomorrow bigint NOT NULL DEFAULT 0")
        for table in ("accounts_user", "accounts_profile", "django_session", "core_outboxevent")
    ]
"""


@dataclass
class People:
    """Some look around all the time; somebody new joins every few seconds: a form, an
    account, a fact, and a mail that is owed."""

    market: MarketRun
    answers: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def look_around(self) -> None:
        while not self.over.wait(0.02):
            try:
                self.answers[self.market.get("/explore/")[0]] += 1
            except (OSError, urllib.error.URLError) as error:
                self.failures.append(repr(error))

    def join(self) -> None:
        while not self.over.wait(2.5):
            email = f"joiner-{len(self.joined)}@mail.example"
            try:
                with httpx.Client(base_url=self.market.url, timeout=20) as browser:
                    answer = sign_up(browser, email)
                    page = browser.get(answer.headers["Location"])
            except (httpx.HTTPError, KeyError) as error:
                self.failures.append(repr(error))
            else:
                self.answers[page.status_code] += 1
                self.joined.append(email)


@contextmanager
def people_about(market: MarketRun) -> Iterator[People]:
    people = People(market)
    acts = (people.look_around, people.look_around, people.join)
    threads = [threading.Thread(target=act) for act in acts]
    for one in threads:
        one.start()
    try:
        yield people
    finally:
        people.over.set()
        for one in threads:
            one.join()


def test_new_code_and_a_wider_schema_take_over_while_people_look_around_and_join(
    market: MarketRun, tmp_path: Path
) -> None:
    """Every answer during a renewal is a good one, nothing that was promised is lost, and
    afterwards all work is done by others."""
    migrations = tmp_path / "tomorrow" / "migrations"
    migrations.mkdir(parents=True)
    for name, text in TOMORROW.items():
        (tmp_path / name).write_text(text)
    market.environment |= {
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tomorrow_settings",
    }
    market.start().ready()
    before = set(market.processes())
    with people_about(market) as people:
        (migrations / "0001_wider.py").write_text(WIDER)
        _renew(market)
        wait_until(lambda: "Renewed." in market.said(), seconds=SECONDS_TO_END)
        wait_until(lambda: _old(market, before) == [], seconds=SECONDS_TO_END)

    assert people.failures == []
    assert set(people.answers) == {200}
    assert people.answers[200] > 20
    assert len(people.joined) >= 2
    assert "[X] 0001_wider" in market.run("manage.py", "showmigrations", "tomorrow")
    told = people.joined
    wait_until(lambda: all(one in market.letters() for one in told), seconds=SECONDS_TO_END)
    assert market.nothing_is_wrong()
    assert not market.ended()
    assert market.get("/readyz")[0] == 200


_RUN_OUR_CODE = ("marketplace.serve", "celery", "marketplace.beat")


def _old(market: MarketRun, before: set[int]) -> list[str]:
    """What still runs old code."""
    return [
        command
        for pid, command in market.processes().items()
        if pid in before and any(part in command for part in _RUN_OUR_CODE)
    ]


def test_new_code_that_does_not_load_replaces_nothing(market: MarketRun) -> None:
    broken = market.var.parent / "broken"
    broken.mkdir()
    hook = broken / "sitecustomize.py"
    hook.touch()
    market.environment["PYTHONPATH"] = str(broken)
    market.start().ready()
    before = {
        pid for pid, command in market.processes().items() if "marketplace.serve web" in command
    }

    hook.write_text("import sys\nif 'web' in sys.orig_argv: raise SystemExit('broken')\n")
    _renew(market)
    wait_until(lambda: "does not load" in market.said(), seconds=SECONDS_TO_END)

    assert "The new web does not load; the former one goes on." in market.said()
    assert before <= set(market.processes())
    assert market.get("/readyz")[0] == 200


def _renew(market: MarketRun) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "renew"],
        env={**os.environ, "PARLEY_VAR": str(market.var)},
        cwd=paths.ROOT,
        check=True,
    )


def test_only_a_market_that_runs_can_be_renewed(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "renew"],
        env={**os.environ, "PARLEY_VAR": str(tmp_path)},
        cwd=paths.ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert f"No market runs in {tmp_path}." in told.stderr
