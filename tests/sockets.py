"""A browser's socket in a test: signs in by a real session, speaks the protocol, waits for what it names."""

import json
from typing import Any

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from accounts.models import User
from exchange.asgi import application
from realtime.threads import read
from tests.chat.schema import hold

ORIGIN = "http://127.0.0.1:8000"
PATIENCE = 60
"""Seconds within which the next frame has to come, on a busy machine."""


async def in_thread(work: Any, *args: Any, **kwargs: Any) -> Any:
    """Do database work from a coroutine."""
    return await read(work, *args, **kwargs)


def session_of(user: User) -> str:
    """The key of a new session."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Browser:
    """One open socket. ``await Browser.open(user)``."""

    def __init__(self, session: str = "", origin: str = ORIGIN, path: str = "/ws/chat/") -> None:
        headers = [(b"host", b"127.0.0.1:8000"), (b"origin", origin.encode())]
        if session:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()))
        self.session = session
        self.wire = WebsocketCommunicator(application, path, headers)

    @classmethod
    async def open(cls, user: User, **hello: Any) -> "Browser":
        """Signed in and connected; with arguments, also greeted."""
        browser = cls(await in_thread(session_of, user))
        assert (await browser.wire.connect())[0]
        if hello:
            await browser.say("hello", **hello)
        return browser

    async def say(self, kind: str, **frame: Any) -> None:
        """Send a frame."""
        await self.wire.send_to(text_data=json.dumps({"type": kind, **frame}))

    async def hear(self) -> dict[str, Any]:
        """The next frame."""
        event = await self.wire.receive_output(timeout=PATIENCE)
        if event["type"] == "websocket.close":
            return {"type": "close", "code": event.get("code")}
        found: dict[str, Any] = json.loads(event["text"])
        hold(found)
        return found

    async def hears(self, *kinds: str) -> list[dict[str, Any]]:
        """The next frames, which must be of these types in this order."""
        frames = [await self.hear() for _ in kinds]
        assert [frame["type"] for frame in frames] == list(kinds), frames
        return frames

    async def silent(self) -> bool:
        """True if nothing waits: what is asked now is answered next."""
        await self.say("ping", ref="silence")
        return (await self.hear()).get("ref") == "silence"

    async def close(self) -> None:
        """Leave."""
        await self.wire.disconnect()
