"""A mail is written when it leaves: for who may still read it, in their language, and so that nothing can break it."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from accounts.models import User
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.models import Delivery
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def mail_to(person: User, **which: Any) -> Mail:
    """The mail of what waits for somebody."""
    made = compose(list(Delivery.objects.filter(person=person, **which)))
    assert isinstance(made, Mail)
    return made


def test_a_mail_says_what_there_is_why_and_how_to_stop_it(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    made = mail_to(world.owner)
    assert made.subject == "Karlskrona–Saldanha Bay"
