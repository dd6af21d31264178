"""Mails of ours that came back (RFC 3464, and what older servers write instead), found by our own signed Message-ID.

A forged one pauses nobody: only the server that had our mail, and who got it, know its Message-ID.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from django.db import transaction
from django.db.models import Q

from notifications.actions import pause
from notifications.incoming.parts import Mail, children, content, one_line
from notifications.marks import delivery_of_mark, message_id
from notifications.models import Delivery
from notifications.models.delivery import Deliveries

STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
REPLY = re.compile(r"\b([45])\d\d[ -]")
NAMED = re.compile(r"^\W{0,4}message-id:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
LONGEST = 300
ENOUGH = 50_000
"""Characters of a part in which the headers of our mail must stand."""


@dataclass(frozen=True)
class Failure:
    """What a server says of one recipient. ``status`` is an enhanced code (RFC 3463)."""

    status: str
    words: str

    @property
    def is_permanent(self) -> bool:
        """Whether another attempt is in vain."""
        return self.status.startswith("5")


def is_report(mail: Mail) -> bool:
    """Whether it speaks of what became of a mail."""
    if mail.all("X-Failed-Recipients"):
        return True
    return any(part.get_content_type() == "message/delivery-status" for part in parts(mail.message))


def note_bounce(mail: Mail) -> bool:
    """Note that our mail came back, and leave a dead address alone. False when it is not ours, was not sent, or has
    only been delayed."""
    failure = failure_of(mail)
    delivery = returned(mail) if failure else None
    if failure is None or delivery is None:
        return False
    with transaction.atomic():
        sent = list(of_the_same_mail(delivery).filter(state=Delivery.State.SENT))
        bounced = {"state": Delivery.State.BOUNCED, "reason": failure.words}
        Delivery.objects.filter(pk__in=[one.pk for one in sent]).update(**bounced)
        person, addresses = delivery.person, {one.address.lower() for one in sent}
        if person and failure.is_permanent and person.email.lower() in addresses:
            pause(person, failure.words)
    return bool(sent)


def of_the_same_mail(delivery: Delivery) -> Deliveries:
    """All that left in one mail with it: a digest bears the mark of its first, which may itself have been left out."""
    names = {message_id(delivery), delivery.message_id} - {""}
    return Delivery.objects.filter(Q(message_id__in=names) | Q(pk=delivery.pk))


def returned(mail: Mail) -> Delivery | None:
    """The delivery whose mail this speaks of: by the headers that came back, or by what the report answers."""
    named = [mark for part in parts(mail.message) for mark in message_ids(part)]
    threads = mail.all("References", "In-Reply-To")
    return next((found for text in [*named, *threads] if (found := delivery_of_mark(text))), None)


def message_ids(part: Message) -> list[str]:
    """The Message-IDs that stand in a returned mail, in its headers alone, or in words about it."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return [one_line(child.get("Message-ID", "")) for child in children(part)]
    if kind in {"text/rfc822-headers", "text/plain", "message/rfc822-headers"}:
        return NAMED.findall(content(part)[:ENOUGH].decode("utf-8", "replace"))
    return []


def failure_of(mail: Mail) -> Failure | None:
    """The failure that is reported; None for a delay, a receipt, or nothing of the kind."""
    blocks = [block for part in parts(mail.message) for block in recipients(part)]
    if blocks:
        failed = [block for block in blocks if field(block, "Action").lower().startswith("failed")]
        return failure_in(failed[0]) if failed else None
    if not mail.all("X-Failed-Recipients"):
        return None
    said = " ".join(mail.text[:ENOUGH].split())
    status, reply = STATUS.search(said), REPLY.search(said)
    code = status.group() if status else f"{reply.group(1) if reply else 5}.0.0"
    found = reply or status
    return Failure(code, worded(code, said[found.start() :] if found else ""))


def failure_in(block: Message) -> Failure:
    """One recipient's part of a report."""
    said = field(block, "Diagnostic-Code").partition(";")
    words = (said[2] or said[0]).strip()
    found = STATUS.search(field(block, "Status")) or STATUS.search(words)
    code = found.group() if found else "5.0.0"
    return Failure(code, worded(code, words))


def worded(code: str, words: str) -> str:
    """As it is kept and shown."""
    plain = "".join(sign if sign.isprintable() else " " for sign in words)
    return (plain if code in plain else f"{code} {plain}").strip()[:LONGEST]


def recipients(part: Message) -> list[Message]:
    """The blocks of a report that speak of one recipient each; the first is about the report."""
    if part.get_content_type() != "message/delivery-status":
        return []
    return [block for block in children(part) if block.get("Action") or block.get("Final-Recipient")]


def field(block: Message, name: str) -> str:
    """One field, on one line."""
    return one_line(block.get(name, ""))


def parts(message: Message) -> Iterator[Message]:
    """The message and every part of it."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        yield part
        waiting += children(part)
