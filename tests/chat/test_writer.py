"""The queue before the one verb: what goes into which transaction, while a room was written to a moment ago."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import connection

from chat.actions import Outcome, Post, Stored
from chat.broadcasts import topic
from chat.models import Room
from chat.writer import Writer, thread
from realtime import hub
from realtime.pacing import FULL, LONGEST
from tests.conftest import World
from tests.realtime.clock import Clock

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 200


class Desk:
    """A writer whose time stands still, beside a hub with crowds in its rooms."""

    def __init__(self, clock: Clock, here: hub.Hub, author: int) -> None:
        self.clock = clock
        self.hub = here
        self.author = author
        self.writer = Writer(clock)
        self.answered: list[str] = []

    def write_to(self, room: Room) -> None:
        """Two hundred have just heard something there."""
        crowded = self.hub.versioned(topic(room.pk))
        crowded.begin(room.version)
        crowded.pace.rest(CROWD)

    def post(self, room: Room, *words: str) -> None:
        """In one turn."""
        for word in words:
            self.writer.submit(Post(room.pk, self.author, uuid4(), word), self.answer)
        self.clock.turn()

    def answer(self, outcome: Outcome) -> None:
        """In the order of their numbers, or why not."""
        assert isinstance(outcome, Stored)
        self.answered.append(outcome.message.body)

    def stored(self) -> list[str]:
        """What is answered once the thread has nothing to do."""
        while self.writer.busy:
            self.clock.wait()
        return self.answered


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with closing(Clock()) as clock:
        here = hub.Hub(clock)
        monkeypatch.setattr(hub, "_hub", here)
        yield Desk(clock, here, world.owner.pk)
    thread.submit(lambda: connection.close()).result()  # the connection of that thread


@pytest.fixture
def room(world: World) -> Room:
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def square(world: World) -> Room:
    return Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)


def test_the_first_message_of_a_quiet_room_is_stored_at_once(desk: Desk, room: Room) -> None:
    desk.hub.versioned(topic(room.pk))
    desk.post(room, "one")
    assert desk.stored() == ["one"]


def test_what_comes_soon_after_is_stored_together_and_in_order(desk: Desk, room: Room) -> None:
    desk.write_to(room)
    for word in ("one", "two", "three"):
        desk.post(room, word)
        desk.clock.pass_by(LONGEST / 5)
    assert (desk.stored(), len(desk.writer.waiting)) == ([], 3)
    desk.clock.pass_by(LONGEST)
    assert not desk.writer.waiting  # in one batch
    assert desk.stored() == ["one", "two", "three"]


def test_a_full_batch_does_not_wait(desk: Desk, room: Room) -> None:
    desk.write_to(room)
    words = [str(number) for number in range(FULL)]
    desk.post(room, *words[:-1])
    assert desk.stored() == []
    desk.post(room, words[-1])
    assert desk.stored() == words


def test_another_room_does_not_wait(desk: Desk, room: Room, square: Room) -> None:
    desk.write_to(room)
    desk.post(room, "later", "last")
    desk.post(square, "now")
    assert desk.stored() == ["now"]
    desk.clock.pass_by(LONGEST)
    assert desk.stored() == ["now", "later", "last"]


def test_what_goes_out_anyway_takes_along_what_waits(desk: Desk, room: Room) -> None:
    """Such as a reaction: it is the first that waits for the next write, so the message can be stored until then."""
    desk.write_to(room)
    desk.post(room, "one")
    desk.hub.versioned(topic(room.pk)).pace.hold([])
    assert desk.stored() == ["one"]


def test_when_everybody_has_gone_what_waits_is_stored_at_once(desk: Desk, room: Room) -> None:
    """As when the server ends."""
    desk.write_to(room)
    desk.post(room, "one", "two")
    desk.hub.forget(desk.hub.versioned(topic(room.pk)))
    assert desk.stored() == ["one", "two"]


def test_where_other_processes_write_too_nothing_waits(desk: Desk, room: Room) -> None:
    desk.hub.bus.alone = False
    desk.write_to(room)
    desk.post(room, "one")
    assert desk.stored() == ["one"]


def test_what_waited_too_long_is_answered_and_what_comes_after_is_stored(desk: Desk, room: Room) -> None:
    desk.write_to(room)
    refused: list[Outcome] = []
    for _ in range(20):
        desk.writer.waiting.append((Post(room.pk, desk.author, uuid4(), "x" * 8000), refused.append, 0.0))
    desk.post(room, *[str(number) for number in range(FULL)])
    assert desk.stored() == [str(number) for number in range(FULL)]
    assert len(refused) == 20
