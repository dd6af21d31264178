"""Whoosh keeps the index: files, segments, postings. The only module that imports it; nothing here ranks.

A folder holds one index. ``write`` adds a segment, ``segments`` opens them; a segment's postings come out as numpy
arrays, read block by block once, because walking a posting list in Python is what makes Whoosh slow.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence, Frequency
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.system import pack_uint

from search.segment import NOTHING, DamagedError, Numbers, Postings, Segment, joined

T = TypeVar("T")
NAME = "MAIN"


class Placed(FieldType):
    """Terms with the places where they stand: takes a mapping, since the analyzer is ours and has run already."""

    def __init__(self) -> None:
        super().__init__(Bytes(), None, scorable=False)

    def index(self, value: Mapping[str, list[int]], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's question: term, frequency, weight and stored value of each posting."""
        for term, places in value.items():
            yield term.encode(), len(places), float(len(places)), array("i", places).tobytes()


class Bytes(Frequency):
    """The format of postings whose stored value may be of any length."""

    posting_size = -1

    def fixed_value_size(self) -> None:
        """Whoosh's question."""


class Counted(FieldType):
    """Terms with how often they stand."""

    def __init__(self) -> None:
        super().__init__(Frequency(), None, scorable=False)

    def index(self, value: Mapping[str, int], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's question: term, frequency, weight and stored value of each posting."""
        return ((term.encode(), count, float(count), pack_uint(count)) for term, count in value.items())


class Present(FieldType):
    """Values that are there or not."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's question: term, frequency, weight and stored value of each posting."""
        return ((term.encode(), 1, 1.0, b"") for term in set(value))


class Lengthless(W3Codec):
    """Whoosh's own way of writing, without asking the disk at each posting how long the document's field is: lengths
    stand among our numbers. That is half of the time that an index takes."""

    length_stats = False


def schema() -> Schema:
    """One field of everything that is read; titles and concepts beside it; scopes and facets as columns."""
    return Schema(
        key=ID(unique=True, stored=True),
        numbers=STORED,
        text=Placed(),
        concept=Counted(),
        **{name: Present() for name in ("title", "start", "scope", "facet")},
    )


def create(folder: Path) -> None:
    """An empty index, readable by this process's user only: its files are pickles."""
    folder.mkdir(parents=True, mode=0o700)
    FileIndex.create(FileStorage(str(folder)), schema(), NAME)


def write(folder: Path, put: Iterable[Mapping[str, Any]], removed: Iterable[str] = (), *, memory: int = 64) -> None:
    """Add documents and take others out, in one commit; ``memory`` in MB, what is more goes over the disk.

    A document that is put again must be named in ``removed`` too.
    """
    writer = FileIndex(FileStorage(str(folder)), indexname=NAME).writer(timeout=10, limitmb=memory, codec=Lengthless())
    try:
        for key in removed:
            writer.delete_by_term("key", key)
        for fields in put:
            writer.add_document(**fields)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def generation(folder: Path) -> int:
    """Which commit is the newest; -1 where there is no index. Cheap: one listing of the folder."""
    try:
        return int(TOC._latest_generation(FileStorage(str(folder)), NAME))
    except OSError:
        return -1


class Files(FileStorage):
    """A folder that knows what was opened from it: Whoosh forgets to close what it fails to read."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """Whoosh's way to a file."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_all(self) -> None:
        """Close what is still open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


class WhooshSegment(Segment):
    """A segment in files."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        stored = (reader.stored_fields(number) for number in range(reader.doc_count_all()))
        super().__init__(str(reader.segment().segment_id()), [(row["key"], row["numbers"]) for row in stored])

    def read(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """The posting lists of these terms."""
        return {term: decoded(self._reader, field, term) for term in terms}

    def fetch(self, field: str, terms: Sequence[str], beside: Sequence[Segment]) -> None:
        """Files are read a term at a time."""

    def places(self, term: str, numbers: Iterable[int]) -> dict[int, Numbers]:
        """Where a term stands in each of these documents (ascending), all of which have it."""

        def read() -> dict[int, Numbers]:
            matcher, found = self._reader.postings("text", term), {}
            for number in numbers:
                matcher.skip_to(number)
                found[int(number)] = np.frombuffer(matcher.value(), np.int32)
            return found

        with self._lock:
            return guarded(read)

    def values(self, field: str, prefix: str = "") -> list[str]:
        """The terms of a field that begin so."""
        with self._lock:
            return [term.decode() for term in guarded(lambda: list(self._reader.expand_prefix(field, prefix)))]


def segments(folder: Path, known: Mapping[str, Segment]) -> list[tuple[Segment, list[int]]]:
    """The newest commit's segments with the numbers of their deleted documents; opened ones are taken from ``known``.

    Raises ``DamagedError`` when anything of it cannot be read.
    """

    storage = Files(str(folder))

    def opened() -> list[tuple[Segment, list[int]]]:
        toc = TOC.read(storage, NAME)
        return [
            (
                known.get(part.segment_id()) or WhooshSegment(SegmentReader(storage, toc.schema, part)),
                sorted(part.deleted_docs()),
            )
            for part in toc.segments
        ]

    try:
        return guarded(opened)
    except DamagedError:
        storage.close_all()
        raise


def guarded(read: Callable[[], T]) -> T:
    """What ``read()`` gives. Pickles and compressed blocks fail with anything at all: here that is ``DamagedError``."""
    try:
        return read()
    except Exception as problem:
        raise DamagedError(f"{type(problem).__name__}: {problem}") from problem


def decoded(reader: SegmentReader, field: str, term: str) -> Postings:
    """A term's whole posting list."""

    def read() -> Postings:
        if (field, term) not in reader:
            return NOTHING
        matcher = reader.postings(field, term)
        while not hasattr(matcher, "_read_ids") and hasattr(matcher, "child"):
            matcher = matcher.child
        return blocks(matcher) if hasattr(matcher, "_read_ids") else steps(matcher)

    found: Postings = guarded(read)
    return found


def steps(matcher: Any) -> Postings:
    """A posting list through Whoosh's public matcher, one at a time."""
    numbers, weights = [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return np.array(numbers, np.int32), np.array(weights, np.float32)


def blocks(matcher: Any) -> Postings:
    """The same block by block, past the public matcher (a test holds the two equal)."""
    numbers, weights = [], []
    while not matcher._atend:
        matcher._read_ids()
        matcher._read_weights()
        numbers.append(np.fromiter(matcher._ids, np.int32, len(matcher._ids)))
        weights.append(np.fromiter(matcher._weights, np.float32, len(matcher._ids)))
        matcher._next_block()
    return joined(numbers, np.int32), joined(weights, np.float32)
