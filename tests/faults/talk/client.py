"""A good client of docs/chat-protocol.md over a socket: it reconnects, fills gaps, repeats what got no answer."""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.typing import Origin

from tests.faults.talk.device import LOOK, UNANSWERED, Device
from tests.faults.talk.holding import Frame, Holding, Task
from tests.faults.talk.judge import Ack

LOST = (OSError, EOFError, TimeoutError, ConnectionClosed, InvalidHandshake, InvalidMessage)
PAUSES = (0.2, 3.0)
"""Seconds between two attempts to connect, at first and at last. (The protocol's own, 1 and 60, make rounds long.)"""
TICK = 0.25
PAGE = "page of room "
"""Before the room, what a request for a page bears."""


class Client(Device):
    """One socket after another."""

    wire: ClientConnection

    async def run(self) -> None:
        """Connect, talk, and again."""
        pause = PAUSES[0]
        while not self.over:
            try:
                await self.connect()
            except LOST:
                pause = PAUSES[0] if self.since else min(pause * 2, PAUSES[1])
            self.since = 0.0
            await asyncio.sleep(self.chance.uniform(0, pause))

    async def connect(self) -> None:
        """One connection, from the greeting to its end."""
        self.port = self.ports()
        here = f"127.0.0.1:{self.port}"
        cookie = {"Cookie": f"sessionid={self.ground.sessions[self.person.pk]}"}
        options: dict[str, Any] = {"compression": None, "ping_interval": None, "max_size": None, "proxy": None}
        async with connect(
            f"ws://{here}/ws/chat/", additional_headers=cookie, origin=Origin(f"http://{here}"), **options
        ) as self.wire:
            helper = asyncio.create_task(self.keep_asking())
            try:
                await self.greet()
                async for text in self.wire:
                    await self.take(json.loads(text))
            finally:
                helper.cancel()

    # Saying

    async def say(self, kind: str, **frame: object) -> None:
        """One frame."""
        await self.wire.send(json.dumps({"type": kind, **frame}))

    async def greet(self) -> None:
        """Follow all rooms that there may be, from where one is; those of others will be denied."""
        for holding in self.rooms.values():
            holding.live = False
        have = {pk: self.rooms[pk].have if pk in self.rooms else 0 for pk in self.ground.rooms}
        await self.say("hello", have=have)

    async def look(self) -> None:
        """Follow the rooms that may be one's own by now."""
        if missing := [pk for pk in self.ground.rooms if pk not in self.rooms]:
            await self.say("watch", have=dict.fromkeys(missing, 0))

    async def ask(self, room: int) -> None:
        """A page of what is missing."""
        self.rooms[room].asked = time.monotonic()
        await self.say("changes", room=room, since=self.rooms[room].have, ref=f"{PAGE}{room}")

    async def begin(self, task: Task) -> None:
        """Say it now, and again until it is answered."""
        await super().begin(task)
        with suppress(*LOST):
            await self.send(task)

    async def send(self, task: Task) -> None:
        """Once more."""
        task.sent = time.monotonic()
        await self.wire.send(json.dumps(task.frame))

    async def keep_asking(self) -> None:
        """Repeat what was not answered; look for rooms."""
        looked = time.monotonic()
        while True:
            await asyncio.sleep(TICK)
            with suppress(*LOST):
                await self.repeat()
                if time.monotonic() - looked > LOOK:
                    looked = time.monotonic()
                    await (self.look() if self.since else self.greet())

    async def repeat(self) -> None:
        """What should have been answered by now."""
        if self.since:
            for task in [one for one in self.tasks.values() if one.is_due(UNANSWERED)]:
                await self.send(task)
            for room in [pk for pk, holding in self.rooms.items() if holding.waits_too_long(UNANSWERED)]:
                await self.ask(room)

    # Hearing

    async def take(self, frame: Frame) -> None:
        """What came; what one does not know is ignored."""
        self.judge.frames[frame["type"]] += 1
        if handler := getattr(self, f"on_{frame['type']}", None):
            await handler(frame)

    async def on_welcome(self, frame: Frame) -> None:
        """These rooms are one's own, those are not. The first that is behind gets its page by itself."""
        for pk in frame.get("denied", []):
            self.rooms.pop(pk, None)
        heads = {int(pk): head for pk, head in frame["heads"].items()}
        for pk, head in heads.items():
            holding = self.rooms.setdefault(pk, Holding())
            holding.live, holding.asked = holding.have == head, 0.0
        if not self.since:
            self.since = time.monotonic()
            for task in self.tasks.values():
                task.sent = 0.0
        behind = [pk for pk in self.ground.rooms if pk in heads and not self.rooms[pk].live]
        for pk in behind[:1]:
            self.rooms[pk].asked = time.monotonic()
        for pk in behind[1:]:
            await self.ask(pk)

    async def on_change(self, frame: Frame) -> None:
        """The next change of a room, or the sign of a gap."""
        self.judge.hears(self.person.pk, frame)
        room, version, holding = frame["room"], frame["version"], self.rooms.get(frame["room"])
        facts = f"{self} got version {version} of room {room}"
        if holding is None:
            self.judge.breaks("access", f"{facts} after it was gone")
            return
        expected = holding.have + 1
        self.judge.holds("order", holding.live, f"{facts} before it had caught up with {holding.have}")
        self.judge.holds("order", version == expected, f"{facts} instead of {expected}")
        if version == expected:
            holding.take(frame)
        elif version > expected and not holding.asked:
            await self.ask(room)

    async def on_changes(self, frame: Frame) -> None:
        """A page."""
        self.judge.hears(self.person.pk, frame)
        if frame["room"] not in self.rooms:
            self.judge.breaks("access", f"{self} got a page of room {frame['room']} after it was gone")
            return
        self.takes(frame)
        if frame["more"]:
            await self.ask(frame["room"])

    async def on_reset(self, frame: Frame) -> None:
        """Rooms of a round are not so long that one begins anew."""
        self.judge.breaks("order", f"{self} was told to begin anew in room {frame['room']}")

    async def on_gone(self, frame: Frame) -> None:
        """It is no longer theirs."""
        self.rooms.pop(frame["room"], None)

    async def on_room(self, frame: Frame) -> None:
        """One more is theirs now."""
        if self.since:
            await self.look()

    async def on_beat(self, frame: Frame) -> None:
        """Where the rooms stand: what is missing is asked for."""
        for pk, head in frame["heads"].items():
            holding = self.rooms.get(int(pk))
            if holding and holding.live and head > holding.have:
                await self.ask(int(pk))

    async def on_ack(self, frame: Frame) -> None:
        """A post is stored; what was said twice may be answered twice."""
        self.tasks.pop(frame["ref"], None)
        self.acked(frame["client_id"], Ack(frame["room"], frame["id"], frame["number"]))

    async def on_done(self, frame: Frame) -> None:
        """A change is stored."""
        if task := self.tasks.get(frame["ref"]):
            self.done(task, frame["version"])

    async def on_error(self, frame: Frame) -> None:
        """Not now, or never. Of a room that is not one's own any more, no page comes."""
        ref = frame.get("ref", "")
        if task := self.tasks.get(ref):
            self.refused(task, frame["code"], frame.get("retry_after", 1))
        elif ref.startswith(PAGE) and frame["code"] == "not_found":
            self.rooms.pop(int(ref.removeprefix(PAGE)), None)
