"""What a person was told: one row a person and cause, which is what stands under the bell."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notifications(models.QuerySet["Notification"]):
    """Sets of notifications."""

    def visible_to(self, user: object) -> Self:
        """A person's own; nobody else's, whatever their role. Whether the thing itself may still be seen is asked
        when the words are made (``notifications.telling``)."""
        pk = getattr(user, "pk", None)
        return self.filter(person=pk) if pk else self.none()

    def unseen(self) -> Self:
        """Those that came after the person last looked under the bell."""
        return self.filter(seen_at=None, opened_at=None)

    def unopened(self) -> Self:
        """Those whose thing the person has not been to since."""
        return self.filter(opened_at=None)

    def before(self, one: "Notification") -> Self:
        """Those that stand below ``one`` in the list."""
        return self.filter(Q(created_at__lt=one.created_at) | Q(created_at=one.created_at, pk__lt=one.pk))

    def down_to(self, one: "Notification") -> Self:
        """``one`` and those that stand above it."""
        return self.after(one) | self.filter(pk=one.pk)

    def after(self, one: "Notification") -> Self:
        """Those that stand above ``one``."""
        return self.filter(Q(created_at__gt=one.created_at) | Q(created_at=one.created_at, pk__gt=one.pk))


class Notification(models.Model):
    """One thing that one person was told.

    ``cause`` names what happened (``message:812``), unique for the person; ``about_kind`` and ``about_id`` name the
    thing; ``place`` names where it happened (``room:7``), which is what one mutes, what a mail is threaded by, and with
    ``position`` (a message's number) what reading settles.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=40)
    cause = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=20)
    about_id = models.PositiveBigIntegerField()
    place = models.CharField(max_length=40, blank=True)
    position = models.PositiveBigIntegerField(null=True)
    facts = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Notification"]] = Notifications.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-id"]
        constraints = [
            # the cause first: notify asks who of 2,500 has been told of one cause
            models.UniqueConstraint(fields=["cause", "person"], name="a_cause_tells_once"),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="under_the_bell"),
            models.Index(fields=["person"], condition=Q(seen_at=None, opened_at=None), name="new_under_the_bell"),
            models.Index(fields=["person", "place"], condition=Q(opened_at=None), name="unopened_in_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cause}"
