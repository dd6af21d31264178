"""What somebody said elsewhere, as a lesson quotes it: a copy of the words, which whoever said them can take back."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.models.lesson import Lesson
from partnerships.models import Function, Organisation


class Quotes(models.QuerySet["Quote"]):
    """Sets of quotes."""

    def said_by(self, user: object) -> Self:
        """Those of a person's own words; nobody else's."""
        return self.filter(author=getattr(user, "pk", None))

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_people(self) -> Self:
        """Each with who said it, for whom, and its lesson."""
        return self.select_related("author", "organisation", "lesson")


class Quote(models.Model):
    """``source`` and ``source_id`` name the thing in which it was said (``message`` 812). It is published under the
    ``function`` and ``organisation`` alone, until whoever said it agrees to be named (``named_at``). Withdrawn words
    are gone from here, and so from every version of the lesson."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="quotes")
    words = models.TextField(blank=True)
    language = models.CharField(max_length=7, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="quoted")
    function = models.CharField(max_length=20, choices=Function, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    said_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    named_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Quotes] = Quotes.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["lesson", "said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "source", "source_id"], name="one_quote_of_a_source_a_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.words[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("knowledge:quote", args=[self.pk])

    @property
    def by(self) -> str:
        """To whom readers see it attributed: ``Project manager, Saldanha Bay``, with the name where that is agreed."""
        name = self.author.name if self.named_at and not self.author.erased_at else ""
        parts = [name, str(self.get_function_display()), self.organisation.name if self.organisation else ""]
        return ", ".join(part for part in parts if part) or str(_("A member"))
