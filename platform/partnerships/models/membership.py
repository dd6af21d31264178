"""A seat: somebody's function in a network, partnership, body or organisation, from a day to a day."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.models.organisation import Organisation
from partnerships.models.structure import Body, Network, Partnership


class Function(models.TextChoices):
    """What a person is there for. The words are ICLD's; ``COLUMN`` says what each may do."""

    COORDINATOR = "coordinator", _("Coordinator")
    PROJECT_MANAGER = "project_manager", _("Project manager")
    PROJECT_MEMBER = "project_member", _("Project member")
    COUNCILLOR = "councillor", _("Councillor")
    SENIOR_MANAGER = "senior_manager", _("Senior manager")
    TRAINEE = "trainee", _("Trainee")
    MENTOR = "mentor", _("Mentor")
    EXPERT = "expert", _("National expert")
    RESEARCHER = "researcher", _("Researcher")
    CIVIL_SOCIETY = "civil_society", _("Civil-society representative")
    INTERPRETER = "interpreter", _("Interpreter")
    PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
    KNOWLEDGE_EDITOR = "knowledge_editor", _("Knowledge editor")
    PARTNER_STAFF = "partner_staff", _("Partner-organisation staff")
    OBSERVER = "observer", _("Observer")
    ALUMNUS = "alumnus", _("Alumnus")
    GUEST = "guest", _("Guest")


class Column(Enum):
    """The columns of the access table: how far a function reaches from the place that it is held in."""

    FULL = "full"  # the place, its partnership and its network
    SCOPED = "scoped"  # the place itself and nothing above it
    OFFICER = "officer"  # everything of the network, steering rooms excepted
    NONE = "none"


COLUMN: dict[str, Column] = {
    **dict.fromkeys(Function.values, Column.SCOPED),
    Function.COORDINATOR: Column.FULL,
    Function.PROJECT_MANAGER: Column.FULL,
    Function.PROJECT_MEMBER: Column.FULL,
    Function.COUNCILLOR: Column.FULL,
    Function.SENIOR_MANAGER: Column.FULL,
    Function.KNOWLEDGE_EDITOR: Column.FULL,
    Function.PROGRAMME_OFFICER: Column.OFFICER,
    Function.PARTNER_STAFF: Column.OFFICER,
    Function.ALUMNUS: Column.NONE,
}


def functions_of(*columns: Column) -> list[str]:
    """The functions that stand in these columns."""
    return [function for function, column in COLUMN.items() if column in columns]


def days(now: datetime | None = None) -> dict[str, date]:
    """The day that it is in each zone by which seats begin and end."""
    now = now or timezone.now()
    zones = {settings.DEFAULT_ZONE, *Network.objects.order_by().values_list("zone", flat=True).distinct()}
    return {zone: now.astimezone(ZoneInfo(zone)).date() for zone in sorted(zones)}


class Days(dict[str, date]):
    """Zone → the day that it is there at one moment, worked out when it is asked for."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def __missing__(self, zone: str) -> date:
        day = self[zone] = self.now.astimezone(ZoneInfo(zone)).date()
        return day


class Memberships(models.QuerySet["Membership"]):
    """Sets of seats."""

    def current(self, now: datetime | None = None) -> Self:
        """Those that hold now. Both days are included, in the network's zone (``DEFAULT_ZONE`` outside networks)."""
        rule = Q()
        for zone, day in days(now).items():
            rule |= Q(seat_zone=zone, begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))
        return self.with_zone().filter(rule)

    def with_zone(self) -> Self:
        """Each with ``seat_zone``, by whose days it begins and ends."""
        return self.annotate(
            seat_zone=Coalesce(
                F("network__zone"),
                F("partnership__network__zone"),
                F("body__partnership__network__zone"),
                models.Value(settings.DEFAULT_ZONE),
            )
        )

    def in_zone(self, zone: str) -> Self:
        """Those that begin and end by the days of ``zone``."""
        return self.with_zone().filter(seat_zone=zone)

    def of(self, people: Iterable[User]) -> Self:
        """Those of these people."""
        return self.filter(person__in=people)


class Membership(models.Model):
    """A person's function in one place. The place is a body, a partnership, a network, or, when none
    of the three is set, the organisation itself. ``organisation`` is always whom the person represents.

    Change them through ``partnerships.actions``, which also tells the rooms.
    """

    class Political(models.TextChoices):
        MAJORITY = "majority", _("Majority")
        OPPOSITION = "opposition", _("Opposition")

    person = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    function = models.CharField(_("function"), max_length=20, choices=Function)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("represents")
    )
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="memberships", null=True, blank=True, verbose_name=_("network")
    )
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("partnership"),
    )
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="memberships", null=True, blank=True, verbose_name=_("body")
    )
    begins = models.DateField(_("from"), default=date.today)
    ends = models.DateField(_("to"), null=True, blank=True, help_text=_("the last day, included"))
    political = models.CharField(
        _("political side"),
        max_length=10,
        choices=Political,
        blank=True,
        help_text=_("only for the steering group's composition; seen by programme officers alone"),
    )

    objects: ClassVar[models.Manager["Membership"]] = Memberships.as_manager()
    seat_zone: str

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-begins", "id"]
        constraints = [
            models.CheckConstraint(
                name="membership_in_one_place",
                condition=Q(network=None, partnership=None)
                | Q(network=None, body=None)
                | Q(partnership=None, body=None),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(ends=None) | Q(ends__gte=F("begins")),
            ),
        ]
        indexes = [models.Index(fields=["person", "ends"])]

    def __str__(self) -> str:
        return f"{self.get_function_display()}, {self.place}"

    @property
    def place(self) -> Body | Partnership | Network | Organisation:
        """What the seat is in."""
        return self.body or self.partnership or self.network or self.organisation

    def holds(self, now: datetime) -> bool:
        """``Memberships.current`` for a seat that is at hand, ``with_zone``."""
        return self.holds_on(now.astimezone(ZoneInfo(self.seat_zone)).date())

    def holds_on(self, day: date) -> bool:
        """True on the days from the first to the last; it must be the day that it is in ``seat_zone``."""
        return self.begins <= day and (self.ends is None or day <= self.ends)

    @property
    def column(self) -> Column:
        """How far the seat reaches."""
        return COLUMN[self.function]
