"""Mail leaves: what is due is claimed, written, handed to the mail server, and what became of it is stored at once.

Several processes may do so side by side. One that is killed may have handed over one mail without noting it: that one
leaves twice, none is lost.
"""

import logging
import re
from contextlib import suppress
from datetime import datetime

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from notifications.actions.pausing import pause
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.leaving import moment
from notifications.models import Delivery, MailServer
from notifications.outbox import CLAIM, Unit, claim, due, put_all_off
from notifications.verdicts import Fault, Verdict, verdict

LIMIT = 50
"""Mails over one connection: few enough that a worker which is told to end does so soon."""
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")

logger = logging.getLogger("exchange.mail")


def send_due(limit: int = LIMIT) -> int:
    """One round over one connection: how many mails were dealt with. A server that is away costs one attempt."""
    now = timezone.now()
    if not due(now).exists() or not MailServer.admits(now, CLAIM):
        return 0
    connection = get_connection()
    try:
        return Round(connection).run(limit) if is_open(connection) else 0
    finally:
        with suppress(OSError):
            connection.close()


def is_open(connection: BaseEmailBackend) -> bool:
    """Open it, or note that the server is away."""
    try:
        connection.open()
    except OSError as problem:
        away(verdict(problem).words)
        return False
    return True


def away(words: str) -> datetime:
    """No mail leaves at present: all that is due waits, longer each time. Until when. ``words`` are kept for the staff,
    who need not know whose mail it was."""
    now = timezone.now()
    words = ADDRESS.sub("…", words)
    server = MailServer.failed(now, words)
    until = server.again_at or now
    lost = put_all_off(now, until, words)
    level = logging.ERROR if server.is_long_away(now) else logging.WARNING
    logger.log(level, "No mail leaves: %s. The next attempt is at %s; %d given up.", words, until, lost)
    return until


class Round:
    """What goes over one connection."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self.connection = connection
        self.carried = 0

    def run(self, limit: int) -> int:
        """Unit after unit, until nothing is due or the server goes away."""
        done, goes_on = 0, True
        while goes_on and done < limit and (unit := claim()):
            goes_on = self.deliver(unit)
            done += 1
        if goes_on or self.carried:
            MailServer.answered(timezone.now(), mail_left=bool(self.carried))
        return done

    def deliver(self, unit: Unit) -> bool:
        """Write one mail and hand it over; False when the connection is of no use any more."""
        now = timezone.now()
        if (later := moment(unit.deliveries[0], now)) > now:
            unit.wait(later)
            return True
        try:
            message = compose(unit.deliveries, self.connection)
        except Exception as problem:
            logger.exception("A mail could not be written (delivery %d).", unit.deliveries[0].pk)
            unit.put_off(timezone.now(), f"{type(problem).__name__}: {problem}")
            return True
        if not isinstance(message, Mail):
            unit.end(Delivery.State.DROPPED, message)
            return True
        try:
            self.connection.send_messages([message])
        except Exception as problem:
            return self.failed(unit, verdict(problem))
        self.carried += 1
        unit.sent(message.to[0], str(message.extra_headers["Message-ID"]), message.left_out)
        return True

    def failed(self, unit: Unit, found: Verdict) -> bool:
        """What becomes of a unit that was not taken, and of the round."""
        now = timezone.now()
        if found.fault is Fault.SERVER:
            # A connection that has carried mail may end at any time: the next one shows whether the server is away.
            unit.put_off(now, found.words, after=None if self.carried else away(found.words))
            return False
        if found.fault is Fault.LATER:
            unit.put_off(now, found.words)
            return True
        unit.end(Delivery.State.REFUSED, found.words)
        person = unit.deliveries[0].person
        if found.fault is Fault.ADDRESS and person:
            pause(person, found.words)
        return True
