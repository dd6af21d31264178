"""Talk under faults, small: one seed with ten faults between processes, one in a single process. ``make audit`` has the
large rounds; ``python -m tests.faults.talk`` plays any."""

import subprocess
import sys

import pytest

from tests.live import ROOT

pytestmark = pytest.mark.live  # it brings its own databases, so once is enough for each `make test`


def play(*options: str) -> None:
    """A round in a process of its own, which must not find anything broken."""
    command = [sys.executable, "-m", "tests.faults.talk", *options]
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert (done.returncode, "BROKEN" in done.stdout) == (0, False), done.stdout


def test_forty_clients_of_two_processes_end_with_what_the_database_has() -> None:
    play("--seed", "1", "--messages", "300", "--faults", "10")


def test_forty_clients_of_one_process_with_sqlite_end_with_what_the_database_has() -> None:
    play("--seed", "1", "--messages", "150", "--faults", "4", "--embedded")
