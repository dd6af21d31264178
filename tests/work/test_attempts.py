"""A task runs after its cause is stored, again after growing gaps when it fails, and not for ever."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from tests.work import jobs
from tests.work.conftest import only_task, work_off
from work.jobs import FIRST_GAP, GROWTH, JITTER, LONGEST_GAP, gap
from work.outcomes import succeed

pytestmark = pytest.mark.django_db


def make_due() -> None:
    """As if the gap were over."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_what_works_runs_once_and_keeps_its_result() -> None:
    jobs.adds.enqueue(2, other=3)
    assert (work_off(), work_off()) == (1, 0)
    assert (only_task().status, only_task().return_value) == ("SUCCESSFUL", 5)


def test_a_cause_that_is_rolled_back_leaves_no_task() -> None:
    with transaction.atomic():
        jobs.adds.enqueue(1, 1)
        stored = DBTaskResult.objects.count()
        transaction.set_rollback(True)
    assert (stored, DBTaskResult.objects.count()) == (1, 0)


def test_what_fails_waits_for_its_next_attempt_and_keeps_the_error() -> None:
    jobs.fails.enqueue("The mail server is away.")
    assert (work_off(), work_off()) == (1, 0)
    task = only_task()
    assert (task.status, len(task.worker_ids), task.exception_class_path) == ("READY", 1, "builtins.ValueError")
    assert task.traceback.endswith("ValueError: The mail server is away.\n")
    wait = (task.run_after - timezone.now()) / FIRST_GAP
    assert 1 - JITTER - 0.5 < wait < 1 + JITTER


def test_after_its_last_attempt_it_is_given_up() -> None:
    jobs.fails.enqueue("no")
    states = []
    for _ in range(jobs.fails.attempts):
        work_off()
        states.append(only_task().status)
        make_due()
    assert states == ["READY", "READY", "FAILED"]
    assert (work_off(), only_task().traceback.endswith("ValueError: no\n")) == (0, True)


def test_a_job_that_knows_better_is_given_up_at_once() -> None:
    jobs.in_vain.enqueue()
    work_off()
    assert (only_task().status, len(only_task().worker_ids)) == ("FAILED", 1)


def test_success_after_a_failure_forgets_the_error() -> None:
    jobs.adds.enqueue(1, 1)
    DBTaskResult.objects.update(worker_ids=["a"], traceback="ValueError: no\n", exception_class_path="x")
    work_off()
    assert (only_task().status, only_task().traceback, only_task().exception_class_path) == ("SUCCESSFUL", "", "")


def test_gaps_grow_to_six_hours_and_never_return_together() -> None:
    for attempt in range(1, 16):
        plain = min(FIRST_GAP * GROWTH ** (attempt - 1), LONGEST_GAP)
        assert plain * (1 - JITTER) <= gap(attempt) <= plain * (1 + JITTER)
    assert gap(1000) >= LONGEST_GAP * (1 - JITTER)
    assert len({gap(5) for _ in range(50)}) > 40


def test_a_task_whose_function_is_gone_waits_for_a_worker_that_knows_it() -> None:
    jobs.adds.enqueue(1, 1)
    DBTaskResult.objects.update(task_path="tests.work.jobs.of_tomorrow")
    work_off()
    assert (only_task().status, only_task().exception_class_path) == ("READY", "builtins.ImportError")


def test_a_worker_whose_task_was_taken_by_another_changes_nothing() -> None:
    jobs.adds.enqueue(1, 1)
    task = only_task()
    task.claim("slow")
    late = only_task()
    task.claim("quick")
    assert succeed(late, "late", timezone.now()) is False
    assert (only_task().status, only_task().return_value) == ("RUNNING", None)


def test_the_more_urgent_comes_first() -> None:
    jobs.adds.enqueue(1, 1)
    urgent = jobs.adds.using(priority=10).enqueue(2, 2)
    assert urgent.task.attempts == jobs.adds.attempts
    work_off()
    first = DBTaskResult.objects.order_by("started_at").first()
    assert first is not None
    assert (str(first.pk), first.run_after) == (urgent.id, get_date_max())
