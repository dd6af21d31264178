"""By what lessons are narrowed: the facets, what each is called, and what each of its values is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.goals import GOALS, named
from knowledge.models import Lesson, Tag
from knowledge.models.states import CoreArea, Genre
from knowledge.sizes import LABELS
from partnerships.permissions import Reach
from search.models import Theme

HEADINGS: dict[str, Promise] = {
    "theme": _("Theme"),
    "tag": _("Tag"),
    "country": _("Country"),
    "language": _("Language"),
    "genre": _("Kind"),
    "area": _("Core area"),
    "sdg": _("Sustainable development goal"),
    "size": _("Size of municipality"),
}
"""Every facet by its name in addresses, in the order of the page."""
OPEN = ("theme", "country", "language")
"""Those that stand open before anything is chosen."""
SHOWN = 8
"""Values of a facet that stand open; the rest fold."""
MOST = 40
"""Values of a facet that are listed at all: of many tags, the most used."""


@dataclass(frozen=True)
class Option:
    """One value of a facet. ``label`` is its name, or the code where the template knows the name."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet of a page: its values, what is chosen first, then the most frequent."""

    name: str
    options: list[Option]

    @property
    def heading(self) -> str:
        """What it is called."""
        return str(HEADINGS[self.name])

    @property
    def is_open(self) -> bool:
        """Whether its values show without a press."""
        return self.name in OPEN or any(option.chosen for option in self.options)

    @property
    def first(self) -> list[Option]:
        """The values that show: all that are chosen, and the most frequent."""
        return self.options[: max(SHOWN, sum(option.chosen for option in self.options))]

    @property
    def folded(self) -> list[Option]:
        """The rest."""
        return self.options[len(self.first) : MOST]


class Labels:
    """What the values of one page's facets are called: two queries for all of them."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Iterable[str]], reach: Reach):
        self._known: dict[str, dict[str, str]] = {
            "theme": themes_named({*counts["theme"], *chosen["theme"]}),
            "tag": tags_named({*counts["tag"], *chosen["tag"]}, reach),
            "language": dict(settings.LANGUAGES),
            "genre": {value: str(label) for value, label in Genre.choices},
            "area": {value: str(label) for value, label in CoreArea.choices},
            "sdg": {str(goal): named(goal) for goal in GOALS},
            "size": {value: str(label) for value, label in LABELS.items()},
        }

    def of(self, facet: str, value: str) -> str:
        """What a value is called; a country stays its code, which templates spell out."""
        return self._known.get(facet, {}).get(value, value)


def themes_named(slugs: set[str]) -> dict[str, str]:
    """The themes' labels in the reader's language, by slug."""
    return {theme.slug: theme.label() for theme in Theme.objects.filter(slug__in=slugs)}


def tags_named(slugs: set[str], reach: Reach) -> dict[str, str]:
    """The tags' labels by slug; a tag that only others' lessons have does not exist."""
    lessons = Lesson.objects.visible_to(None, reach).listed()
    named_so = Tag.objects.filter(slug__in=slugs, tagged__content_object__in=lessons).distinct()
    return dict(named_so.values_list("slug", "name"))


def facets(counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, list[str]], labels: Labels) -> list[Facet]:
    """Each facet that has any value here."""
    made = [Facet(name, options(name, counts[name], chosen[name], labels)) for name in HEADINGS]
    return [facet for facet in made if facet.options]


def options(name: str, counts: Mapping[str, int], chosen: list[str], labels: Labels) -> list[Option]:
    """The values of one."""
    counted = {**dict.fromkeys(chosen, 0), **counts}
    made = [Option(value, labels.of(name, value), count, value in chosen) for value, count in counted.items()]
    return sorted(made, key=lambda option: (not option.chosen, -option.count, option.label))
