"""What search knows of messages: the terms of each, and how far each room is taken up (``chat.indexing``)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message
from chat.models.room import Room
from chat.models.rows import EPOCH

TELLING_APART = 20
"""Bits of a key that tell messages of one millisecond apart."""
LAST = 2**63 - 1
"""No key is greater."""


def moment_key(moment: datetime) -> int:
    """The lowest key of a message that is posted at ``moment``; the years before 1970 and after 2248 are their ends."""
    passed = moment - EPOCH
    milliseconds = (passed.days * 86_400 + passed.seconds) * 1000 + passed.microseconds // 1000
    return max(0, min(milliseconds << TELLING_APART, LAST))


def key_of(message: Message) -> int:
    """A message's own place in time."""
    return moment_key(message.posted_at) + message.pk % (1 << TELLING_APART)


class Findable(models.Model):
    """A message as it can be found. The key grows with time: newest first, and from one date to another, are then a
    way along the index of words itself. The database keeps that index (``words`` on PostgreSQL,
    ``chat_findable_words`` on SQLite: see the migration)."""

    key = models.BigIntegerField(primary_key=True)
    message = models.ForeignKey(Message, models.CASCADE, related_name="+", db_index=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    terms = models.TextField(blank=True, help_text=_("as the analyzer of search makes them, in their order"))
    has_link = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Findable"]] = models.Manager()

    class Meta:
        verbose_name = _("findable message")
        verbose_name_plural = _("findable messages")
        indexes = [
            models.Index(fields=["author", "key"], name="findable_by_author"),
            models.Index(fields=["room", "key"], name="findable_by_room"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.terms[:60]}"


class TakenUp(models.Model):
    """Up to which version (and above which floor) a room's messages are findable as they are."""

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="taken_up")
    version = models.PositiveBigIntegerField(default=0)
    floor = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager["TakenUp"]] = models.Manager()

    class Meta:
        verbose_name = _("room taken up by search")
        verbose_name_plural = _("rooms taken up by search")

    def __str__(self) -> str:
        return f"{self.room_id}: {self.version}"
