"""The facts on a gathering's own page: when, by whose clock, what was moved, which clocks move until then."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from events.agenda import hours_of, moved_from
from events.clocks import Clock, Reader, clocks_at, parties_of, utc_offset
from events.models import Event
from events.notes import ClockNote, clock_notes
from events.swahili import swahili_time
from events.zones import city
from prose import render
from walltime import is_repeated

JOINS_AT = 48
"""Characters of a link that are shown; the rest is for machines."""


@dataclass(frozen=True)
class Sheet:
    """A gathering for one reader. ``repeated`` explains an hour that comes twice; ``fixed`` names the clock it has;
    ``joins_at`` is the link as one reads it."""

    when: str
    until: str
    hours: str
    swahili: str
    was: list[str]
    clocks: list[Clock]
    notes: list[ClockNote]
    repeated: str
    fixed: str
    answer_by: str
    about: SafeString
    joins_at: str


def sheet_of(event: Event, reader: Reader) -> Sheet:
    """One query, for the parties."""
    parties = parties_of([event])[event.pk]
    first, last = event.day_for(reader.clock), event.last_day_for(reader.clock)
    ahead = not event.all_day and not event.is_over()
    opens = event.starts_at.astimezone(reader.clock).time()
    same_month = (first.year, first.month) == (last.year, last.month)
    return Sheet(
        when=reader.date(first, "EEEE d" if last > first and same_month else "EEEE d MMMM y"),
        until=reader.date(last, "EEEE d MMMM y") if last > first else "",
        hours=f"{opens:%H:%M}" if last > first and not event.all_day else hours_of(event, reader),
        swahili=swahili_time(opens) if reader.says_swahili and not event.all_day else "",
        was=[moved_from(move, reader) for move in event.moves.all()],
        clocks=[] if event.all_day else clocks_at(event.starts_at, parties, reader, always_mine=True),
        notes=clock_notes(parties, reader, timezone.now(), event.starts_at) if ahead else [],
        repeated=repeated(event),
        fixed=f"{city(event.zone)}, {utc_offset(event.zone, event.starts_at)}",
        answer_by=reader.date(event.answer_by, "EEE d MMMM") if event.answer_by else "",
        about=render(event.description),
        joins_at=Truncator(event.link.partition("://")[2].rstrip("/")).chars(JOINS_AT),
    )


def repeated(event: Event) -> str:
    """Which of the two is meant where the clock shows an hour twice; empty everywhere else."""
    if event.opens is None or event.closes is None:
        return ""
    for day, at in [(event.first_day, event.opens), (event.last_day, event.closes)]:
        if is_repeated(day, at, event.zone):
            return _("%(time)s comes twice that night, because the clock goes back. The first is meant.") % {
                "time": f"{at:%H:%M}"
            }
    return ""
