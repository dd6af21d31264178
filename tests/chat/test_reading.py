"""What is unread, without counting rows."""

from uuid import uuid4

import pytest

from chat.actions import Post, mark_read, mark_unread, post_messages
from chat.models import Room
from exchange.shell import counts
from tests.conftest import World


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, with five messages by ``partner``."""
    room = Room.objects.get(partnership=world.partnership)
    post_messages([Post(room.pk, world.partner.pk, uuid4(), f"{n} words") for n in range(1, 6)])
    room.refresh_from_db()
    return room


def state(world: World, room: Room) -> tuple[int, int]:
    found = Room.objects.visible_to(world.owner).with_unread(world.owner).get(pk=room.pk)
    return found.last_read_number, found.unread


def test_reading_moves_the_marker_forward_only_and_never_past_the_end(world: World, room: Room) -> None:
    assert state(world, room) == (0, 5)
    assert mark_read(world.owner, room, 3) == 3
    assert mark_read(world.owner, room, 2) == 3
    assert mark_read(world.owner, room, 99) == 5
    assert state(world, room) == (5, 0)


def test_a_person_may_put_the_marker_back(world: World, room: Room) -> None:
    mark_read(world.owner, room, 5)
    assert mark_unread(world.owner, room, 7) == 5
    assert mark_unread(world.owner, room, 2) == 2
    assert state(world, room) == (2, 3)


def test_who_has_no_marker_has_read_everything(world: World) -> None:
    square = Room.objects.get(kind="square")
    post_messages([Post(square.pk, world.owner.pk, uuid4(), "Hello")])
    assert Room.objects.visible_to(world.administrator).total_unread(world.administrator) == 0
    assert mark_unread(world.administrator, Room.objects.get(pk=square.pk), 0) == 0
    assert Room.objects.visible_to(world.administrator).total_unread(world.administrator) == 1


def test_the_door_counts_what_the_person_may_see_in_one_query_more(
    world: World, room: Room, django_assert_num_queries: object
) -> None:
    assert counts["chat:home"](world.stranger) == 0
    assert counts["chat:home"](world.outsider) == 0
    with django_assert_num_queries(3):  # type: ignore[operator]  # two of them are the person's reach
        assert counts["chat:home"](world.owner) == 5


@pytest.mark.parametrize("bodies", [1, 3])
def test_the_list_of_rooms_takes_one_query(
    world: World, room: Room, bodies: int, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        rooms = list(
            Room.objects.visible_to(world.owner).with_place().with_unread(world.owner).with_last_words().by_place()
        )
        named = [(r.name, str(r.whole), r.unread, r.last_author, r.last_body) for r in rooms]
    assert named == [
        ("Square", "Climate", 0, None, None),
        ("Announcements", "Climate", 0, None, None),
        ("Karlskrona–Saldanha Bay", "Karlskrona–Saldanha Bay", 5, "Partner Test", "5 words"),
        ("Project group", "Karlskrona–Saldanha Bay", 0, None, None),
    ]
