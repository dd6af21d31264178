"""The piece of a text that shows why it was found: inflected forms marked, everything else escaped."""

from bisect import bisect_left
from re import Match
from unicodedata import normalize

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import WORD, base, term
from search.concepts import Vocabulary
from search.question import asked

WIDTH = 200
"""Characters, roughly: whole words are shown."""
MARGIN = 40
"""Characters of it that are not for hits but for what stands around them."""


def snippet(text: str, query: str, language: str, vocabulary: Vocabulary) -> SafeString:
    """About ``WIDTH`` characters around the densest place; the beginning where nothing is marked."""
    whole = normalize("NFC", text)
    found = answering(whole, query, base(language), vocabulary)
    begin, end = window(whole, found)
    return marked(whole, begin, end, [word for word in found if begin <= word.start() and word.end() <= end])


def answering(text: str, query: str, language: str, vocabulary: Vocabulary) -> list[Match[str]]:
    """The words of a text that answer the query: its own in any form, and what its concepts are called here."""
    question = asked(query, language, vocabulary, across=True)
    wanted = {form for one in question.wanted for form in one.terms}
    made = [(word, found) for word in WORD.finditer(text) if (found := term(word.group(), language))]
    told = vocabulary.places([found for _word, found in made], language, {one.slug for one in question.spoken})
    return [word for place, (word, found) in enumerate(made) if found in wanted or place in told]


def window(text: str, found: list[Match[str]]) -> tuple[int, int]:
    """Where the piece begins and ends: at words, around the place with the most different and then the most hits."""
    starts = [word.start() for word in found]
    best = (0, 0, 0, 0)
    for place, start in enumerate(starts):
        here = found[place : bisect_left(starts, start + WIDTH - MARGIN)]
        best = max(best, (len({word.group().lower() for word in here}), len(here), -start, here[-1].end()))
    different, start, last = best[0], -best[2], best[3]
    if not different:
        return 0, edge(text, WIDTH)
    begin = max(0, min(start - (WIDTH - (last - start)) // 2, len(text) - WIDTH))
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    return begin, max(last, edge(text, begin + WIDTH))


def edge(text: str, place: int) -> int:
    """The last end of a word at or before ``place``."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return space if space > place - MARGIN else place


def marked(text: str, begin: int, end: int, found: list[Match[str]]) -> SafeString:
    """The piece as HTML, with an ellipsis where text is left out."""
    made = ["…" if begin else ""]
    done = begin
    for word in found:
        made += [escape(text[done : word.start()]), "<mark>", escape(word.group()), "</mark>"]
        done = word.end()
    made += [escape(text[done:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(made))
