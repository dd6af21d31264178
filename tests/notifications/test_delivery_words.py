"""What became of each notification on its ways out is said in plain words and the reader's time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation

from notifications.deliveries import WORDS, facts_of
from notifications.kinds import Kind
from notifications.models import Delivery, Notification, Preferences
from notifications.telling import as_read_by
from tests.conftest import World
from tests.notifications.conftest import Tell

NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
"""23:00 in Stockholm, where the owner lives: within the quiet hours."""
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def words(world: World, at: datetime = NOON, **changed: Any) -> list[str]:
    """What the owner reads of their only notification once its deliveries were changed."""
    Delivery.objects.update(**changed)
    with time_machine.travel(at, tick=False), as_read_by(world.owner):
        return facts_of(Notification.objects.get(person=world.owner))


@pytest.fixture
def told(world: World, tell_of: Tell) -> None:
    """The owner was told something at noon."""
    with time_machine.travel(NOON, tick=False):
        tell_of(world.partnership, [world.owner])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Mail leaves now"),
        ({"state": "sent", "ended_at": NOON + timedelta(minutes=2)}, "Mail sent Mon 23 Nov 12:02"),
        ({"state": "refused", "reason": "550 No such user"}, "Mail refused: 550 No such user"),
        ({"state": "bounced", "reason": "Mailbox full"}, "Mail came back: Mailbox full"),
        ({"state": "dropped", "reason": "read"}, "Mail not sent: you read it here first"),
        ({"state": "dropped", "reason": "choice"}, "Mail not sent: you chose not to be told"),
        ({"channel": "digest", "due_at": NOON + timedelta(hours=19)}, "In the digest of Tue 24 Nov 07:00"),
        ({"channel": "digest", "state": "sent", "ended_at": NOON}, "In the digest sent Mon 23 Nov 12:00"),
        ({"channel": "push", "state": "sent", "ended_at": NOON}, "Push message sent Mon 23 Nov 12:00"),
        (
            {"channel": "push", "first_tried_at": NOON, "due_at": NOON + timedelta(hours=18)},
            "Push message waits until 06:00 (your quiet hours)",
        ),
        (
            {"first_tried_at": NOON, "reason": "451 Later", "due_at": NOON + timedelta(hours=1)},
            "Mail did not get through yet, next attempt 13:00: 451 Later",
        ),
    ],
)
def test_each_state_has_its_words(world: World, told: None, changed: dict[str, Any], said: str) -> None:
    assert words(world, **changed) == [said]


def test_mail_that_waits_for_the_morning_says_so(world: World, tell_of: Tell) -> None:
    with time_machine.travel(NIGHT, tick=False):
        tell_of(world.partnership, [world.owner])
    assert words(world, NIGHT) == ["Mail waits until 07:00 (your quiet hours)"]


def test_mail_that_waits_over_quiet_days_names_the_day(world: World, tell_of: Tell) -> None:
    Preferences.objects.create(person=world.owner, quiet_weekends=True)
    friday = NIGHT + timedelta(days=4)
    with time_machine.travel(friday, tick=False):
        tell_of(world.partnership, [world.owner])
    assert words(world, friday) == ["Mail waits until Mon 30 Nov 07:00 (your quiet hours)"]


def test_mail_that_waits_to_be_read_here_first_says_so(world: World, tell_of: Tell, slow_kind: Kind) -> None:
    with time_machine.travel(NOON, tick=False):
        tell_of(world.partnership, [world.owner], kind="slow")
    assert words(world) == ["Mail leaves at 12:10 unless you read it here first"]
    Notification.objects.update(opened_at=NOON)
    assert words(world) == ["Mail not sent: you read it here first"]


def test_every_channel_has_words_for_everything_that_can_become_of_it() -> None:
    states = {"due", "grace", "quiet", "again", *Delivery.State.values} - {"waiting"}
    assert set(WORDS) == {(channel, state) for channel in Delivery.Channel for state in states}


def test_another_year_is_named(world: World, told: None) -> None:
    sent = {"state": "sent", "ended_at": NOON}
    with translation.override("en"), timezone.override("Europe/Stockholm"):
        assert words(world, NOON + timedelta(days=60), **sent) == ["Mail sent Mon 23 Nov 2026 12:00"]
