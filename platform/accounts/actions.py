"""What is done to an account."""

from datetime import datetime

from django.utils import timezone

from accounts.models import Token, User
from accounts.models.token import HINT_LENGTH, MARK, digest


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
