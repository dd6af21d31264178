"""The verbs of the door that only read."""

from collections.abc import Collection, Mapping

from django.utils.safestring import SafeString

from search.document import Results
from search.fallback import find_without_index, visible
from search.snippets import snippet


def find(
    query: str,
    *,
    scopes: Collection[str],
    filters: Mapping[str, list[str]] | None = None,
    language: str = "en",
    page: int = 1,
    limit: int = 20,
    across: bool = True,
) -> Results:
    """One page of what a person with these scopes may find; an empty query lists everything, newest first.

    ``language`` is the reader's. ``across`` also finds the words' concepts in other languages, at half weight.
    """
    return find_without_index(query, scopes, filters or {}, page, limit)


def suggest(prefix: str, scopes: Collection[str], limit: int = 8) -> list[str]:
    """Titles that the person may see and that have a word beginning so."""
    return list(visible(scopes, prefix).order_by("-changed_at").values_list("title", flat=True)[:limit])


def highlight(text: str, query: str, language: str) -> SafeString:
    """About 200 characters of ``text`` (plain, in ``language``) where the query's words are densest, in ``<mark>``."""
    return snippet(text, query, language)
