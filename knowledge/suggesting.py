"""What one may mean while typing: titles, themes, tags and municipalities of the lessons that one may read."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from knowledge.documents import scopes_for
from knowledge.models import Lesson, Tag
from knowledge.models.tag import tag_key
from knowledge.narrowing import names_of
from knowledge.questions import Question
from partnerships.models import Organisation
from partnerships.permissions import Reach
from search import suggest
from search.models import Theme

SHORTEST = 2
EACH = 3
"""Of a kind, besides titles."""
TITLES = 4


@dataclass(frozen=True)
class Suggestion:
    """One line below the field: ``kind`` is title, theme, tag or place; ``url`` the search that it leads to."""

    kind: str
    text: str
    url: str


def suggestions(person: User, typed: str) -> list[Suggestion]:
    """For what was typed so far; nothing for less than two letters. Five queries."""
    key = tag_key(typed)
    if len(key) < SHORTEST or "\0" in typed:
        return []
    reach = Reach.of(person)
    lessons = Lesson.objects.visible_to(person, reach).listed().order_by()
    themes = [theme for theme in Theme.objects.filter(lessons__in=lessons).distinct() if begins(theme, key)]
    tags = Tag.objects.filter(word_begins("key", key), tagged__content_object__in=lessons).distinct()
    places = Organisation.objects.filter(word_begins("name", typed.strip()), lessons__in=lessons).distinct()
    return [
        *(made("theme", theme.label(), theme=[theme.slug]) for theme in themes[:EACH]),
        *(made("tag", tag.name, tag=[tag.slug]) for tag in tags[:EACH]),
        *(made("place", place.name, q=f'by:"{place.name}"') for place in places[:EACH]),
        *(made("title", title, q=title[:300]) for title in suggest(typed, scopes_for(reach), TITLES)),
    ]


def made(kind: str, text: str, **asked: object) -> Suggestion:
    """A line that leads to a search."""
    return Suggestion(kind, text, reverse("knowledge:home") + Question().address(**asked))


def word_begins(column: str, typed: str) -> Q:
    """One of the column's words begins so."""
    return Q(**{f"{column}__istartswith": typed}) | Q(**{f"{column}__icontains": f" {typed}"})


def begins(theme: Theme, key: str) -> bool:
    """Whether one of its names, in whatever language, has a word that begins so."""
    return any(f" {key}" in f" {tag_key(name)}" for name in names_of(theme))
