"""What the page of a lesson shows, as far as its reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from accounts.models import User
from knowledge.documents import words_of
from knowledge.models import Lesson, Quote
from knowledge.models.access import readable
from knowledge.models.lesson import SECTIONS
from knowledge.models.states import Visibility
from partnerships.models import Membership
from partnerships.permissions import Reach, partnerships_visible_to, people_visible_to
from prose import render

A_MINUTE = 200
"""Words that are read in one."""


@dataclass(frozen=True)
class Section:
    """A section that was written. ``name`` is the field's, ``text`` clean HTML."""

    name: str
    heading: str
    text: SafeString


@dataclass(frozen=True)
class Asked:
    """A person to ask, with what they do and for whom. ``known`` where their page opens for the reader."""

    person: User
    seat: Membership | None
    known: bool = True

    @property
    def former(self) -> bool:
        """True once the account is erased: only that they were a member is told."""
        return self.person.erased_at is not None


@dataclass(frozen=True)
class Door:
    """Where a question about a lesson can be put; ``note`` says what the label does not."""

    label: str
    url: str
    note: str = ""


HEADINGS = {
    "problem": gettext_lazy("Problem"),
    "context": gettext_lazy("Context"),
    "did": gettext_lazy("What we did"),
    "cost": gettext_lazy("Cost and resources"),
    "result": gettext_lazy("Result"),
    "failed": gettext_lazy("What did not work"),
    "needs": gettext_lazy("Before you copy it"),
    "body": gettext_lazy("In full"),
}


def sections(lesson: Lesson) -> list[Section]:
    """The sections that are not empty, in their order; the free text last."""
    written = [(name, getattr(lesson, name)) for name in (*SECTIONS, "body")]
    return [Section(name, str(HEADINGS[name]), render(text)) for name, text in written if text.strip()]


@dataclass(frozen=True)
class Quoted:
    """Words that the lesson quotes; ``url`` leads to where they were said, for who may read that."""

    quote: Quote
    url: str


def quotes_of(lesson: Lesson, reader: User) -> list[Quoted]:
    """What it quotes, in the order in which it was said; one query, and one more for each kind of source."""
    quotes = list(Quote.objects.filter(lesson=lesson).with_people())
    urls: dict[tuple[str, int], str] = {}
    for kind in {one.source for one in quotes} & things.kinds.keys():
        seen = things.find_many(kind, [one.source_id for one in quotes if one.source == kind], reader)
        urls |= {(kind, pk): thing.url for pk, thing in seen.items()}
    return [Quoted(one, urls.get((one.source, one.source_id), "")) for one in quotes]


def minutes(lesson: Lesson) -> int:
    """How long it takes to read."""
    return max(1, ceil(len(words_of(lesson).split()) / A_MINUTE))


def people_to_ask(lesson: Lesson, reader: User, reach: Reach) -> list[Asked]:
    """The contact, if they exist for the reader, and the author: whoever publishes is named to those it is shared
    with. Those who left are still named, without a seat."""
    known = people_visible_to(reader, reach).in_bulk([pk for pk in (lesson.contact_id, lesson.author_id) if pk])
    people = {**known, lesson.author_id: lesson.author}
    held = Membership.objects.current().filter(person__in=people).select_related("organisation")
    seats: dict[int, Membership] = {}
    for seat in sorted(held, key=lambda seat: (seat.organisation_id != lesson.organisation_id, seat.begins, seat.pk)):
        seats.setdefault(seat.person_id, seat)
    named = [pk for pk in dict.fromkeys([lesson.contact_id, lesson.author_id]) if pk is not None and pk in people]
    return [Asked(people[pk], seats.get(pk), known=pk in known) for pk in named]


def door_to_ask(lesson: Lesson, asked: list[Asked], reader: User, reach: Reach) -> Door | None:
    """The room shared with the first who can be reached; else the lesson's or one's own square, or whatever room one
    has. None for who has no place to speak in."""
    for one in asked:
        if one.known and one.person != reader:
            label = _("Ask %(name)s") % {"name": one.person.get_short_name()}
            return Door(label, asking(lesson=lesson.pk, person=one.person.pk))
    if things.find("square", lesson.network_id or 0, reader):
        return Door(_("Ask in the square"), asking(lesson=lesson.pk, network=lesson.network_id))
    note = _("Who wrote it shares no room with you. Your own network may know, or know them.")
    if reach.networks or reach.administrator:
        return Door(_("Ask the network"), asking(lesson=lesson.pk), note)
    return Door(_("Ask in your room"), asking(lesson=lesson.pk), note) if reach.partnerships or reach.bodies else None


def asking(**about: object) -> str:
    """The address that leads to the nearest room, with the question begun."""
    return f"{reverse('chat:ask')}?{urlencode(about)}"


def published_for(lesson: Lesson) -> str:
    """What is said back to whoever published it: that it is out, and who reads it now."""
    if lesson.visibility == Visibility.MEMBERS:
        return _("Published. Every member of the exchange can read it.")
    if lesson.visibility == Visibility.NETWORK and lesson.network:
        return _("Published. Everybody in the network %(network)s can read it.") % {"network": lesson.network}
    if lesson.partnership:
        told = {"partnership": lesson.partnership}
        return _("Published. Everybody in the partnership %(partnership)s can read it.") % told
    return _("Published.")


def in_other_languages(lesson: Lesson, reader: User, reach: Reach) -> list[Lesson]:
    """The same lesson as told in other languages, as far as the reader may see them."""
    root = lesson.translation_of_id or lesson.pk
    family = Lesson.objects.visible_to(reader, reach).listed()
    return list((family.filter(pk=root) | family.filter(translation_of=root)).exclude(pk=lesson.pk).order_by("pk"))


def versions(lesson: Lesson, reader: User, reach: Reach) -> list[Any]:
    """Each version once, newest first; ``by`` is who made it, if they exist for the reader. Whoever may not change the
    lesson reads the versions that were shared with them: words taken out before more were let in stay out."""
    history = lesson.history.order_by("history_date", "history_id")
    keeps = Lesson.objects.editable_by(reader, reach).filter(pk=lesson.pk).exists()
    records = each_once(history if keeps else history.filter(readable(reach)))
    people = people_visible_to(reader, reach).in_bulk({record.history_user_id for record in records} - {None})
    for record in records:
        record.by = people.get(record.history_user_id)
    return records


def each_once(history: Iterable[Any]) -> list[Any]:
    """Newest first, of each version the record that let others read it; while none did, its last."""
    told: dict[int, Any] = {}
    for record in history:
        if record.version not in told or told[record.version].status != Lesson.Status.PUBLISHED:
            told[record.version] = record
    return list(reversed(told.values()))


def sees_partnership(lesson: Lesson, reader: User, reach: Reach) -> bool:
    """Whether the partnership's page opens for the reader."""
    return (
        lesson.partnership_id is not None
        and partnerships_visible_to(reader, reach).filter(pk=lesson.partnership_id).exists()
    )
