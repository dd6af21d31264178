"""Who is called by name in a message."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message
from chat.models.room import Room, Rooms


class Mentions(models.QuerySet["Mention"]):
    """Sets of mentions."""

    def keep(self, messages: Collection[Message]) -> None:
        """Keep whom each of these new messages mentions; no query where nobody is."""
        rows = [
            Mention(
                message=message,
                person_id=person,
                room_id=message.room_id,
                number=message.number,
                by_name=person in message.mentioned,
            )
            for message in messages
            for person in message.reached
        ]
        if rows:  # few have any, and of none Django makes a query all the same before it looks
            self.bulk_create(rows)
        for message in messages:
            if message.calls:
                Message.objects.filter(pk=message.pk).update(calls=message.calls)

    def called(self, messages: Iterable[Message], person: User) -> set[int]:
        """Ids of those of ``messages`` that mention ``person``: one query where a group is called, none otherwise."""
        said = list(messages)
        by_name = {message.pk for message in said if person.pk in message.mentioned}
        groups = [message.pk for message in said if message.calls]
        rows = self.filter(message__in=groups, person=person).values_list("message", flat=True) if groups else ()
        return by_name | set(rows)

    def since(self, versions: dict[int, int]) -> dict[int, dict[int, int]]:
        """Room id → version in; room id → those who were mentioned after it, with the version of the newest, out."""
        after = Q()
        for room, version in versions.items():
            after |= Q(message__room=room, message__version__gt=version)
        found: dict[int, dict[int, int]] = defaultdict(dict)
        rows = self.filter(after).order_by("message__version")
        for room, person, version in rows.values_list("room", "person", "message__version"):
            found[room][person] = version
        return found

    def load(self, messages: Iterable[Message]) -> None:
        """Look up whom each of these mentions, in one query; in none where nobody is mentioned."""
        asked = {message.pk: message for message in messages if message.has_mentions}
        people: dict[int, list[int]] = defaultdict(list)
        if asked:
            for said_in, person in (
                self.filter(message__in=asked, by_name=True).order_by("pk").values_list("message", "person")
            ):
                people[said_in].append(person)
        for pk, message in asked.items():
            message.mentioned = people[pk]


class Mention(models.Model):
    """One person in one message. ``room`` and ``number`` are the message's, kept here too: how many of them somebody
    has not read is then one look into an index."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(User, models.CASCADE, related_name="mentions", db_index=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField()
    by_name = models.BooleanField(default=True, db_default=True, help_text=_("not only as one of a group"))

    objects: ClassVar[Mentions] = Mentions.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="one_mention_a_person_a_message")]
        indexes = [models.Index(fields=["person", "room", "number"], name="mentions_not_read")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.message_id}"


def with_mentions(rooms: Rooms, user: User) -> Rooms:
    """Rooms (``with_unread``), each with how many of its unread messages are ``mentions`` of ``user``."""
    unread = Mention.objects.filter(room=OuterRef("pk"), person=user, number__gt=OuterRef("last_read_number"))
    counted = unread.filter(message__deleted_at=None).order_by().values("room").annotate(n=Count("pk")).values("n")
    return rooms.annotate(mentions=Coalesce(Subquery(counted), 0))
