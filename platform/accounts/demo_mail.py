"""The mails of the demonstration, read from the folder that they are written to instead of being sent."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

SHOWN = 200
"""The newest so many are listed."""


@dataclass(frozen=True)
class Mail:
    """One mail as a page shows it; ``text`` is its plain part, since foreign HTML has no place on our pages."""

    name: str
    sent: datetime
    to: str
    subject: str
    text: str


def mails() -> list[Mail]:
    """The newest first."""
    paths = sorted(folder().glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [read(path) for path in paths[:SHOWN]]


def mail(name: str) -> Mail | None:
    """The mail in the file ``name``; None for anything that is not one of the folder's files."""
    path = folder() / f"{name}.log"
    return read(path) if path.parent == folder() and path.is_file() else None


def folder() -> Path:
    """Where Django's file backend writes, one file a connection."""
    return Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.VAR_DIR / "mail")


def read(path: Path) -> Mail:
    """Parse one file (RFC 5322, ended by Django with a line of dashes)."""
    message = message_from_bytes(path.read_bytes().rpartition(b"\n" + b"-" * 79)[0], policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(path)
    part = message.get_body(("plain",))
    return Mail(
        name=path.stem,
        sent=datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=part.get_content() if part else "",
    )
