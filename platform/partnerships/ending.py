"""Who has a seat hears in time that it ends: 90 and 14 days before its last day."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from notifications.actions import News, Why, notify_all, opened, void
from notifications.kinds import Kind, Telling, Words, register
from partnerships.contacts import PLACES, Whole, contacts, names, whole
from partnerships.models import Body, Column, Function, Membership
from partnerships.models.membership import Memberships, functions_of
from partnerships.notices import day
from partnerships.welcoming import facts_of, seat_in_words
from things import Thing

ENDING = "seat_ends"
AHEAD = (14, 90)
"""Days before the last day, the nearest first: who is told of the one at this moment is not told of the other."""


def tell_of_ends(after: date, upto: date, zone: str) -> int:
    """The days after ``after`` up to ``upto`` have come in ``zone``: tell the people of seats whose last day one of
    them announces. How many were told."""
    news: list[tuple[int, Membership]] = []
    nearer = upto - timedelta(days=1)
    for days in AHEAD:
        ahead = timedelta(days=days)
        seats = last_ones(zone).filter(ends__gt=max(after + ahead, nearer), ends__lte=upto + ahead)
        news += [(days, seat) for seat in seats.select_related(*PLACES).order_by("pk")]
        nearer = upto + ahead
    asked = contacts(place for _days, seat in news if (place := whole(seat))) if news else {}
    return notify_all([of_end(seat, days, asked) for days, seat in news]) if news else 0


def last_ones(zone: str) -> Memberships:
    """The seats of ``zone`` that no later one of the same person in the same place follows."""
    seats = Membership.objects.exclude(function__in=functions_of(Column.NONE))
    here = Q(body=OuterRef("body")) | Q(partnership=OuterRef("partnership")) | Q(network=OuterRef("network"))
    later = seats.filter(here, Q(ends=None) | Q(ends__gt=OuterRef("ends")), person=OuterRef("person"))
    anywhere = Q(body__isnull=False) | Q(partnership__isnull=False) | Q(network__isnull=False)
    return seats.in_zone(zone).filter(anywhere).exclude(Exists(later))


def of_end(seat: Membership, days: int, asked: dict[Whole, list[tuple[int, str]]]) -> News:
    """To the person of one seat. The cause holds the last day: another one is told anew."""
    place = whole(seat)
    facts = facts_of(seat) | {
        "ends": seat.ends.isoformat() if seat.ends else "",
        "contacts": names(asked[place], seat.person_id) if place else [],
    }
    where = f"{type(place).__name__.lower()}:{place.pk}" if place else ""
    why = Why(ENDING, f"seat:{seat.pk}:{seat.ends}:{days}", where, facts=facts)
    return News([seat.person], things.kinds["membership"].card(seat), why)


def forget(before: Membership, seat: Membership) -> None:
    """The seat's last day is another one now: what its person was told of the old one holds no more."""
    if before.ends and before.ends != seat.ends:
        about = things.kinds["membership"].card(before)
        void(ENDING, about)
        opened(before.person, about)


def words(telling: Telling) -> Words:
    """Which seat, its last day, what that means, and what to do."""
    facts = telling.facts
    said = {"place": telling.about.title if telling.about else "", "day": day(date.fromisoformat(facts["ends"]))}
    parts = [
        _("Your seat: %(seat)s. Its last day is %(day)s.") % {"seat": seat_in_words(facts), **said},
        _("After that day you can no longer open its rooms. What you wrote stays there."),
    ]
    if facts["contacts"]:
        parts.append(
            _("Do you go on? Then ask %(names)s to prolong your seat.") % {"names": ", ".join(facts["contacts"])}
        )
    else:
        parts.append(_("Do you go on? Then ask your programme officer to prolong your seat."))
    title = _("Your seat in %(place)s ends on %(day)s") % said
    subject = _("Your seat in %(place)s ends") % said
    return Words(title, "\n\n".join(parts), action=_("See who is there"), subject=subject)


def sample() -> Telling:
    """Invented: a councillor's seat in a steering group."""
    about = Thing("membership", 0, "Steering group, Karlskrona–Saldanha Bay", "/network/")
    facts = {
        "function": Function.COUNCILLOR.value,
        "body": Body.Kind.STEERING.value,
        "organisation": "Karlskrona",
        "contacts": ["Erik Lund (Karlskrona)"],
        "ends": "2026-12-31",
    }
    return Telling(None, about, facts)


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    hint = gettext_lazy("90 and 14 days before the last day, unless you have a further seat there.")
    label, heading = gettext_lazy("Your seat ends soon"), gettext_lazy("Your seats")
    register(Kind(ENDING, label, words, sample, hint=hint, icon="clock", heading=heading))
