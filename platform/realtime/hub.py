"""One hub a process: which sockets listen to which topics, and the slow watch that finds whatever was lost."""

import asyncio
import json
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError

from realtime.bus import Bus, LocalBus, RedisBus
from realtime.items import CONTROL, Item
from realtime.kinds import Head, kinds, parse
from realtime.metrics import SOCKETS, TOPICS
from realtime.sessions import digest, still_signed_in
from realtime.threads import read
from realtime.topic import Place, Topic
from realtime.turn import Turn
from realtime.versioned import Versioned

if TYPE_CHECKING:
    from realtime.socket import Socket

log = logging.getLogger(__name__)

COMPARE = 2.0
"""Seconds between two looks at the heads in the database."""
COMPARE_ALONE = 0.25
"""The same while the bus is away, and the database alone knows what other processes did."""
SESSIONS = 60.0
"""Seconds between two looks at the sessions of all sockets."""
NOT_SIGNED_IN = 4401


class Hub:
    """Topics and sockets of one process. Everything here runs on the event loop that made it, except ``hand_over``."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.thread = threading.get_ident()
        self.topics: dict[str, Topic] = {}
        self.sockets: set[Socket] = set()
        self.turn = Turn(loop)
        self.bus: Bus = RedisBus(settings.REDIS_URL, self.arrive, self.returned) if settings.REDIS_URL else LocalBus()
        self.watch: asyncio.Task[None] | None = None

    # What sockets ask for

    def sockets_of(self, user_id: int) -> int:
        """How many of a person's sockets are open here."""
        topic = self.topics.get(f"user:{user_id}")
        return len(topic.places) if topic else 0

    def attach(self, socket: "Socket") -> None:
        """A socket is open: it hears what is meant for its user."""
        self.sockets.add(socket)
        SOCKETS.set(len(self.sockets))
        self.place(socket, f"user:{socket.user.pk}").live = True
        self.start()

    def detach(self, socket: "Socket") -> None:
        """A socket is closed, or will be: it hears nothing more."""
        self.sockets.discard(socket)
        SOCKETS.set(len(self.sockets))
        for place in list(socket.places.values()):
            self.leave(place)

    def place(self, socket: "Socket", name: str) -> Place:
        """The socket's place on a topic, made when there is none: it gets nothing before it is ``live``."""
        place = socket.places.get(name)
        if place is None:
            topic = self.topic(name)
            place = socket.places[topic.name] = Place(socket, topic)  # its name, so that all share one
            place.topic.places.add(place)
        return place

    def leave(self, place: Place) -> None:
        """The socket is off the topic."""
        place.live = False
        place.socket.places.pop(place.topic.name, None)
        place.topic.places.discard(place)
        self.forget(place.topic)

    def topic(self, name: str) -> Topic:
        """The topic, listened to from now on."""
        topic = self.topics.get(name)
        if topic is None:
            kind = kinds.get(parse(name)[0])
            topic = self.topics[name] = Versioned(name, self, kind) if kind else Topic(name, self)
            self.bus.subscribe(name)
            TOPICS.set(len(self.topics))
        return topic

    def versioned(self, name: str) -> Versioned:
        """The topic of a registered kind. Raises ``LookupError`` for any other."""
        topic = self.topic(name)
        if not isinstance(topic, Versioned):
            raise LookupError(name)
        return topic

    def forget(self, topic: Topic) -> None:
        """Stop listening to a topic that nobody here is on."""
        if topic.is_idle and self.topics.get(topic.name) is topic:
            del self.topics[topic.name]
            topic.stop()
            self.bus.unsubscribe(topic.name)
            TOPICS.set(len(self.topics))

    async def wait(self, name: str, head: Head, seconds: float) -> None:
        """Return when the topic has left ``head`` behind, in version or access, or after ``seconds``. No thread."""
        topic = self.versioned(name)
        topic.begin(head.version)
        self.start()
        waiter = topic.waiter(head)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiter, seconds)
        finally:
            topic.waiters.pop(waiter, None)
            self.forget(topic)

    def after_rest(self, name: str, call: Callable[[], None]) -> bool:
        """True if a change of the topic would have to wait for its next write: then ``call`` comes at that moment.
        Never where other processes change it too, which know nothing of who waits here."""
        topic = self.topics.get(name)
        return self.bus.alone and isinstance(topic, Versioned) and topic.pace.after(call)

    # What comes in

    def hand_over(self, item: Item) -> None:
        """Take an item from any thread: to the sockets here first, then to the other processes."""
        if threading.get_ident() == self.thread:
            self.send(item)
        else:
            with suppress(RuntimeError):  # the loop was closed meanwhile: there is nobody left to tell
                self.loop.call_soon_threadsafe(self.send, item)

    def send(self, item: Item) -> None:
        """Deliver here, tell the others."""
        self.arrive(item)
        self.bus.publish(item)

    def arrive(self, item: Item) -> None:
        """Deliver to the sockets of this process."""
        if item.topic == CONTROL:
            self.control(json.loads(item.text))
        elif topic := self.topics.get(item.topic):
            topic.arrive(item)

    def control(self, order: dict[str, object]) -> None:
        """Close the sockets of a session, or look at those of a user again."""
        if session := order.get("session"):
            self.sign_out(socket for socket in self.sockets if digest(socket.session_key) == session)
        else:
            theirs = [socket for socket in self.sockets if socket.user.pk == order.get("user")]
            self.spawn(self.check_sessions(theirs))

    def sign_out(self, sockets: Iterable["Socket"]) -> None:
        """Close with 4401, without what still waits to be written."""
        for socket in list(sockets):
            self.detach(socket)
            socket.outbox.close(NOT_SIGNED_IN, at_once=True)

    def returned(self) -> None:
        """The bus is back after an absence: compare at once, and let every client compare too."""
        self.spawn(self.catch_up())

    async def catch_up(self) -> None:
        """What was missed goes out first, so that the heads told after it are those of the database."""
        await self.compare()
        if work := [topic.work for topic in self.topics.values() if isinstance(topic, Versioned) and topic.work]:
            await asyncio.wait(work)
        for socket in list(self.sockets):
            socket.beat(everything=True)

    # The slow watch

    def start(self) -> None:
        """Watch while there is anything to watch."""
        self.bus.start()
        if self.watch is None or self.watch.done():
            self.watch = self.spawn(self.keep_watch())

    async def keep_watch(self) -> None:
        """Every two seconds the heads, every minute the sessions, each socket's beat when it is due."""
        sessions_due = self.loop.time() + SESSIONS
        while self.topics:
            await self.pause()
            try:
                await self.compare()
                if self.loop.time() >= sessions_due:
                    sessions_due = self.loop.time() + SESSIONS
                    await self.check_sessions(self.sockets)
            except DatabaseError:
                log.exception("The database does not answer; looking again soon.")
            for socket in list(self.sockets):
                socket.beat_if_due()

    async def pause(self) -> None:
        """Until the next look. The moment the bus goes ends it: what was under way then is lost."""
        if self.bus.away.is_set():
            await asyncio.sleep(COMPARE_ALONE)
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.bus.away.wait(), COMPARE)

    async def compare(self) -> None:
        """Find what no message told: one query a kind for the heads of all topics with watchers."""
        by_kind: dict[str, list[Versioned]] = defaultdict(list)
        for topic in self.topics.values():
            if isinstance(topic, Versioned):
                by_kind[topic.kind.name].append(topic)
        for topics in by_kind.values():
            known = {topic: topic.last for topic in topics}
            heads = await read(topics[0].kind.heads, [topic.id for topic in topics])
            called = await self.called(topics, heads)
            for topic in topics:
                topic.compare(heads.get(topic.id), known[topic], called.get(topic.id, {}))

    @staticmethod
    async def called(topics: list[Versioned], heads: dict[int, Head]) -> dict[int, dict[int, int]]:
        """Who was called by name where somebody is about to hear of a new head: one query, and none otherwise."""
        ask = topics[0].kind.called
        since = {one.id: one.counted(heads[one.id]) for one in topics if one.id in heads}
        behind = {pk: version for pk, version in since.items() if version is not None}
        return await read(ask, behind) if ask and behind else {}

    async def check_sessions(self, sockets: Iterable["Socket"]) -> None:
        """Close those whose session ended, in two queries for all."""
        looked_at = list(sockets)
        good = await read(still_signed_in, {socket.session_key for socket in looked_at})
        self.sign_out(socket for socket in looked_at if socket.session_key not in good and socket in self.sockets)
        for socket in looked_at:
            socket.user = good.get(socket.session_key, socket.user)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run on the loop, held until it is done; what fails is logged, and found again by the watch."""
        task = self.loop.create_task(work)
        tasks.add(task)
        task.add_done_callback(finished)
        return task


tasks: set[asyncio.Task[None]] = set()


def finished(task: asyncio.Task[None]) -> None:
    """Let go of a task that is done."""
    tasks.discard(task)
    if not task.cancelled() and (problem := task.exception()):
        log.error("The hub stumbled: %s", problem, exc_info=problem)


_hub: Hub | None = None


def current() -> Hub | None:
    """This process's hub if it has one, from any thread."""
    return _hub if _hub is not None and not _hub.loop.is_closed() else None


def here() -> Hub:
    """The hub of the running event loop."""
    global _hub
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        _hub = Hub(loop)
    return _hub
