"""Warnings where a clock is moved: between one gathering and the next, or between now and a gathering."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.clocks import Reader, country_name
from partnerships.models import Organisation
from walltime import ClockChange, clock_changes, offset


@dataclass(frozen=True)
class ClockNote:
    """A clock is moved on ``day``: ``title`` says whose and which way, ``text`` what that means for the reader."""

    day: date
    title: str
    text: str


def clock_notes(parties: list[Organisation], reader: Reader, after: datetime, before: datetime) -> list[ClockNote]:
    """One note for each moment between the two at which clocks of the parties, or the reader's own, are moved."""
    changes: dict[tuple[datetime, timedelta], list[ClockChange]] = defaultdict(list)
    for zone in {reader.zone, *(organisation.zone for organisation in parties)}:
        for change in clock_changes(zone, after, before):
            changes[change.at, change.by].append(change)
    return [note(moved, parties, reader) for _when, moved in sorted(changes.items(), key=lambda one: one[0])]


def note(changes: list[ClockChange], parties: list[Organisation], reader: Reader) -> ClockNote:
    """What stands in the banner."""
    change = changes[0]
    mine = any(moved.zone == reader.zone for moved in changes)
    day = reader.date(change.day, "EEEE d MMMM")
    if mine:
        return ClockNote(change.day, my_title(change, day), my_text(change))
    zones = {moved.zone for moved in changes}
    countries = {organisation.country for organisation in parties if organisation.zone in zones}
    names = ", ".join(sorted(country_name(code, reader) for code in countries))
    return ClockNote(change.day, their_title(change, day, names), their_text(change, reader))


def my_title(change: ClockChange, day: str) -> str:
    """The reader's own clock is moved."""
    if change.forward:
        return _("%(day)s: your clock goes forward.") % {"day": day}
    return _("%(day)s: your clock goes back.") % {"day": day}


def my_text(change: ClockChange) -> str:
    """Others do not move theirs with the reader."""
    if change.forward:
        return _("Gatherings fixed where clocks are not moved come later for you from then on.")
    return _("Gatherings fixed where clocks are not moved come earlier for you from then on.")


def their_title(change: ClockChange, day: str, names: str) -> str:
    """A party's clock is moved."""
    if change.forward:
        return _("%(day)s: %(country)s turns its clock forward.") % {"day": day, "country": names}
    return _("%(day)s: %(country)s turns its clock back.") % {"day": day, "country": names}


def their_text(change: ClockChange, reader: Reader) -> str:
    """How far apart the two are afterwards, and which way gatherings shift for the reader."""
    apart = distance(offset(change.zone, change.at) - offset(reader.zone, change.at))
    if change.forward:
        return _("From then on it is %(apart)s. Gatherings fixed in its time come earlier for you.") % {"apart": apart}
    return _("From then on it is %(apart)s. Gatherings fixed in its time come later for you.") % {"apart": apart}


def distance(ahead: timedelta) -> str:
    """``2 hours behind you``; whole hours, as all our parties have."""
    hours = round(ahead / timedelta(hours=1))
    if hours == 0:
        return _("at the same time as you")
    if hours > 0:
        return ngettext("%(n)d hour ahead of you", "%(n)d hours ahead of you", hours) % {"n": hours}
    return ngettext("%(n)d hour behind you", "%(n)d hours behind you", -hours) % {"n": -hours}
