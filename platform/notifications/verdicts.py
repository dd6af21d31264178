"""What a failed attempt means: the server is away, this mail waits, it is refused, or its address is dead.

Replies are those of RFC 5321, enhanced status codes those of RFC 3463.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

CLOSING = 421
"""The server closes the connection, whatever was asked."""
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
DEAD = {"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
"""No such mailbox, no such host, bad syntax, moved without a new address, a domain without mail, a mailbox disabled."""
NOBODY = re.compile(r"no such|unknown|not exist|not found|no mailbox|disabled", re.IGNORECASE)
"""What servers without enhanced codes say of a mailbox that is not there."""
TOO_BIG = 552


class Fault(Enum):
    """Whose fault it is, which says what is done."""

    SERVER = auto()
    """Nobody's mail leaves: the round ends."""
    LATER = auto()
    """This mail waits."""
    REFUSED = auto()
    """This mail never leaves."""
    ADDRESS = auto()
    """No mail to this address ever leaves."""


@dataclass(frozen=True)
class Verdict:
    """``words`` are the server's own, or the system's."""

    fault: Fault
    words: str


def verdict(problem: Exception) -> Verdict:
    """What to make of an exception of the connection."""
    if isinstance(problem, SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
        return of_reply(code, text(words))
    if isinstance(problem, SMTPSenderRefused) and problem.smtp_code != TOO_BIG:
        return Verdict(Fault.SERVER, reply(problem))
    if isinstance(problem, SMTPDataError | SMTPSenderRefused):
        return of_reply(problem.smtp_code, text(problem.smtp_error))
    if isinstance(problem, SMTPResponseException):
        return Verdict(Fault.SERVER, reply(problem))
    if isinstance(problem, SMTPNotSupportedError):
        return Verdict(Fault.REFUSED, str(problem))
    if isinstance(problem, OSError):
        return Verdict(Fault.SERVER, str(problem) or type(problem).__name__)
    return Verdict(Fault.LATER, f"{type(problem).__name__}: {problem}")


def of_reply(code: int, words: str) -> Verdict:
    """What to make of the server's answer to one mail."""
    whole = f"{code} {words}"
    if code == CLOSING:
        return Verdict(Fault.SERVER, whole)
    if code < 500:
        return Verdict(Fault.LATER, whole)
    return Verdict(Fault.ADDRESS if is_dead(code, words) else Fault.REFUSED, whole)


def is_dead(code: int, words: str) -> bool:
    """Whether the address itself is refused for good. A server that says only 550 may mean its own policy, so then its
    words must speak of a mailbox that is not there."""
    enhanced = ENHANCED.search(words)
    if enhanced:
        return enhanced[1] in DEAD
    return code in {550, 551, 553} and bool(NOBODY.search(words))


def reply(problem: SMTPResponseException) -> str:
    """``550 5.1.1 No such user``."""
    return f"{problem.smtp_code} {text(problem.smtp_error)}"


def text(words: bytes | str) -> str:
    """A server's words on one line."""
    plain = words.decode(errors="replace") if isinstance(words, bytes) else words
    return " ".join(plain.split())
