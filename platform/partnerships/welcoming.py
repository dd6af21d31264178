"""A new member is told where they are, what they can do first, and whom they can ask."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from notifications.actions import News, Why, notify_all
from notifications.kinds import Kind, Telling, Words, register
from partnerships.contacts import PLACES, Whole, contacts, names, whole
from partnerships.models import Body, Column, Function, Membership
from things import Thing

WELCOME = "welcome"
RECENT = timedelta(days=30)
"""A seat that is entered later than so after its first day is history: nobody is welcomed to it."""


def welcome(seats: Iterable[Membership]) -> None:
    """Tell the people of seats that were just entered or changed: of those that hold now and began not long ago."""
    since = timezone.localdate() - RECENT
    welcome_begun(seat for seat in seats if seat.begins > since)


def welcome_begun(seats: Iterable[Membership]) -> None:
    """Tell the people of seats that have begun and hold: of all that began on one day in one partnership together."""
    pks = [seat.pk for seat in seats if opens_rooms(seat)]
    if pks:
        begun = Membership.objects.current().filter(pk__in=pks).select_related(*PLACES)
        greet(sorted(begun, key=lambda seat: (seat.body_id is not None, seat.pk)))


def opens_rooms(seat: Membership) -> bool:
    """True for a seat that there is something to say of."""
    return whole(seat) is not None and seat.column is not Column.NONE


def greet(seats: list[Membership]) -> None:
    """One word to each person, place and first day, of the first such seat."""
    firsts: dict[tuple[int, Whole, date], Membership] = {}
    for seat in seats:
        if place := whole(seat):
            firsts.setdefault((seat.person_id, place, seat.begins), seat)
    asked = contacts(place for _person, place, _begins in firsts)
    news = []
    for (person, place, begins), seat in firsts.items():
        kind = type(place).__name__.lower()
        where = f"{kind}:{place.pk}"
        facts = facts_of(seat) | {"contacts": names(asked[place], person)}
        why = Why(WELCOME, f"welcome:{where}:{begins}:{person}", where, facts=facts)
        news.append(News([seat.person], things.kinds[kind].card(place), why))
    if news:
        notify_all(news)


def facts_of(seat: Membership) -> dict[str, Any]:
    """What a seat is, in no language yet."""
    body = seat.body.kind if seat.body else ""
    return {"function": seat.function, "body": body, "organisation": seat.organisation.name}


def seat_in_words(facts: dict[str, Any]) -> str:
    """``Project member (Project group), for Karlskrona``."""
    function, body = Function(facts["function"]).label, facts["body"]
    said = {"function": str(function), "organisation": facts["organisation"]}
    if not body:
        return _("%(function)s, for %(organisation)s") % said
    return _("%(function)s (%(body)s), for %(organisation)s") % {**said, "body": str(Body.Kind(body).label)}


def words(telling: Telling) -> Words:
    """Where, as what, what to do first, whom to ask."""
    facts = telling.facts
    place = telling.about.title if telling.about else ""
    parts = [
        _("Your seat: %(seat)s.") % {"seat": seat_in_words(facts)},
        _("First, open Talk: your rooms are there. Read what was said before, and say hello."),
        _("Then look at the Calendar and answer your invitations. In Knowledge you find what others have tried."),
    ]
    if facts["contacts"]:
        parts.append(_("Questions? Ask %(names)s.") % {"names": ", ".join(facts["contacts"])})
    title = _("Welcome to %(place)s") % {"place": place}
    return Words(title, "\n\n".join(parts), action=_("See who is there"), subject=title)


def sample() -> Telling:
    """Invented: an official is new in a project group."""
    about = Thing("partnership", 0, "Karlskrona–Saldanha Bay", "/network/")
    facts = {
        "function": Function.PROJECT_MEMBER.value,
        "body": Body.Kind.PROJECT.value,
        "organisation": "Saldanha Bay",
        "contacts": ["Erik Lund (Karlskrona)"],
    }
    return Telling(None, about, facts)


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    hint = gettext_lazy("Where you are, what you can do first, and whom you can ask.")
    label, heading = gettext_lazy("You have a new seat"), gettext_lazy("Your seats")
    register(Kind(WELCOME, label, words, sample, hint=hint, icon="people", heading=heading))
