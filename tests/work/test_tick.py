"""One process at a time enqueues what is due: each time once, nothing skipped, whoever dies."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection
from django_tasks.signals import task_enqueued
from django_tasks_db.models import DBTaskResult

from tests.work import jobs
from tests.work.conftest import NOW, only_task, work_off
from work import clock
from work.models import Lease, Schedule
from work.schedule import due, enqueue, enqueue_due, periodic, registered
from work.tick import TICK_LEASE, take_up, tick
from work.tidy import KEPT, tidy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_registered")]
HOUR = timedelta(hours=1)


def windows() -> list[tuple[str, str]]:
    """What the enqueued tasks were given, in their order."""
    kwargs = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.order_by("enqueued_at")]
    return [(one["since"], one["until"]) for one in kwargs]


def test_what_is_due_is_enqueued_once_at_each_round_moment() -> None:
    periodic("hourly", jobs.remembers, every=HOUR)
    minutes = [tick("one", NOW + timedelta(minutes=number)) for number in range(125)]
    assert [number for number, enqueued in enumerate(minutes) if enqueued] == [53, 113]
    assert Schedule.objects.get().next_due == NOW.replace(hour=15, minute=0)


def test_it_can_lag_behind_the_round_moment() -> None:
    periodic("hourly", jobs.remembers, every=HOUR, lag=timedelta(seconds=5))
    after = registered["hourly"].after
    assert after(NOW) == NOW.replace(hour=13, minute=0, second=5)
    assert after(NOW.replace(minute=0, second=4)) == NOW.replace(minute=0, second=5)
    assert after(NOW.replace(minute=0, second=5)) == NOW.replace(hour=13, minute=0, second=5)


def test_after_a_pause_one_call_makes_good_for_all_of_it() -> None:
    periodic("hourly", jobs.remembers, every=HOUR)
    moments = [NOW, NOW + HOUR, NOW + 50 * HOUR, NOW + 51 * HOUR]
    for moment in moments:
        tick("one", moment)
    texts = [moment.isoformat() for moment in moments]
    assert windows() == list(pairwise(texts))


def test_a_job_can_say_itself_when_it_is_due() -> None:
    def after(moment: datetime) -> datetime:
        return moment + timedelta(days=2)

    due("rare", jobs.remembers, after=after)
    assert [tick("one", NOW + timedelta(days=day)) for day in range(5)] == [0, 0, 1, 0, 1]


def test_only_the_holder_ticks_and_another_takes_over_when_it_is_gone() -> None:
    periodic("hourly", jobs.remembers, every=HOUR)
    tick("one", NOW)
    later = NOW + HOUR
    assert Lease.take("tick", "one", TICK_LEASE, later)
    assert tick("other", later) == 0
    assert tick("other", later + TICK_LEASE + timedelta(seconds=1)) == 1
    assert tick("one", later + TICK_LEASE + timedelta(seconds=2)) == 0
    assert Lease.objects.get(name="tick").holder == "other"


def test_moving_on_and_enqueueing_are_one() -> None:
    periodic("hourly", jobs.remembers, every=HOUR)
    tick("one", NOW)
    before = Schedule.objects.get()
    task_enqueued.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            enqueue_due(NOW + HOUR)
    finally:
        task_enqueued.disconnect(refuse)
    assert (Schedule.objects.get().last_ran, DBTaskResult.objects.count()) == (before.last_ran, 0)


def refuse(**_: object) -> None:
    """The last thing that can go wrong as a task is enqueued."""
    raise RuntimeError


def test_who_saw_an_old_row_enqueues_nothing() -> None:
    periodic("hourly", jobs.remembers, every=HOUR)
    tick("one", NOW)
    old = Schedule.objects.get()
    assert enqueue(registered["hourly"], old, NOW + HOUR) is True
    assert enqueue(registered["hourly"], old, NOW + HOUR) is False
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_enqueue_once() -> None:
    """Both believe that the tick is theirs, as after a long pause of one."""
    rounds = 6
    periodic("hourly", jobs.remembers, every=HOUR)
    enqueue_due(NOW)
    start = Barrier(4)

    def race(_: int) -> int:
        with own_connection():
            done = 0
            for number in range(1, rounds + 1):
                start.wait(timeout=60)
                done += enqueue_due(NOW + number * HOUR)
            return done

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(race, range(4))) == rounds
    assert len(windows()) == rounds


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_one_holds_the_lease() -> None:
    start = Barrier(4)

    def race(number: int) -> bool:
        with own_connection():
            start.wait(timeout=60)
            return Lease.take("tick", f"worker {number}", TICK_LEASE, NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(race, range(4))) == [False, False, False, True]


@contextmanager
def own_connection() -> Iterator[None]:
    """The thread's own, closed at its end."""
    try:
        yield
    finally:
        connection.close()


def test_the_task_of_a_dead_worker_waits_again_and_that_of_a_living_one_goes_on() -> None:
    for number in range(2):
        jobs.adds.enqueue(number, number)
    dead, alive = DBTaskResult.objects.order_by("enqueued_at")
    now = clock.now()
    for row, worker in [(dead, "dead"), (alive, "alive")]:
        Lease.take(Lease.WORKER + worker, worker, timedelta(seconds=30), now)
        row.claim(worker)
    later = now + timedelta(seconds=20)
    assert take_up(later) == 0
    Lease.take(Lease.WORKER + "alive", "alive", timedelta(seconds=30), later)
    assert take_up(later + timedelta(seconds=20)) == 1
    states = list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", "worker_ids"))
    assert states == [("READY", ["dead"]), ("RUNNING", ["alive"])]


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    jobs.fails.enqueue("out of memory")
    for number in range(jobs.fails.attempts):
        only_task().claim(f"dead {number}")
        take_up(clock.now())
    assert (only_task().status, only_task().exception_class_path) == ("FAILED", "work.tick.WorkerLostError")


def test_what_is_long_done_is_forgotten_and_what_was_given_up_is_not() -> None:
    for task in (jobs.adds, jobs.adds):
        task.enqueue(1, 1)
    jobs.in_vain.enqueue()
    work_off()
    DBTaskResult.objects.update(finished_at=NOW)
    new = DBTaskResult.objects.filter(status="SUCCESSFUL")[:1].get()
    DBTaskResult.objects.filter(pk=new.pk).update(finished_at=NOW + HOUR)
    Lease.take("worker:gone", "gone", timedelta(0), NOW)
    until = (NOW + KEPT + timedelta(minutes=1)).isoformat()
    assert tidy.call(since=until, until=until) == 2
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]
