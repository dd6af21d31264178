"""What somebody wrote in a room. A row is state, never removed: deleting empties it."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.making import made
from chat.models.room import Room
from chat.models.rows import Adapter, write
from partnerships.models import Organisation

MARKED = 'class="mention"'


def standing(floor: Any) -> Q:
    """What is there to be read in a room with that floor: all above it, and what was spared below."""
    return Q(number__gt=floor) | SPARED


SPARED = Q(kept_at__isnull=False) | Q(pinned_at__isnull=False)
"""Pinned, or part of a lesson: it stays, however old."""


class Messages(models.QuerySet["Message"]):
    """Sets of messages."""

    def visible_to(self, user: object) -> Self:
        """Those in rooms that ``user`` may read now, with their words still there."""
        rooms = Room.objects.visible_to(user)
        return self.filter(standing(F("room__floor")), room__in=rooms, deleted_at=None)

    def knows(self, client_ids: Collection[UUID]) -> bool:
        """True if anybody's message has one of these, which one look into an index says."""
        put = Adapter()
        return bool(write(KNOWS, KNOWN, [[put.uuid(one)] for one in client_ids]))

    def with_author(self) -> Self:
        """Each with who wrote it and whom they spoke for."""
        return self.select_related("author", "organisation")

    def with_room(self) -> Self:
        """Each with its room, and what that is called after."""
        return self.select_related("room__network", "room__partnership__network", "room__body__partnership__network")

    def insert(self, messages: Sequence["Message"]) -> None:
        """Store new messages, without reactions yet, and give them their ids."""
        put = Adapter()
        ids = write(INSERT, INSERTED, [inserted_row(one, put) for one in messages])
        for message, (pk,) in zip(messages, ids, strict=True):
            message.pk, message._state.adding, message._state.db = pk, False, self.db


KNOWN = {"client_id": "uuid"}
KNOWS = "SELECT 1 FROM chat_message WHERE client_id IN ({given})"
PLAIN = {"room_id": "bigint", "number": "bigint", "version": "bigint", "author_id": "bigint"}
PLAIN |= {"organisation_id": "bigint", "body": "text", "html": "text", "language": "text"}
PLAIN |= {"reply_to": "bigint", "thread": "bigint"}
INSERTED = PLAIN | {"client_id": "uuid", "written_at": "timestamptz", "posted_at": "timestamptz", "reactions": "jsonb"}
INSERT = f"INSERT INTO chat_message ({', '.join(INSERTED)}) {{given}} RETURNING id"
plain_values = attrgetter(*PLAIN)


def inserted_row(one: "Message", put: Adapter) -> tuple[Any, ...]:
    """What ``INSERT`` takes of a message."""
    written_at, posted_at = put.moment(one.written_at), put.moment(one.posted_at)
    return *plain_values(one), put.uuid(one.client_id), written_at, posted_at, put.json([])


class Message(models.Model):
    """One message. ``number`` is its place in the room (1, 2, 3 … without holes), ``version`` the room's version at
    its last change; ``reply_to`` and ``thread`` are numbers in the same room. ``html`` is empty for plain text."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="messages", db_index=False)
    number = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField()
    author = models.ForeignKey(User, models.PROTECT, related_name="messages")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, help_text=_("whom the author spoke for then")
    )
    client_id = models.UUIDField()
    body = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=7, blank=True)
    reply_to = models.PositiveBigIntegerField(null=True)
    thread = models.PositiveBigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text=_("deleted by those who keep order, not by its author"))
    pinned_at = models.DateTimeField(null=True)
    reactions = models.JSONField(default=list, help_text=_("the sum of its reactions, as it is shown"))
    attachments = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), help_text=_("its files, as they are shown")
    )
    calls = models.JSONField(null=True, help_text=_("whom it calls beside people: functions, bodies, all"))
    kept_at = models.DateTimeField(null=True, help_text=_("since when it is part of something that lasts, as a lesson"))
    note = models.JSONField(null=True, help_text=_("what the room is told by it, where nobody wrote it by hand"))
    question = models.JSONField(null=True, help_text=_("what it asks, as it is shown; null where it asks nothing"))

    objects: ClassVar[Messages] = Messages.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["room", "number"]
        constraints = [
            # client_id first: an index that begins with a room or an author makes each look-up scan it
            models.UniqueConstraint(fields=["client_id", "author"], name="one_message_a_client_id"),
            models.UniqueConstraint(fields=["room", "number"], name="message_numbers_are_unique"),
            models.UniqueConstraint(fields=["room", "version"], name="a_version_is_one_message"),
        ]
        indexes = [
            models.Index(fields=["room", "-pinned_at"], condition=Q(pinned_at__isnull=False), name="pinned_messages"),
            models.Index(
                fields=["room", "thread", "number"], condition=Q(thread__isnull=False), name="thread_messages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}?around={self.number}#m{self.number}"

    @classmethod
    def unsaved(cls, **said: Any) -> "Message":
        """A message that is not stored yet, with these columns."""
        fixed, fresh = defaults()
        columns = fixed | {name: default() for name, default in fresh.items()} | said
        if len(columns) != len(fixed) + len(fresh):
            raise TypeError(f"A message has no {', '.join(said.keys() - fixed.keys() - fresh.keys())}.")
        return made(cls, columns)

    def is_of(self, room: Room, author: User, organisation: Organisation | None) -> None:
        """Keep these, which are those of its columns, as if they had been read with it; to set one by one takes longer
        than the rest of a message."""
        self.organisation_id = organisation.pk if organisation else None
        self._state.fields_cache.update(room=room, author=author, organisation=organisation)

    @property
    def has_mentions(self) -> bool:
        """Whether its HTML marks a name: only then is there anything to look up."""
        return MARKED in self.html

    @property
    def names_of_files(self) -> str:
        """``Plan.pdf, market.jpg``: what stands for a message without words."""
        return ", ".join(file["name"] for file in self.attachments)

    @cached_property
    def mentioned(self) -> list[int]:
        """Ids of the people it mentions by name. For many messages at once: ``chat.models.mention.load``."""
        by_name = self.mentions.filter(by_name=True).order_by("pk")
        return list(by_name.values_list("person", flat=True)) if self.has_mentions else []

    @cached_property
    def reached(self) -> list[int]:
        """Ids of everybody whom a new message tells, by name or as one of a group that it calls."""
        return self.mentioned


@cache
def defaults() -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """The columns of a message with their values where none is given, and those whose value is made for each: a list
    that two messages shared would be changed in both."""
    fields = Message._meta.concrete_fields
    fresh = {field.attname: field.get_default for field in fields if callable(field.default)}
    return {field.attname: field.get_default() for field in fields if field.attname not in fresh}, fresh
