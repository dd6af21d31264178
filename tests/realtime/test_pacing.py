"""What many sockets hear goes out at once after a silence, and soon after that together; nothing waits for long."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from realtime.outbox import Outbox
from realtime.pacing import EACH, FULL, LONGEST, Pace
from realtime.turn import Turn
from realtime.wire import Frame
from tests.realtime.clock import Clock
from tests.realtime.test_outbox import Line

CROWD = 40
REST = CROWD * EACH


class Room:
    """A topic that so many sockets hear."""

    def __init__(self, clock: Clock, turn: Turn, size: int = CROWD) -> None:
        self.clock = clock
        self.pace = Pace(clock, turn)
        self.lines = [Line() for _ in range(size)]
        self.boxes = [Outbox(line.send, lambda: None, turn, line) for line in self.lines]

    def say(self, *words: str) -> None:
        """In one turn."""
        for word in words:
            self.pace.spread(Frame(word), self.boxes)
        self.clock.turn()

    def heard(self) -> tuple[str, int]:
        """What everybody has heard, in how many writes."""
        seen = {(" ".join(text for _, text in line.said), line.writes) for line in self.lines}
        assert len(seen) == 1
        return seen.pop()


@pytest.fixture
def clock() -> Iterator[Clock]:
    with closing(Clock()) as made:
        yield made


@pytest.fixture
def turn(clock: Clock) -> Turn:
    return Turn(clock)


@pytest.fixture
def room(clock: Clock, turn: Turn) -> Room:
    return Room(clock, turn)


def test_after_a_silence_all_that_comes_in_one_turn_goes_out_at_once(room: Room) -> None:
    room.say("a", "b", "c")
    assert room.heard() == ("a b c", 1)
    room.clock.pass_by(REST)
    room.say("d")
    assert room.heard() == ("a b c d", 2)


def test_what_comes_soon_after_goes_out_together_and_in_order(room: Room) -> None:
    room.say("a")
    for word in "bcd":
        room.clock.pass_by(REST / 5)
        room.say(word)
    assert room.heard() == ("a", 1)
    room.clock.pass_by(REST * 2 / 5)
    assert room.heard() == ("a b c d", 2)
    room.say("e")
    assert room.heard() == ("a b c d", 2)  # the write before it was just now
    room.clock.pass_by(REST)
    assert room.heard() == ("a b c d e", 3)


def test_a_full_write_does_not_wait(room: Room) -> None:
    room.say("a")
    room.say(*["x"] * (FULL - 1))
    assert room.heard()[1] == 1
    room.say("y")
    assert room.heard()[1] == 2
    room.say(*["z"] * (FULL + 5))  # what comes in the same turn goes along
    assert room.heard() == (" ".join(["a", *["x"] * (FULL - 1), "y", *["z"] * (FULL + 5)]), 3)


def test_the_more_hear_it_the_longer_it_waits_and_never_long(clock: Clock, turn: Turn) -> None:
    for size, rest in [(1, EACH), (10, 10 * EACH), (3 * round(LONGEST / EACH), LONGEST)]:
        room = Room(clock, turn, size)
        room.say("a")
        room.say("b")
        clock.pass_by(rest * 0.9)
        assert room.heard() == ("a", 1)
        clock.pass_by(rest * 0.1)
        assert room.heard() == ("a b", 2)


def test_what_is_said_to_one_socket_takes_along_what_waits_for_it(room: Room) -> None:
    room.say("a")
    room.say("b")
    room.boxes[0].put(Frame("pong"))
    room.clock.turn()
    said = [[text for _, text in line.said] for line in room.lines[:2]]
    assert said == [["a", "b", "pong"], ["a"]]
    room.clock.pass_by(REST)
    assert [text for _, text in room.lines[0].said] == ["a", "b", "pong"]
    assert [text for _, text in room.lines[1].said] == ["a", "b"]


def test_who_hears_two_rooms_waits_in_none_for_the_other(room: Room, turn: Turn) -> None:
    other = Room(room.clock, turn, 0)
    other.boxes = room.boxes[:1]
    room.say("a")
    room.say("b")
    other.say("at once")
    assert [text for _, text in room.lines[0].said] == ["a", "b", "at once"]


async def test_a_socket_that_ends_hears_what_waits_for_it_before(room: Room) -> None:
    room.say("a")
    room.say("b")
    room.boxes[0].close(1008)
    await asyncio.sleep(0)
    assert [text for _, text in room.lines[0].said] == ["a", "b", "1008"]


def test_whoever_waits_for_the_next_write_goes_on_then(room: Room) -> None:
    calls: list[str] = []
    assert not room.pace.after(lambda: calls.append("never"))
    room.say("a")
    assert room.pace.after(lambda: calls.append("due"))
    assert calls == []
    room.clock.pass_by(REST)
    assert calls == ["due"]
    room.say("b")
    assert room.heard() == ("a b", 2)


def test_nobody_waits_beside_a_frame_that_waits(room: Room) -> None:
    calls: list[str] = []
    room.say("a")
    assert room.pace.after(lambda: calls.append("company"))
    room.say("b")
    assert calls == ["company"]
    assert not room.pace.after(lambda: calls.append("never"))


def test_a_topic_that_ends_lets_everything_go(room: Room) -> None:
    calls: list[str] = []
    room.say("a")
    assert room.pace.after(lambda: calls.append("end"))
    room.pace.release()
    assert calls == ["end"]
    room.say("b")
    room.pace.release()
    room.clock.turn()
    assert room.heard() == ("a b", 2)
