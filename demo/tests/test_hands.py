"""Work of the seed that several processes do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from demo.hands import beside, spread

HOLDER = """
from functools import partial
import os, time
import django
django.setup()
from demo.hands import spread

def stay():
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece: two do it at once
    time.sleep(60)

list(spread([stay, stay]))
"""


class LostError(Exception):
    pass


def lose() -> None:
    raise LostError("a hand slipped")


def test_answers_come_in_the_order_of_the_acts_and_from_other_processes() -> None:
    acts = [partial(lambda number: (number, os.getpid()), number) for number in range(20)]

    answers = list(spread(acts, at_once=3))

    assert [number for number, _process in answers] == list(range(20))
    assert os.getpid() not in {process for _number, process in answers}


def test_an_error_in_another_process_is_raised_here() -> None:
    with pytest.raises(LostError):
        list(spread([lose]))
    with pytest.raises(LostError), beside([lose]):
        pass


def test_the_block_ends_when_what_runs_beside_it_has_ended(tmp_path) -> None:
    def leave_mark(number: int) -> None:
        while not (tmp_path / "begun").exists():
            time.sleep(0.02)
        (tmp_path / str(number)).touch()

    with beside([partial(leave_mark, number) for number in range(3)]):
        assert not list(tmp_path.iterdir())
        (tmp_path / "begun").touch()

    assert {one.name for one in tmp_path.iterdir()} == {"begun", "0", "1", "2"}


def test_what_is_beside_a_failed_block_is_left_undone(tmp_path) -> None:
    def leave_mark(number: int) -> None:
        time.sleep(0.05)
        (tmp_path / str(number)).touch()

    acts = [partial(leave_mark, number) for number in range(200)]

    with pytest.raises(LostError), beside(acts):
        lose()

    assert len(list(tmp_path.iterdir())) < 200


@pytest.mark.slow
def test_hands_end_when_the_seed_is_killed() -> None:
    seed = subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True)
    assert seed.stdout is not None
    hand = int(seed.stdout.readline())

    seed.send_signal(signal.SIGKILL)
    seed.wait(10)

    assert _ends(hand)


def _ends(process: int) -> bool:
    for _try in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
