"""What waits for one socket: ready frames go straight to the wire, in order with those that must wait, and bounded."""

import asyncio
from typing import Any

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame as Parsed
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from realtime.outbox import MOST_BYTES, Outbox
from realtime.turn import SLICE, Turn
from realtime.wire import Frame


class Line:
    """A server's line: what was said over it, by which way. It takes ready frames while it is ``free``."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.writes = 0
        self.free = True
        self.reads = asyncio.Event()
        self.reads.set()

    def write(self, data: bytes) -> bool:
        """The direct way."""
        if not self.free:
            return False
        self.writes += 1
        self.said += [("direct", text) for text in texts(data)]
        return True

    async def send(self, event: dict[str, Any]) -> None:
        """The ordinary way, which waits for the reader."""
        await self.reads.wait()
        self.said.append(("sent", event.get("text") or str(event["code"])))


def texts(data: bytes) -> list[str]:
    """The messages in these bytes, as another library reads them."""
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN)
    client.receive_data(data)
    frames = [event for event in client.events_received() if isinstance(event, Parsed)]
    assert {(frame.opcode, frame.fin) for frame in frames} <= {(Opcode.TEXT, True)}
    return [bytes(frame.data).decode() for frame in frames]


def outbox(line: Line, *, direct: bool = True) -> Outbox:
    """An outbox on that line."""
    return Outbox(line.send, lambda: None, Turn(asyncio.get_running_loop()), line if direct else None)


async def turns(n: int = 5) -> None:
    """Let the loop go on."""
    for _ in range(n):
        await asyncio.sleep(0)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 200_000])
def test_a_frame_is_read_by_another_library_as_it_was_said(size: int) -> None:
    assert texts(Frame("x" * size).wire) == ["x" * size]


def test_a_frame_counts_bytes_and_not_letters() -> None:
    assert texts(Frame("å" * 63).wire + Frame("mañana 👍").wire) == ["å" * 63, "mañana 👍"]


async def test_what_is_said_in_one_turn_leaves_in_one_write() -> None:
    line = Line()
    box = outbox(line)
    for word in "abc":
        box.put(Frame(word))
    assert line.said == []
    await turns()
    assert (line.writes, line.said) == (1, [("direct", "a"), ("direct", "b"), ("direct", "c")])


async def test_sockets_that_hear_the_same_share_its_bytes() -> None:
    lines = [Line(), Line()]
    turn = Turn(asyncio.get_running_loop())
    frames = [Frame("a"), Frame("b")]
    seen: list[bytes] = []
    for line in lines:
        line.write = lambda data: not seen.append(data)  # type: ignore[method-assign, func-returns-value]
        box = Outbox(line.send, lambda: None, turn, line)
        for frame in frames:
            box.put(frame)
    await turns()
    assert seen[0] is seen[1]


async def test_the_order_holds_when_the_line_takes_nothing_for_a_while() -> None:
    line = Line()
    box = outbox(line)
    line.reads.clear()
    for number in range(30):
        line.free = not 10 <= number < 20
        box.put(Frame(str(number)))
        if number == 25:
            line.reads.set()
        await turns(2)
    await turns(40)
    assert [text for _, text in line.said] == [str(number) for number in range(30)]
    assert {way for way, _ in line.said} == {"direct", "sent"}


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "ordinary"])
async def test_a_reader_who_falls_too_far_behind_is_closed(direct: bool) -> None:
    line, closed = Line(), []
    line.free = False
    line.reads.clear()
    box = Outbox(line.send, lambda: closed.append(True), Turn(asyncio.get_running_loop()), line if direct else None)
    for _ in range(MOST_BYTES // 1000 + 50):
        box.put(Frame("x" * 1000))
        await turns(1)
    line.reads.set()
    await turns()
    assert (closed, box.closed, line.said[-1]) == ([True], True, ("sent", "4408"))


async def test_a_page_does_not_count_against_the_bound() -> None:
    line, closed = Line(), []
    line.reads.clear()
    box = Outbox(line.send, lambda: closed.append(True), Turn(asyncio.get_running_loop()))
    box.put(Frame("x" * (MOST_BYTES - 10)))
    box.put(Frame("x" * MOST_BYTES, page=True))
    assert closed == []


async def test_what_was_said_before_the_end_is_heard_before_it() -> None:
    line = Line()
    box = outbox(line)
    box.put(Frame("last words"))
    box.close(1008)
    box.put(Frame("too late"))
    await turns()
    assert [text for _, text in line.said] == ["last words", "1008"]


async def test_an_end_at_once_says_nothing_more() -> None:
    line = Line()
    box = outbox(line)
    box.put(Frame("no longer yours"))
    box.close(4401, at_once=True)
    await turns()
    assert line.said == [("sent", "4401")]


async def test_a_great_room_is_written_to_in_slices() -> None:
    """Between two of them, others have their turn."""
    line = Line()
    turn = Turn(asyncio.get_running_loop())
    frame = Frame("a")
    for _ in range(SLICE + 1):
        Outbox(line.send, lambda: None, turn, line).put(frame)
    await asyncio.sleep(0)
    first = line.writes
    await turns()
    assert (first, line.writes) == (SLICE, SLICE + 1)


async def test_what_was_written_alone_counts_no_longer_against_the_turn() -> None:
    line = Line()
    one = outbox(line)
    for _ in range(3):
        one.put(Frame("x" * 40_000))
        await turns()
    assert (line.writes, one.ready_size) == (3, 0)
    one.put(Frame("y" * 40_000))
    assert line.writes == 3  # it waits for the end of its turn, whatever went before
