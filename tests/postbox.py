"""A real SMTP server for tests, in a thread of its own on a free port: it takes mail, or says and does what it is told.

with postbox() as box:                     box.mails; box.stop() is away, box.start() is back on the same port
    box.recipients["a@test.example"] = ["451 4.7.1 Come again later"]   the answers to RCPT, then it takes it
    box.recipients["b@test.example"] = repeat("550 5.1.1 No such user") never
    box.ends = ["", "lost", "kept"]        the end of DATA for each mail: taken; cut off before or after keeping it
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import chain, repeat
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.live import free_port

TAKEN = "250 2.0.0 Taken"
LOST, KEPT = "lost", "kept"
"""The connection is cut off after DATA, before or after the mail is kept: the sender cannot tell which."""


class Listener(Controller):
    """Listens from its start to its stop; the box answers."""

    def __init__(self, box: "Postbox") -> None:
        self.box = box
        hooks = {"EHLO": box.visited, "RCPT": box.asked_for, "DATA": box.given}
        handler = SimpleNamespace(**{f"handle_{word}": hook for word, hook in hooks.items()})
        super().__init__(handler, hostname="127.0.0.1", port=box.port)

    def factory(self) -> SMTP:
        """One connection's protocol."""
        return Conversation(self.handler, hostname="box.test.example", box=self.box)


class Conversation(SMTP):
    """Speaks SMTP; its first line is the box's own, which may turn visitors away."""

    def __init__(self, handler: object, *, hostname: str, box: "Postbox") -> None:
        super().__init__(handler, hostname=hostname)
        self.box = box

    async def push(self, status: Any) -> None:
        """Say a line."""
        await super().push(self.box.greeting if self.box.greeting and str(status).startswith("220 ") else status)


class Postbox:
    """The server, what came, and what it is told to do."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[EmailMessage] = []
        self.visits = 0
        self.greeting = ""
        self.recipients: dict[str, Iterator[str]] = {}
        self.everybody: Iterator[str] = repeat(TAKEN)
        self.ends: Iterator[str] = repeat(TAKEN)
        self.events: list[tuple[int, str, Callable[[], object]]] = []

    def at(self, mails: int, stage: str, act: Callable[[], object]) -> None:
        """Have ``act`` called once so many mails have come and the next one is at a stage: ``asked`` for its recipient,
        ``given`` but not yet kept, or ``taken`` and not yet acknowledged."""
        self.events.append((mails, stage, act))

    def reached(self, stage: str) -> None:
        """Do what was asked for at this moment."""
        now = [event for event in self.events if event[0] <= len(self.mails) and event[1] == stage]
        for event in now:
            self.events.remove(event)
            event[2]()

    def start(self) -> None:
        """Listen, from now or again."""
        self.listener = Listener(self)
        self.listener.start()

    def stop(self) -> None:
        """Be away."""
        self.listener.stop(no_assert=True)

    async def visited(self, server: Any, session: Any, envelope: Any, hostname: str, lines: list[str]) -> list[str]:
        """A connection begins."""
        self.visits += 1
        session.host_name = hostname
        return lines

    async def asked_for(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Whether mail to this address is taken."""
        self.reached("asked")
        reply = next(self.recipients.get(address, self.everybody), TAKEN)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def given(self, server: Any, session: Any, envelope: Any) -> str:
        """A mail has come; what is said of it."""
        self.reached("given")
        reply = next(self.ends, TAKEN)
        if reply in {TAKEN, KEPT}:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.reached("taken")
        if reply in {LOST, KEPT}:
            server.transport.abort()
        return reply

    @property
    def addresses(self) -> list[str]:
        """To whom mail came, in alphabetical order."""
        return sorted(str(mail["To"]) for mail in self.mails)

    @property
    def ids(self) -> Counter[str]:
        """Message-ID → how often it came."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    def settings(self) -> dict[str, Any]:
        """Django's settings that send mail here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": self.port, "EMAIL_TIMEOUT": 10}

    @property
    def url(self) -> str:
        """The same as an ``EMAIL_URL``."""
        return f"smtp://127.0.0.1:{self.port}"


def first(*replies: str) -> Iterator[str]:
    """These answers, and from then on yes."""
    return chain(replies, repeat(TAKEN))


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A server that takes everything, until it is told otherwise."""
    box = Postbox()
    box.start()
    try:
        yield box
    finally:
        box.stop()
