"""Rooms mirror the structure, and open for whom the access table says."""

import pytest
from django.utils import timezone

from chat.models import ReadMarker, Room
from chat.permissions import can_post, can_see
from partnerships.actions import end_membership, found_network
from partnerships.models import Function, Membership, Partnership
from partnerships.permissions import Reach
from tests.conftest import BEGUN, World


def seen(user: object) -> set[str]:
    return {f"{room.kind} {room.place}" for room in Room.objects.visible_to(user).with_place()}


SQUARE, ANNOUNCEMENTS = "square Climate", "announcements Climate"
KARLSKRONA, ROMBO = "partnership Karlskrona–Saldanha Bay", "partnership Älvsbyn–Rombo"
STEERING = "body Steering group, Karlskrona–Saldanha Bay"
PROJECT = "body Project group, Karlskrona–Saldanha Bay"


def test_a_network_begins_with_its_square_and_its_announcements(db: None) -> None:
    network = found_network(name="Water", slug="water", begins=BEGUN)
    assert sorted(network.rooms.values_list("kind", flat=True)) == ["announcements", "square"]


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("owner", {SQUARE, ANNOUNCEMENTS, KARLSKRONA, PROJECT}),
        ("partner", {SQUARE, ANNOUNCEMENTS, KARLSKRONA, PROJECT}),
        ("councillor", {SQUARE, ANNOUNCEMENTS, KARLSKRONA, STEERING}),
        ("guest", {PROJECT}),
        ("outsider", {SQUARE, ANNOUNCEMENTS, ROMBO}),
        ("officer", {SQUARE, ANNOUNCEMENTS, KARLSKRONA, ROMBO, PROJECT}),
        ("administrator", {SQUARE, ANNOUNCEMENTS}),
        ("stranger", set()),
    ],
)
def test_each_sees_the_rooms_of_the_access_table(world: World, name: str, rooms: set[str]) -> None:
    person = getattr(world, name)
    assert seen(person) == rooms
    assert {f"{one.kind} {one.place}" for one in Room.objects.all() if can_see(Reach.of(person), one)} == rooms


def test_an_officer_enters_a_steering_room_by_a_seat_in_it(world: World) -> None:
    world.seat(world.officer, Function.PARTNER_STAFF, world.icld, body=world.steering)
    assert STEERING in seen(world.officer)


@pytest.mark.parametrize("function", Function.values)
def test_who_sees_a_room_is_among_its_people(world: World, function: str) -> None:
    for place in ({"network": world.network}, {"partnership": world.partnership}, {"body": world.steering}):
        seat = world.seat(world.stranger, function, world.icld, **place)
        visible = set(Room.objects.visible_to(world.stranger).values_list("pk", flat=True))
        assert {room.pk for room in Room.objects.all() if world.stranger in room.people()} == visible
        reach = Reach.of(world.stranger)
        assert {room.pk for room in Room.objects.with_place() if can_see(reach, room)} == visible
        seat.delete()


def test_a_seat_that_ended_yesterday_opens_nothing(world: World) -> None:
    end_membership(Membership.objects.get(person=world.outsider))
    assert seen(world.outsider) == set()


def posts(user: object) -> set[str]:
    reach = Reach.of(user)
    rooms = Room.objects.visible_to(user).with_place()
    return {f"{room.kind} {room.place}" for room in rooms if can_post(reach, room)}


def test_announcements_are_written_by_officers_and_administrators(world: World) -> None:
    assert posts(world.owner) == {SQUARE, KARLSKRONA, PROJECT}
    assert posts(world.officer) == {SQUARE, ANNOUNCEMENTS, KARLSKRONA, ROMBO, PROJECT}
    assert posts(world.administrator) == {SQUARE, ANNOUNCEMENTS}


def test_an_observer_only_reads(world: World) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, network=world.network)
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    world.seat(world.stranger, Function.OBSERVER, world.icld, body=world.steering)
    assert seen(world.stranger) == {SQUARE, ANNOUNCEMENTS, KARLSKRONA, STEERING}
    assert posts(world.stranger) == set()


def test_an_observer_with_a_full_seat_in_a_body_writes_in_its_partnership(world: World) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    world.seat(world.stranger, Function.COUNCILLOR, world.karlskrona, body=world.steering)
    assert posts(world.stranger) == {SQUARE, KARLSKRONA, STEERING}


def test_nobody_writes_where_the_work_is_over(world: World) -> None:
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    Room.objects.filter(kind="square").update(archived_at=timezone.now())
    assert posts(world.owner) == set()
    assert seen(world.owner) == {SQUARE, ANNOUNCEMENTS, KARLSKRONA, PROJECT}


def test_taking_a_seat_begins_a_marker_at_the_end_and_moves_the_access_number(world: World) -> None:
    room = Room.objects.get(partnership=world.partnership)
    Room.objects.filter(pk=room.pk).update(message_count=41)
    world.seat(world.stranger, Function.SENIOR_MANAGER, world.karlskrona, partnership=world.partnership)
    assert ReadMarker.objects.get(user=world.stranger, room=room).last_read_number == 41
    assert Room.objects.get(pk=room.pk).access == room.access + 1
