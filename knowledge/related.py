"""Where a lesson leads on: lessons that are related, those of municipalities like the reader's, others who know.

Everything is looked up through the reader; what the index proposes is read once more through ``visible_to``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

import search
from accounts.models import User
from knowledge.documents import scopes_for
from knowledge.likeness import Likeness, local, most_like
from knowledge.models import Lesson, Tagged
from knowledge.models.lesson import Lessons
from partnerships.models import Membership
from partnerships.permissions import Reach, people_visible_to

SHOWN = 4
"""Related lessons that stand on a page."""
ALIKE = 3
"""Lessons of municipalities like one's own."""
PEOPLE = 3
"""Others who know."""
LOOKED_AT = 100
"""Lessons on the same themes that are compared, the newest."""


@dataclass(frozen=True)
class Alike:
    """A lesson on the same theme, and how its municipality is like the reader's."""

    lesson: Lesson
    likeness: Likeness


@dataclass(frozen=True)
class Knower:
    """Somebody who wrote of the same, what they do and for whom, and their lesson."""

    person: User
    seat: Membership | None
    lesson: Lesson


@dataclass(frozen=True)
class Beyond:
    """Where to read on from a lesson, and whom to ask besides those it names."""

    related: list[Lesson]
    alike: list[Alike]
    people: list[Knower]


def beyond(lesson: Lesson, reader: User, reach: Reach, named: Iterable[User] = ()) -> Beyond:
    """Ten queries at most. ``named`` stand on the page already."""
    open_to = others(lesson, reader, reach)
    related = related_lessons(lesson, reader, reach, open_to)
    alike = of_municipalities_like_ours(lesson, reader, reach, open_to.exclude(pk__in=[one.pk for one in related]))
    people = knowers([*related, *(one.lesson for one in alike)], reader, reach, {one.pk for one in named})
    return Beyond(related, alike, people)


def others(lesson: Lesson, reader: User, reach: Reach) -> Lessons:
    """The published lessons that the reader may see, but this one and its translations."""
    root = lesson.translation_of_id or lesson.pk
    rows = Lesson.objects.visible_to(reader, reach).published()
    return rows.exclude(Q(pk=root) | Q(translation_of__isnull=False, translation_of=root) | Q(pk=lesson.pk))


def related_lessons(lesson: Lesson, reader: User, reach: Reach, open_to: Lessons) -> list[Lesson]:
    """Those that share most with it: as the index knows, or else by their themes and tags."""
    hits = search.related("lesson", lesson.pk, scopes=scopes_for(reach), limit=3 * SHOWN)
    if not hits:
        return once(by_themes_and_tags(lesson, open_to), reader.language)[:SHOWN]
    rows = open_to.with_marks().in_bulk([hit.id for hit in hits])
    return once([rows[hit.id] for hit in hits if hit.id in rows], reader.language)[:SHOWN]


def by_themes_and_tags(lesson: Lesson, open_to: Lessons) -> list[Lesson]:
    """Those that share the most of them, the newest first."""
    themes = [theme.pk for theme in lesson.themes.all()]
    tags = [tag.pk for tag in lesson.tags.all()]
    sharing = Q(pk__in=Lesson.themes.through.objects.filter(theme__in=themes).values("lesson"))
    sharing |= Q(pk__in=Tagged.objects.filter(tag__in=tags).values("content_object"))
    shared = Count("themes", Q(themes__in=themes), distinct=True) + Count("tags", Q(tags__in=tags), distinct=True)
    rows = open_to.filter(sharing).with_marks().annotate(shared=shared)
    return list(rows.order_by("-shared", "-changed_at", "-pk")[: 3 * SHOWN]) if themes or tags else []


def of_municipalities_like_ours(lesson: Lesson, reader: User, reach: Reach, open_to: Lessons) -> list[Alike]:
    """Lessons on its themes from municipalities like those the reader works for, the most like first."""
    ours, themes = local(reach.organisations), [theme.pk for theme in lesson.themes.all()]
    if not ours or not themes:
        return []
    same = Q(pk__in=Lesson.themes.through.objects.filter(theme__in=themes).values("lesson"))
    rows = open_to.filter(same).exclude(organisation__in=reach.organisations).with_marks()
    found = [
        Alike(one, likeness)
        for one in once(rows.order_by("-changed_at", "-pk")[:LOOKED_AT], reader.language)
        if (likeness := most_like(ours, one.organisation))
    ]
    return sorted(found, key=lambda one: -one.likeness.points)[:ALIKE]


def once(lessons: Iterable[Lesson], language: str) -> list[Lesson]:
    """Each lesson once, in the reader's language if it is told in it, in their order."""
    told: dict[int, Lesson] = {}
    for one in lessons:
        root = one.translation_of_id or one.pk
        if root not in told or (one.language == language and told[root].language != language):
            told[root] = one
    return list(told.values())


def knowers(lessons: Iterable[Lesson], reader: User, reach: Reach, named: set[int]) -> list[Knower]:
    """Those who wrote these and exist for the reader: people whom one can ask."""
    wrote: dict[int, Lesson] = {}
    for lesson in lessons:
        wrote.setdefault(lesson.author_id, lesson)
    known = people_visible_to(reader, reach).exclude(pk__in={*named, reader.pk}).in_bulk(list(wrote))
    seats: dict[int, Membership] = {}
    held = Membership.objects.current().filter(person__in=known).select_related("organisation")
    for seat in held.order_by("begins", "pk"):
        seats.setdefault(seat.person_id, seat)
    return [Knower(known[pk], seats.get(pk), one) for pk, one in wrote.items() if pk in known][:PEOPLE]
