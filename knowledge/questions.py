"""A question to the index, as an address or a program puts it."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from knowledge.goals import GOALS
from knowledge.models.states import CoreArea, Genre
from knowledge.models.tag import LONGEST
from knowledge.sizes import LABELS
from search.document import DATE, FIT
from search.models import Theme

PER_PAGE = 20
MOST_PER_PAGE = 100
FACETS = ("theme", "tag", "country", "language", "genre", "area", "sdg", "size")
"""What narrows a search, by its name in addresses."""


@dataclass(frozen=True)
class Question:
    """What somebody looks for. ``across`` also finds the words' concepts in the other languages.
    ``order`` is empty for the usual one: by fit, or with no words by date."""

    q: str = ""
    theme: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    country: list[str] = field(default_factory=list)
    language: list[str] = field(default_factory=list)
    genre: list[str] = field(default_factory=list)
    area: list[str] = field(default_factory=list)
    sdg: list[str] = field(default_factory=list)
    size: list[str] = field(default_factory=list)
    page: int = 1
    limit: int = PER_PAGE
    across: bool = True
    order: str = ""

    @property
    def filters(self) -> dict[str, list[str]]:
        """What narrows it, by facet."""
        return {name: getattr(self, name) for name in FACETS}

    @property
    def sorting(self) -> str:
        """The order that holds: without words nothing fits better than the rest."""
        return (self.order or FIT) if self.q else DATE

    def address(self, **changed: object) -> str:
        """The query string of this question, with something changed."""
        asked = replace(self, **changed)  # type: ignore[arg-type]  # fields by their names
        pairs: list[tuple[str, object]] = [("q", asked.q)] if asked.q else []
        pairs += [(name, value) for name, values in asked.filters.items() for value in values]
        pairs += [] if asked.across else [("words", "mine")]
        pairs += [("order", asked.order)] if asked.order else []
        pairs += [("page", asked.page)] if asked.page > 1 else []
        pairs += [("limit", asked.limit)] if asked.limit != PER_PAGE else []
        return "?" + urlencode(pairs)

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        return sum(len(values) for values in self.filters.values())


class Several(forms.MultipleChoiceField):
    """One of the facets: ``?theme=waste&theme=water``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, error_messages={"invalid_choice": _("“%(value)s” is not known.")}, **options)


class Words(Several):
    """A facet whose values are too many to list."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 2 * LONGEST and "\0" not in value


def theme_choices() -> list[tuple[str, str]]:
    """Every theme of the vocabulary."""
    return [(slug, slug) for slug in Theme.objects.values_list("slug", flat=True)]


class SearchForm(forms.Form):
    """The parameters of a search, of the page and of its JSON twin."""

    q = forms.CharField(required=False, max_length=300, strip=True)
    theme = Several(choices=theme_choices)
    tag = Words()
    country = Words()
    language = Several(choices=settings.LANGUAGES)
    genre = Several(choices=Genre.choices)
    area = Several(choices=CoreArea.choices)
    sdg = Several(choices=[(str(goal), "") for goal in GOALS])
    size = Several(choices=list(LABELS.items()))
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    limit = forms.IntegerField(required=False, min_value=1, max_value=MOST_PER_PAGE)
    order = forms.ChoiceField(required=False, choices=[(FIT, ""), (DATE, "")])
    words = forms.ChoiceField(required=False, choices=[("mine", ""), ("all", "")])

    def question(self) -> Question:
        """What was asked. Call it after ``is_valid``."""
        told = self.cleaned_data
        return Question(
            **{name: told[name] for name in ("q", *FACETS)},
            page=told["page"] or 1,
            limit=told["limit"] or PER_PAGE,
            across=told["words"] != "mine",
            order=told["order"],
        )

    def complaint(self) -> str:
        """What is wrong, in a sentence that names the parameter."""
        return " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in self.errors.items())


def forgiving(params: QueryDict) -> Question:
    """The question of a page's address, whatever is wrong in it left out."""
    form = SearchForm(params)
    if not form.is_valid():
        kept = params.copy()
        for name in form.errors:
            kept.pop(name, None)
        form = SearchForm(kept)
        form.is_valid()
    return form.question()
