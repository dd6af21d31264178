"""What is done to an account: created, spoken to differently, given and denied ways in."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Token, User
from accounts.models.token import HINT_LENGTH, MARK, digest
from accounts.signals import access_lost, zone_changed


def create_token(person: User, name: str, expires: datetime | None = None) -> tuple[Token, str]:
    """A new personal token and its secret, which is stored nowhere and can be shown only now."""
    secret = Token.new_secret()
    token = Token.objects.create(
        person=person, name=name, digest=digest(secret), hint=secret[: HINT_LENGTH + len(MARK)], expires=expires
    )
    return token, secret


def revoke_token(token: Token) -> None:
    """End a token now; revoking it again changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


@transaction.atomic
def open_account(email: str, password: str | None = None, **fields: Any) -> User:
    """A new account whose address is known to be theirs: the invitation came to it."""
    person = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def sign_out_elsewhere(person: User, request: HttpRequest | None = None) -> None:
    """End every session of ``person``; the caller keeps that of ``request`` by ``update_session_auth_hash``."""
    User.objects.filter(pk=person.pk).update(session_round=F("session_round") + 1)
    person.refresh_from_db(fields=["session_round"])
    access_lost.send(User, user=person, request=request)


@transaction.atomic
def save_account(person: User) -> User:
    """Store a changed account. An old address can no longer sign in; a closed account loses every way in at once, and
    who was an administrator signs in anew: what their open sockets heard as one ends."""
    before = User.objects.select_for_update().filter(pk=person.pk).first()
    person.save()
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    if before and ((before.is_active and not person.is_active) or (before.is_superuser and not person.is_superuser)):
        sign_out_elsewhere(person)
    if before and before.zone != person.zone:
        zone_changed.send(User, user=person)
    return person
