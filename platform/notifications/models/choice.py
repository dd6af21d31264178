"""What a person wants to hear of, and when: for a kind, for a place, or for a kind in a place."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import When, kinds


class Choices(models.QuerySet["Choice"]):
    """Sets of choices."""

    def in_force(self) -> "Choices":
        """Those without an end, whose end has not come, or that something follows."""
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()) | ~Q(afterwards=""))

    def concerning(self, kind: str, place: str) -> "Choices":
        """Those that speak of a kind in a place: the nearest one counts (``Choice.nearness``)."""
        return self.concerning_any({kind}, {place})

    def concerning_any(self, kinds: Collection[str], places: Collection[str]) -> "Choices":
        """Those that may speak of one of these kinds in one of these places: ``Choice.concerns`` tells."""
        return self.in_force().filter(kind__in={"", *kinds}, place__in={"", *places})


class Choice(models.Model):
    """``kind`` empty: every kind, in that place. ``place`` empty: everywhere. Both empty never stands.

    ``until`` ends it: a room that is muted for a day. What was chosen there before comes back then (``afterwards``);
    a row that is read after its end is what follows it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="choices", db_index=False)
    kind = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=40, blank=True)
    when = models.CharField(max_length=7, choices=When)
    until = models.DateTimeField(null=True, blank=True)
    afterwards = models.CharField(max_length=7, choices=When, blank=True)

    objects: ClassVar[models.Manager["Choice"]] = Choices.as_manager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(fields=["person", "place", "kind"], name="one_choice_a_kind_and_place"),
            models.CheckConstraint(condition=~Q(kind="", place=""), name="a_choice_is_of_something"),
        ]
        indexes = [models.Index(fields=["place", "kind"], name="choices_of_a_place")]

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.place or '*'}: {self.when}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """As it holds now."""
        choice = super().from_db(db, field_names, values)
        if choice.afterwards and choice.until is not None and choice.until <= timezone.now():
            choice.when, choice.until, choice.afterwards = choice.afterwards, None, ""
        return choice

    def concerns(self, kind: str, place: str) -> bool:
        """True when it speaks of this kind in this place."""
        return self.kind in {"", kind} and self.place in {"", place}

    @property
    def is_mute(self) -> bool:
        """True for a silence with an end."""
        return self.when == When.OFF and self.until is not None

    @property
    def nearness(self) -> int:
        """3 for a kind in a place, 2 for a whole place, 1 for a kind everywhere."""
        return 2 * bool(self.place) + bool(self.kind)


def nearest(choices: Iterable[Choice]) -> Choice | None:
    """Of one person's choices that all concern one kind and place, the one that counts."""
    return max(choices, key=lambda choice: choice.nearness, default=None)


def wish(kind: str, choices: Iterable[Choice]) -> When:
    """What holds among ``choices``, which are one person's and ``concerning`` the kind and place: the nearest, or the
    kind's default."""
    if not kinds[kind].may_choose:
        return When.AT_ONCE
    near = nearest(choices)
    return When(near.when) if near else kinds[kind].when
