"""A topic with versions: frames go out in their order, each once, to those who may have them; gaps are filled."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from realtime.items import Item, encode
from realtime.kinds import Head, Kind, Page
from realtime.metrics import GAPS, MOVED, REMOVED
from realtime.pacing import Pace
from realtime.threads import read
from realtime.topic import Missed, Place, Topic
from realtime.wire import Frame

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.outbox import Outbox

log = logging.getLogger(__name__)

LATE = 0.03
"""Seconds that a frame waits for the one before it, before the gap is filled from the database."""


class Versioned(Topic):
    """``last`` is the version that every live place has; None until the head has been read once."""

    def __init__(self, name: str, hub: "Hub", kind: Kind) -> None:
        super().__init__(name, hub)
        self.kind = kind
        self.last: int | None = None
        self.waiters: dict[asyncio.Future[None], Head] = {}
        self.pending: dict[int, Item] = {}
        self.work: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.pace = Pace(hub.loop, hub.turn)

    @property
    def is_idle(self) -> bool:
        return not self.places and not self.waiters

    @property
    def busy(self) -> bool:
        """True while the database is looked at: deliveries wait for that."""
        return self.work is not None

    # Coming and going

    def begin(self, version: int) -> None:
        """The head is known: what comes after it is delivered."""
        if self.last is None:
            self.last = version
            self.advance()

    def offer(self, place: Place, page: Page) -> bool:
        """Write a page to a place that catches up. Reaching the head and going live are one step of the event loop;
        what went out meanwhile follows the page. False when that is not at hand, and the page must be read again."""
        self.begin(page.version)
        if page.more or page.reset:
            place.outbox.put(Frame(page.text, page=True))
            place.have, place.access = page.version, page.access
            return True
        missed = self.missed(place, page.version, page.access)
        if missed is None:
            return False
        place.outbox.put(Frame(page.text, page=True))
        self.go_live(place, page.version, page.access, missed)
        return True

    def settle(self, place: Place, head: Head) -> bool:
        """Let a place go live that has everything up to ``head``; False when what went out since is not at hand."""
        self.begin(head.version)
        place.have, place.access = head.version, head.access
        missed = self.missed(place, head.version, head.access)
        if missed is not None:
            self.go_live(place, head.version, head.access, missed)
        return place.live

    def missed(self, place: Place, version: int, access: int) -> list[Missed] | None:
        """What went out after ``version`` while the place caught up. None where some of it was not kept, or is only
        for those who were looked at again since."""
        found = [one for one in place.missed if one.version > version]
        for one in found:
            if one.since > version or one.access > access:
                return None
            version = one.version
        return found if version >= (self.last or 0) else None

    @staticmethod
    def go_live(place: Place, version: int, access: int, missed: list[Missed]) -> None:
        """The place has everything up to ``version``, gets what it missed since, and is one of the others."""
        place.have, place.access, place.live = version, access, True
        for one in missed:
            place.have = one.version
            place.outbox.put(one.frame)
        place.missed = ()

    def waiter(self, head: Head) -> "asyncio.Future[None]":
        """Done as soon as the topic stands beyond ``head``."""
        future: asyncio.Future[None] = self.hub.loop.create_future()
        self.waiters[future] = head
        if (self.last or 0) > head.version:
            future.set_result(None)
        return future

    def stop(self) -> None:
        """Nobody listens any more."""
        self.pending.clear()
        if self.timer:
            self.timer.cancel()
        self.pace.release()

    # Delivering

    def arrive(self, item: Item) -> None:
        """Take an item: hints go out at once, changes in the order of their versions."""
        if item.version is None:
            self.tell(item)
        elif self.last is None or item.version > self.last:
            self.pending[item.version] = item
            self.advance()

    def tell(self, item: Item) -> None:
        """A hint reaches those who are live and surely within their rights."""
        frame = Frame(item.text)
        for place in list(self.places):
            if place.live and not place.counts and place.access >= item.access and not place.socket.spares(item.by):
                place.outbox.put(frame)

    def advance(self) -> None:
        """Deliver what is next, as far as it goes; look into the rights or wait for what is missing where need be."""
        while not self.busy and self.last is not None and self.last + 1 in self.pending:
            if self.unchecked(self.pending[self.last + 1].access):
                self.run(self.admit(self.pending[self.last + 1].access))
                return
            item = self.pending.pop(self.last + 1)
            self.write(item.text, self.last + 1, item.access)
        if self.pending and not self.busy and self.timer is None and self.last is not None:
            self.timer = self.hub.loop.call_later(LATE, self.late)

    def write(self, text: str, version: int, access: int, *, live: bool = True) -> None:
        """Bring every live place to ``version``, and keep it for those that catch up."""
        frame = Frame(text)
        missed = Missed(self.last or 0, version, access, frame)
        self.last = version
        hearing: list[Outbox] = []
        for place in self.places:
            if place.counts or place.have >= version:
                continue
            if place.live:
                place.have, place.live = version, live
                hearing.append(place.outbox)
            elif live:
                place.miss(missed)
        self.pace.spread(frame, hearing)
        self.wake(Head(version, 0))

    def wake(self, head: Head) -> None:
        """Let those go on who wait for something beyond what they have."""
        for future, has in self.waiters.items():
            if not future.done() and (head.version > has.version or head.access > has.access):
                future.set_result(None)

    # Gaps

    def late(self) -> None:
        """What was waited for did not come: fetch it."""
        self.timer = None
        self.pending = {version: item for version, item in self.pending.items() if version > (self.last or 0)}
        if self.pending and not self.busy:
            self.fill(max(self.pending))

    def fill(self, upto: int) -> None:
        """Bring everybody to ``upto`` or beyond from the database, and those that catch up may need what is read; with
        nobody there but who counts there is nothing to bring."""
        if any(not place.counts for place in self.places):
            self.run(self.fetch(upto))
        else:
            self.last = upto
            self.pending.clear()
            self.wake(Head(upto, 0))

    async def fetch(self, upto: int) -> None:
        """Page by page until the topic stands at ``upto``."""
        while self.last is not None and self.last < upto:
            GAPS.inc()
            page = await read(self.kind.fill, self.id, self.last)
            if page is None:
                return self.gone(list(self.places))
            if self.unchecked(page.access):
                await self.admit(page.access)
            self.write(page.text, page.version, page.access, live=not page.reset)
            if page.reset:
                return None
        return None

    def compare(self, head: Head | None, known: int | None, called: dict[int, int] | None = None) -> None:
        """Hold what the database says against what was delivered. ``known`` was delivered before it was asked;
        ``called`` are those whom somebody called by name (user → version)."""
        if head is None:
            return self.gone(list(self.places))
        if known is not None and head.version < known:
            self.restart(head)
        elif self.last is not None and head.version > self.last and not self.busy:
            self.fill(head.version)
        if self.unchecked(head.access, everybody=True) and not self.busy:
            self.run(self.admit(head.access))
        self.wake(head)
        self.count(head, called or {})
        return None

    def restart(self, head: Head) -> None:
        """The database went back in time (it was restored): whoever listens must begin anew."""
        self.last = head.version
        self.pending.clear()
        reset = Frame(encode({"type": "reset", self.kind.name: self.id}))
        for place in list(self.places):
            place.missed = ()
            if not place.counts:
                place.live = False
                place.outbox.put(reset)

    def counted(self, head: Head) -> int | None:
        """The lowest version of those who only count and lack the head; None where nobody does."""
        places = (place for place in self.places if place.counts and place.live)
        return min((place.have for place in places if place.have != head.version), default=None)

    def count(self, head: Head, called: dict[int, int]) -> None:
        """Tell the new head to those who only count, and whether they themselves were called by name."""
        said = {"type": "head", self.kind.name: self.id, "version": head.version, "number": head.number}
        frame, by_name = Frame(encode(said)), Frame(encode(said | {"mentioned": True}))
        for place in list(self.places):
            if place.counts and place.live and place.access >= head.access and place.have != head.version:
                mentioned = called.get(place.socket.user.pk, -1) > place.have
                place.have = head.version
                place.outbox.put(by_name if mentioned else frame)

    # Rights

    def unchecked(self, access: int, *, everybody: bool = False) -> bool:
        """True if somebody who would get this was last checked under an older access number."""
        for place in self.places:
            if 0 < place.access < access and (everybody or (place.live and not place.counts)):
                return True
        return False

    async def admit(self, upto: int) -> None:
        """Bring the places to the access number ``upto``: ask, in one query for all, who may still listen."""
        MOVED.inc()
        asked = list(self.places)
        access, allowed = await read(self.kind.admits, self.id, {place.socket.user.pk for place in asked})
        for place in asked:
            if place.socket.user.pk in allowed:
                place.access = max(place.access, access, upto)
        self.gone([place for place in asked if place.socket.user.pk not in allowed and place in self.places])

    def gone(self, places: list[Place]) -> None:
        """These places end, with a last word."""
        frame = Frame(encode({"type": "gone", self.kind.name: self.id, "reason": "removed"}))
        for place in places:
            REMOVED.inc()
            self.hub.leave(place)
            place.outbox.put(frame)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """One look at the database at a time; deliveries wait for it, other topics do not."""
        self.work = self.hub.spawn(self.guarded(work))

    async def guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """A database that does not answer is asked again by the next comparison."""
        try:
            await work
        except DatabaseError:
            log.exception("The database does not answer for %s.", self.name)
        finally:
            self.work = None
        self.advance()
