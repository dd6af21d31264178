"""Parts of an index in the database: written from documents, joined to greater ones, read as segments."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.kept import Index, Part, Posting
from search.segment import Numbers, Postings, Segment

PRESENT = ("title", "start", "scope", "facet")
"""Fields whose values are there or not."""
Stored = bytes | memoryview
AT_ONCE = 8 * 2**20
"""Bytes of postings that go into the database in one statement."""


class Draft:
    """Documents that become one part."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Mapping[str, float]]] = []
        self.size = 0
        self._lists: dict[tuple[str, str], tuple[array[int], array[int], array[int]]] = {}

    def add(self, document: Mapping[str, Any]) -> None:
        """Take in one document (as ``fields`` makes them)."""
        self._stand("key", document["key"])
        for term, places in document["text"].items():
            self._stand("text", term, len(places), places)
        for slug, times in document.get("concept", {}).items():
            self._stand("concept", slug, times)
        for field in PRESENT:
            for value in set(document.get(field, ())):
                self._stand(field, value)
        self.rows.append((document["key"], document["numbers"]))

    def _stand(self, field: str, term: str, times: int = 0, places: Sequence[int] = ()) -> None:
        lists = self._lists.get((field, term))
        if lists is None:
            lists = self._lists[field, term] = (array("i"), array("i"), array("i"))
        lists[0].append(len(self.rows))
        if times:
            lists[1].append(times)
        lists[2].extend(places)
        self.size += 2 + len(places)

    def postings(self, part: Part) -> Iterator[Posting]:
        """The rows that its terms become."""
        for (field, term), lists in self._lists.items():
            numbers, times, places = (one.tobytes() for one in lists)
            yield Posting(part=part, field=field, term=term, numbers=numbers, times=times, places=places)


def lay(index: Index, draft: Draft) -> None:
    """Make a part of a draft."""
    if draft.rows:
        part = Part.objects.create(index=index, rows=draft.rows)
        store(draft.postings(part))


def join(index: Index, parts: Sequence[Part]) -> None:
    """Make one part of several, without what is deleted of them."""
    kept: list[Any] = []
    moved: dict[int, NDArray[np.int32]] = {}
    for part in parts:
        alive = np.ones(len(part.rows), bool)
        alive[np.frombuffer(part.deleted, np.int32)] = False
        moved[part.pk] = np.where(alive, np.cumsum(alive, dtype=np.int32) - 1 + len(kept), -1).astype(np.int32)
        kept += [row for row, stays in zip(part.rows, alive, strict=True) if stays]
    if kept:
        store(joined(Part.objects.create(index=index, rows=kept), moved))


def joined(whole: Part, moved: Mapping[int, NDArray[np.int32]]) -> Iterator[Posting]:
    """The postings of parts as those of one; ``moved`` says each document's new number, -1 where it is deleted."""
    found = Posting.objects.filter(part__in=list(moved)).order_by("field", "term", "part_id")
    for (field, term), same in groupby(found.iterator(chunk_size=500), lambda one: (one.field, one.term)):
        lists = [list(column) for column in zip(*(staying(one, moved[one.part_id]) for one in same), strict=True)]
        numbers, times, places = (np.concatenate(arrays).tobytes() for arrays in lists)
        if numbers:
            yield Posting(part=whole, field=field, term=term, numbers=numbers, times=times, places=places)


def staying(posting: Posting, moved: NDArray[np.int32]) -> tuple[Numbers, Numbers, Numbers]:
    """A posting list without deleted documents, by the new numbers: documents, times, places."""
    numbers = moved[np.frombuffer(posting.numbers, np.int32)]
    times, places = np.frombuffer(posting.times, np.int32), np.frombuffer(posting.places, np.int32)
    stays = numbers >= 0
    if len(places):
        places = places[np.repeat(stays, times)]
    return numbers[stays], times[stays] if len(times) else times, places


def store(postings: Iterable[Posting]) -> None:
    """Insert rows, some megabytes at a time."""
    waiting: list[Posting] = []
    size = 0
    for one in postings:
        waiting.append(one)
        size += 100 + len(one.numbers) + len(one.times) + len(one.places)
        if size > AT_ONCE:
            Posting.objects.bulk_create(waiting)
            waiting, size = [], 0
    Posting.objects.bulk_create(waiting)


class TableSegment(Segment):
    """A part, read."""

    def __init__(self, pk: int, rows: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        super().__init__(str(pk), rows)
        self.pk = pk

    def read(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """The posting lists of these terms, in one query."""
        wanted = Posting.objects.filter(part=self.pk, field=field, term__in=terms)
        return {term: decoded(*lists) for term, *lists in wanted.values_list("term", "numbers", "times")}

    def fetch(self, field: str, terms: Sequence[str], beside: Sequence[Segment]) -> None:
        """One query for all segments."""
        unread = {one.pk: one for one in beside if isinstance(one, TableSegment) and one.unread(field, terms)}
        if not unread:
            return
        wanted = Posting.objects.filter(part__in=list(unread), field=field, term__in=terms)
        found: dict[int, dict[str, Postings]] = {pk: {} for pk in unread}
        for pk, term, *lists in wanted.values_list("part_id", "term", "numbers", "times"):
            found[pk][term] = decoded(*lists)
        for pk, segment in unread.items():
            segment.keep(field, terms, found[pk])

    def values(self, field: str, prefix: str = "") -> list[str]:
        """The terms of a field that begin so."""
        wanted = Posting.objects.filter(part=self.pk, field=field, term__startswith=prefix)
        return sorted(wanted.values_list("term", flat=True))

    def places(self, term: str, numbers: Iterable[int]) -> dict[int, Numbers]:
        """Where a term stands in each of these documents, all of which have it."""
        posting = Posting.objects.get(part=self.pk, field="text", term=term)
        ends = np.cumsum(np.frombuffer(posting.times, np.int32))
        lists = np.split(np.frombuffer(posting.places, np.int32), ends[:-1])
        wanted = np.fromiter(numbers, np.int32)
        at = np.searchsorted(np.frombuffer(posting.numbers, np.int32), wanted)
        return {int(number): lists[place] for number, place in zip(wanted, at, strict=True)}


def decoded(numbers: Stored, times: Stored) -> Postings:
    """What is stored as what is scored."""
    documents = np.frombuffer(numbers, np.int32)
    often = np.frombuffer(times, np.int32).astype(np.float32) if times else np.ones(len(documents), np.float32)
    return documents, often
