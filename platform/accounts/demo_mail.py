"""The mails of the demonstration, read from the folder that they are written to instead of being sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from django.conf import settings

SHOWN = 200
"""The newest so many are listed."""
END = re.compile(rb"^-{79}\n(?=[A-Za-z-]+: |\Z)", re.MULTILINE)
"""What Django writes behind each mail; in a mail itself no header follows such a line."""
HEADERS = ["From", "To", "Reply-To", "Date", "Message-ID", "In-Reply-To", "List-Id", "List-Unsubscribe"]
"""What is shown to whoever wants to see how a mail is made."""


@dataclass(frozen=True)
class Mail:
    """One mail as a page shows it. ``html`` is shown as a document of its own only."""

    name: str
    sent: datetime
    to: str
    subject: str
    text: str
    html: str
    headers: list[tuple[str, str]]


def mails() -> list[Mail]:
    """The newest first."""
    return list(islice(newest(), SHOWN))


def newest() -> Iterator[Mail]:
    """All, from the newest file on. A connection that carries many mails writes them all into one."""
    for path in sorted(folder().glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        yield from reversed(list(read(path)))


def mail(name: str) -> Mail | None:
    """The mail called ``name``; None for anything that is none of the folder's."""
    stem, _dash, _number = name.rpartition("-")
    path = folder() / f"{stem}.log"
    if path.parent != folder() or not path.is_file():
        return None
    return next((one for one in read(path) if one.name == name), None)


def folder() -> Path:
    """Where Django's file backend writes, one file a connection."""
    return Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.VAR_DIR / "mail")


def read(path: Path) -> Iterator[Mail]:
    """The mails in one file (RFC 5322), in the order in which they left."""
    written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    for number, raw in enumerate(END.split(path.read_bytes())):
        if raw.strip():
            yield parsed(f"{path.stem}-{number}", raw, written)


def parsed(name: str, raw: bytes, written: datetime) -> Mail:
    """One mail; ``written`` is when, where it does not say so itself."""
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(name)
    return Mail(
        name=name,
        sent=sent(message) or written,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body(message, "plain"),
        html=body(message, "html"),
        headers=[(header, str(message[header])) for header in HEADERS if message[header]],
    )


def sent(message: EmailMessage) -> datetime | None:
    """When it says that it was sent. Django writes ``-0000`` for UTC, which Python takes for no zone."""
    said: datetime | None = getattr(message["Date"], "datetime", None)
    return said if said is None or said.tzinfo else said.replace(tzinfo=UTC)


def body(message: EmailMessage, kind: str) -> str:
    """One of its parts; empty where it has none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
