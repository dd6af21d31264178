"""What leaves the exchange for somebody: the outbox, and afterwards the fact of what became of it."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.models.notification import Notification


class Deliveries(models.QuerySet["Delivery"]):
    """Sets of deliveries."""

    def waiting(self) -> Self:
        """Those that have yet to leave."""
        return self.filter(state=Delivery.State.WAITING)

    def untaken(self, now: datetime) -> Self:
        """Those that are in no worker's hands: never claimed, or by one that was killed."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))


class Delivery(models.Model):
    """One notification through one channel; or a *letter*, which goes to an address without an account.

    Waits until ``due_at``; a failed attempt moves it. ``claimed_until`` keeps two workers off the same one.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        PUSH = "push", pgettext_lazy("to a phone", "Push")
        DIGEST = "digest", _("Digest")

    class State(models.TextChoices):
        WAITING = "waiting", _("queued")
        SENT = "sent", pgettext_lazy("a mail", "sent")
        REFUSED = "refused", pgettext_lazy("a mail", "refused")
        BOUNCED = "bounced", pgettext_lazy("a mail", "came back")
        GIVEN_UP = "given_up", pgettext_lazy("a mail", "given up after three days")
        DROPPED = "dropped", pgettext_lazy("a mail", "not sent")

    class Dropped(models.TextChoices):
        """Why something was not sent, as ``reason`` keeps it."""

        READ = "read", _("read in the app first")
        GONE = "gone", _("no longer there, or no longer yours to see")
        CHOICE = "choice", _("you chose not to be told")
        PAUSED = "paused", _("mail to your address is paused")
        CLOSED = "closed", _("the account is closed")
        DEVICE = "device", _("no device takes push messages any more")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries", null=True)
    channel = models.CharField(max_length=6, choices=Channel)
    letter = models.CharField(max_length=120, null=True, unique=True, help_text="what makes a letter the same one")
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    address = models.EmailField(blank=True, help_text="where it went, or for a letter is to go")
    language = models.CharField(max_length=7, blank=True, help_text="of a letter")
    facts = models.JSONField(default=dict, blank=True, help_text="of a letter; emptied when it has left")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="when it left, or was let go")
    message_id = models.CharField(max_length=200, blank=True, db_index=True)

    objects: ClassVar[models.Manager["Delivery"]] = Deliveries.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="one_delivery_a_channel"),
            models.CheckConstraint(
                name="a_notification_or_a_letter",
                condition=Q(notification__isnull=False, person__isnull=False, letter=None)
                | Q(notification=None, letter__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "due_at", "id"], condition=Q(state="waiting"), name="next_due"),
            # the staff's numbers of a month are counted from this alone
            models.Index(
                fields=["ended_at", "channel", "state"], condition=Q(ended_at__isnull=False), name="ended_lately"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}: {self.state}"
