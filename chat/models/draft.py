"""What somebody has begun to write and not sent, kept for all of their devices and shown to nobody else."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.room import Room, Rooms

ROOM_ITSELF = 0
"""The ``thread`` of what is written in no thread."""


class Draft(models.Model):
    """One for each person, room and thread; empty once it was sent. ``version`` grows with every change: a device that
    knows another one than stands here has missed something. ``other`` are words that were
    written elsewhere meanwhile and are offered until the person says what becomes of them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    thread = models.PositiveBigIntegerField(default=ROOM_ITSELF)
    body = models.TextField(blank=True)
    reply_to = models.PositiveBigIntegerField(null=True)
    written_at = models.DateTimeField()
    version = models.PositiveBigIntegerField()
    other = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["user", "room", "thread"], name="one_draft_a_person_a_place")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"


def with_drafts(rooms: Rooms, user: User) -> Rooms:
    """Rooms, each with whether ``user`` has begun to write there (``has_draft``)."""
    there = Draft.objects.filter(Q(body__gt="") | Q(other__gt=""), room=OuterRef("pk"), user=user)
    return rooms.annotate(has_draft=Exists(there))


def with_begun(rooms: Rooms, user: User) -> Rooms:
    """Rooms, each with whether ``user`` has ever begun to write there (``was_begun``): a draft that was sent still has
    a version, by which a browser tells a page that is older than its own words."""
    return rooms.annotate(was_begun=Exists(Draft.objects.filter(room=OuterRef("pk"), user=user)))
