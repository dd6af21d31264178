"""Mails as programs write them: what people in the fixtures answer to what they were told."""

from email.message import EmailMessage
from email.utils import format_datetime
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from notifications.marks import message_id, reply_address
from notifications.models import Delivery


def answer(
    delivery: Delivery, text: str = "On Tuesday.", *, by: User | None = None, headers: dict[str, str] | None = None
) -> EmailMessage:
    """A plain answer to a delivery's mail, to its address for answers."""
    sender = by or delivery.person
    assert sender
    mail = EmailMessage()
    mail["From"] = f"{sender.name} <{sender.email}>"
    mail["To"] = reply_address(delivery)
    mail["Subject"] = "Re: Karlskrona–Saldanha Bay"
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = f"<{uuid4()}@mail.test.example>"
    mail["In-Reply-To"] = mail["References"] = message_id(delivery)
    mail.set_content(text)
    for name, value in (headers or {}).items():
        del mail[name]
        if value:
            mail[name] = value
    return mail
