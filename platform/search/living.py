"""The index that this process has open: kept open, looked after at most every second or so, never in the way."""

import logging
from threading import Lock, Thread
from time import monotonic, sleep

from django.conf import settings

from search.engines import Place, engine
from search.segment import DamagedError
from search.snapshot import Snapshot

LOOK = 1.0
"""Seconds between two looks for a newer commit."""
STALE = 5.0
"""Seconds after which nobody should get what was open: a search then waits for the newer commit."""
TRIES = 3
"""Files may vanish between the table of contents and the opening: a merge has replaced them."""

log = logging.getLogger("exchange.search")


class Living:
    """Holds the newest snapshot. While one thread opens a newer one, the others go on with the last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Snapshot | None = None
        self._at: tuple[Place, int] | None = None
        self._root = ""
        self._looked = 0.0
        self.damage = ""

    def snapshot(self) -> Snapshot | None:
        """The index to search; None where there is none that can be read."""
        age = monotonic() - self._looked
        if self._root != str(settings.INDEX_DIR) or age > STALE:
            self.refresh()
        elif age > LOOK:
            self._looked = monotonic()
            if engine().ASIDE:
                Thread(target=self.refresh, name="search-refresh", daemon=True).start()
            else:
                self.refresh()
        return self._held

    def refresh(self) -> None:
        """Open a newer commit if there is one."""
        with self._lock:
            self._look()

    def broken(self, problem: DamagedError) -> None:
        """A search found the open index damaged: let go of it until it is mended."""
        log.error("the search index is damaged and will be made anew: %s", problem)
        self._held, self.damage = None, str(problem)

    def _look(self) -> None:
        self._root, self._looked = str(settings.INDEX_DIR), monotonic()
        for left in reversed(range(TRIES)):
            try:
                self._open()
                break
            except DamagedError as problem:
                if left:
                    sleep(0.05)
                else:
                    self.broken(problem)

    def _open(self) -> None:
        keeper = engine()
        place = keeper.living()
        at = (place, keeper.generation(place)) if place else None
        if at == self._at and (self._held or self.damage):
            return
        if at is None:
            self._held, self._at, self.damage = None, None, ""
            return
        same = self._at is not None and self._at[0] == at[0]
        known = {part.name: part for part in self._held.segments} if self._held and same else {}
        parts = keeper.segments(at[0], known)
        opened = Snapshot(parts, keeper.vocabulary(at[0]))
        opened.prepare()
        self._held, self._at, self.damage = opened, at, ""


index = Living()
"""This process's own."""
