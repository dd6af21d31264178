"""The queue before the one verb: sockets hand their posts in here, one thread stores what gathered.

As soon as a commit is done, everything that came meanwhile goes into the next: no timer, so a lone message waits for
nothing. Each is answered before its change goes out.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import DatabaseError, close_old_connections, transaction

from chat.actions import Outcome, Post, Refused, Stored, post_messages
from chat.metrics import ALONE, BATCH_SIZE, POSTS, WAITING

log = logging.getLogger(__name__)

MOST_WAITING = 2000
LONGEST_WAIT = 2.0
BATCH = 500
MOST_TEXT = 100_000
"""Characters in one batch: what goes out at once must fit between what a socket may have waiting and what it has."""

UNAVAILABLE = Refused("unavailable")
"""Nothing is known: the same ``client_id`` may be sent again."""

Answer = Callable[[Outcome], None]

thread = ThreadPoolExecutor(1, thread_name_prefix="writer")


class Writer:
    """The queue of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: deque[tuple[Post, Answer, float]] = deque()
        self.task: asyncio.Task[None] | None = None

    def submit(self, post: Post, answer: Answer) -> None:
        """Store soon, then call ``answer`` on the loop. A full queue is answered at once."""
        if len(self.waiting) >= MOST_WAITING:
            answer(UNAVAILABLE)
            return
        self.waiting.append((post, answer, self.loop.time()))
        WAITING.set(len(self.waiting))
        if self.task is None or self.task.done():
            self.task = self.loop.create_task(self.work())

    async def work(self) -> None:
        """Batch after batch, until nothing waits."""
        while batch := self.gathered():
            try:
                await self.loop.run_in_executor(thread, self.store, batch)
            except Exception:
                log.exception("A batch of %d posts failed.", len(batch))
                self.answer([answer for _, answer in batch], [UNAVAILABLE] * len(batch))

    def gathered(self) -> list[tuple[Post, Answer]]:
        """What goes into the next transaction; who waited too long is told to come again."""
        batch: list[tuple[Post, Answer]] = []
        size = 0
        while self.waiting and len(batch) < BATCH and size < MOST_TEXT:
            post, answer, since = self.waiting.popleft()
            size += len(post.body)
            if self.loop.time() - since > LONGEST_WAIT:
                answer(UNAVAILABLE)
            else:
                batch.append((post, answer))
        WAITING.set(len(self.waiting))
        return batch

    def store(self, batch: Sequence[tuple[Post, Answer]]) -> None:
        """In the writer's thread: all at once; if that fails, each alone, so only the bad one is lost."""
        close_old_connections()
        try:
            self.store_together(batch)
        except DatabaseError:
            log.exception("A batch of %d posts failed; each is tried alone.", len(batch))
            for one in batch:
                self.store_alone(one)
        finally:
            close_old_connections()

    def store_together(self, batch: Sequence[tuple[Post, Answer]]) -> None:
        """Answers are put before the changes by being first in line for the commit."""
        outcomes: list[Outcome] = []
        with transaction.atomic():
            transaction.on_commit(partial(self.hand_back, [answer for _, answer in batch], outcomes))
            outcomes += post_messages([post for post, _ in batch])
        BATCH_SIZE.observe(len(batch))

    def store_alone(self, one: tuple[Post, Answer]) -> None:
        """One post in a transaction of its own."""
        ALONE.inc()
        try:
            self.store_together([one])
        except DatabaseError:
            log.exception("A post failed.")
            self.hand_back([one[1]], [UNAVAILABLE])

    def hand_back(self, answers: list[Answer], outcomes: list[Outcome]) -> None:
        """From the writer's thread to the loop."""
        self.loop.call_soon_threadsafe(self.answer, answers, outcomes)

    @staticmethod
    def answer(answers: list[Answer], outcomes: list[Outcome]) -> None:
        """Each gets its own."""
        for answer, outcome in zip(answers, outcomes, strict=True):
            POSTS.labels("stored" if isinstance(outcome, Stored) else outcome.code).inc()
            answer(outcome)


_writer: Writer | None = None


def writer() -> Writer:
    """The writer of the running event loop."""
    global _writer
    loop = asyncio.get_running_loop()
    if _writer is None or _writer.loop is not loop:
        _writer = Writer(loop)
    return _writer
