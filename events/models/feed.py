"""A person's private calendar address: whoever holds it reads what that person may see, until it is renewed.

The address is a random seed with a signature (HMAC-SHA256 under ``SECRET_KEY``). Only the seed is stored: the page
can show the address again at any time, and a copy of the database alone opens no calendar.
"""

import secrets

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

signer = Signer(sep=".", salt="events.feed")


def new_seed() -> str:
    """128 random bits in 22 characters that stand in an address unquoted."""
    return secrets.token_urlsafe(16)


class Feed(models.Model):
    """The one address of a person. ``digest`` and ``changed_at`` say what was last read there and since when it
    reads so: a change of access changes the text too, so no gathering's own time would do as Last-Modified."""

    person = models.OneToOneField(User, models.CASCADE, related_name="feed", verbose_name=_("person"))
    seed = models.CharField(max_length=22, unique=True, default=new_seed, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def token(self) -> str:
        """The secret part of the address."""
        return signer.sign(self.seed)

    @classmethod
    def of_token(cls, token: str) -> "Feed | None":
        """The feed that an address opens; None when it was never one, was renewed, or its person may not sign in."""
        try:
            seed = signer.unsign(token)
        except BadSignature:
            return None
        return cls.objects.select_related("person").filter(seed=seed, person__is_active=True).first()
