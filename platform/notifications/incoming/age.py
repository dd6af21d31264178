"""How long ago a mail came: one that lies in a mailbox for months is left alone, also when its reading is forgotten."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

from notifications.incoming.parts import Mail
from notifications.marks import LIFETIME

HEADERS = 20_000
"""Bytes in which the headers that say when are looked for."""


def is_old(raw: bytes) -> bool:
    """Whether a mail of a mailbox came longer ago than an answer is taken. Without a date it is taken for new."""
    came = came_at(Mail(raw.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0][:HEADERS]))
    return came is not None and came < timezone.now() - LIFETIME


def came_at(mail: Mail) -> datetime | None:
    """When our own server took it (the uppermost ``Received``), else when its writer's clock says it was sent."""
    for value in [mail.first("Received").rpartition(";")[2], mail.first("Date")]:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
