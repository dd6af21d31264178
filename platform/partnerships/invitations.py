"""How people come in: invited, mailed a link, and seated when they accept."""

import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import open_account
from accounts.models import User
from accounts.models.token import digest
from partnerships.actions import begin_membership
from partnerships.models import Body, Invitation, Network, Partnership
from partnerships.models.invitation import end_of_life

logger = logging.getLogger("exchange.partnerships")
AGAIN = timedelta(seconds=30)
"""Within this time the same invitation from the same person is the second click of one."""


class ClosedError(Exception):
    """The invitation was accepted, taken back or has run out meanwhile, or belongs to somebody else."""


def invite(
    email: str, invited_by: User | None = None, place: Network | Partnership | Body | None = None, **fields: Any
) -> tuple[Invitation, str]:
    """An invitation and its link. An open one to the same place is renewed (its old link ends); clicking twice
    gives the one there is and no link. ``fields``: function, organisation, language, administrator."""
    where = {type(place).__name__.lower(): place} if place else {}
    key = f"{type(place).__name__.lower()}:{place.pk}" if place else place_without(**fields)
    try:
        return renew(email, key, invited_by, where | fields)
    except IntegrityError:  # the other click of two was a moment earlier
        return renew(email, key, invited_by, where | fields)


def place_without(administrator: bool = False, organisation: Any = None, **fields: Any) -> str:
    """The key of what is no place of the structure."""
    return "administrator" if administrator else f"organisation:{organisation.pk}"


@transaction.atomic
def renew(email: str, key: str, invited_by: User | None, fields: dict[str, Any]) -> tuple[Invitation, str]:
    """Make the open invitation of this address to this place what ``fields`` say; a new one where there is none."""
    open_ones = Invitation.objects.open().select_for_update().filter(email__iexact=email, place_key=key)
    invitation = open_ones.first() or Invitation(email=email.lower(), place_key=key)
    if invitation.pk and is_second_click(invitation, invited_by, fields):
        return invitation, ""
    for name, value in fields.items():
        setattr(invitation, name, value)
    invitation.invited_by = invited_by
    return invitation, give_link(invitation)


def is_second_click(invitation: Invitation, invited_by: User | None, fields: dict[str, Any]) -> bool:
    """The same, from the same person, a moment ago, and already on its way."""
    sent = invitation.sent_at
    same = all(getattr(invitation, name) == value for name, value in fields.items())
    return same and invitation.invited_by == invited_by and sent is not None and sent > timezone.now() - AGAIN


def give_link(invitation: Invitation) -> str:
    """A fresh link, which is the only one that works from now on."""
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest(secret)
    invitation.expires = end_of_life()
    invitation.sent_at = None
    invitation.save()
    return urljoin(settings.PUBLIC_URL, reverse("partnerships:accept", args=[secret]))


def mail(invitation: Invitation, link: str) -> bool:
    """Send the link, outside any transaction. False when the mail server refuses: the inviter must hand it over."""
    words = {"invitation": invitation, "link": link}
    with translation.override(invitation.language):
        subject = render_to_string("partnerships/email/invitation_subject.txt", words).strip()
        text = render_to_string("partnerships/email/invitation.txt", words)
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("the mail of an invitation was refused")
        return False
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True


@transaction.atomic
def resend(invitation: Invitation) -> str:
    """A new link for an open invitation; the old one ends. Raises ``ClosedError``."""
    return give_link(locked(invitation))


def revoke(invitation: Invitation) -> None:
    """Take an open invitation back; its link says so from now on."""
    Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now())


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
