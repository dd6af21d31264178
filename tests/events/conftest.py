"""Gatherings of the world, made as people make them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.actions import schedule_event
from events.models import Event
from tests.conftest import World

Call = Callable[..., Event]


def in_days(days: int) -> date:
    """A day counted from today, by UTC."""
    return timezone.now().date() + timedelta(days=days)


@pytest.fixture
def call(world: World) -> Call:
    """``call(audience=…, organiser=…)``: by the officer, for the network, in ten days from 10 to 12 in Stockholm."""

    def make(**fields: Any) -> Event:
        day = fields.pop("day", in_days(10))
        given = {
            "organiser": world.officer,
            "audience": world.network,
            "title": "Waste that pays",
            "kind": Event.Kind.TRAINING,
            "first_day": day,
            "opens": time(10),
            "last_day": day,
            "closes": time(12),
            "zone": "Europe/Stockholm",
        }
        return schedule_event(**{**given, **fields})

    return make
