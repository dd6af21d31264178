"""Whether a program wrote a mail: such mail is never answered, or two programs would answer each other for ever."""

import re
from email.utils import parseaddr

from django.conf import settings

from notifications.incoming.parts import Mail
from notifications.marks import MARK

SAYS_SO = ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Failed-Recipients"]
PRECEDENCE = {"bulk", "list", "junk", "auto_reply"}
DAEMON = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo)([+=._-].*)?@", re.I
)
SUBJECT = re.compile(
    r"(automatic reply|auto-?reply|autosvar|automatiskt svar|frånvaro(besked|meddelande)?|réponse automatique"
    r"|out of (the )?office|absence du bureau)\s*(:|$)",
    re.IGNORECASE,
)


def is_automatic(mail: Mail, address: str) -> bool:
    """By the headers that say so (RFC 3834 and its elders), an empty envelope sender, the name, the subject."""
    if any(mail.all(*SAYS_SO)) or mail.message.get_content_type() == "multipart/report":
        return True
    if any(not value.lower().startswith("no") for value in mail.all("Auto-Submitted")):
        return True
    if PRECEDENCE.intersection(value.lower() for value in mail.all("Precedence")):
        return True
    if any(re.fullmatch(r"<\s*>", value) for value in mail.all("Return-Path")):
        return True
    return is_ours(address) or bool(DAEMON.match(address) or SUBJECT.match(mail.first("Subject")))


def wants_no_answer(mail: Mail) -> bool:
    """What may come from a person, but is not to be answered: Exchange's own word for it, or what a filter marked."""
    return bool(mail.all("X-Auto-Response-Suppress")) or mail.first("X-Spam-Flag").lower().startswith("yes")


def is_ours(address: str) -> bool:
    """The exchange's own sender, or an address for answers."""
    mailboxes = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), settings.REPLY_ADDRESS.lower()}
    local, _at, host = address.partition("@")
    return f"{local.partition('+')[0]}@{host}" in mailboxes or (MARK.search(local) is not None)
