"""By whose clock: the reader's, and that of each party to a gathering."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.models import Event
from events.swahili import COUNTRIES, ZONES, swahili_time
from partnerships.models import Organisation, Partnership, Side
from walltime import offset


@dataclass(frozen=True)
class Reader:
    """By whose clock and in which language a page speaks. ``Reader.now()`` is the one that the request activated."""

    zone: str
    language: str

    @classmethod
    def now(cls) -> "Reader":
        """Whoever asks."""
        return cls(timezone.get_current_timezone_name(), translation.get_language() or "en")

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def locale(self) -> Locale:
        return Locale.parse(self.language, sep="-")

    @property
    def says_swahili(self) -> bool:
        """True for those who count the hours from six: by their language, or where they live."""
        return self.language == "sw" or self.zone in ZONES

    @property
    def city(self) -> str:
        """What the reader's zone is named after: ``Nairobi``."""
        return str(get_timezone_location(self.clock, locale=self.locale, return_city=True))

    def date(self, day: date, form: str) -> str:
        """A date by a CLDR pattern, in the reader's language: ``EEEE d MMMM``."""
        return str(format_date(day, form, locale=self.locale))


@dataclass(frozen=True)
class Clock:
    """What one clock shows at a moment. ``day`` is said only where it is another day than the reader's."""

    names: str
    time: str
    day: str
    offset: str
    season: str
    swahili: str
    mine: bool


Parties = dict[int, list[Organisation]]


def parties_of(events: Iterable[Event]) -> Parties:
    """The organisations of each gathering's audience, by its id, in one query; a network's are those of its
    partnerships that are not closed."""
    events = list(events)
    partnerships = {event.pk: partnership_of(event) for event in events}
    networks = {event.network_id for event in events if event.network_id}
    closed = [Partnership.Status.CLOSED, Partnership.Status.ARCHIVED]
    sides = Side.objects.filter(
        Q(partnership__in={pk for pk in partnerships.values() if pk})
        | Q(partnership__network__in=networks) & ~Q(partnership__status__in=closed)
    ).select_related("organisation", "partnership")
    found: dict[tuple[str, int | None], dict[int, Organisation]] = defaultdict(dict)
    for side in sides.order_by("organisation__name"):
        found["partnership", side.partnership_id][side.organisation_id] = side.organisation
        if side.partnership.status not in closed:
            found["network", side.partnership.network_id][side.organisation_id] = side.organisation
    return {
        event.pk: list(found["network", event.network_id].values())
        if event.network_id
        else list(found["partnership", partnerships[event.pk]].values())
        for event in events
    }


def partnership_of(event: Event) -> int | None:
    """The id of the partnership that a gathering belongs to, its own or its body's."""
    return event.body.partnership_id if event.body else event.partnership_id


def clocks_at(
    moment: datetime, parties: list[Organisation], reader: Reader, *, always_mine: bool = False
) -> list[Clock]:
    """One clock for each country and zone among the parties: the reader's own first, then from east to west.

    ``always_mine`` puts the reader's own before them also where no party shares it.
    """
    groups: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
    for organisation in parties:
        groups[organisation.country, organisation.zone].append(organisation)
    clocks = [
        (zone != reader.zone, -offset(zone, moment), name_of(group, reader), zone, country in COUNTRIES)
        for (country, zone), group in groups.items()
    ]
    if always_mine and reader.zone not in {zone for _country, zone in groups}:
        clocks.append((False, timedelta(), reader.city, reader.zone, reader.says_swahili))
    return [
        clock(moment, names, zone, reader, swahili=swahili or (not other and reader.says_swahili))
        for other, _west, names, zone, swahili in sorted(clocks)
    ]


def name_of(group: list[Organisation], reader: Reader) -> str:
    """A single organisation by its name, several of one country by the country's."""
    return group[0].name if len(group) == 1 else country_name(group[0].country, reader)


def country_name(code: str, reader: Reader) -> str:
    """``SE`` in the reader's language."""
    return str(reader.locale.territories.get(code, code))


def clock(moment: datetime, names: str, zone: str, reader: Reader, *, swahili: bool) -> Clock:
    """What the clock of ``zone`` shows at ``moment``."""
    local = moment.astimezone(ZoneInfo(zone))
    same_day = local.date() == moment.astimezone(reader.clock).date()
    return Clock(
        names=names,
        time=f"{local:%H:%M}",
        day="" if same_day else reader.date(local.date(), "EEE d"),
        offset=utc_offset(zone, moment),
        season=season(zone, moment),
        swahili=swahili_time(local.time()) if swahili else "",
        mine=zone == reader.zone,
    )


def utc_offset(zone: str, moment: datetime) -> str:
    """``UTC+3``, ``UTC−3:30``, ``UTC``."""
    minutes = offset(zone, moment) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return "UTC" if minutes == 0 else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def season(zone: str, moment: datetime) -> str:
    """Summer or winter time, where the clock is moved at all."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.dst():
        return _("summer time")
    half_a_year = timedelta(days=182)
    moves = any((local + shift).astimezone(ZoneInfo(zone)).dst() for shift in (-half_a_year, half_a_year))
    return _("winter time") if moves else ""
