"""What is due leaves as a mail, once; what becomes of it is a fact."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail

from notifications.models import Delivery
from notifications.sending import send_due
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_what_is_due_leaves_once(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner, world.partner])
    assert (send_due(), send_due()) == (2, 0)
    assert sorted(one.to[0] for one in mail.outbox) == [world.owner.email, world.partner.email]
    assert list(Delivery.objects.values_list("state", "reason", "ended_at").distinct()) == [("sent", "", MORNING)]
