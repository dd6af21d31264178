"""``manage.py work`` as a process: killed, its task is taken up; told to end, it finishes the one at hand."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.live import ROOT, clean
from tests.work import jobs
from tests.work.conftest import only_task
from work import clock
from work.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60
"""Seconds within which a process has to do what is waited for, on a busy machine."""


def database() -> str:
    """The test's database as a ``DATABASE_URL``."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    return f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={chosen['HOST']}"


@contextmanager
def workers(folder: Path, number: int = 1) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Real workers on the test's database; each ended by its own id."""
    environment = clean(VAR_DIR=str(folder), DATABASE_URL=database(), PYTHONPATH=f"{ROOT}:{ROOT / 'platform'}")
    command = [sys.executable, "manage.py", "work"]
    made = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(number)]
    try:
        yield made
    finally:
        for process in made:
            process.kill()
            process.wait(timeout=PATIENCE)


def until(found: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait for what another process does."""
    deadline = monotonic() + patience
    while not found():
        assert monotonic() < deadline, what
        sleep(0.05)


def finished() -> bool:
    """Whether nothing waits or runs any more of what the test has enqueued."""
    return not DBTaskResult.objects.filter(task_path__startswith="tests.", status__in=["READY", "RUNNING"]).exists()


def test_the_task_of_a_killed_worker_is_run_by_another(tmp_path: Path) -> None:
    jobs.dies_once.enqueue(str(tmp_path / "processes"))
    with workers(tmp_path) as [first]:
        assert first.wait(timeout=PATIENCE) == -signal.SIGKILL
    assert only_task().status == "RUNNING"
    end_leases()
    with workers(tmp_path) as [second]:
        until(finished, "the second worker takes the task up")
        assert second.poll() is None
    task = DBTaskResult.objects.get(task_path__startswith="tests.")
    assert (task.status, task.return_value, len(set(task.worker_ids))) == ("SUCCESSFUL", 2, 2)


def end_leases() -> None:
    """As if the time of the dead worker's leases had passed."""
    Lease.objects.update(until=clock.now() - timedelta(seconds=1))


def test_told_to_end_a_worker_finishes_the_task_at_hand_and_leaves(tmp_path: Path) -> None:
    began, go_on = tmp_path / "began", tmp_path / "go on"
    jobs.takes_a_while.enqueue(str(began), str(go_on))
    with workers(tmp_path) as [worker]:
        until(began.exists, "the task begins")
        jobs.adds.enqueue(1, 1)
        worker.send_signal(signal.SIGTERM)
        sleep(0.2)
        assert worker.poll() is None
        go_on.touch()
        assert worker.wait(timeout=PATIENCE) == 0
    results = dict(DBTaskResult.objects.filter(task_path__startswith="tests.").values_list("status", "return_value"))
    assert results == {"SUCCESSFUL": "whole", "READY": None}
    assert Lease.objects.count() == 0


def test_two_side_by_side_run_each_task_once(tmp_path: Path) -> None:
    for number in range(40):
        jobs.adds.enqueue(number, 1)
    with workers(tmp_path, 2):
        until(finished, "both work everything off")
    mine = DBTaskResult.objects.filter(task_path__startswith="tests.")
    assert set(mine.values_list("return_value", flat=True)) == set(range(1, 41))
    assert {len(ids) for ids in mine.values_list("worker_ids", flat=True)} == {1}
