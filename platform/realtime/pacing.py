"""How often one topic is written to: at once after a silence, and soon after that everything together.

A lone change costs a write to every socket, as ten at once do. So the more sockets hear a topic, the longer its next
write waits for company: writing takes about a hundredth of a process's time at most, until ``LONGEST``.
"""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable, Sequence

from realtime.outbox import Outbox
from realtime.turn import Turn
from realtime.wire import Frame

EACH, LONGEST = 0.001, 0.1
"""Seconds between two writes for each socket that hears them, and at most: ten sockets wait 10 ms, a hundred 100."""
FULL = 32
"""Frames that are company enough: with so many nothing waits."""


class Pace:
    """The writes of one topic. Nothing waits before ``until`` but what comes after a write."""

    __slots__ = ("calls", "frames", "held", "loop", "timer", "turn", "until")

    def __init__(self, loop: AbstractEventLoop, turn: Turn) -> None:
        self.loop = loop
        self.turn = turn
        self.until = 0.0
        self.frames = 0
        self.held: list[Outbox] = []
        self.calls: set[Callable[[], None]] = set()
        self.timer: TimerHandle | None = None

    def spread(self, frame: Frame, outboxes: Sequence[Outbox]) -> None:
        """``put`` the frame into each, and have them write: at the end of this turn, or together at the next moment."""
        if self.timer is None and self.loop.time() >= self.until:
            self.turn.spread(frame, outboxes)
            self.rest(len(outboxes))
        elif (held := Outbox.put_into_all(outboxes, frame, held=True)) or self.frames:
            self.hold(held)

    def after(self, call: Callable[[], None]) -> bool:
        """True if a frame that came now would be the first to wait; then ``call`` comes when none would any more, or
        when another is the first."""
        if self.frames or self.loop.time() >= self.until:
            return False
        self.calls.add(call)
        self.set_timer()
        return True

    def release(self) -> None:
        """Have everything written that waits, and go on with what waited for that."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
        held, self.held, self.frames = self.held, [], 0
        if held:
            self.turn.take(held)
            self.rest(len(held))
        self.call()

    def hold(self, outboxes: Sequence[Outbox]) -> None:
        """One more frame waits, in these outboxes as their first."""
        self.held += outboxes
        self.frames += 1
        if self.frames >= FULL:
            self.release()
        else:
            self.set_timer()
            self.call()  # whoever wanted to wait for company has it

    def rest(self, sockets: int) -> None:
        """So many were written to: the next write has time."""
        self.until = self.loop.time() + min(LONGEST, sockets * EACH)

    def set_timer(self) -> None:
        """Something waits."""
        if self.timer is None:
            self.timer = self.loop.call_at(self.until, self.release)

    def call(self) -> None:
        """Let those go on who waited."""
        calls, self.calls = self.calls, set()
        for call in calls:
            call()
