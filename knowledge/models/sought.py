"""A search that somebody made a question of, in their own name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.models.lesson import Lesson
from partnerships.models import Network

LONGEST = 300


class Sought(models.Model):
    """``source`` and ``source_id`` name the thing in which it is asked (``message`` 812); ``lesson`` is the draft that
    its answers are gathered in."""

    person = models.ForeignKey(User, models.CASCADE, related_name="sought")
    words = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES)
    theme_slugs = models.JSONField(default=list)
    network = models.ForeignKey(Network, models.CASCADE, related_name="+", null=True)
    source = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    lesson = models.ForeignKey(Lesson, models.SET_NULL, related_name="+", null=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Sought"]] = models.Manager()

    class Meta:
        verbose_name = _("question from a search")
        verbose_name_plural = _("questions from searches")
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_search_a_question")]

    def __str__(self) -> str:
        return self.words
