"""What was looked for and not found: words, language and day, and never who."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 200


class Missed(models.Model):
    """A search without a hit, once for each day, with how often."""

    query = models.CharField(_("search"), max_length=LONGEST)
    language = models.CharField(_("language"), max_length=7)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)

    objects: ClassVar[models.Manager["Missed"]] = models.Manager()

    class Meta:
        verbose_name = _("search without a hit")
        verbose_name_plural = _("searches without a hit")
        ordering = ["-day", "query"]
        constraints = [models.UniqueConstraint(fields=["query", "language", "day"], name="a_miss_once_a_day")]
        indexes = [models.Index(fields=["day"], name="misses_by_day")]

    def __str__(self) -> str:
        return self.query
