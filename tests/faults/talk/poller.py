"""A good client where sockets are blocked: it holds a request for each of its rooms, and posts over HTTP."""

import asyncio
import time
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import httpx

from tests.faults.talk.device import LOOK, Device
from tests.faults.talk.holding import Frame, Holding, Task
from tests.faults.talk.judge import Ack

WAIT = 10
"""Seconds that a request is held."""
BREATH = 2.0
"""Seconds between two requests at most: in a busy room, several changes come in one."""
PATIENCE = 20
PAUSE = 0.5
TICK = 0.1
RETRY, NOT_YOURS = {429, 500, 502, 503}, {403, 404}


class Poller(Device):
    """Requests, one connection each."""

    http: httpx.AsyncClient

    async def run(self) -> None:
        """Look for rooms, hold a request for each, say what is to be said."""
        headers = {"Authorization": f"Bearer {self.ground.secrets[self.person.pk]}"}
        async with httpx.AsyncClient(headers=headers, timeout=PATIENCE, trust_env=False) as self.http:
            polls: dict[int, asyncio.Task[None]] = {}
            speaker = asyncio.create_task(self.keep_saying())
            try:
                while not self.over:
                    await self.look()
                    for pk in [pk for pk in self.rooms if pk not in polls or polls[pk].done()]:
                        polls[pk] = asyncio.create_task(self.follow(pk, self.rooms[pk]))
                    await asyncio.sleep(LOOK / 2)
            finally:
                for task in [speaker, *polls.values()]:
                    task.cancel()
                await asyncio.gather(speaker, *polls.values(), return_exceptions=True)

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        """One request to any of the processes; nothing where no answer came."""
        self.port = self.ports()
        with suppress(httpx.TransportError):
            return await self.http.request(method, f"http://127.0.0.1:{self.port}/chat/api/rooms/{path}", **more)
        return None

    async def look(self) -> None:
        """The rooms that are one's own."""
        answer = await self.ask("GET", "")
        if answer is None or answer.status_code != 200:
            self.since = 0.0
            return
        self.since = self.since or time.monotonic()
        mine = {room["id"] for room in answer.json()["rooms"]} & set(self.ground.rooms)
        for pk in mine - set(self.rooms):
            self.rooms[pk] = Holding()

    async def follow(self, pk: int, holding: Holding) -> None:
        """Page after page of one room, for as long as it is one's own."""
        while self.rooms.get(pk) is holding:
            answer = await self.ask("GET", f"{pk}/changes/", params={"since": holding.have, "wait": WAIT})
            if answer is not None and answer.status_code == 200:
                self.page({**answer.json(), "type": "changes", "room": pk})
                await asyncio.sleep(self.chance.uniform(0, BREATH))
            elif answer is not None and answer.status_code in NOT_YOURS:
                del self.rooms[pk]
            else:
                self.since = 0.0
                await asyncio.sleep(PAUSE)

    def page(self, frame: Frame) -> None:
        """What changed."""
        self.judge.frames["changes over HTTP"] += 1
        if "reset" in frame:
            self.judge.breaks("order", f"{self} was told to begin anew in room {frame['room']}")
            return
        self.judge.hears(self.person.pk, frame)
        self.takes(frame)
        self.since = self.since or time.monotonic()

    async def keep_saying(self) -> None:
        """In order, each until it is answered."""
        while True:
            for task in [one for one in self.tasks.values() if one.is_due(PATIENCE)]:
                task.sent = time.monotonic()
                self.answered(task, await self.ask(**request_of(task.frame)))
            await asyncio.sleep(TICK)

    def answered(self, task: Task, answer: httpx.Response | None) -> None:
        """Stored, refused, or to be said again."""
        if answer is None or answer.status_code in RETRY:
            self.refused(task, "unavailable", PAUSE)
        elif answer.is_error:
            self.refused(task, answer.json()["code"])
        elif task.frame["type"] == "post":
            said = answer.json()
            self.tasks.pop(task.ref, None)
            self.acked(said["client_id"], Ack(task.room, said["id"], said["number"]))
        else:
            self.done(task, answer.json()["version"])


def request_of(frame: Frame) -> dict[str, Any]:
    """What goes over a socket, as a request."""
    messages = f"{frame['room']}/messages/"
    if frame["type"] == "post":
        return {"method": "POST", "path": messages, "json": {name: frame[name] for name in ("client_id", "body")}}
    message = f"{messages}{frame['message']}/"
    if frame["type"] == "edit":
        return {"method": "PATCH", "path": message, "json": {"body": frame["body"]}}
    if frame["type"] == "delete":
        return {"method": "DELETE", "path": message}
    method = "PUT" if frame["on"] else "DELETE"
    where = f"reactions/{quote(frame['emoji'])}/" if frame["type"] == "react" else "pin/"
    return {"method": method, "path": message + where}
