"""A long job shows how far it has come, and ends when somebody asks it to."""

from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from tests.work import jobs
from tests.work.conftest import only_task, work_off
from work import actions
from work.models import Progress

pytestmark = pytest.mark.django_db


def test_it_shows_how_far_it_has_come() -> None:
    jobs.counts.enqueue(3)
    work_off()
    progress = Progress.objects.get(task=only_task())
    assert (progress.done, progress.total, progress.note) == (3, 3, "number 2")


def test_a_cancelled_job_ends_at_its_next_step_and_is_not_tried_again() -> None:
    jobs.is_cancelled_after.enqueue(4)
    work_off()
    task = only_task()
    assert (task.status, task.exception_class_path, len(task.worker_ids)) == ("FAILED", "work.models.CancelledError", 1)
    assert task.progress.done == 4


def test_the_next_attempt_begins_anew() -> None:
    jobs.counts.enqueue(2)
    Progress.objects.create(task=only_task(), done=7, total=9)
    work_off()
    assert (only_task().progress.done, only_task().progress.total) == (2, 2)


def test_what_was_cancelled_can_be_tried_again() -> None:
    jobs.is_cancelled_after.enqueue(99)
    task = only_task()
    task.claim("worker")
    Progress.objects.create(task=task)
    assert (actions.cancel(task.pk), actions.cancel(task.pk)) == (True, False)
    DBTaskResult.objects.update(status="FAILED")
    assert actions.retry(task.pk) is True
    work_off()
    assert (only_task().status, only_task().progress.done) == ("SUCCESSFUL", 10)


def test_a_task_without_progress_cannot_be_cancelled() -> None:
    jobs.adds.enqueue(1, 1)
    only_task().claim("worker")
    assert actions.cancel(only_task().pk) is False
    assert actions.cancel(UUID(int=0)) is False


def test_what_runs_is_neither_retried_nor_dropped() -> None:
    jobs.adds.enqueue(1, 1)
    only_task().claim("worker")
    assert (actions.retry(only_task().pk), actions.drop(only_task().pk)) == (False, False)
    assert only_task().status == "RUNNING"


def test_a_step_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    jobs.counts.enqueue(1)
    progress = Progress.objects.create(task=only_task())
    with django_assert_num_queries(1):
        progress.step()
