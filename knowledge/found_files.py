"""In which attached file, and on which page of it, the words of a query stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from knowledge.models import Attachment, Lesson
from knowledge.models.attachment import Page
from search import highlight
from search.analysis import WORD, fold

MARKED = re.compile(r"<mark>(.*?)</mark>")
MOST_PAGES = 400
"""Pages of all files of one lesson that are looked through for a page of results."""
TRIED = 5
"""Of these, so many of the likeliest are read in earnest."""
STEM = 5
"""Characters that most forms of a word begin with."""


@dataclass(frozen=True)
class FoundPage:
    """The page that answers best: its file, and the piece of its text (HTML)."""

    file: Attachment
    page: Page
    snippet: SafeString


def marks(snippet: str) -> int:
    """How many different words a snippet marks."""
    return len({word.casefold() for word in MARKED.findall(snippet)})


def found_files(snippets: Iterable[tuple[Lesson, str]], words: str) -> dict[int, FoundPage]:
    """For lessons (which the asker may read) whose own words answer with at most one word: the page of a file that
    answers with more. One query, and none where no lesson needs it."""
    least = {lesson: marks(snippet) for lesson, snippet in snippets}
    wanting = {lesson.pk: (lesson, least[lesson]) for lesson in least if least[lesson] < 2} if words.strip() else {}
    if not wanting:
        return {}
    pages = Page.objects.filter(attachment__lesson__in=wanting, attachment__removed_at=None)
    looked: dict[int, list[Page]] = {}
    for page in pages.select_related("attachment").order_by("attachment", "pk")[: MOST_PAGES * len(wanting)]:
        looked.setdefault(page.attachment.lesson_id, []).append(page)
    best = {pk: best_of(found, words, *wanting[pk]) for pk, found in looked.items()}
    return {pk: page for pk, page in best.items() if page is not None}


def best_of(pages: list[Page], words: str, lesson: Lesson, least: int) -> FoundPage | None:
    """The first page that marks the most different words, if they are more than ``least``."""
    best: FoundPage | None = None
    stems = {fold(word)[:STEM] for word in WORD.findall(words) if len(word) > 2}
    likely = sorted(pages[:MOST_PAGES], key=lambda page: -sum(stem in fold(page.text) for stem in stems))
    for page in likely[:TRIED]:
        snippet = highlight(page.text, words, lesson.language)
        if (many := marks(snippet)) > least:
            best, least = FoundPage(page.attachment, page, snippet), many
    return best
