"""What the calendar tells people: that a gathering is near."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.clocks import Reader
from events.models import Answer, Event
from events.swahili import swahili_time
from events.things import card
from events.zones import city
from notifications.actions import void
from notifications.kinds import Kind, Telling, Words, register
from walltime import offset

REMINDER = "reminder"

ANSWERS = {
    Answer.Choice.YES: gettext_lazy("You answered yes."),
    Answer.Choice.MAYBE: gettext_lazy("You answered maybe. Do you know by now whether you come?"),
    Answer.Choice.NO: gettext_lazy("You answered no."),
    "": gettext_lazy("You have not answered yet. Please say whether you come."),
}


def forget_reminders(event: Event) -> None:
    """It is called off, or stands at another time now: what was to be told of the old one does not leave."""
    void(REMINDER, card(event))


def reminder(telling: Telling) -> Words:
    """What is near, when by the reader's own clock, where, and whether they come."""
    event = event_of(telling)
    reader = Reader.now()
    said = {"title": event.title, "when": when(event, reader)}
    if event.is_cancelled:
        return Words(_("Cancelled: %(title)s, %(when)s") % said, subject=event.title)
    asks = not event.is_deadline
    answer = telling.about.facts["answer"] if telling.about else ""
    parts = [
        by_its_own_clock(event, reader),
        _("The date is preliminary: it may still change.") if event.state == Event.State.PRELIMINARY else "",
        _("Place: %(place)s") % {"place": event.place} if event.place else "",
        _("You can join online. The link is on the page of the gathering.") if event.link else "",
        str(ANSWERS[answer]) if asks else "",
    ]
    unanswered = asks and not answer
    return Words(
        (_("Deadline: %(title)s, %(when)s") if event.is_deadline else _("Reminder: %(title)s, %(when)s")) % said,
        "\n\n".join(part for part in parts if part),
        action=_("Answer") if unanswered else _("Open it in the calendar"),
        subject=event.title,
    )


def when(event: Event, reader: Reader) -> str:
    """``Thursday 26 November 2026, 10:00–12:00`` by the reader's clock; whole days are those of the place."""
    first, last = event.day_for(reader.clock), event.last_day_for(reader.clock)
    day = reader.date(first, "EEEE d MMMM y")
    opens = clock_time(event.starts_at, reader.clock)
    if last > first:
        begin = day if event.all_day else f"{day}, {opens}"
        return _("%(begin)s, until %(end)s") % {"begin": begin, "end": reader.date(last, "EEEE d MMMM y")}
    if event.all_day:
        return day
    swahili = f" ({swahili_time(event.starts_at.astimezone(reader.clock).time())})" if reader.says_swahili else ""
    return f"{day}, {hours(event, reader.clock)}{swahili}"


def by_its_own_clock(event: Event, reader: Reader) -> str:
    """The gathering's own clock, where it shows another time than the reader's; the zone, where days are whole."""
    if event.zone == reader.zone or (
        not event.all_day and offset(event.zone, event.starts_at) == offset(reader.zone, event.starts_at)
    ):
        return ""
    if event.all_day:
        return _("The day is counted by the clock in %(city)s.") % {"city": city(event.zone)}
    there = ZoneInfo(event.zone)
    day = event.starts_at.astimezone(there).date()
    said = {"mine": reader.city, "city": city(event.zone), "time": hours(event, there)}
    if day != event.day_for(reader.clock):
        said["time"] = f"{reader.date(day, 'EEEE d MMMM')}, {said['time']}"
    return _("This time is by your clock (%(mine)s). By the clock in %(city)s it is %(time)s.") % said


def hours(event: Event, zone: ZoneInfo) -> str:
    """``10:00–12:00``; one time where it ends as it begins, or on another day."""
    opens, closes = clock_time(event.starts_at, zone), clock_time(event.ends_at, zone)
    return opens if opens == closes or event.days > 1 else f"{opens}–{closes}"


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """What a clock shows."""
    return f"{moment.astimezone(zone):%H:%M}"


def event_of(telling: Telling) -> Event:
    """The gathering as the reader sees it. Raises ``LookupError`` where there is none, which is never so here."""
    row = telling.about.row if telling.about else None
    if not isinstance(row, Event):
        raise LookupError("a gathering")
    return row


def sample() -> Telling:
    """Invented: a training online, not answered."""
    event = Event(
        pk=0,
        kind=Event.Kind.TRAINING,
        title=_("Waste that pays: joint training"),
        first_day=date(2026, 12, 3),
        opens=time(10),
        last_day=date(2026, 12, 3),
        closes=time(12),
        zone="Africa/Nairobi",
        link="https://meet.example/waste",
    )
    event.derive()
    return Telling(None, card(event))


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    hint = gettext_lazy("A week before, and again the day before. You hear nothing of gatherings that you said no to.")
    label, heading = gettext_lazy("A gathering is near"), gettext_lazy("Calendar")
    register(Kind(REMINDER, label, reminder, sample, hint=hint, icon="calendar", heading=heading))
