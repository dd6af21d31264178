"""Threads: who follows which, and how far they have read in it. A thread is the number of the message that began it."""

from collections.abc import Collection, Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.marker import ReadMarker
from chat.models.message import Message
from chat.models.room import Room
from partnerships.permissions import Reach


class ThreadMarkers(models.QuerySet["ThreadMarker"]):
    """Sets of markers."""

    def followed(self) -> Self:
        """Those that somebody follows now."""
        return self.filter(left_at=None)

    def of_threads(self, threads: Iterable[tuple[int, int]]) -> Self:
        """Everybody's in these threads (room id, number of the root)."""
        rule = Q(pk__in=[])
        for room, root in threads:
            rule |= Q(room=room, root=root)
        return self.filter(rule)

    def with_unread(self, user: User, reach: Reach | None = None) -> Self:
        """Those of ``user`` in rooms that are open to them, each with its ``unread`` and the ``last_number`` and
        ``last_at`` of its newest message. Unread is what others said above this marker and above the room's."""
        read = ReadMarker.objects.filter(user=user, room=OuterRef("room")).values("last_read_number")[:1]
        inside = Message.objects.filter(room=OuterRef("room"), thread=OuterRef("root"))
        inside = inside.filter(number__gt=OuterRef("room__floor"))
        above = inside.filter(number__gt=OuterRef("read"), deleted_at=None).exclude(author=user)
        newest = inside.order_by("-number")
        return (
            self.filter(user=user, room__in=Room.objects.visible_to(user, reach))
            .annotate(read=Greatest(F("last_read_number"), Coalesce(Subquery(read), F("room__message_count"))))
            .annotate(
                unread=Coalesce(Subquery(above.order_by().values("thread").annotate(n=Count("pk")).values("n")), 0),
                last_number=Subquery(newest.values("number")[:1]),
                last_at=Subquery(newest.values("posted_at")[:1]),
            )
        )

    def begin(self, markers: Collection["ThreadMarker"], began: Iterable["ThreadMarker"] = ()) -> None:
        """These people take part: they follow, also where they had left. Those of ``began`` follow unless they left."""
        again = Q(pk__in=[])
        for one in markers:
            again |= Q(room=one.room_id, root=one.root, user=one.user_id)
        self.filter(again).exclude(left_at=None).delete()
        self.bulk_create([*markers, *began], ignore_conflicts=True)


class ThreadMarker(models.Model):
    """Somebody follows a thread and has read it up to and with ``last_read_number``; since ``left_at`` no more."""

    user = models.ForeignKey(User, models.CASCADE, related_name="thread_markers")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+", db_index=False)
    root = models.PositiveBigIntegerField(help_text=_("number of the message that began it"))
    last_read_number = models.PositiveBigIntegerField()
    left_at = models.DateTimeField(null=True)

    objects: ClassVar[ThreadMarkers] = ThreadMarkers.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("thread marker")
        verbose_name_plural = _("thread markers")
        constraints = [models.UniqueConstraint(fields=["room", "root", "user"], name="one_marker_a_person_a_thread")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}/{self.root}: {self.last_read_number}"


def newest_in(room: Room, roots: Iterable[int]) -> models.QuerySet[Message, dict[str, object]]:
    """For those of ``roots`` that were answered: ``thread``, ``count``, ``last_number`` and ``last_at``, in one query.
    What is deleted counts: its place stands there still."""
    rows = Message.objects.filter(room=room, thread__in=roots, number__gt=room.floor).order_by()
    return rows.values("thread").annotate(count=Count("pk"), last_number=Max("number"), last_at=Max("posted_at"))
