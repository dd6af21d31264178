"""How the programme is built: networks of partnerships, each with two or more sides and bodies inside."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_zone
from partnerships.models.organisation import Organisation


class Network(models.Model):
    """Partnerships with one theme that start together and work in parallel, most often for four years."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    begins = models.DateField(_("begins"))
    ends = models.DateField(_("ends"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=settings.DEFAULT_ZONE,
        validators=[validate_zone],
        help_text=_("memberships end at midnight in this zone"),
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["begins", "id"]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """Two, sometimes three, local governments with a shared challenge."""

    class Status(models.TextChoices):
        MATCHED = "matched", _("Matched")
        INCEPTION = "inception", _("Inception")
        APPLIED = "applied", _("Applied")
        GRANTED = "granted", _("Granted")
        RUNNING = "running", _("Running")
        REPORTING = "reporting", _("Reporting")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")
        PAUSED = "paused", _("Paused")

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="partnerships", null=True, blank=True, verbose_name=_("network")
    )
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True, max_length=120)
    challenge = models.CharField(_("shared challenge"), max_length=200)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.MATCHED)
    begins = models.DateField(_("begins"))
    ends = models.DateField(_("ends"), null=True, blank=True)
    organisations: ClassVar["models.ManyToManyField[Organisation, Side]"] = models.ManyToManyField(
        Organisation, through="Side", related_name="partnerships"
    )

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """True once its rooms are only read."""
        return self.status in {self.Status.CLOSED, self.Status.ARCHIVED}


class Side(models.Model):
    """An organisation's part in a partnership: the Swedish or the international side."""

    class Which(models.TextChoices):
        SWEDISH = "swedish", _("Swedish side")
        INTERNATIONAL = "international", _("International side")

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sides")
    which = models.CharField(_("side"), max_length=13, choices=Which)

    class Meta:
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        ordering = ["-which", "id"]
        constraints = [models.UniqueConstraint(fields=["partnership", "organisation"], name="one_side_an_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_which_display()}"


class Body(models.Model):
    """A group inside a partnership. A steering group holds politicians; officers enter it only when invited."""

    class Kind(models.TextChoices):
        INCEPTION = "inception", _("Inception team")
        STEERING = "steering", _("Steering group")
        PROJECT = "project", _("Project group")
        TRAINING = "training", _("Training team")

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="bodies")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["partnership", "kind"]
        constraints = [models.UniqueConstraint(fields=["partnership", "kind"], name="one_body_of_a_kind_a_partnership")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.partnership}"
