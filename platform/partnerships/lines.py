"""Open invitations as their page lists them: each with what became of its mail."""

from collections.abc import Iterable
from dataclasses import dataclass

from notifications.deliveries import fact
from notifications.models import Delivery
from partnerships.models import Invitation

ARRIVED = {Delivery.State.WAITING, Delivery.State.SENT}


@dataclass(frozen=True)
class Line:
    """``mail`` is a phrase, empty where none is known; ``trouble`` says that somebody should do something about it."""

    invitation: Invitation
    mail: str
    trouble: bool


def lines(invitations: Iterable[Invitation]) -> list[Line]:
    """One for each, with one query for all the mails."""
    listed = list(invitations)
    found = {one.letter: one for one in Delivery.objects.filter(letter__in=[each.letter for each in listed])}
    return [line(each, found.get(each.letter)) for each in listed]


def line(invitation: Invitation, mail: Delivery | None) -> Line:
    """One of them. A mail that waits is in trouble once it was tried."""
    if mail is None:
        return Line(invitation, "", trouble=False)
    tried = mail.state == Delivery.State.WAITING and mail.first_tried_at is not None
    return Line(invitation, fact(mail, None), trouble=tried or mail.state not in ARRIVED)
