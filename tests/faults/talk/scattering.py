"""A broken program: one post said in several rooms at the same moment, to whichever process. It is stored once."""

import asyncio
from contextlib import suppress

import httpx

from chat.models import Message
from tests.faults.talk.device import Device
from tests.faults.talk.holding import Task
from tests.faults.talk.judge import Ack

PATIENCE = 20


async def scatter(device: Device, task: Task) -> None:
    """Say it in every room of the person; wherever it was stored, all answers tell of that one."""
    headers = {"Authorization": f"Bearer {device.ground.secrets[device.person.pk]}"}
    async with httpx.AsyncClient(headers=headers, timeout=PATIENCE, trust_env=False, verify=False) as http:
        await asyncio.gather(*(say(http, device, task, room) for room in list(device.rooms)))


async def say(http: httpx.AsyncClient, device: Device, task: Task, room: int) -> None:
    """In one of them. What gets no answer is found by asking again."""
    address = f"http://127.0.0.1:{device.ports()}/chat/api/rooms/{room}/messages/"
    post = {name: task.frame[name] for name in ("client_id", "body")}
    with suppress(httpx.TransportError):
        answer = await http.post(address, json=post)
        if answer.is_success:
            said = answer.json()
            where = Message.objects.values_list("room", flat=True).get(pk=said["id"])
            device.acked(said["client_id"], Ack(where, said["id"], said["number"]))
