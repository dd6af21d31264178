"""A mail that came in, kept as the fact of what became of it: never its words."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Incoming(models.Model):
    """One mail that was read; ``digest`` recognises it when it is read again."""

    class Outcome(models.TextChoices):
        POSTED = "posted", _("an answer that was posted")
        BOUNCE = "bounce", _("a mail of ours that came back")
        AUTOMATIC = "automatic", _("written by a machine")
        ANSWERED = "answered", _("not taken, and its sender told")
        IGNORED = "ignored", _("not taken; its sender was told before, or is not to be told")

    digest = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=9, choices=Outcome)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sender_digest = models.CharField(max_length=64, blank=True, db_index=True)
    read_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Incoming"]] = models.Manager()

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")

    def __str__(self) -> str:
        return f"{self.outcome} {self.read_at:%Y-%m-%d %H:%M}"
