"""Who changed what in the shared vocabulary, so that a mistake can be undone."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from search.models import Theme


class ThemeChange(models.Model):
    """One change of a theme: its labels and synonyms, by language, ``before`` and ``after``."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="changes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()
    after = models.JSONField()

    objects: ClassVar[models.Manager["ThemeChange"]] = models.Manager()

    class Meta:
        verbose_name = _("change of a theme")
        verbose_name_plural = _("changes of themes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.theme_id}, {self.at:%Y-%m-%d}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Language, what it was called, what it is called: where the two differ."""
        told = {code: (called(self.before, code), called(self.after, code)) for code in self.languages}
        return [(code, before, after) for code, (before, after) in told.items() if before != after]

    @property
    def languages(self) -> list[str]:
        """Every language that either side names."""
        return list(dict.fromkeys([*self.after["labels"], *self.before["labels"], *self.after["synonyms"]]))


def called(words: dict[str, Any], language: str) -> str:
    """The label, with its synonyms behind it."""
    return ", ".join([words["labels"].get(language, ""), *words["synonyms"].get(language, [])]).strip(", ")
