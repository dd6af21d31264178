"""The queue before the one verb: sockets hand their posts in here, one thread stores what gathered.

As soon as a commit is done, everything that came meanwhile goes into the next: a lone message waits for nothing. Only
what could not go out yet anyway, as its room was just written to, gathers until then (``realtime.pacing``). What
a commit leads to comes back to the loop in one step: each post is answered before its change goes out.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from django.db import close_old_connections, transaction

from chat.actions import Outcome, Post, Refused, Stored
from chat.actions.posting import store_posts
from chat.broadcasts import topic
from chat.metrics import ALONE, BATCH_SIZE, POSTS, STORED, WAITING
from realtime import hub
from realtime.items import Item
from realtime.pacing import FULL
from realtime.publishing import held, send

log = logging.getLogger(__name__)

MOST_WAITING = 2000
LONGEST_WAIT = 2.0
AT_ONCE = 500
MOST_TEXT = 100_000
"""Characters in one batch: what goes out at once must fit between what a socket may have waiting and what it has."""

UNAVAILABLE = Refused("unavailable")
"""Nothing is known: the same ``client_id`` may be sent again."""

Answer = Callable[[Outcome], None]
Batch = Sequence[tuple[Post, Answer]]

thread = ThreadPoolExecutor(1, thread_name_prefix="writer")


class Writer:
    """The queue of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: deque[tuple[Post, Answer, float]] = deque()
        self.busy = False
        WAITING.set_function(partial(len, self.waiting))

    def submit(self, post: Post, answer: Answer) -> None:
        """Store soon, then call ``answer`` on the loop. A full queue is answered at once."""
        if len(self.waiting) >= MOST_WAITING:
            answer(UNAVAILABLE)
            return
        self.waiting.append((post, answer, self.loop.time()))
        if not self.busy:
            self.busy = True
            self.loop.call_soon(self.next)  # with whatever else comes in this turn

    def wake(self) -> None:
        """Something waits no longer for its room."""
        if not self.busy:
            self.next()

    def next(self) -> None:
        """Give the thread what waits, if anything may go."""
        batch = self.gathered()
        self.busy = bool(batch)
        if batch:
            thread.submit(self.store, batch)

    def gathered(self) -> list[tuple[Post, Answer]]:
        """What goes into the next transaction; who waited too long is told to come again."""
        batch: list[tuple[Post, Answer]] = []
        size = 0
        resting, later = self.resting(), []
        while self.waiting and len(batch) < AT_ONCE and size < MOST_TEXT:
            post, answer, since = self.waiting.popleft()
            if post.room_id in resting:
                later.append((post, answer, since))
                continue
            if self.loop.time() - since > LONGEST_WAIT:
                answer(UNAVAILABLE)
            else:
                size += len(post.body)
                batch.append((post, answer))
        self.waiting.extendleft(reversed(later))
        return batch

    def resting(self) -> set[int]:
        """The rooms whose posts stay for now: they would not go out yet, and are too few to fill a write."""
        here = hub.current()
        rooms = Counter(post.room_id for post, _, _ in self.waiting)
        few = (room for room, posts in rooms.items() if posts < FULL)
        return {room for room in few if here and here.after_rest(topic(room), self.wake)}

    def store(self, batch: Batch) -> None:
        """In the writer's thread: all at once; if that fails, each alone, so only the bad one is lost. The thread keeps
        its connection to the database as long as that holds."""
        done: Done | None = None
        try:
            done = self.store_together(batch)
        except Exception:
            log.exception("A batch of %d posts failed; each is tried alone.", len(batch))
            close_old_connections()
            for one in batch:
                self.to_loop(self.store_alone(one))
        self.to_loop(done, last=True)

    def store_together(self, batch: Batch) -> "Done":
        """One transaction, and what comes of it once it is committed."""
        with held() as items, transaction.atomic():
            outcomes = store_posts([post for post, _ in batch])
        BATCH_SIZE.observe(len(batch))
        return Done([answer for _, answer in batch], outcomes, items)

    def store_alone(self, one: tuple[Post, Answer]) -> "Done":
        """One post in a transaction of its own."""
        ALONE.inc()
        try:
            return self.store_together([one])
        except Exception:
            log.exception("A post failed.")
            close_old_connections()
            return unavailable([one])

    def to_loop(self, done: "Done | None", *, last: bool = False) -> None:
        """Hand over what is done; after the ``last`` of a batch comes the next batch."""
        with suppress(RuntimeError):  # the loop was closed meanwhile: there is nobody left to tell
            self.loop.call_soon_threadsafe(self.finish, done, last)

    def finish(self, done: "Done | None", last: bool) -> None:
        """On the loop: each gets its own answer, then everybody hears what changed."""
        if last:
            self.next()
        if done:
            for answer, outcome in zip(done.answers, done.outcomes, strict=True):
                answer(outcome)
            stored = sum(isinstance(outcome, Stored) for outcome in done.outcomes)
            STORED.inc(stored)
            for outcome in done.outcomes if stored < len(done.outcomes) else ():
                if isinstance(outcome, Refused):
                    POSTS.labels(outcome.code).inc()
            for item in done.items:
                send(item)


class Done(NamedTuple):
    """What came of posts: the outcome for each answer, and what there is to tell of it."""

    answers: Sequence[Answer]
    outcomes: Sequence[Outcome]
    items: Sequence[Item]


def unavailable(batch: Batch) -> Done:
    """Nothing is known of any."""
    return Done([answer for _, answer in batch], [UNAVAILABLE] * len(batch), [])


_writer: Writer | None = None


def writer() -> Writer:
    """The writer of the running event loop."""
    global _writer
    loop = asyncio.get_running_loop()
    if _writer is None or _writer.loop is not loop:
        _writer = Writer(loop)
    return _writer
