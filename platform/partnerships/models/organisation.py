"""Municipalities, regions, universities, associations and agencies, with the card that explains their world."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_zone


class Organisation(models.Model):
    """Whom a person works for. ``country`` is ISO 3166-1 alpha-2; ``population`` counts inhabitants."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        REGION = "region", _("Region or county")
        UNIVERSITY = "university", _("University")
        CIVIL_SOCIETY = "civil_society", _("Civil-society organisation")
        AGENCY = "agency", _("Agency")
        PARTNER = "partner", _("Partner organisation")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MUNICIPALITY)
    country = models.CharField(_("country"), max_length=2)
    zone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    languages = models.CharField(_("languages"), max_length=60, blank=True, help_text=_("e.g. en, sw"))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    mandate = models.TextField(_("mandate"), blank=True)
    budget_year = models.CharField(_("budget year"), max_length=60, blank=True)
    climate_risks = models.TextField(_("climate risks"), blank=True)
    demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def letters(self) -> str:
        """Two letters for the drawn mark: ``KA`` for Karlskrona, ``SB`` for Saldanha Bay."""
        words = [word for word in self.name.split() if word[0].isalpha()]
        return (words[0][0] + words[1][0] if len(words) > 1 else self.name[:2]).upper()

    @property
    def tone(self) -> int:
        """Which of the six tones and figures of the design the mark has, 1 to 6."""
        return self.pk % 6 + 1
