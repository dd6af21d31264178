"""The mark of a delivery: short, signed, the same each time; by it a mail that comes back or is answered is known.

A mark is ``<number>-<signature>`` in small letters and digits: the delivery's number to the base 36, and 100 bits of
HMAC-SHA-256 to the base 32 (RFC 4648). It stands in the Message-ID and in the address for answers, survives mail
servers that change the case of letters, and is at most 34 characters long, so that 29 are left for the name of the
mailbox (RFC 5321 allows 64 in all).
"""

import re
from base64 import b32encode
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import punycode
from django.utils.http import base36_to_int, int_to_base36

from notifications.models import Delivery

LIFETIME = timedelta(days=30)
"""How long after a mail has left its mark is still taken."""
SALT = "notifications.mark"
SIGNATURE = 20
MARK = re.compile(rf"(?<![a-z0-9])([a-z0-9]{{1,13}})-([a-z2-7]{{{SIGNATURE}}})(?![a-z0-9])", re.IGNORECASE)
TRIED = 20
"""So many marks of one text are looked at, the last ones: a long thread names its newest mail at the end."""


def mark(delivery: Delivery) -> str:
    """``k3f-abcdefghijklmnopqrst``."""
    return f"{int_to_base36(delivery.pk)}-{signature(delivery.pk)}"


def message_id(delivery: Delivery) -> str:
    """The Message-ID of its mail, the same at every attempt: a double is known by it."""
    return f"<{mark(delivery)}@{domain()}>"


def reply_address(delivery: Delivery) -> str:
    """Where its mail is answered to (RFC 5233): ``exchange+k3f-…@example.org``; empty where nobody reads answers."""
    mailbox, _at, host = settings.REPLY_ADDRESS.rpartition("@")
    return f"{mailbox}+{mark(delivery)}@{host}" if mailbox else ""


def delivery_of_mark(text: str) -> Delivery | None:
    """The delivery whose mark stands in ``text``: an address, a Message-ID, a whole ``References`` line, of which the
    last counts. None for a forged or unknown one, and 30 days after the mail has left."""
    for number in reversed(list(numbers(text))):
        found = Delivery.objects.select_related("notification", "person").filter(pk=number).first()
        if found is not None and is_fresh(found):
            return found
    return None


def numbers(text: str) -> Iterator[int]:
    """The numbers of the deliveries that are rightly signed in ``text``, in their order."""
    for number, signed in MARK.findall(text.lower())[-TRIED:]:
        pk = base36_to_int(number)
        if pk < 2**63 and constant_time_compare(signed, signature(pk)):
            yield pk


def is_fresh(delivery: Delivery) -> bool:
    """Not yet 30 days gone. One that has no end may have left all the same, a moment ago."""
    return delivery.ended_at is None or delivery.ended_at > timezone.now() - LIFETIME


def signature(pk: int) -> str:
    """What only this installation can put beside a number."""
    digest = salted_hmac(SALT, str(pk), algorithm="sha256").digest()
    return b32encode(digest)[:SIGNATURE].decode().lower()


def domain() -> str:
    """The domain of the sender, in ASCII: where Message-IDs and the names of lists are ours to give."""
    return punycode(parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]) or "localhost"
