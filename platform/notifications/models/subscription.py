"""A browser that takes push messages for a person (RFC 8030; the keys are those of RFC 8291)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One browser on one device. ``endpoint`` is the address at its maker's push service."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    device = models.CharField(_("device"), max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_sent_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Subscription"]] = models.Manager()

    class Meta:
        verbose_name = _("device that takes push messages")
        verbose_name_plural = _("devices that take push messages")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.device or str(self.pk)
