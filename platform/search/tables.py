"""The engine in PostgreSQL, for several hosts: the same index without a folder.

It answers as the one in files does, to the last score, because it keeps the same postings for the same scorer. A commit
is a transaction: a process that is killed in one leaves nothing of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from math import log
from secrets import token_hex
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from search.concepts import Vocabulary
from search.kept import Index, Part, Posting
from search.parts import Draft, TableSegment, join, lay
from search.segment import Segment

ASIDE = False
"""A thread would need a connection of its own, and opening is cheap here."""
WORDS_A_MB = 100_000
"""What a draft holds in the memory that it is given."""
ALIKE, MANY = 5, 5
"""Parts whose sizes differ less than so many times are alike; so many alike ones become one."""
LEFT = timedelta(minutes=1)
"""How long what is retired stays for those who have it open."""
NAMES = 500
"""Documents that are looked up in one query."""


def away() -> str:
    """Where the database is, the index can be."""
    return ""


def living() -> str | None:
    """The index that is searched."""
    return Index.objects.filter(living=True).values_list("name", flat=True).first()


def version(name: str) -> str:
    """Which way of making the index made this one."""
    return name.partition("-")[0]


@lru_cache(maxsize=2)
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary that an index was made with."""
    return Vocabulary(Index.objects.values_list("vocabulary", flat=True).get(name=name))


def generation(name: str) -> int:
    """Which commit is the newest."""
    return Index.objects.values_list("generation", flat=True).get(name=name)


def segments(name: str, known: Mapping[str, Segment]) -> list[tuple[Segment, list[int]]]:
    """The newest commit's parts; those that are known are not read again."""
    parts = dict(parts_of(name).values_list("pk", "deleted"))
    new = Part.objects.filter(pk__in=[pk for pk in parts if str(pk) not in known])
    opened = {**known, **{str(pk): TableSegment(pk, rows) for pk, rows in new.values_list("pk", "rows")}}
    return [(opened[str(pk)], np.frombuffer(deleted, np.int32).tolist()) for pk, deleted in parts.items()]


def parts_of(name: str) -> QuerySet[Part]:
    """What an index consists of, the oldest first."""
    return Part.objects.filter(index__name=name, retired_at=None).order_by("pk")


def create(made_by: str, vocabulary: Vocabulary) -> str:
    """An empty index beside the living one; what failed rebuilds left is cleared away first."""
    Index.objects.filter(living=False, retired_at=None).delete()
    return Index.objects.create(name=f"{made_by}-{token_hex(4)}", vocabulary=vocabulary.names).name


def write(name: str, put: Iterable[Mapping[str, Any]], removed: Iterable[str] = (), *, memory: int = 64) -> None:
    """Add documents and take others out: one commit for each part that they make, hardly ever more than one."""
    index = Index.objects.get(name=name)
    for draft in drafts(put, memory * WORDS_A_MB):
        with transaction.atomic():
            take_out(index, removed)
            lay(index, draft)
            merge(index)
            Index.objects.filter(pk=index.pk).update(generation=F("generation") + 1)
        removed = ()
    clear()


def drafts(put: Iterable[Mapping[str, Any]], size: int) -> Iterator[Draft]:
    """The documents as drafts of about a size; at least one, if empty."""
    draft = Draft()
    for document in put:
        if draft.size > size:
            yield draft
            draft = Draft()
        draft.add(document)
    yield draft


def take_out(index: Index, removed: Iterable[str]) -> None:
    """Note the documents of these names as deleted."""
    left = iter(removed)
    while names := list(islice(left, NAMES)):
        held = Posting.objects.filter(part__index=index, part__retired_at=None, field="key", term__in=names)
        gone: dict[int, list[int]] = {}
        for pk, numbers in held.values_list("part_id", "numbers"):
            gone.setdefault(pk, []).extend(np.frombuffer(numbers, np.int32).tolist())
        for part in Part.objects.filter(pk__in=gone).only("deleted"):
            part.deleted = np.union1d(np.frombuffer(part.deleted, np.int32), gone[part.pk]).astype(np.int32).tobytes()
            part.save(update_fields=["deleted"])


def merge(index: Index) -> None:
    """Make one of many parts of like size, so that a term is in few of them."""
    alike: dict[int, list[Part]] = {}
    for part in parts_of(index.name):
        left = len(part.rows) - len(part.deleted) // 4
        alike.setdefault(int(log(max(1, left), ALIKE)), []).append(part)
    for parts in alike.values():
        if len(parts) >= MANY:
            join(index, parts)
            Part.objects.filter(pk__in=[part.pk for part in parts]).update(retired_at=timezone.now())


def swap(name: str) -> None:
    """Make this the living index; the last one stays a while for those who have it open."""
    with transaction.atomic():
        Index.objects.filter(living=True).update(living=False, retired_at=timezone.now())
        Index.objects.filter(name=name).update(living=True)


def clear() -> None:
    """Remove what has been retired long enough."""
    since = timezone.now() - LEFT
    Index.objects.filter(retired_at__lt=since).delete()
    Part.objects.filter(retired_at__lt=since).delete()


@contextmanager
def locked(name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock among all hosts; False when someone else has it and we do not ``wait``.

    It is a transaction of a connection of its own, so that a pooler leaves it alone, and ends when the process does.
    """
    number = int.from_bytes(sha256(f"search {name}".encode()).digest()[:8], signed=True)
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            asking = "pg_advisory_xact_lock(%s)" if wait else "pg_try_advisory_xact_lock(%s)"
            cursor.execute(f"SELECT {asking}", [number])
            yield wait or bool(cursor.fetchone()[0])
    finally:
        own.rollback()
        own.close()
