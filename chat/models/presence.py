"""On which day somebody last used Talk."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Presence(models.Model):
    """A person's last day here, coarse on purpose: no hour is kept. Since ``hidden_at`` not even that."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="presence")
    day = models.DateField(null=True)
    hidden_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Presence"]] = models.Manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day}"
