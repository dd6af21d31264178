"""A file on its way into a message, or at one. Its bytes lie on a disk (``chat.shelf``)."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message, standing
from chat.models.room import Room

MOST_AT_ONCE = 10
"""Files at one message."""
MOST_UNPOSTED = 20
"""Files that one person has begun and not posted."""
ABANDONED = timedelta(hours=24)
"""So long after its last piece an upload can be gone on with."""
UNPOSTED = timedelta(days=7)
"""So long a file that is here waits for its message."""


class Files(models.QuerySet["File"]):
    """Sets of files."""

    def visible_to(self, user: User) -> Self:
        """Until they are posted they are their owner's; then they are the room's, as their message is."""
        return self.filter(Q(message=None, owner=user) | Q(message__in=Message.objects.visible_to(user)))

    def unposted(self, user: User) -> Self:
        """What one has begun or brought, and not posted yet."""
        return self.filter(owner=user, message=None).exclude(state=File.State.INFECTED)

    def in_room(self, room: Room) -> Self:
        """What hangs on the messages that stand there, the newest first."""
        there = Message.objects.filter(standing(room.floor), room=room, deleted_at=None)
        return self.filter(message__in=there).order_by("-message__number", "pk")

    def total(self) -> int:
        """Their bytes."""
        return int(self.aggregate(total=Sum("bytes"))["total"] or 0)


class File(models.Model):
    """One file. ``bytes`` are what its sender announced, and what it has once it is here; ``received`` how much of
    that has come. ``key`` is its name on the disk. ``width`` and ``height`` are those of a picture, upright."""

    class State(models.TextChoices):
        UPLOADING = "uploading", _("on its way")
        WAITING = "waiting", _("waits for the virus check")
        READY = "ready", _("ready")
        INFECTED = "infected", _("removed: it held a virus")

    owner = models.ForeignKey(User, models.PROTECT, related_name="files")
    room = models.ForeignKey(Room, models.PROTECT, related_name="files")
    message = models.ForeignKey(Message, models.PROTECT, related_name="files", null=True)
    client_id = models.UUIDField()
    name = models.CharField(max_length=120)
    bytes = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADING)
    media = models.CharField(max_length=100, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    key = models.UUIDField(default=uuid4, unique=True)
    touched_at = models.DateTimeField()

    objects: ClassVar[Files] = Files.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [models.UniqueConstraint(fields=["client_id", "owner"], name="one_file_a_client_id")]
        indexes = [
            models.Index(fields=["state"], condition=Q(state="waiting"), name="files_to_check"),
            models.Index(fields=["touched_at"], condition=Q(message=None), name="files_not_posted"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"

    @property
    def ending(self) -> str:
        """What it is, as its name says it: ``PDF``."""
        return PurePosixPath(self.name).suffix.removeprefix(".").upper()

    @property
    def shown(self) -> dict[str, Any]:
        """As a message carries it: what is null or as usual is left out."""
        said: dict[str, Any] = {"id": self.pk, "name": self.name, "bytes": self.bytes, "type": self.media}
        if self.state != self.State.READY:
            said["state"] = str(self.state)
        elif self.width:
            said |= {"width": self.width, "height": self.height}
        return said


def shown(files: Iterable[File]) -> list[dict[str, Any]]:
    """As a message carries them, in their order."""
    return [file.shown for file in files]
