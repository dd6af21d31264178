"""What the demonstration says: enough of it, in four languages, nothing twice, everything marked as invented."""

import re
from collections import Counter

import pytest

from exchange.demo.source import DATA, MalformedError, conversations, pages, read_line
from search.models import Theme

ORIGINALS = 60
WORDS = 150
CONVERSATIONS = 80
MESSAGES = 2000


def sentences(text: str) -> list[str]:
    """The sentences of more than three words, without their punctuation."""
    found = re.split(r"(?<=[.!?])[\"”']?\s+|\n+", text)
    plain = (re.sub(r"[^\w ]", "", sentence).lower().split() for sentence in found)
    return [" ".join(words) for words in plain if len(words) > 3]


def test_every_file_says_that_it_is_invented() -> None:
    silent = [
        path.name
        for path in DATA.rglob("*")
        if path.is_file() and "nvented for the demonstration" not in path.read_text()
    ]
    assert silent == ["README.md"]
    assert "Everything in this folder is invented" in (DATA / "README.md").read_text()


def test_there_are_at_least_sixty_original_lessons_each_long_enough() -> None:
    lengths = {
        page.slug: sum(len(text.split()) for text in page.sections.values()) for page in pages() if page.original
    }
    assert len(lengths) >= ORIGINALS
    assert {slug: words for slug, words in lengths.items() if words < WORDS} == {}


def test_no_sentence_stands_in_two_lessons() -> None:
    count: Counter[str] = Counter()
    for page in pages():
        count.update({sentence for text in page.sections.values() for sentence in sentences(text)})
    assert [sentence for sentence, times in count.items() if times > 1] == []


def test_lessons_are_in_four_languages() -> None:
    assert {page.language for page in pages()} == {"en", "sv", "fr", "sw"}


def test_each_translation_has_one_original_with_the_same_themes() -> None:
    originals = {page.slug: page for page in pages() if page.original}
    translations = [page for page in pages() if not page.original]
    assert len(originals) + len(translations) == len(pages())
    for page in translations:
        original = originals[page.slug]
        assert (page.themes, page.organisation) == (original.themes, original.organisation)
        assert page.language != original.language


@pytest.mark.django_db
def test_every_theme_is_in_the_vocabulary() -> None:
    used = {theme for page in pages() for theme in page.themes} | {one.theme for one in conversations().values()}
    assert used - set(Theme.objects.values_list("slug", flat=True)) == set()


def test_there_are_at_least_eighty_conversations_of_two_thousand_messages() -> None:
    assert len(conversations()) >= CONVERSATIONS
    assert sum(len(one.lines) for one in conversations().values()) >= MESSAGES


def test_no_two_messages_are_alike() -> None:
    count = Counter(line.text.casefold() for one in conversations().values() for line in one.lines)
    assert [text for text, times in count.items() if times > 1] == []


def test_a_line_that_is_no_message_is_refused_with_its_place() -> None:
    with pytest.raises(MalformedError, match=r"03-leak-night\.txt, message 7: 'A1: Hello'"):
        read_line("03-leak-night.txt", 7, "A1: Hello")
