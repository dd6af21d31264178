"""A file at a lesson, and what its pages say. Its bytes lie on a disk (``knowledge.shelf``)."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.file_words import TROUBLES
from knowledge.models.lesson import Lesson

MOST_FILES = 20
"""Files at one lesson."""
KEPT = timedelta(days=30)
"""So long a file that was removed can be put back."""
LEASE = timedelta(minutes=2)
"""After that a process that took a file to read it is dead, and another takes it."""


class Attachments(models.QuerySet["Attachment"]):
    """Sets of files at lessons."""

    def visible_to(self, user: object) -> Self:
        """Exactly to whom their lessons are."""
        return self.filter(lesson__in=Lesson.objects.visible_to(user))

    def editable_by(self, user: object) -> Self:
        """Those at lessons whose words a person may change."""
        return self.filter(lesson__in=Lesson.objects.editable_by(user))

    def standing(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def queued(self, now: datetime) -> Self:
        """What is to be read and is in nobody's hands, the oldest first."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
        return self.standing().filter(free, state=Attachment.State.QUEUED).order_by("pk")

    def total(self) -> int:
        """Their bytes."""
        return int(self.aggregate(total=Sum("bytes"))["total"] or 0)


class Attachment(models.Model):
    """One file. ``key`` is its name on the disk, ``digest`` the SHA-256 of what was brought, ``reader`` what takes
    its text out (nothing for a picture), ``trouble`` why that was not possible. ``checked`` says that the virus
    scanner has seen it, where there is one."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be read")
        DONE = "done", _("its text is searched")
        PART = "part", _("the beginning of its text is searched")
        SCAN = "scan", _("no text in it")
        FAILED = "failed", _("cannot be read")
        KEPT = "kept", _("a picture")
        INFECTED = "infected", _("removed: it held a virus")

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="attachments")
    owner = models.ForeignKey(User, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    bytes = models.PositiveBigIntegerField()
    media = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    key = models.UUIDField(default=uuid4, unique=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reader = models.CharField(max_length=12, blank=True)
    trouble = models.CharField(max_length=12, blank=True)
    checked = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    length = models.PositiveIntegerField(default=0, help_text="pages, slides or sheets; 0 where it does not say")

    objects: ClassVar[Attachments] = Attachments.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("file of a lesson")
        verbose_name_plural = _("files of lessons")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "digest"], condition=Q(removed_at=None), name="a_file_once_a_lesson"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="queued"), name="files_to_be_read")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("knowledge:attachment", args=[self.pk, self.name])

    @property
    def why(self) -> str:
        """What hindered the reading, and what helps."""
        return str(TROUBLES.get(self.trouble, ""))

    @property
    def opens(self) -> bool:
        """Whether it can be fetched: it was seen by the scanner, and held no virus."""
        return self.checked and self.state != self.State.INFECTED


class Page(models.Model):
    """The text of one page, slide or sheet; ``number`` is 0 where a document does not say where its pages end."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100, blank=True)
    text = models.TextField()

    objects: ClassVar[models.Manager["Page"]] = models.Manager()

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        ordering = ["attachment", "pk"]

    def __str__(self) -> str:
        return f"{self.attachment_id}, {self.number}"
