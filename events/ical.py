"""Gatherings as iCalendar (RFC 5545, with the properties of RFC 7986), for one event and for a person's feed.

VTIMEZONE is written here from the same rules that the pages use. The library's own (7.1) dates the change to summer
time by the new offset where section 3.6.5 asks for the old one, an hour too late for whoever trusts it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration
from icalendar import Event as VEvent

from accounts.models import User
from events.models import Answer, Event
from prose import plain
from walltime import ClockChange, clock_changes, offset

STATUS = {
    Event.State.IDEA: "TENTATIVE",
    Event.State.PRELIMINARY: "TENTATIVE",
    Event.State.CONFIRMED: "CONFIRMED",
    Event.State.CANCELLED: "CANCELLED",
    Event.State.DONE: "CONFIRMED",
}
PRODID = "-//Digital Exchange Platform//Calendar//EN"


def feed_file(person: User) -> bytes:
    """Everything that the person may see now, from a year ago on."""
    since = timezone.now() - timedelta(days=365)
    events = list(Event.objects.visible_to(person).filter(ends_at__gte=since).order_by("starts_at", "id"))
    choices = dict(Answer.objects.filter(person=person, event__in=events).values_list("event", "choice"))
    with translation.override(person.language):
        name = _("Exchange: %(name)s") % {"name": person.name}
    return calendar_of(events, person, name=name, choices=choices)


def calendar_of(
    events: Iterable[Event], person: User, *, name: str = "", choices: dict[int, str] | None = None
) -> bytes:
    """A calendar file of these gatherings in ``person``'s language; ``name`` makes it a subscription.

    ``choices`` has the person's answers by the gathering's id: what they said yes to blocks their time. The same
    gatherings give the same bytes, so that a digest of them can stand as the ETag.
    """
    events = list(events)
    with translation.override(person.language):
        calendar = Calendar()
        calendar.add("prodid", PRODID)
        calendar.add("version", "2.0")
        if name:
            subscription(calendar, name, person)
        for zone in sorted({event.zone for event in events if not event.all_day}):
            calendar.add_component(timezone_of(zone, [event for event in events if event.zone == zone]))
        for event in events:
            calendar.add_component(component(event, (choices or {}).get(event.pk, "")))
        return bytes(calendar.to_ical())


def subscription(calendar: Calendar, name: str, person: User) -> None:
    """What a program needs to keep the calendar: its name in both spellings, the zone, how often to come back."""
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", person.zone)
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")


def component(event: Event, choice: str) -> VEvent:
    """One VEVENT. Without METHOD, DTSTAMP says when the gathering was last revised (section 3.8.7.2)."""
    made = VEvent()
    made.add("uid", str(event.uid))
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed_at.astimezone(UTC))
    made.add("created", event.created_at.astimezone(UTC))
    made.add("last-modified", event.changed_at.astimezone(UTC))
    made.add("summary", event.title, parameters={"LANGUAGE": event.language})
    made.add("status", STATUS[Event.State(event.state)])
    made.add("transp", "OPAQUE" if choice == Answer.Choice.YES else "TRANSPARENT")
    made.add("url", settings.PUBLIC_URL + event.get_absolute_url())
    made.add("description", description(event))
    made.add("categories", [event.get_kind_display()])
    if event.place or event.link:
        made.add("location", event.place or event.link)
    add_times(made, event)
    return made


def add_times(made: VEvent, event: Event) -> None:
    """Days as DATE with the end excluded, times as wall time with TZID. A deadline at a moment has no end."""
    if event.opens is None or event.closes is None:
        made.add("dtstart", event.first_day)
        made.add("dtend", event.last_day + timedelta(days=1))
        return
    zone = ZoneInfo(event.zone)
    made.add("dtstart", datetime.combine(event.first_day, event.opens, zone))
    if event.ends_at > event.starts_at:
        made.add("dtend", datetime.combine(event.last_day, event.closes, zone))


def description(event: Event) -> str:
    """What it is about, where to join, and where to answer."""
    lines = [plain(event.description), event.link, settings.PUBLIC_URL + event.get_absolute_url()]
    if event.state == Event.State.CANCELLED:
        lines.insert(0, _("Cancelled."))
    elif event.state == Event.State.PRELIMINARY:
        lines.insert(0, _("Preliminary, not yet confirmed."))
    elif event.state == Event.State.IDEA:
        lines.insert(0, _("Proposed, not yet confirmed."))
    return "\n\n".join(line for line in lines if line)


def timezone_of(zone: str, events: list[Event]) -> Timezone:
    """The VTIMEZONE of a zone for the years of these gatherings, each change as a date (section 3.6.5)."""
    begins = datetime(min(event.starts_at for event in events).year - 1, 1, 1, tzinfo=UTC)
    ends = datetime(max(event.ends_at for event in events).year + 1, 12, 31, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", zone)
    made.add_component(observance(zone, begins, [], offset(zone, begins)))
    kinds: dict[tuple[timedelta, timedelta], list[ClockChange]] = {}
    for change in clock_changes(zone, begins, ends):
        kinds.setdefault((change.by, offset(zone, change.at)), []).append(change)
    for (by, after), changes in kinds.items():
        made.add_component(observance(zone, changes[0].at, changes[1:], after - by))
    return made


def observance(
    zone: str, at: datetime, more: list[ClockChange], before: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    """A STANDARD or DAYLIGHT part: its onsets are local times by the offset that held *before* them."""
    local = at.astimezone(ZoneInfo(zone))
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("dtstart", (at + before).replace(tzinfo=None))
    if more:
        made.add("rdate", [(change.at + before).replace(tzinfo=None) for change in more])
    made.add("tzoffsetfrom", before)
    made.add("tzoffsetto", offset(zone, at))
    made.add("tzname", local.tzname() or zone)
    return made
