"""The worker is killed in the middle of its work, and another one finishes it.

While two hundred orders are being paid, nobody is told twice, or never. While pictures are drawn,
each is whole in the end. A receiver that ends its process is given up, and holds up nobody.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from PIL import Image as Pil

from accounts.testing import make_brand
from core import files, handover, outbox
from core.audits import violations
from core.events import publish
from core.media import FORMATS, SOURCE, Image, store_image
from core.models import Delivery, TryCount
from core.testing import subscribed
from marketplace.celery import app
from marketplace.testing.deadly import Dropped, ends_its_process, goes_on
from marketplace.testing.runs import wait_until
from notifications.testing import Mail, Notice
from orders.testing import Order, make_buyer, make_variant
from payments.testing import Sandbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ORDERS = 200
PICTURES = 6
SECONDS = 240


def test_after_a_kill_each_order_has_told_everybody_once(sandbox: Sandbox, tmp_path: Path) -> None:
    person, card, _address = make_buyer()
    vase = make_variant(stock=ORDERS)
    assert person.user_id
    old_mails = set(mail_files())
    worker, beat = start_worker(), start_beat(tmp_path)
    shop = start("marketplace.testing.burst", str(ORDERS), str(person.user_id), card.method_id,
                 vase.public_id)  # fmt: skip
    try:
        wait_until(lambda: Notice.objects.count() >= 40 or shop.poll() is not None, seconds=SECONDS)
        assert shop.poll() is None, "all orders were placed before the worker was killed"
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        assert shop.wait(SECONDS) == 0
        worker = start_worker()
        wait_until(outbox_is_done, seconds=SECONDS)
    finally:
        for process in (shop, worker, beat):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    assert Order.objects.filter(state="paid").count() == ORDERS
    assert not Delivery.objects.exclude(state="done").exists()
    notices = Notice.objects.values_list("profile_id", "kind", "event_key", "sub")
    assert max(Counter(notices).values()) == 1
    for kind in ("orders.paid", "orders.sold"):
        assert Notice.objects.filter(kind=kind).count() == ORDERS, kind
    assert not Mail.objects.filter(sent_at=None).exists()
    ids = message_ids(set(mail_files()) - old_mails)
    assert len(set(ids)) == Mail.objects.count()
    assert max(Counter(ids).values()) <= 2, "a mail may go twice after a kill, not more"


@pytest.fixture
def _not_here() -> Iterator[None]:
    """Tasks go to the workers, as outside of tests."""
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True


@pytest.mark.usefixtures("_not_here")
def test_pictures_that_were_being_drawn_are_whole_in_the_end(tmp_path: Path) -> None:
    brand = make_brand()
    noise = Pil.effect_noise((2_400, 1_600), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90)
    images = [
        store_image(file=io.BytesIO(out.getvalue() + b"\0" * number), owner_id=brand.pk)
        for number in range(PICTURES)
    ]
    whole = {SOURCE, *(f"{w}.{fmt}" for w in images[0].widths for fmt in FORMATS)}
    quick = names_of(images[0])
    assert quick < whole, "something is left to draw"
    worker, beat = start_worker(), start_beat(tmp_path)
    try:
        wait_until(lambda: any(quick < names_of(one) < whole for one in images), seconds=SECONDS)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        half = [one for one in images if quick < names_of(one) < whole]
        assert half, "it was killed between two pictures"
        assert not Delivery.objects.filter(state="dead").exists()
        worker = start_worker()
        wait_until(outbox_is_done, seconds=SECONDS)
    finally:
        for process in (worker, beat):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    assert set(Image.objects.values_list("state", flat=True)) == {"ready"}
    for image in images:
        assert names_of(image) == whole, "every file, and once"
        for name in whole:
            with Pil.open(files.directory_of(image.public_id) / name) as picture:
                picture.load()
    assert [one for one in violations() if one.invariant in ("I8", "I12")] == []


@pytest.mark.usefixtures("_not_here")
def test_a_receiver_that_ends_its_process_is_given_up_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One process does everything, so that whoever takes it along stands in everybody's way."""
    monkeypatch.setattr(outbox, "LEASE", timedelta(0))
    worker = start_worker(app="marketplace.testing.deadly", processes=1)
    poison = Delivery.objects.filter(
        receiver__endswith="ends_its_process", event__data__name="poison"
    )

    def dead() -> bool:
        outbox.sweep(handover.hand_over)
        return poison.filter(state="dead").exists()

    try:
        with subscribed(Dropped, ends_its_process), subscribed(Dropped, goes_on):
            for name in ("before", "poison", "after"):
                drop(name)
            wait_until(dead, seconds=SECONDS)
            drop("later")
        wait_until(lambda: not Delivery.objects.filter(state="pending").exists(), seconds=SECONDS)
        assert worker.poll() is None
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    given_up = poison.get()
    assert given_up.starts == outbox.MOST_STARTS
    assert "without an end" in given_up.last_error
    assert Delivery.objects.exclude(pk=given_up.pk).filter(state="done").count() == 7
    went_on = TryCount.objects.filter(key__startswith="dropped:").values_list("key", "count")
    names = ("after", "before", "later", "poison")
    assert sorted(went_on) == [(f"dropped:{name}", 1) for name in names]
    assert [one.subject for one in violations(invariants=frozenset({"I8"}))] == [
        f"delivery {given_up.pk}"
    ]


def drop(name: str) -> None:
    with transaction.atomic():
        publish(Dropped(name=name))


def names_of(image: Image) -> set[str]:
    """Files of a picture; those that begin with a dot are not finished."""
    return {file.name for file in files.directory_of(image.public_id).glob("[!.]*")}


def outbox_is_done() -> bool:
    return not Delivery.objects.exclude(state="done").exists()


def mail_files() -> list[Path]:
    return list(Path(settings.EMAIL_FILE_PATH).glob("*.log"))


def message_ids(files: set[Path]) -> list[str]:
    """Of every mail that left, as the file backend kept it."""
    parts = [part for file in files for part in file.read_bytes().split(b"-" * 79)]
    mails = [message_from_bytes(part.strip()) for part in parts if part.strip()]
    return [str(mail["Message-ID"]) for mail in mails]


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """One of our processes on this test's database, in a process group of its own."""
    env = {name: value for name, value in os.environ.items() if name != "CELERY_TASK_ALWAYS_EAGER"}
    env |= {
        "DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SANDBOX_URL": settings.SANDBOX_URL,
        "EMAIL_URL": f"filemail://{settings.EMAIL_FILE_PATH}",
        "LOG_LEVEL": "WARNING",
    }
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=settings.BASE_DIR,
        env=env,
        start_new_session=True,
    )


def start_worker(*, app: str = "marketplace.celery", processes: int = 2) -> subprocess.Popen[bytes]:
    return start(
        "celery", "--quiet", "-A", app, "worker", "--concurrency", str(processes),
        "--queues", "default,mail,media", "--without-gossip", "--without-mingle",
    )  # fmt: skip


def start_beat(folder: Path) -> subprocess.Popen[bytes]:
    return start("marketplace.beat", "--schedule", str(folder / "beat"))
