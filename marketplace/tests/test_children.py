"""How child processes end."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from marketplace.supervisor import children

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(3600)
"""
LONG = 1800.0  # far beyond what a test may take


@pytest.fixture
def stubborn() -> Iterator["subprocess.Popen[bytes]"]:
    child = children.start([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()


def test_who_is_pressed_a_second_time_waits_no_longer(
    stubborn: "subprocess.Popen[bytes]",
) -> None:
    pressed = iter([False, False, True])
    obeyed = children.stop(
        stubborn, sign=signal.SIGTERM, grace=LONG, hurry=lambda: next(pressed, True)
    )
    assert not obeyed
    assert stubborn.returncode == -signal.SIGKILL


def test_who_does_not_obey_is_killed_after_its_time(stubborn: "subprocess.Popen[bytes]") -> None:
    assert not children.stop(stubborn, sign=signal.SIGTERM, grace=0.1)
    assert stubborn.returncode == -signal.SIGKILL


def test_who_obeys_is_waited_for() -> None:
    child = children.start([sys.executable, "-c", "import time; time.sleep(3600)"])
    assert children.stop(child, sign=signal.SIGTERM, grace=LONG)
    assert child.returncode == -signal.SIGTERM
