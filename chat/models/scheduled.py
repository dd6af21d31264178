"""Messages that wait for their time: somebody's own until then, seen by nobody else."""

from datetime import date, datetime, time
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.room import Room


class Waiting(models.QuerySet["Scheduled"]):
    """Sets of messages that wait."""

    def due(self, now: datetime) -> models.QuerySet["Scheduled"]:
        """Those whose time has come, the oldest first; what was refused waits for its writer."""
        return self.filter(due_at__lte=now, refused="").order_by("due_at", "pk")


class Scheduled(models.Model):
    """Words of ``author`` that go into ``room`` when the clock of ``zone`` shows ``at`` on ``day``: ``due_at``, worked
    out when that was said. ``client_id`` makes sure that they stand there once. ``refused`` is the code of why not."""

    author = models.ForeignKey(User, models.CASCADE, related_name="scheduled")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    body = models.TextField()
    reply_to = models.PositiveBigIntegerField(null=True)
    thread = models.PositiveBigIntegerField(null=True)
    client_id = models.UUIDField(default=uuid4, unique=True)
    day = models.DateField()
    at = models.TimeField()
    zone = models.CharField(max_length=64)
    due_at = models.DateTimeField(db_index=True)
    refused = models.CharField(max_length=20, blank=True)

    objects: ClassVar[Waiting] = Waiting.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("scheduled message")
        verbose_name_plural = _("scheduled messages")
        indexes = [models.Index(fields=["author", "due_at"], name="what_one_has_scheduled")]
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="something_is_scheduled")]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.room_id} at {self.due_at:%Y-%m-%d %H:%M}"

    def set_time(self, day: date, at: time, zone: str, due_at: datetime) -> None:
        """When it goes, and by whose clock."""
        self.day, self.at, self.zone, self.due_at, self.refused = day, at, zone, due_at, ""
