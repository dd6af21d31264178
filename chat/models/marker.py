"""How far a person has read in a room."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.rows import EPOCH, Adapter, write


class Marking(models.QuerySet["ReadMarker"]):
    """Sets of markers."""

    def left_by(self, person: int | None) -> Self:
        """Those of the topic rooms that a person (id) has left."""
        return self.filter(user=person, left_at__isnull=False)

    def spend(self, markers: Collection["ReadMarker"], moved: Mapping["ReadMarker", int]) -> None:
        """Keep what is left to write (``tokens``, ``tokens_at``), and where those stand that are ``moved`` (marker →
        where it stood). One that somebody moved meanwhile stays where it was put."""
        put = Adapter()
        write(SPEND, SPENT, [spent_row(one, moved.get(one, one.last_read_number), put) for one in markers])


def spent_row(marker: "ReadMarker", stood: int, put: Adapter) -> tuple[Any, ...]:
    """What ``SPEND`` takes of a marker that stood at ``stood`` when it was read. What was never used is full since
    ever."""
    return marker.pk, marker.tokens, put.moment(marker.tokens_at or EPOCH), stood, marker.last_read_number


SPENT = {"id": "bigint", "tokens": "float8", "tokens_at": "timestamptz", "stood": "bigint", "moved": "bigint"}
SPEND = f"""
WITH given ({", ".join(SPENT)}) AS ({{given}})
UPDATE chat_readmarker SET tokens = given.tokens, tokens_at = given.tokens_at, last_read_number =
    CASE last_read_number WHEN given.stood THEN given.moved ELSE last_read_number END
FROM given WHERE chat_readmarker.id = given.id
"""  # noqa: S608 (names of our own columns)


class ReadMarker(models.Model):
    """Everything up to and with ``last_read_number`` is read. It begins at the room's end on joining. What else is
    between one person and one room stands here too: a post reads it anyway."""

    user = models.ForeignKey(User, models.CASCADE, related_name="read_markers")
    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="markers", db_index=False)
    last_read_number = models.PositiveBigIntegerField()
    tokens = models.FloatField(default=0, help_text=_("messages that may be written at once (chat.pace)"))
    tokens_at = models.DateTimeField(null=True, help_text=_("when there were so many; full when never"))
    left_at = models.DateTimeField(null=True, help_text=_("since when the person has left a topic room"))
    favourite = models.PositiveSmallIntegerField(null=True, help_text=_("its place among the person's favourites"))
    silenced_until = models.DateTimeField(null=True, help_text=_("the person reads, but does not write so long"))

    objects: ClassVar[Marking] = Marking.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("read marker")
        verbose_name_plural = _("read markers")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_marker_a_person_a_room")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}: {self.last_read_number}"
