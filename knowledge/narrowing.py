"""What the fields of a query mean: ``tag:``, ``theme:``, ``country:``, ``by:``, ``after:`` and the like, typed by hand.

A value is a code, or a name in any language that it has. What means nothing here is told, and narrows nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from babel import Locale
from django.conf import settings
from django.db.models import Q

from knowledge.models import Lesson, Tag
from knowledge.models.states import Genre
from knowledge.models.tag import tag_key
from partnerships.models import Organisation
from partnerships.permissions import Reach
from search import Reading, read
from search.models import Theme

DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
MOST = 50
"""Organisations or authors that one ``by:`` may mean."""


@dataclass
class Narrowing:
    """A query without its fields, what these keep to and keep out, and those that mean nothing."""

    text: str
    filters: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    without: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    begin: float | None = None
    end: float | None = None
    unknown: list[str] = field(default_factory=list)


def narrowing(query: str, reach: Reach) -> Narrowing:
    """Look up what each field means to this reader."""
    reading: Reading = read(query)
    made = Narrowing(reading.text)
    for said in reading.fields:
        if said.name in ("after", "before"):
            if said.refused or not limit(made, said.name, said.value):
                made.unknown.append(f"{said.name}:{said.value}")
            continue
        facet = "genre" if said.name == "kind" else said.name
        values = list(MEANINGS[said.name](said.value, reach)) if said.value else []
        if not values:
            made.unknown.append(f"{said.name}:{said.value}")
        (made.without if said.refused else made.filters)[facet] += values
    return made


def limit(made: Narrowing, name: str, value: str) -> bool:
    """Take up a day, a month or a year; whether it is one. ``after:2025`` begins with 2025, ``before:2025`` ends
    where it begins."""
    found = DAY.fullmatch(value)
    year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return False
    if name == "after":
        made.begin = moment.timestamp()
    else:
        made.end = moment.timestamp()
    return True


def themes(value: str, _reach: Reach) -> Iterable[str]:
    """By slug, label or synonym."""
    wanted = tag_key(value)
    for theme in Theme.objects.all():
        if wanted in map(tag_key, [theme.slug, *names_of(theme)]):
            yield theme.slug


def themes_in(query: str, chosen: Iterable[str]) -> list[int]:
    """The ids of the themes that are named in a query, or chosen."""
    words, slugs = f" {tag_key(query)} ", set(chosen)
    return [
        theme.pk
        for theme in Theme.objects.all()
        if theme.slug in slugs or any(f" {tag_key(name)} " in words for name in names_of(theme))
    ]


def names_of(theme: Theme) -> list[str]:
    """Labels and synonyms of a theme in every language."""
    return [*theme.labels.values(), *(word for words in theme.synonyms.values() for word in words)]


def tags(value: str, reach: Reach) -> Iterable[str]:
    """By any spelling, among those on lessons that the reader sees."""
    lessons = Lesson.objects.visible_to(None, reach).listed()
    found = Tag.objects.filter(key=tag_key(value), tagged__content_object__in=lessons)
    return found.values_list("slug", flat=True).distinct()


def countries(value: str, _reach: Reach) -> Iterable[str]:
    """By code, or by name in one of our languages."""
    code = names_of_countries().get(tag_key(value))
    return [code] if code else []


@cache
def names_of_countries() -> dict[str, str]:
    """Code by name, in every language of ours (CLDR)."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(str(code)) == 2:
                found |= {tag_key(str(name)): str(code), str(code).lower(): str(code)}
    return found


def languages(value: str, _reach: Reach) -> Iterable[str]:
    """By code, or by name in one of our languages."""
    for code, name in settings.LANGUAGES:
        names = [code, str(name), *(Locale.parse(other).languages.get(code, "") for other, _name in settings.LANGUAGES)]
        if tag_key(value) in map(tag_key, names):
            yield code


def authors(value: str, reach: Reach) -> Iterable[str]:
    """Municipalities by name, and the authors of lessons that the reader sees."""
    places = Organisation.objects.filter(Q(slug=value.lower()) | Q(name__icontains=value))
    yield from (f"organisation-{pk}" for pk in places.order_by("pk").values_list("pk", flat=True)[:MOST])
    lessons = Lesson.objects.visible_to(None, reach).listed().filter(author__name__icontains=value)
    found = lessons.order_by().values_list("author", flat=True).distinct()
    yield from (f"person-{pk}" for pk in found[:MOST])


def genres(value: str, _reach: Reach) -> Iterable[str]:
    """By name in addresses, or by label in the reader's language."""
    return [code for code, label in Genre.choices if tag_key(value) in (code, tag_key(str(label)))]


MEANINGS: dict[str, Callable[[str, Reach], Iterable[str]]] = {
    "theme": themes,
    "tag": tags,
    "country": countries,
    "language": languages,
    "by": authors,
    "kind": genres,
}
