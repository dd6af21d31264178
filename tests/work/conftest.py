"""Tasks of the tests, without what other apps register."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest
from django_tasks_db.models import DBTaskResult

from work import schedule
from work.models import Row
from work.worker import Worker

NOW = datetime(2026, 3, 2, 12, 7, tzinfo=UTC)


@pytest.fixture
def nothing_registered() -> Iterator[None]:
    """No periodic job but the test's own."""
    before = dict(schedule.registered)
    schedule.registered.clear()
    yield
    schedule.registered.clear()
    schedule.registered.update(before)


def work_off() -> int:
    """What one worker does with what is due now."""
    return Worker().work_off(Event())


def only_task() -> Row:
    """The one task there is."""
    return DBTaskResult.objects.get()
