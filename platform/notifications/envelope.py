"""The headers of a mail: who it is from, its thread and its list, how it is answered and how it is stopped."""

import re
from collections.abc import Mapping
from email.policy import compat32
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from notifications.digests import Digest
from notifications.marks import domain, message_id, reply_address
from notifications.models import Delivery
from notifications.sheets import Sheet, line

NAME = 60
"""Characters of a sender's name."""
FROM_A_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""Programs must not answer (RFC 3834; the second is Exchange's own way to say so)."""
WHOLE_LINES = compat32.clone(max_line_length=900)
"""RFC 5322 asks for at most 998."""
ALONE: Mapping[str, str] = {}
"""No thread and no list."""


class Mail(EmailMultiAlternatives):
    """A mail that may leave. ``left_out`` are the deliveries that are not in it: number → why."""

    left_out: dict[int, Delivery.Dropped]

    def message(self) -> Any:
        """As Django makes it, but each header on one line where the standard lets it: some programs do not find a
        Message-ID or an address that begins on a line below its name."""
        made = super().message()
        made.policy = WHOLE_LINES
        return made


def mail(
    sheet: Sheet | Digest, delivery: Delivery, address: str, headers: Mapping[str, str] = ALONE, by: User | None = None
) -> Mail:
    """The sheet in its envelope. ``headers``: those beside the ones that every mail has."""
    made = Mail(
        sheet.subject,
        sheet.text(),
        sender(by),
        [address],
        headers={"Message-ID": message_id(delivery), **FROM_A_MACHINE, **headers},
        reply_to=[reply_address(delivery)] if sheet.answerable else None,
    )
    made.attach_alternative(sheet.html(), "text/html")
    made.left_out = {}
    return made


def of_list(name: str, stop: str) -> dict[str, str]:
    """By what mails are sorted into folders (RFC 2919), and stopped by one click (RFC 2369, RFC 8058)."""
    headers = {"List-Id": f"<{label(name)}.{domain()}>"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def of_thread(name: str) -> dict[str, str]:
    """What makes mail programs show everything about one place together: all answer one mail that never was."""
    root = f"<{label(name)}.thread@{domain()}>"
    return {"In-Reply-To": root, "References": root}


def of_answer(message_id: str) -> dict[str, str]:
    """What puts an answer under the mail that it answers (RFC 3834, 3.1.5); nothing where that has no Message-ID."""
    return {"In-Reply-To": message_id, "References": message_id, "Auto-Submitted": "auto-replied"} if message_id else {}


def sender(by: User | None) -> str:
    """``Amina Otieno, Exchange <exchange@example.org>``."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    site = name or str(settings.SITE_NAME)
    return formataddr((f"{line(by.name, NAME)}, {site}" if by and not by.erased_at else site, address))


def label(name: str) -> str:
    """``room:7`` as the label of a domain: ``room-7``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
