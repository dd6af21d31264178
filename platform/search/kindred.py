"""Words that are nearly the same: compounds and their parts, other forms of one stem, and what was mistyped.

Kin share many of their runs of four letters (``avfall`` and ``avfallskvarn``). Measured on Swedish and French
questions, adding the kin of a query's words to BM25 finds as well as a second index of four-letter runs, and costs no
index: only the words themselves are compared, never the texts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

RUN = 4
"""Letters of a run; a blank stands at both ends of a word."""
LIKE = 0.4
"""Dice's coefficient of two words' runs from which they are kin."""
MOST = 20
"""Kin of a word that are looked for."""


class Lexicon:
    """The different words of a part of the index. Never changes."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        holders: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            for run in runs(word):
                holders[run].append(number)
        self._holders = {run: np.array(numbers, np.int32) for run, numbers in holders.items()}
        self._sizes = np.array([max(1, len(word) + 3 - RUN) for word in words], np.int32)
        self._by_length = lettered(words)

    def kin(self, word: str) -> dict[str, float]:
        """The words that are like this one, and how much (1 is the word itself)."""
        mine = runs(word)
        held = [self._holders[run] for run in mine if run in self._holders]
        if not held:
            return {}
        shared = np.bincount(np.concatenate(held), minlength=len(self.words))
        alike = 2 * shared / (len(mine) + self._sizes)
        return {self.words[number]: float(alike[number]) for number in np.flatnonzero(alike >= LIKE).tolist()}

    def mistyped(self, word: str, most: int) -> dict[str, int]:
        """The words that become this one by at most so many slips, and by how many."""
        found: dict[str, int] = {}
        for length in range(max(1, len(word) - most), len(word) + most + 1):
            numbers, letters = self._by_length.get(length, (None, None))
            if numbers is not None and letters is not None:
                slips = distances(word, letters)
                found.update({self.words[numbers[at]]: int(slips[at]) for at in np.flatnonzero(slips <= most).tolist()})
        return found


def runs(word: str) -> set[str]:
    """The different runs of four letters in a word."""
    whole = f" {word} "
    return {whole[at : at + RUN] for at in range(max(1, len(whole) - RUN + 1))}


def lettered(words: Iterable[str]) -> dict[int, tuple[NDArray[np.int32], NDArray[np.uint32]]]:
    """By length: the numbers of the words, and a table of their letters, a word a row. Numbers are no words here."""
    by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for number, word in enumerate(words):
        if word.isalpha():
            by_length[len(word)].append((number, word))
    return {
        length: (np.array([number for number, _word in found], np.int32), table([word for _number, word in found]))
        for length, found in by_length.items()
    }


def table(words: Collection[str]) -> NDArray[np.uint32]:
    """Words of one length as rows of code points."""
    return np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).reshape(len(words), -1)


def distances(word: str, letters: NDArray[np.uint32]) -> NDArray[np.int8]:
    """How many slips (a letter more, less, another, or two in turn) lie between a word and each row of the table: the
    optimal string alignment distance, worked out for all rows at once."""
    count, length = letters.shape
    typed = table([word])[0]
    before = np.zeros((length + 1, count), np.int8)
    last = np.tile(np.arange(length + 1, dtype=np.int8)[:, None], count)
    for row, letter in enumerate(typed, 1):
        now = np.full((length + 1, count), row, np.int8)
        for column in range(1, length + 1):
            other = (letters[:, column - 1] != letter).astype(np.int8)
            now[column] = np.minimum(np.minimum(last[column], now[column - 1]) + 1, last[column - 1] + other)
            if row > 1 and column > 1:
                turned = (letters[:, column - 1] == typed[row - 2]) & (letters[:, column - 2] == letter)
                now[column] = np.where(turned, np.minimum(now[column], before[column - 2] + 1), now[column])
        before, last = last, now
    return last[length]
