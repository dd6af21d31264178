"""What a person looks for again and again: a search that tells of what is new, and keys to feeds."""

from datetime import datetime, time, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.token import digest

MOST = 50
"""Searches that one person keeps."""
MORNING = time(6)
"""When a daily or weekly search is looked at, by the person's clock: before the digests leave."""
LONGEST = 2000


class Pace(models.TextChoices):
    """How often a search tells what is new."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


class SavedSearches(models.QuerySet["SavedSearch"]):
    """Searches, always through whose they are."""

    def of(self, person: User) -> Self:
        """A person's own."""
        return self.filter(person=person)

    def due(self, now: datetime) -> Self:
        """Those that are to be looked at, of people who may sign in."""
        return self.exclude(pace=Pace.NEVER).filter(person__is_active=True, next_at__lte=now)


class SavedSearch(models.Model):
    """A search that somebody wants to hear of. ``query`` is its address (``?q=…&theme=…``); everything that was changed
    before ``looked_at`` has been looked at."""

    Pace = Pace

    person = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(max_length=LONGEST, editable=False)
    pace = models.CharField(_("tells what is new"), max_length=7, choices=Pace, default=Pace.AT_ONCE)
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(default=timezone.now, editable=False)
    next_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[SavedSearches] = SavedSearches.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="a_search_is_saved_once")]
        indexes = [models.Index(fields=["next_at"], condition=~Q(pace="never"), name="searches_to_be_looked_at")]

    def __str__(self) -> str:
        return self.name

    @property
    def params(self) -> QueryDict:
        """Its address, taken apart."""
        return QueryDict(self.query.removeprefix("?"))

    def after(self, moment: datetime) -> datetime:
        """When it is looked at next, after ``moment``: the next morning or Monday morning where the person is."""
        if self.pace not in (Pace.DAILY, Pace.WEEKLY):
            return moment
        here = ZoneInfo(self.person.zone)
        day = moment.astimezone(here).date()
        while True:
            due = datetime.combine(day, MORNING, here)
            if due > moment and (self.pace == Pace.DAILY or day.weekday() == 0):
                return due
            day += timedelta(days=1)


class FeedKeys(models.QuerySet["FeedKey"]):
    """Keys, found by their secret or through their owner."""

    def alive(self) -> Self:
        """Not revoked, and the owner may sign in."""
        return self.filter(revoked_at=None, person__is_active=True)

    def bearing(self, secret: str) -> "FeedKey | None":
        """The living key with this secret and its person, in one query; None otherwise."""
        return self.alive().select_related("person").filter(digest=digest(secret)).first()


class FeedKey(models.Model):
    """A key that opens one feed in its owner's name, and nothing else. Its secret of 256 random bits is kept as its
    hash, like a personal token's."""

    person = models.ForeignKey(User, models.CASCADE, related_name="feed_keys")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=LONGEST)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[FeedKeys] = FeedKeys.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("key to a feed")
        verbose_name_plural = _("keys to feeds")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def note_use(self) -> None:
        """Remember the day of the last use, as of a personal token."""
        today = timezone.now().date()
        if self.last_used != today:
            FeedKey.objects.filter(pk=self.pk).update(last_used=today)
