"""Seats begin and end by themselves at midnight in the network's zone, and the rooms hear of each once."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Event

import pytest
import time_machine

from accounts.models import User
from chat.models import ReadMarker, Room
from partnerships.jobs import memberships
from partnerships.models import Function, Membership, Network
from tests.conftest import World
from work.tick import tick
from work.worker import Worker

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC)
"""When that day ends in Stockholm."""
SECOND = timedelta(seconds=1)


def steering_room(world: World) -> Room:
    """The room of the steering group, as it stands."""
    return Room.objects.get(body=world.steering)


def end_on(person: User, day: date) -> None:
    """The seat's last day was set long ago."""
    Membership.objects.filter(person=person).update(ends=day)


def tell_turned(since: datetime, until: datetime) -> int:
    """The job, between two moments."""
    return int(memberships.call(since=since.isoformat(), until=until.isoformat()))


def pass_by(moment: datetime) -> None:
    """What the workers do at this moment."""
    with time_machine.travel(moment, tick=False):
        tick("worker", moment)
        Worker().work_off(Event())


def test_within_seconds_of_midnight_a_seat_that_ended_loses_its_rooms_once(world: World) -> None:
    end_on(world.councillor, LAST_DAY)
    access = steering_room(world).access
    seen = []
    for seconds in [-3600, -3, 0, 3, 6, 9, 60, 900, 3600, 86400, 2 * 86400]:
        pass_by(MIDNIGHT + seconds * SECOND)
        seen.append((seconds, steering_room(world).access - access))
    assert seen == [
        (-3600, 0), (-3, 0), (0, 0), (3, 0),
        (6, 1), (9, 1), (60, 1), (900, 1), (3600, 1), (86400, 1), (2 * 86400, 1),
    ]  # fmt: skip
    assert not ReadMarker.objects.filter(user=world.councillor).exists()


def test_a_seat_that_begins_opens_its_rooms_at_midnight(world: World) -> None:
    with time_machine.travel(MIDNIGHT - timedelta(days=3)):
        world.seat(world.stranger, Function.COUNCILLOR, world.karlskrona, body=world.steering)
    Membership.objects.filter(person=world.stranger).update(begins=LAST_DAY + timedelta(days=1))
    ReadMarker.objects.filter(user=world.stranger).delete()
    room = steering_room(world)
    pass_by(MIDNIGHT - timedelta(hours=1))
    assert not ReadMarker.objects.filter(user=world.stranger).exists()
    pass_by(MIDNIGHT + 6 * SECOND)
    assert steering_room(world).access == room.access + 1
    assert ReadMarker.objects.filter(user=world.stranger, room=room).exists()


def test_after_a_pause_over_several_midnights_each_seat_is_told_once(world: World) -> None:
    for day, person in enumerate([world.councillor, world.guest, world.outsider]):
        end_on(person, LAST_DAY + timedelta(days=day))
    before = {room.pk: room.access for room in Room.objects.all()}
    pass_by(MIDNIGHT - timedelta(hours=1))
    pass_by(MIDNIGHT + timedelta(days=4))
    pass_by(MIDNIGHT + timedelta(days=5))
    grown = {room.pk for room in Room.objects.all() if room.access == before[room.pk] + 1}
    still = {room.pk for room in Room.objects.all() if room.access == before[room.pk]}
    announced = Room.objects.filter(network=world.network)
    places = Room.objects.filter(partnership__in=[world.partnership, world.other_partnership])
    bodies = Room.objects.filter(body__in=[world.steering, world.project])
    assert (grown, still) == ({room.pk for room in [*announced, *places, *bodies]}, set())
    assert not ReadMarker.objects.filter(user__in=[world.councillor, world.guest, world.outsider]).exists()


def test_midnight_is_the_networks_own(world: World) -> None:
    Network.objects.update(zone="Africa/Dar_es_Salaam")
    end_on(world.councillor, LAST_DAY)
    there = datetime(2026, 3, 2, 21, tzinfo=UTC)
    assert tell_turned(there - timedelta(hours=2), there - SECOND) == 0
    assert tell_turned(there - SECOND, there) == 1
    assert tell_turned(there, MIDNIGHT + timedelta(hours=2)) == 0


def test_windows_side_by_side_tell_each_seat_once(world: World) -> None:
    """Also over the night in which the clock changes."""
    end_on(world.councillor, date(2026, 3, 29))
    Membership.objects.filter(person=world.guest).update(begins=date(2026, 3, 30))
    start = datetime(2026, 3, 28, 12, 5, tzinfo=UTC)
    quarters = [start + timedelta(minutes=15 * number) for number in range(4 * 72)]
    told = [(until, told) for since, until in pairwise(quarters) if (told := tell_turned(since, until))]
    assert told == [(datetime(2026, 3, 29, 22, 5, tzinfo=UTC), 2)]


def test_a_seat_that_came_and_went_in_the_pause_is_told_once(world: World) -> None:
    Membership.objects.filter(person=world.councillor).update(begins=LAST_DAY, ends=LAST_DAY)
    assert tell_turned(MIDNIGHT - timedelta(days=5), MIDNIGHT + timedelta(days=5)) == 1
