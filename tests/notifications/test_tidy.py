"""What people were told, and what became of it, is forgotten after 13 months."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.core import mail

from notifications.actions import letter
from notifications.models import Delivery, Notification
from notifications.sending import send_due
from notifications.tidy import forget_told
from tests.conftest import World
from tests.notifications.conftest import Tell
from work.schedule import registered

MORNING = datetime(2025, 10, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def forget(now: datetime) -> int:
    """What the periodic job does."""
    return int(forget_told.call(since=(now - DAY).isoformat(), until=now.isoformat()))


def test_it_happens_by_itself() -> None:
    assert registered["notifications"].job is forget_told


def test_what_is_older_than_thirteen_months_goes_and_what_waits_stays(world: World, tell_of: Tell) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        tell_of(world.partnership, [world.owner], 1)
        letter("invited@test.example", "note", key="1", language="en", facts={"n": 1})
        send_due()
        tell_of(world.partnership, [world.partner], 2)
        clock.shift(2 * DAY)
        tell_of(world.partnership, [world.owner], 3)
        send_due()
        Delivery.objects.filter(notification__cause="note:2").update(state="waiting", ended_at=None)
    assert len(mail.outbox) == 4
    assert forget(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == 0
    assert forget(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) == 3
    assert sorted(Notification.objects.values_list("cause", flat=True)) == ["note:2", "note:3"]
    assert Delivery.objects.count() == 2
