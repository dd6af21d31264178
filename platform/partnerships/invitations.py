"""How people come in: invited, mailed a link, and seated when they accept."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import open_account
from accounts.models import User
from accounts.models.token import digest
from notifications.actions import letter, withdraw
from partnerships.actions import begin_membership
from partnerships.models import Body, Invitation, Network, Partnership
from partnerships.models.invitation import end_of_life
from partnerships.notices import INVITATION

AGAIN = timedelta(seconds=30)
"""Within this time the same invitation from the same person is the second click of one."""


class ClosedError(Exception):
    """The invitation was accepted, taken back or has run out meanwhile, or belongs to somebody else."""


def invite(
    email: str,
    invited_by: User | None = None,
    place: Network | Partnership | Body | None = None,
    *,
    by_mail: bool = False,
    **fields: Any,
) -> tuple[Invitation, str]:
    """An invitation and its link, mailed or to be handed over. An open one to the same place is renewed (its old link
    ends); clicking twice gives the one there is and no link. ``fields``: function, organisation, language,
    administrator."""
    where = {type(place).__name__.lower(): place} if place else {}
    key = f"{type(place).__name__.lower()}:{place.pk}" if place else place_without(**fields)
    try:
        return renew(email, key, invited_by, where | fields, by_mail)
    except IntegrityError:  # the other click of two was a moment earlier
        return renew(email, key, invited_by, where | fields, by_mail)


def place_without(administrator: bool = False, organisation: Any = None, **fields: Any) -> str:
    """The key of what is no place of the structure."""
    return "administrator" if administrator else f"organisation:{organisation.pk}"


@transaction.atomic
def renew(
    email: str, key: str, invited_by: User | None, fields: dict[str, Any], by_mail: bool
) -> tuple[Invitation, str]:
    """Make the open invitation of this address to this place what ``fields`` say; a new one where there is none."""
    open_ones = Invitation.objects.open().select_for_update().filter(email__iexact=email, place_key=key)
    invitation = open_ones.first() or Invitation(email=email.lower(), place_key=key)
    if invitation.pk and is_second_click(invitation, invited_by, fields):
        return invitation, ""
    for name, value in fields.items():
        setattr(invitation, name, value)
    invitation.invited_by = invited_by
    return invitation, give_link(invitation, by_mail)


def is_second_click(invitation: Invitation, invited_by: User | None, fields: dict[str, Any]) -> bool:
    """The same, from the same person, a moment ago, and already on its way."""
    sent = invitation.sent_at
    same = all(getattr(invitation, name) == value for name, value in fields.items())
    return same and invitation.invited_by == invited_by and sent is not None and sent > timezone.now() - AGAIN


def give_link(invitation: Invitation, by_mail: bool) -> str:
    """A fresh link, which is the only one that works from now on. A mail with the old one that waits does not leave."""
    withdraw(invitation.letter)
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest(secret)
    invitation.expires = end_of_life()
    invitation.sent_at = timezone.now() if by_mail else None
    invitation.save()
    link = urljoin(settings.PUBLIC_URL, reverse("partnerships:accept", args=[secret]))
    if by_mail:
        mail(invitation, link)
    return link


def mail(invitation: Invitation, link: str) -> None:
    """Put the mail into the outbox, in the transaction that made the link. The link stands there until it has left."""
    by = invitation.invited_by
    with translation.override(invitation.language):
        facts = {
            "by": by.name if by else "",
            "email": by.email if by else "",
            "what": invitation.what,
            "until": timezone.localdate(invitation.expires).isoformat(),
            "link": link,
        }
    letter(invitation.email, INVITATION, key=invitation.letter, language=invitation.language, facts=facts)


@transaction.atomic
def resend(invitation: Invitation) -> None:
    """Mail a new link for an open invitation; the old one ends. Raises ``ClosedError``."""
    give_link(locked(invitation), by_mail=True)


@transaction.atomic
def hand_over(invitation: Invitation) -> str:
    """A new link for an open invitation, to be handed over instead of mailed. Raises ``ClosedError``."""
    return give_link(locked(invitation), by_mail=False)


@transaction.atomic
def revoke(invitation: Invitation) -> None:
    """Take an open invitation back; its link says so from now on, and its mail does not leave any more."""
    if Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        withdraw(invitation.letter)


@transaction.atomic
def accept_as_new(invitation: Invitation, password: str | None, **profile: Any) -> User:
    """Open the account and take the seat. Raises ``ClosedError`` when it is too late, also for whoever has an account
    by now: they sign in and accept with it."""
    invitation = locked(invitation, usable=True)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise ClosedError
    try:
        person = open_account(invitation.email, password, **profile)
    except IntegrityError as problem:  # another invitation of the same address was accepted in this very moment
        raise ClosedError from problem
    take_seat(invitation, person)
    return person


@transaction.atomic
def accept(invitation: Invitation, person: User) -> None:
    """Take the seat with the account there is; a second click changes nothing. Raises ``ClosedError``."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if person.email.lower() != invitation.email.lower():
        raise ClosedError
    if not invitation.accepted_at:
        take_seat(locked(invitation, usable=True), person)


def locked(invitation: Invitation, usable: bool = False) -> Invitation:
    """The open invitation, for this transaction alone; with ``usable`` one that has not run out."""
    found = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if found is None or (usable and found.state != Invitation.State.OPEN):
        raise ClosedError
    return found


def take_seat(invitation: Invitation, person: User) -> None:
    """What the invitation was for."""
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    if invitation.administrator:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        return
    begin_membership(
        person=person,
        function=invitation.function,
        organisation=invitation.organisation,
        network=invitation.network,
        partnership=invitation.partnership,
        body=invitation.body,
        begins=timezone.localdate(),
    )
