"""Small documents, and the index made of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as configured
from pytest_django.fixtures import Settings

from search import Document, find, put, work_off

Index = Callable[..., None]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ME = {"member"}


def lesson(
    number: int,
    title: str,
    text: str = "",
    *,
    language: str = "en",
    scopes: str = "member",
    uses: int = 0,
    **facets: list[str],
) -> Document:
    """A document as the knowledge app makes them; the greater the number, the newer."""
    moment = NOON + timedelta(minutes=number)
    return Document("lesson", number, title, text, language, frozenset(scopes.split()), facets, moment, {"uses": uses})


def found(query: str, language: str = "en", **options: object) -> list[int]:
    """The numbers of what a member finds, the best first."""
    return [hit.id for hit in find(query, scopes=ME, language=language, **options).hits]  # type: ignore[arg-type]


ENGINES = ["whoosh", "postgres"] if configured.DATABASES["default"]["ENGINE"].endswith("postgresql") else ["whoosh"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Each engine that this database has, in turn: all that is said of search holds for every one."""
    settings.SEARCH_ENGINE = request.param
    return str(request.param)


@pytest.fixture
def indexed(db: None, engine: str) -> Callable[..., None]:
    """Put documents and bring the index up to them."""

    def index(*documents: Document) -> None:
        for document in documents:
            put(document)
        work_off()

    return index
