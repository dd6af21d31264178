"""kill -9 at seeded moments in a round of mails: each person gets one mail a cause, at most one double a kill, and
none is missing. ``make audit`` does it with 1,000 mails."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from random import Random
from signal import SIGKILL
from unittest.mock import patch

import pytest
from django.utils import timezone

import things
from accounts.models import User
from notifications import kinds
from notifications.actions import Why, notify
from notifications.models import Delivery
from notifications.outbox import CLAIM, due
from tests.faults.rounds import KILLS, MAILS, PATIENCE, SEEDS, never_quiet, nothing_waits, worker
from tests.news import card, register
from tests.postbox import Postbox
from tests.work.test_worker import until

pytestmark = pytest.mark.django_db(transaction=True)
CAUSES = 2
STAGES = ["asked", "given", "taken"]


@pytest.fixture(autouse=True)
def news() -> Iterator[None]:
    """There is a kind of news here, and in no test after these."""
    with patch.dict(things.kinds), patch.dict(kinds.kinds):
        register()
        yield


def tell() -> None:
    """Everybody is told of each cause, in one transaction a cause."""
    number = MAILS // CAUSES
    people = User.objects.bulk_create(User(email=f"person{n}@test.example", name=f"Person {n}") for n in range(number))
    never_quiet(people)
    for cause in range(CAUSES):
        notify(people, card(people[0]), Why("news", f"news:{cause}"))


def nothing_free() -> bool:
    """Whether all has left but what a process has in its hands, living or dead."""
    return not due(timezone.now()).exists()


def end_claims_of_the_dead(killed_at: datetime) -> None:
    """As if the time had passed that their claims take to run out. The living have taken other mails since."""
    theirs = Delivery.objects.waiting().filter(claimed_until__lte=killed_at + CLAIM)
    theirs.update(claimed_until=killed_at)


def judge(box: Postbox, kills: int) -> None:
    """One mail for each person and cause; one double a kill at most."""
    stored = list(Delivery.objects.values_list("message_id", "state"))
    assert len(stored) == MAILS // CAUSES * CAUSES
    assert {state for _id, state in stored} == {"sent"}
    assert set(box.ids) == {message_id for message_id, _state in stored}
    assert len(box.mails) - len(box.ids) <= kills


def moments(chance: Random, number: int) -> list[int]:
    """After how many mails a process is killed."""
    return sorted(chance.sample(range(1, MAILS * 3 // 4), number))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_only_worker_is_killed_and_another_begins(seed: int, box: Postbox, environment: dict[str, str]) -> None:
    chance = Random(seed)
    tell()
    for moment in moments(chance, KILLS):
        with worker(environment) as process:
            box.at(moment, chance.choice(STAGES), process.kill)
            assert process.wait(timeout=PATIENCE) == -SIGKILL
        end_claims_of_the_dead(timezone.now())
    with worker(environment):
        until(nothing_waits, "what is left leaves", PATIENCE)
    judge(box, KILLS)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_of_three_workers_are_killed(seed: int, box: Postbox, environment: dict[str, str]) -> None:
    chance = Random(seed)
    tell()
    with ExitStack() as stack:
        processes = [stack.enter_context(worker(environment)) for _ in range(3)]
        killed = chance.sample(processes, 2)
        for process, moment in zip(killed, moments(chance, 2), strict=True):
            box.at(moment, chance.choice(STAGES), process.kill)
        assert [process.wait(timeout=PATIENCE) for process in killed] == [-SIGKILL, -SIGKILL]
        killed_at = timezone.now()
        until(nothing_free, "the third one sends what it may", PATIENCE)
        end_claims_of_the_dead(killed_at)
        until(nothing_waits, "and what the dead held", PATIENCE)
    judge(box, len(killed))
