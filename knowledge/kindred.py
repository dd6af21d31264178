"""What stands beside a lesson: others that are like it, and what municipalities like the reader's own have learnt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from knowledge.documents import scopes_for
from knowledge.models import Lesson
from knowledge.places import organisation_in
from knowledge.sizes import size_of
from partnerships.models import Organisation
from partnerships.permissions import Reach
from search import related

SHOWN = 4
LOOKED_AT = 200
"""The newest lessons on the same themes, among which those of municipalities alike are looked for."""
LONG = 5
"""Letters of a word of a climate risk that tell something."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Alike:
    """A lesson of a municipality like the reader's, and in what they are alike."""

    lesson: Lesson
    why: str


def related_lessons(lesson: Lesson, reader: User, reach: Reach) -> list[Lesson]:
    """Those that share the most concepts and words with it, its own translations left out."""
    hits = related("lesson", lesson.pk, scopes=scopes_for(reach), limit=2 * SHOWN)
    seen = Lesson.objects.visible_to(reader, reach).published().with_marks().in_bulk([hit.id for hit in hits])
    found: dict[int, Lesson] = {}
    for one in (seen[hit.id] for hit in hits if hit.id in seen):
        if family(one) != family(lesson):
            found.setdefault(family(one), one)
    return list(found.values())[:SHOWN]


def from_our_like(lesson: Lesson, reader: User, reach: Reach, beside: Iterable[Lesson]) -> list[Alike]:
    """Lessons on its themes from municipalities of the reader's size, country or climate, the most alike first."""
    ours = organisation_in(reader, None)
    if ours is None or not lesson.theme_slugs:
        return []
    shown = {family(lesson), *map(family, beside)}
    rows = Lesson.objects.visible_to(reader, reach).published().filter(themes__slug__in=lesson.theme_slugs)
    rows = rows.exclude(organisation=ours).select_related("organisation").distinct().order_by("-changed_at")
    alike = [(likeness(ours, one.organisation), one) for one in rows[:LOOKED_AT] if family(one) not in shown]
    ranked = sorted((pair for pair in alike if pair[0]), key=lambda pair: -len(pair[0]))
    once = {family(one): Alike(one, ", ".join(why)) for why, one in reversed(ranked)}
    return list(once.values())[::-1][:SHOWN]


def likeness(ours: Organisation, theirs: Organisation) -> list[str]:
    """In what two municipalities are alike, in words."""
    same_size = size_of(ours.population) and size_of(ours.population) == size_of(theirs.population)
    return [
        *([_("same size")] if same_size else []),
        *([_("same climate")] if risks(ours) & risks(theirs) else []),
        *([_("same country")] if ours.country == theirs.country else []),
    ]


def risks(organisation: Organisation) -> set[str]:
    """The telling words of its climate risks."""
    return {word for word in WORD.findall(organisation.climate_risks.lower()) if len(word) >= LONG}


def family(lesson: Lesson) -> int:
    """What a lesson and its translations have in common."""
    return lesson.translation_of_id or lesson.pk
