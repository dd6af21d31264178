"""Personal tokens: how a person's own programs speak to the API in their name."""

import secrets
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECRET_BYTES = 32
HINT_LENGTH = 8
MARK = "dx_"
"""Begins every token, so that scanners for leaked secrets can tell what they found."""


class Tokens(models.QuerySet["Token"]):
    """Tokens, found by their secret or through their owner, never otherwise."""

    def alive(self) -> "Tokens":
        """Neither revoked nor run out, and the owner may sign in."""
        fresh = Q(expires__isnull=True) | Q(expires__gt=timezone.now())
        return self.filter(fresh, revoked_at__isnull=True, person__is_active=True)

    def bearing(self, secret: str) -> "Token | None":
        """The living token with this secret and its person, in one query; None otherwise."""
        return self.alive().select_related("person").filter(digest=digest(secret)).first()


class Token(models.Model):
    """A secret of 256 random bits. It has no salt since it cannot be guessed, and so can be looked up by its hash."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=HINT_LENGTH + len(MARK), editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used = models.DateField(null=True, editable=False)
    expires = models.DateTimeField(_("runs out"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Tokens] = Tokens.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("personal token")
        verbose_name_plural = _("personal tokens")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def new_secret(cls) -> str:
        """A fresh secret, to be shown once."""
        return MARK + secrets.token_urlsafe(SECRET_BYTES)

    def note_use(self) -> None:
        """Remember the day of the last use: enough to find forgotten tokens, too coarse to follow anybody."""
        today = timezone.now().date()
        if self.last_used != today:
            Token.objects.filter(pk=self.pk).update(last_used=today)


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256, in hexadecimal."""
    return sha256(secret.encode()).hexdigest()
