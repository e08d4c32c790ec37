"""Workers forked from the program: they do what those do that are started anew."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from countermark.execution.forks import ForkedProcess, fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
TAKEN = "not dies_while_it_starts and not no_worker_starts and not cannot_start"
TESTS = Path(__file__).resolve().parents[1]
SHOW = """
import os, signal, sys, tempfile
from countermark.execution import forks
from countermark.support.stops import listening

others = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
reading, writing = os.pipe()

def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False

def told(parent):
    usual = [signal.getsignal(number) is signal.SIG_DFL for number in (signal.SIGTERM, signal.SIGINT)]
    is_left = [is_open(number) for number in (0, 1, 2, writing, reading, *others)]
    os.write(writing, repr((parent == os.getppid(), is_left, usual, tempfile.gettempdir())).encode())

with listening(), open(sys.argv[1], "wb") as output:
    process = forks.fork(told, writing, output, sys.argv[2])
    print("unwritten", end="")
    assert process.wait(20) == 0 == process.poll()
print()
print(os.read(reading, 1000).decode())
"""


def test_nothing_is_left_to_a_worker_but_its_pipe(tmp_path: Path) -> None:
    output = tmp_path / "units"
    command = [sys.executable, "-c", SHOW, str(output), str(tmp_path)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    said = ended.stdout.splitlines()
    wanted = (True, [True] * 4 + [False] * 4, [True, True], str(tmp_path))
    assert said == ["unwritten", repr(wanted)]
    assert output.read_bytes() == b""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_is_waited_for_and_ended_as_others_are() -> None:
    with tempfile.TemporaryFile() as output:
        process = fork(lambda _: time.sleep(60), output.fileno(), None, None)
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL == process.returncode
    process.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_worker_that_fails_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    process: ForkedProcess = fork(lambda _: [][0], 1, None, None)
    assert process.wait(20) == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_forked_workers_do_what_the_tests_of_workers_ask() -> None:
    """But for those whose task ends a worker that takes it from a pipe: a forked one has it."""
    plugins = ("-p", "support.forking", "-p", "no:xdist", "-p", "no:cacheprovider")
    command = (
        sys.executable,
        "-m",
        "pytest",
        *plugins,
        str(TESTS / "execution" / "test_pool.py"),
        *("-k", TAKEN),
    )
    ended = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, re.sub(r"\s+", " ", ended.stdout[-2000:])
