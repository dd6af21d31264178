"""What the page of a lesson shows, as far as its reader may see it."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.documents import words_of
from knowledge.models import Lesson
from knowledge.models.access import readable
from knowledge.models.lesson import SECTIONS
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
    """A person to ask, with what they do and for whom."""

    person: User
    seat: Membership | None


HEADINGS = {
    "problem": _("Problem"),
    "context": _("Context"),
    "did": _("What we did"),
    "cost": _("Cost and resources"),
    "result": _("Result"),
    "failed": _("What did not work"),
    "needs": _("Before you copy it"),
    "body": _("In full"),
}


def sections(lesson: Lesson) -> list[Section]:
    """The sections that are not empty, in their order; the free text last."""
    written = [(name, getattr(lesson, name)) for name in (*SECTIONS, "body")]
    return [Section(name, str(HEADINGS[name]), render(text)) for name, text in written if text.strip()]


def minutes(lesson: Lesson) -> int:
    """How long it takes to read."""
    return max(1, ceil(len(words_of(lesson).split()) / A_MINUTE))


def people_to_ask(lesson: Lesson, reader: User, reach: Reach) -> list[Asked]:
    """The contact and the author, if they exist for the reader; those who left are still named, without a seat."""
    named = [pk for pk in dict.fromkeys([lesson.contact_id, lesson.author_id]) if pk]
    people = people_visible_to(reader, reach).in_bulk(named)
    held = Membership.objects.current().filter(person__in=people).select_related("organisation")
    seats: dict[int, Membership] = {}
    for seat in sorted(held, key=lambda seat: (seat.organisation_id != lesson.organisation_id, seat.begins, seat.pk)):
        seats.setdefault(seat.person_id, seat)
    return [Asked(people[pk], seats.get(pk)) for pk in named if pk in people]


def in_other_languages(lesson: Lesson, reader: User, reach: Reach) -> list[Lesson]:
    """The same lesson as told in other languages, as far as the reader may see them."""
    root = lesson.translation_of_id or lesson.pk
    family = Lesson.objects.visible_to(reader, reach).listed()
    return list((family.filter(pk=root) | family.filter(translation_of=root)).exclude(pk=lesson.pk).order_by("pk"))


def versions(lesson: Lesson, reader: User, reach: Reach) -> list[Any]:
    """The history, newest first; ``by`` is who made each, if they exist for the reader. Whoever may not change the
    lesson reads the versions that were shared with them: words taken out before more were let in stay out."""
    history = lesson.history.order_by("-history_date", "-history_id")
    keeps = Lesson.objects.editable_by(reader, reach).filter(pk=lesson.pk).exists()
    records = list(history if keeps else history.filter(readable(reach)))
    people = people_visible_to(reader, reach).in_bulk({record.history_user_id for record in records} - {None})
    for record in records:
        record.by = people.get(record.history_user_id)
    return records


def sees_partnership(lesson: Lesson, reader: User, reach: Reach) -> bool:
    """Whether the partnership's page opens for the reader."""
    return (
        lesson.partnership_id is not None
        and partnerships_visible_to(reader, reach).filter(pk=lesson.partnership_id).exists()
    )
