"""A gathering: what, for whom, and when by the clock of which place."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_zone
from partnerships.models import Body, Network, Partnership
from partnerships.permissions import Reach
from walltime import MIDNIGHT, to_utc

Place = Network | Partnership | Body


class Events(models.QuerySet["Event"]):
    """Sets of gatherings."""

    def visible_to(self, user: object, reach: Reach | None = None) -> Self:
        """Those of the places one is in; for a network's officers also its partnerships' and bodies', steering
        groups excepted; all for administrators."""
        reach = reach or Reach.of(user)
        return self if reach.administrator else self.filter(invited(reach) | run(reach))

    def inviting(self, user: object, reach: Reach | None = None) -> Self:
        """Those whose audience the person is part of by a seat, not by office."""
        return self.filter(invited(reach or Reach.of(user)))

    def over(self, now: datetime | None = None) -> Self:
        """Those that have ended, the last first."""
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at", "-id")

    def not_over(self, now: datetime | None = None) -> Self:
        """Those that are ahead or under way, cancelled ones too, the next first."""
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at", "id")

    def upcoming(self, now: datetime | None = None) -> Self:
        """Those that one can still come to, the next first."""
        return self.not_over(now).exclude(state=Event.State.CANCELLED)

    def between(self, first: date, last: date) -> Self:
        """Those that touch these days anywhere on earth; one who shows them sorts by the reader's clock."""
        begin = to_utc(first, MIDNIGHT, "UTC") - timedelta(hours=14)
        end = to_utc(last, MIDNIGHT, "UTC") + timedelta(hours=36)
        return self.filter(starts_at__lt=end, ends_at__gte=begin).order_by("starts_at", "id")

    def unanswered_by(self, user: User, reach: Reach | None = None) -> Self:
        """Invitations that wait for this person: by a seat, settled or preliminary, ahead, without an answer yet.

        The one rule for lists, the month and badges (``Line.asks``). Whoever calls a gathering has said yes by it.
        """
        waiting = self.inviting(user, reach).upcoming().exclude(kind=Event.Kind.DEADLINE)
        return waiting.exclude(state=Event.State.IDEA).exclude(answers__person=user)

    def with_places(self) -> Self:
        """Everything that a line of a list names, in the same query."""
        return self.select_related("network", "partnership", "body__partnership", "organiser")


def invited(reach: Reach) -> Q:
    """The gatherings of the places that one's own seats open."""
    return Q(network__in=reach.networks) | Q(partnership__in=reach.partnerships) | Q(body__in=reach.bodies)


def run(reach: Reach) -> Q:
    """The gatherings inside the networks that one runs. Steering groups are entered only by invitation."""
    bodies = Q(body__partnership__network__in=reach.officer) & ~Q(body__kind=Body.Kind.STEERING)
    return Q(partnership__network__in=reach.officer) | bodies


class Event(models.Model):
    """A gathering of a network, a partnership or a body.

    The clock of ``zone`` says when: ``first_day`` and ``opens`` to ``last_day`` and ``closes``; without times it
    takes whole days. ``starts_at`` and ``ends_at`` (UTC, the end excluded) are derived by ``save`` and serve only
    order and search. Change it through ``events.actions``, which also counts ``sequence`` and keeps the moves.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("Joint training")
        WEBINAR = "webinar", _("Webinar")
        VISIT = "visit", _("Exchange visit")
        SOUTH_SOUTH = "south_south", _("South–south exchange")
        STEERING = "steering", _("Steering meeting")
        NETWORK_DAY = "network_day", _("Network day")
        DEADLINE = "deadline", _("Deadline")

    class State(models.TextChoices):
        IDEA = "idea", _("Proposed")
        PRELIMINARY = "preliminary", _("Preliminary")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Took place")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CONFIRMED)
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="events", null=True, blank=True, verbose_name=_("network")
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="events", null=True, blank=True, verbose_name=_("partnership")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="events", null=True, blank=True, verbose_name=_("body"))
    organiser = models.ForeignKey(User, models.SET_NULL, related_name="events", null=True, verbose_name=_("called by"))
    first_day = models.DateField(_("first day"))
    opens = models.TimeField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("last day"))
    closes = models.TimeField(_("to"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default=settings.DEFAULT_ZONE, validators=[validate_zone])
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.CharField(_("link"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])])
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager["Event"]] = Events.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="event_for_one_audience",
                condition=Q(network__isnull=False, partnership=None, body=None)
                | Q(network=None, partnership__isnull=False, body=None)
                | Q(network=None, partnership=None, body__isnull=False),
            ),
            models.CheckConstraint(
                name="event_with_both_times_or_none",
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
            ),
            models.CheckConstraint(name="event_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))),
        ]
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, with the UTC columns as the wall time says."""
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk])

    def derive(self) -> None:
        """Work out ``starts_at`` and ``ends_at`` (for those who store without ``save``)."""
        self.starts_at = to_utc(self.first_day, self.opens or MIDNIGHT, self.zone)
        if self.closes is None:
            self.ends_at = to_utc(self.last_day + timedelta(days=1), MIDNIGHT, self.zone)
        else:
            self.ends_at = to_utc(self.last_day, self.closes, self.zone)

    @property
    def audience(self) -> Place:
        """For whom it is."""
        place = self.network or self.partnership or self.body
        return cast(Place, place)  # one of the three is set: the constraint event_for_one_audience

    @property
    def all_day(self) -> bool:
        """True when it has days and no times; then the days are those of its place, for every reader."""
        return self.opens is None

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_deadline(self) -> bool:
        return self.kind == self.Kind.DEADLINE

    @property
    def days(self) -> int:
        """How many days of its place's calendar it touches."""
        return (self.last_day - self.first_day).days + 1

    def is_over(self, now: datetime | None = None) -> bool:
        """True once it has ended."""
        return self.ends_at < (now or timezone.now())

    def is_open(self, now: datetime | None = None) -> bool:
        """True while an answer makes sense."""
        return not (self.is_deadline or self.is_cancelled or self.is_over(now))

    def day_for(self, zone: ZoneInfo) -> date:
        """The first day as somebody in ``zone`` lives it; of a whole day, the day itself."""
        return self.first_day if self.all_day else self.starts_at.astimezone(zone).date()

    def last_day_for(self, zone: ZoneInfo) -> date:
        """The last day as somebody in ``zone`` lives it; an end at midnight belongs to the day before."""
        if self.all_day:
            return self.last_day
        end = self.ends_at - timedelta(microseconds=1) if self.ends_at > self.starts_at else self.ends_at
        return end.astimezone(zone).date()


class Move(models.Model):
    """A fact: until ``moved_at`` the gathering stood at these days and times, of the zone named here."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="moves")
    first_day = models.DateField()
    opens = models.TimeField(null=True)
    last_day = models.DateField()
    closes = models.TimeField(null=True)
    zone = models.CharField(max_length=64)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-moved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.event}: {self.first_day}"

    @property
    def starts_at(self) -> datetime:
        """When it would have begun, in UTC."""
        return to_utc(self.first_day, self.opens or MIDNIGHT, self.zone)
