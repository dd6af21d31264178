"""Typing errors: words that no visible document has, and what they seem to be.

A word is mended when neither it nor a concept that it names is in any document the person may see, by a word that is:
one slip away, or two where it is long. The index holds stems, so that how the word is spelt comes from a document.
"""

from collections.abc import Mapping
from dataclasses import replace

from search.question import ANY, Question, Wanted
from search.view import View

ONE_SLIP, TWO_SLIPS = 4, 7
"""Letters from which one slip, and two, are thought of."""


def slips(question: Question, view: View) -> dict[str, str]:
    """Each mistyped word with the term that it seems to be."""
    named = {place for concept in question.spoken if not concept.guessed for place in concept.words}
    unknown = [one for one in question.wanted if one.place not in named and not view.knows(one.forms)]
    return {one.word: term for one in unknown if (term := nearest(one, view))}


def nearest(wanted: Wanted, view: View) -> str:
    """The visible term that a word's forms are nearest to, of equals the most frequent; nothing where none is near."""
    best: tuple[int, bool, int, str] | None = None
    for form in wanted.terms:
        most = (len(form) >= ONE_SLIP) + (len(form) >= TWO_SLIPS)
        for segment in view.arrays.segments if most and form.isalpha() else ():
            for term, count in segment.lexicon.mistyped(form, most).items():
                frequency = len(view.postings("text", term)[0])
                this = (count, term[0] != form[0], -frequency, term)
                if frequency and (best is None or this < best):
                    best = this
    return best[3] if best else ""


def mended(question: Question, meant: Mapping[str, str]) -> Question:
    """The question with each mistyped word looked for as what it seems to be as well."""
    seeming = {word: ((ANY, term),) for word, term in meant.items()}
    wanted = [replace(one, forms=one.forms + seeming.get(one.word, ())) for one in question.wanted]
    return replace(question, wanted=wanted)


def nothing_known(question: Question, meant: Mapping[str, str]) -> bool:
    """Whether no word of the question says anything as it was typed."""
    return (
        bool(meant)
        and all(concept.guessed for concept in question.spoken)
        and all(one.word in meant for one in question.wanted)
    )
