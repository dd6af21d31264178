"""Gatherings of the world, made as people make them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.actions import schedule_event
from events.models import Event
from tests.conftest import World

Call = Callable[..., Event]


def in_days(days: int) -> date:
    """A day counted from today, by UTC."""
    return timezone.now().date() + timedelta(days=days)


def browser(person: User) -> Client:
    """A browser in which ``person`` is signed in."""
    client = Client()
    client.force_login(person)
    return client


def page(person: User, path: str, status: int = 200) -> str:
    """The words of a page as ``person`` gets it."""
    response = browser(person).get(path)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


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
