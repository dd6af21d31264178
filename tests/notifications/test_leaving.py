"""What is late keeps to the reader's clock all the same: not at night, and never two digests on one day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from notifications.kinds import When
from notifications.models import Choice, Delivery, Preferences
from notifications.sending import send_due
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday; ten o'clock in Stockholm."""
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def digest(world: World) -> World:
    """The owner has everything in the digest."""
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    return world


def waits() -> list[tuple[datetime, int, datetime | None]]:
    """Until when, and what was tried."""
    return [(one.due_at, one.attempts, one.first_tried_at) for one in Delivery.objects.waiting().order_by("pk")]


def test_a_mail_that_is_late_does_not_come_at_night(world: World, tell_of: Tell, clock: time_machine.Traveller) -> None:
    tell_of(world.partnership, [world.owner])
    clock.shift(10 * HOUR)  # eight in the evening
    assert send_due() == 1
    assert mail.outbox == []
    assert waits() == [(datetime(2026, 11, 24, 6, 0, tzinfo=UTC), 0, None)]
    clock.shift(11 * HOUR)
    send_due()
    assert len(mail.outbox) == 1


def test_a_wait_is_no_attempt_but_those_before_it_count(
    world: World, tell_of: Tell, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner])
    Delivery.objects.update(attempts=2, first_tried_at=MORNING)
    clock.shift(10 * HOUR)
    send_due()
    assert waits() == [(datetime(2026, 11, 24, 6, 0, tzinfo=UTC), 2, MORNING)]


def test_what_could_not_leave_with_a_digest_leaves_with_the_next(
    digest: World, tell_of: Tell, clock: time_machine.Traveller
) -> None:
    tell_of(digest.partnership, [digest.owner], 1)
    clock.shift(24 * HOUR)
    tell_of(digest.partnership, [digest.owner], 2)
    tried = Delivery.objects.filter(notification__cause="note:1")
    tried.update(attempts=3, first_tried_at=MORNING, due_at=MORNING + 47 * HOUR)
    clock.move_to(MORNING + 45 * HOUR)
    assert (send_due(), len(mail.outbox)) == (1, 1)
    assert mail.outbox[0].subject.startswith("2 new: ")
    assert waits() == []


def test_a_second_digest_on_one_day_waits_for_the_next(
    digest: World, tell_of: Tell, clock: time_machine.Traveller
) -> None:
    tell_of(digest.partnership, [digest.owner], 1)
    clock.move_to(MORNING + 21 * HOUR)  # seven in the morning
    send_due()
    Preferences.objects.create(person=digest.owner, digest_hour=12)
    tell_of(digest.partnership, [digest.owner], 2)
    clock.shift(5 * HOUR)
    assert (send_due(), len(mail.outbox)) == (1, 1)
    assert waits() == [(datetime(2026, 11, 25, 11, 0, tzinfo=UTC), 0, None)]
