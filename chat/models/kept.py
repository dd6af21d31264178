"""What of a room lasts: messages that became part of something else, how long the rest is kept, and its exports."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message
from chat.models.room import Room

EXPIRES = timedelta(days=7)
"""So long a finished export can be fetched."""
FOR_EVER = 0
YEARS = [(FOR_EVER, _("For ever")), (1, _("1 year")), (2, _("2 years")), (3, _("3 years")), (5, _("5 years"))]


class Kept(models.Model):
    """A message that a thing elsewhere quotes: ``kind`` and ``thing`` name it, as ``things`` knows it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="kept_in")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    thing = models.BigIntegerField()

    objects: ClassVar[models.Manager["Kept"]] = models.Manager()

    class Meta:
        verbose_name = _("kept message")
        verbose_name_plural = _("kept messages")
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "message"], name="a_thing_keeps_a_message_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.kind} {self.thing}"


class Retention(models.Model):
    """For how many ``years`` a room's messages are kept (0: for ever). A shorter time is ``next_years`` until
    ``next_at``: the room is told before anything goes."""

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="retention")
    years = models.PositiveSmallIntegerField(default=FOR_EVER, choices=YEARS)
    next_years = models.PositiveSmallIntegerField(null=True, choices=YEARS)
    next_at = models.DateTimeField(null=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Retention"]] = models.Manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")

    def __str__(self) -> str:
        return f"{self.room_id}: {self.years}"


class Export(models.Model):
    """Somebody asked for all of a room up to message ``upto``. ``bytes`` once it is ``finished_at``; the file is there
    until it ``expires_at``. ``task`` makes it."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="exports")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    upto = models.PositiveBigIntegerField()
    task = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    bytes = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager["Export"]] = models.Manager()

    class Meta:
        verbose_name = _("export of a room")
        verbose_name_plural = _("exports of rooms")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.room_id} at {self.asked_at:%Y-%m-%d %H:%M}"

    def can_be_fetched(self, now: datetime | None = None) -> bool:
        """True while its file is there."""
        return self.expires_at is not None and self.expires_at > (now or timezone.now())
