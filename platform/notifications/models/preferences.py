"""How a person wants to be told: the hours and the rhythm. What of, stands in ``Choice``."""

from datetime import time
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Preferences(models.Model):
    """One row for who has changed anything; ``Preferences.of`` gives the defaults for everybody else.

    Hours are wall time in the person's own zone. ``quiet_from`` after ``quiet_until`` spans midnight; the same twice
    means no quiet hours.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notification_preferences"
    )
    rhythm = models.CharField(_("digest"), max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    digest_hour = models.PositiveSmallIntegerField(_("at what hour"), default=7, validators=[MaxValueValidator(23)])
    digest_day = models.PositiveSmallIntegerField(_("on what day"), choices=Day, default=Day.MONDAY)
    quiet_from = models.TimeField(_("quiet from"), default=time(20))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    quiet_weekends = models.BooleanField(_("quiet all of Saturday and Sunday"), default=False)
    muted_until = models.DateTimeField(_("muted until"), null=True, blank=True)
    mail_paused_at = models.DateTimeField(null=True, editable=False)
    mail_paused_why = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[models.Manager["Preferences"]] = models.Manager()

    class Meta:
        verbose_name = _("how to be told")
        verbose_name_plural = _("how to be told")

    def __str__(self) -> str:
        return str(self.person)

    @classmethod
    def of(cls, person: User) -> Self:
        """The person's own, or the defaults, not stored."""
        return cls.objects.filter(pk=person.pk).first() or cls(person=person)  # type: ignore[return-value]

    @property
    def is_muted(self) -> bool:
        """True while the person wants nothing but the bell."""
        return self.muted_until is not None and self.muted_until > timezone.now()
