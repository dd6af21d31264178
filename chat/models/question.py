"""A message that asks: of whom, by when, who has answered, and which answer was taken."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message
from chat.models.room import Room
from partnerships.models import Organisation
from partnerships.permissions import Reach
from search.models import Theme


class Questions(models.QuerySet["Question"]):
    """Sets of questions."""

    def open(self) -> Self:
        """Those that still wait."""
        return self.filter(closed_at=None)

    def visible_to(self, user: object, reach: Reach | None = None) -> Self:
        """Those in rooms that ``user`` may read now."""
        return self.filter(room__in=Room.objects.visible_to(user, reach))

    def waiting_for(self, user: User, reach: Reach) -> Self:
        """Open ones that others put to an organisation that ``user`` speaks for, and that it has not answered. Where
        none is named, everybody in the room is asked."""
        theirs = Asked.objects.filter(question=OuterRef("pk"), organisation__in=reach.organisations)
        named = Exists(Asked.objects.filter(question=OuterRef("pk"), asked=True))
        unanswered = Exists(theirs.filter(asked=True, answer=None)) | ~named & ~Exists(theirs.exclude(answer=None))
        return self.open().visible_to(user, reach).exclude(message__author=user).filter(unanswered)

    def in_zone(self, zone: str) -> Self:
        """Those whose days are the days of ``zone``: their network's."""
        paths = ["room__network__zone", "room__partnership__network__zone", "room__body__partnership__network__zone"]
        return self.alias(zone=Coalesce(*map(F, paths), Value(settings.DEFAULT_ZONE))).filter(zone=zone)

    def with_message(self) -> Self:
        """Each with its message, who wrote it and where."""
        places = ["room__network", "room__partnership__network", "room__body__partnership__network"]
        return self.select_related("message__author", "message__organisation", *places)


class Question(models.Model):
    """``due`` is a day, by which the asker hopes for answers. ``accepted`` is the number of the message that was taken
    for the answer. The message keeps the sum of it all (``Message.question``), so that reading a room asks nothing."""

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="asking")
    room = models.ForeignKey(Room, models.CASCADE, related_name="questions", db_index=False)
    number = models.PositiveBigIntegerField()
    organisations: ClassVar["models.ManyToManyField[Organisation, Asked]"] = models.ManyToManyField(
        Organisation, through="Asked", related_name="+"
    )
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    due = models.DateField(null=True)
    asked_at = models.DateTimeField()
    accepted = models.PositiveBigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Questions] = Questions.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["room", "number"], name="questions_of_a_room"),
            models.Index(fields=["due"], condition=Q(closed_at=None), name="open_questions_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.number}"

    def summed_up(self) -> dict[str, Any]:
        """As every transport shows it with its message; what is empty is left out."""
        parties = self.parties.select_related("organisation").order_by("pk")
        shown = {
            "organisations": [one.summed_up() for one in parties],
            "themes": list(self.themes.order_by("position", "slug").values_list("slug", flat=True)),
            "due": self.due.isoformat() if self.due else None,
            "accepted": self.accepted,
            "closed": self.closed_at is not None,
        }
        return {name: value for name, value in shown.items() if value or name == "organisations"}

    def name(self, organisations: Iterable[Organisation]) -> None:
        """Let these be asked, and no others; what anybody answered stays."""
        named = list(organisations)
        self.parties.update(asked=False)
        rows = [Asked(question=self, organisation=one, asked=True) for one in named]
        Asked.objects.bulk_create(rows, ignore_conflicts=True)
        self.parties.filter(organisation__in=named).update(asked=True)
        self.parties.filter(asked=False, answer=None).delete()


class Asked(models.Model):
    """One organisation's part in a question: whether it is ``asked`` by name, and the number of its ``answer``."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="parties", db_index=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    asked = models.BooleanField(default=False)
    answer = models.PositiveBigIntegerField(null=True)

    objects: ClassVar[models.Manager["Asked"]] = models.Manager()

    class Meta:
        verbose_name = _("party to a question")
        verbose_name_plural = _("parties to questions")
        constraints = [
            models.UniqueConstraint(fields=["question", "organisation"], name="one_part_an_organisation_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.question_id}"

    def summed_up(self) -> dict[str, Any]:
        """``{"id", "name", "asked", "answer"}``; what is false or missing is left out."""
        shown = {"id": self.organisation_id, "name": self.organisation.name, "asked": self.asked, "answer": self.answer}
        return {name: value for name, value in shown.items() if value}
