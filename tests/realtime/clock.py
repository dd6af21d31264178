"""An event loop that a test drives by hand: time stands still until the test moves it."""

import heapq
from asyncio import BaseEventLoop, Handle, TimerHandle
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any


class Clock(BaseEventLoop):
    """As much of a loop as the hub's parts and the writer use."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.soon: SimpleQueue[Handle] = SimpleQueue()
        self.timers: list[TimerHandle] = []

    def time(self) -> float:
        """As the test has set it."""
        return self.now

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Any = None) -> Handle:  # type: ignore[override]  # no variadic types here
        """In the next turn."""
        handle = Handle(callback, args, self, context)
        self.soon.put(handle)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]  # the queue takes it from any thread

    def call_at(self, when: float, callback: Callable[..., object], *args: Any, context: Any = None) -> TimerHandle:  # type: ignore[override]  # no variadic types here
        """Once the test has moved the time so far."""
        handle = TimerHandle(when, callback, args, self, context)
        heapq.heappush(self.timers, handle)
        return handle

    def _timer_handle_cancelled(self, handle: TimerHandle) -> None:
        """A cancelled timer is passed over when its time comes."""

    def turn(self) -> None:
        """Everything that is due, and what comes of it at once."""
        while not self.soon.empty():
            self.run(self.soon.get())
        if self.timers and self.timers[0].when() <= self.now:
            self.run(heapq.heappop(self.timers))
            self.turn()

    def wait(self) -> None:
        """Until another thread has handed something over; then a turn."""
        self.run(self.soon.get(timeout=60))
        self.turn()

    def pass_by(self, seconds: float) -> None:
        """Time passes; what was due in it happens."""
        self.now += seconds
        self.turn()

    @staticmethod
    def run(handle: Handle) -> None:
        """Unless it was called off."""
        if not handle.cancelled():
            handle._run()
