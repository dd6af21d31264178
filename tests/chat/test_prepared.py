"""Queries that are written once give what Django's own would, whatever they are asked for."""

from datetime import timedelta

import pytest
from django.db import models, transaction
from django.utils import timezone

from chat.actions.posting import MARKERS, ROOMS
from chat.models import Room
from chat.prepared import MOST, Prepared
from chat.standing import AUTHORS, SEATS
from partnerships.models import Membership
from tests.conftest import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prepared", [ROOMS, AUTHORS, SEATS], ids=["rooms", "authors", "seats"])
def test_the_rows_are_those_of_the_query(world: World, prepared: Prepared[models.Model]) -> None:
    """Twice, and in lists of several lengths: the second time, nothing is written."""
    for ids in ([1], [2], [1, 2], [2, 3], list(range(1, MOST + 2))):
        with transaction.atomic():
            assert [facts(row) for row in prepared(ids)] == [facts(row) for row in prepared.make(ids)]


def test_two_lists_are_told_apart(world: World) -> None:
    rooms, people = [1, 2, 3], [world.owner.pk, world.partner.pk]
    assert {facts(row)["id"] for row in MARKERS(rooms, people)} == {row.pk for row in MARKERS.make(rooms, people)}


def test_nobody_is_asked_for_nobody(world: World, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert MARKERS([1], []) == []


def test_what_hangs_at_a_row_comes_with_it(world: World, django_assert_num_queries: object) -> None:
    room = Room.objects.get(partnership=world.partnership)
    with transaction.atomic():
        ROOMS([room.pk])
        with django_assert_num_queries(1):  # type: ignore[operator]
            (found,) = ROOMS([room.pk])
            assert (found, found.partnership) == (room, world.partnership)


@pytest.mark.parametrize("off", [-2, -1, 0, 1, 2])
def test_a_seat_holds_on_the_days_of_the_query(world: World, off: int) -> None:
    """Both days included, at noon and at midnight of another zone."""
    seat = Membership.objects.filter(person=world.owner)[0]
    today = timezone.localdate()
    Membership.objects.filter(pk=seat.pk).update(begins=today - timedelta(days=30), ends=today + timedelta(days=off))
    for hours in range(0, 24, 3):
        now = timezone.now() + timedelta(hours=hours)
        current = Membership.objects.filter(person=world.owner).current(now)
        assert {one.pk for one in current} == {one.pk for one in SEATS([world.owner.pk]) if one.holds(now)}


def facts(row: models.Model) -> dict[str, object]:
    """Every field of a row and of what came with it."""
    own = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    near = {name: facts(one) for name, one in row._state.fields_cache.items() if isinstance(one, models.Model)}
    zone = {"seat_zone": row.seat_zone} if isinstance(row, Membership) else {}
    return own | near | zone | {"near": sorted(row._state.fields_cache)}
