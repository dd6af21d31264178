"""Between a process and Redis: a tenth of what pub/sub pushes is dropped, doubled or overtaken, by a seed.

Replies, subscriptions and everything else pass unchanged, in RESP 2 and 3.
"""

import asyncio
import random
from asyncio import StreamReader
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

from tests.faults.talk.proxy import Connection, End, Proxy

SHARE = 0.1
"""Of the pushes, this part meets one of the fates."""
OFTEN = 0.5
"""Of the pushes on channels that are often lost, this part is dropped."""
FATES = ("dropped", "doubled", "reordered")
LONGEST_HELD = 0.1
"""Seconds after which a held push goes out though none has overtaken it."""

BULKS, LISTS, MAPS = b"$=!", b"*>~", b"%|"


class Resp(Proxy):
    """``lossy`` switches it on and off. Channels that begin as ``often_lost`` says lose half of what they carry.
    ``fates`` counts what became of the pushes: ``passed``, ``dropped``, ``doubled``, ``reordered``, ``late`` (held,
    but nothing overtook it)."""

    def __init__(self, upstream_url: str, seed: int, *, often_lost: tuple[str, ...] = ()) -> None:
        self.url = urlsplit(upstream_url)
        unix = partial(asyncio.open_unix_connection, self.url.path)
        tcp = partial(asyncio.open_connection, self.url.hostname, self.url.port)
        super().__init__(unix if self.url.scheme == "unix" else tcp)
        self.chance = random.Random(seed)
        self.lossy = True
        self.often_lost = tuple(start.encode() for start in often_lost)
        self.fates: Counter[str] = Counter()

    @property
    def dropped(self) -> int:
        """Pushes that were lost by chance."""
        return self.fates["dropped"]

    @property
    def doubled(self) -> int:
        """Pushes that came twice."""
        return self.fates["doubled"]

    @property
    def reordered(self) -> int:
        """Pushes that the next one on their channel overtook."""
        return self.fates["reordered"]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Yields the ``REDIS_URL`` of the process."""
        async with self.listening():
            path = "" if self.url.scheme == "unix" else self.url.path
            yield f"redis://127.0.0.1:{self.port}{path}"

    def made(self, client: End, server: End) -> Connection:
        """A connection that plays with the pushes."""
        return Listener(self, client, server)

    def fate(self, channel: bytes) -> str:
        """What becomes of the next push on a channel."""
        if not self.lossy:
            return "passed"
        if channel.startswith(self.often_lost) and self.chance.random() < OFTEN:
            return "dropped"
        return self.chance.choice(FATES) if self.chance.random() < SHARE else "passed"


class Listener(Connection):
    """One connection of a process to Redis."""

    def __init__(self, resp: Resp, client: End, server: End) -> None:
        super().__init__(client, server)
        self.resp = resp
        self.held: dict[bytes, tuple[bytes, asyncio.TimerHandle]] = {}

    async def down(self) -> None:
        """Value by value."""
        try:
            while True:
                value, words = await value_from(self.from_server)
                if words[:1] == [b"message"] and value[:1] in b">*":
                    self.push(words[1], value)
                else:
                    self.to_client.write(value)
                await self.to_client.drain()
        finally:
            for _, timer in self.held.values():
                timer.cancel()

    def push(self, channel: bytes, value: bytes) -> None:
        """Let a message meet its fate."""
        fate = self.resp.fate(channel)
        if fate == "reordered" and channel not in self.held:
            timer = asyncio.get_running_loop().call_later(LONGEST_HELD, self.release, channel, "late")
            self.held[channel] = value, timer
            return
        fate = "passed" if fate == "reordered" else fate  # one is held already, and this one overtakes it
        self.resp.fates[fate] += 1
        self.to_client.write(value * {"passed": 1, "doubled": 2}.get(fate, 0))
        if fate in {"passed", "doubled"}:
            self.release(channel, "reordered")

    def release(self, channel: bytes, fate: str) -> None:
        """Send what was held on a channel, if anything was."""
        if held := self.held.pop(channel, None):
            value, timer = held
            timer.cancel()
            self.resp.fates[fate] += 1
            self.to_client.write(value)


async def value_from(reader: StreamReader) -> tuple[bytes, list[bytes]]:
    """One value of RESP as it came, and, where it is a list of them, its strings. Raises ``EOFError`` at the end."""
    line = await reader.readuntil(b"\n")
    kind, rest = line[:1], line[1:-2]
    if kind in BULKS:
        size = int(rest)
        text = await reader.readexactly(size + 2) if size >= 0 else b""
        return line + text, [text[:-2]]
    if kind not in LISTS + MAPS:
        return line, []
    count = int(rest) * (2 if kind in MAPS else 1)
    parts = [await value_from(reader) for _ in range(count)]
    return line + b"".join(part for part, _ in parts), [word for _, words in parts for word in words]
