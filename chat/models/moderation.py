"""What keeps order in a room: flags at messages, what those who keep order did, and administrators looking in."""

from datetime import datetime
from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message


class Flag(models.Model):
    """Somebody asks those who keep order to look at a message. Who it was is for these alone."""

    class Reason(models.TextChoices):
        RUDE = "rude", _("It insults or threatens somebody")
        PRIVATE = "private", _("It shows what is private or secret")
        UNWANTED = "unwanted", _("It is advertising or does not belong here")
        OTHER = "other", _("Something else")

    message = models.ForeignKey(Message, models.CASCADE, related_name="flags", db_index=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    flagged_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Flag"]] = models.Manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [models.UniqueConstraint(fields=["message", "by"], name="one_flag_a_person_a_message")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.reason}"


class Deeds(models.QuerySet["Deed"]):
    """Sets of entries, which are only added to."""

    def delete(self) -> NoReturn:
        raise TypeError("What was done is not undone by forgetting it.")

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("What was done stays as it was recorded.")


class Deed(models.Model):
    """One thing that somebody did to keep order: who, what, to whom, when and why. Never changed, never removed."""

    class Verb(models.TextChoices):
        REMOVED = "removed", _("removed a message")
        RESTORED = "restored", _("put a message back")
        KEPT = "kept", _("looked at a flagged message and left it")
        SILENCED = "silenced", _("silenced somebody")
        LIFTED = "lifted", _("let somebody write again")
        ENTERED = "entered", _("took access as an administrator")
        WENT = "went", _("had access as an administrator no longer")

    room = models.ForeignKey("chat.Room", models.PROTECT, related_name="deeds")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    about = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    number = models.PositiveBigIntegerField(null=True)
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Deeds] = Deeds.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.by_id} {self.verb} {self.room_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("What was done stays as it was recorded.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What was done is not undone by forgetting it.")


class Visits(models.QuerySet["Visit"]):
    """Sets of visits."""

    def open(self, now: datetime | None = None) -> Self:
        """Those that last."""
        return self.filter(ended_at=None, ends__gt=now or timezone.now())


class Visit(models.Model):
    """An administrator looks into a room of a partnership or body, for a reason and a time."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    begins = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text=_("when it was over, and the room was told"))

    objects: ClassVar[Visits] = Visits.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id} until {self.ends}"
