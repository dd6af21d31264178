"""The single writer: works off the outbox, makes the index anew when it must, beside the living one."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import chain, islice
from time import monotonic

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from search.concepts import Names, Vocabulary, themes_as_names
from search.document import Document, sources
from search.engines import REBUILD, WRITE, Place, engine
from search.fields import fields, key, version
from search.living import index
from search.models import Change, Entry

BATCH = 500
KEPT = timedelta(hours=6)
"""How long lines that are worked off stay: longer than the longest rebuild, which replays them."""
PACE = 1.0
"""Seconds between two commits at least."""

_last_commit = [0.0]

log = logging.getLogger("exchange.search")


def work_off() -> int:
    """Bring the index up to what is committed, making it anew first where it is missing, damaged or of another
    version. Gives the number of documents taken up. Waits while another process is at it."""
    return rebuild() if outdated(themes_as_names()) else take_up(wait=True)


def keep_up() -> int:
    """The same for a worker that calls it over and over: at most one commit a second, and never waiting for others."""
    if monotonic() - _last_commit[0] < PACE:
        return 0
    return rebuild(wait=False) if outdated(themes_as_names()) else take_up(wait=False)


def rebuild(*, ask: bool = False, wait: bool = True) -> int:
    """Make the index anew beside the living one, catch up with what changed meanwhile, and swap. With ``ask``, the
    apps are asked for all their documents first. Gives the number of documents."""
    keeper = engine()
    with keeper.locked(REBUILD, wait=wait) as mine:
        if not mine:
            return 0
        if ask:
            ask_sources()
        begun, names = timezone.now(), themes_as_names()
        before = set(Change.objects.filter(indexed_at=None).values_list("pk", flat=True))
        place = keeper.create(version(names), Vocabulary(names))
        vocabulary = keeper.vocabulary(place)
        keeper.write(place, (fields(entry.document(), vocabulary) for entry in entries(between=take_up)), memory=128)
        with keeper.locked(WRITE):
            since_then = Change.objects.filter(Q(indexed_at=None) | Q(indexed_at__gte=begun))
            rows = list(since_then.values_list("pk", "kind", "key"))
            write_changes(place, [row for row in rows if row[0] not in before])
            keeper.swap(place)
            mark_done(before)
    index.refresh()
    log.info("The search index was made anew.")
    return Entry.objects.count()


def outdated(names: Names) -> bool:
    """Whether there is no index that can be searched, or it was made in another way than we would now."""
    index.refresh()
    place = engine().living()
    return place is None or engine().version(place) != version(names) or index.snapshot() is None


def take_up(*, wait: bool = False) -> int:
    """Take up what is waiting, one commit a batch; then clear away what is long done."""
    waiting = Change.objects.filter(indexed_at=None).order_by("pk")
    if index.snapshot() is None or not waiting.exists():
        return 0
    taken, keeper = 0, engine()
    with keeper.locked(WRITE, wait=wait) as mine:
        place = keeper.living()
        while mine and place and (rows := list(waiting.values_list("pk", "kind", "key")[:BATCH])):
            taken += write_changes(place, rows)
    Change.objects.filter(indexed_at__lt=timezone.now() - KEPT).delete()
    index.refresh()
    return taken


def write_changes(place: Place, rows: list[tuple[int, str, int]]) -> int:
    """Write the present state of these documents, each once, then mark the lines. A crash between the two only
    means that it is done again."""
    names = sorted({(kind, number) for _pk, kind, number in rows})
    if not names:
        return 0
    vocabulary = engine().vocabulary(place)
    found = chain.from_iterable(entries_of(names[at : at + BATCH]) for at in range(0, len(names), BATCH))
    put = (fields(entry.document(), vocabulary) for entry in found)
    engine().write(place, put, [key(kind, number) for kind, number in names])
    _last_commit[0] = monotonic()
    mark_done(pk for pk, _kind, _number in rows)
    return len(names)


def mark_done(lines: Iterable[int]) -> None:
    """These lines of the outbox are in the index."""
    left, done = iter(lines), timezone.now()
    while some := list(islice(left, BATCH)):
        Change.objects.filter(pk__in=some).update(indexed_at=done)


def entries_of(names: Iterable[tuple[str, int]]) -> Iterator[Entry]:
    """The entries of these documents that still are there."""
    by_kind: dict[str, list[int]] = {}
    for kind, number in names:
        by_kind.setdefault(kind, []).append(number)
    for kind, numbers in by_kind.items():
        yield from Entry.objects.filter(kind=kind, key__in=numbers)


def entries(between: Callable[[], object]) -> Iterator[Entry]:
    """All entries, a few at a time, without holding a transaction open. ``between`` is done after each few: the
    living index goes on following the changes."""
    last = 0
    while rows := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from rows
        last = rows[-1].pk
        between()


def ask_sources() -> None:
    """Let our copy be what the apps now have. What they put or remove while they are asked stands as they put it."""
    mark = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for kind, documents in sources.items():
        numbers: set[int] = set()
        left = iter(documents())
        while some := list(islice(left, 200)):
            numbers.update(document.id for document in some)
            copy(kind, some, mark)
        gone = [n for n in Entry.objects.filter(kind=kind).values_list("key", flat=True) if n not in numbers]
        for at in range(0, len(gone), BATCH):
            drop(kind, gone[at : at + BATCH], mark)


@transaction.atomic
def copy(kind: str, documents: list[Document], mark: int) -> None:
    """Store these documents, but for those that were touched since ``mark``."""
    touched = since(kind, [document.id for document in documents], mark)
    rows = [
        Entry(kind=kind, key=document.id, **Entry.fields_of(document))
        for document in documents
        if document.id not in touched
    ]
    Entry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "key"], update_fields=list(Entry.FILLED)
    )


@transaction.atomic
def drop(kind: str, numbers: list[int], mark: int) -> None:
    """Delete these entries, but for those that were touched since ``mark``."""
    touched = since(kind, numbers, mark)
    Entry.objects.filter(kind=kind, key__in=set(numbers) - touched).delete()


def since(kind: str, numbers: list[int], mark: int) -> set[int]:
    """Which of these documents were put or removed after the line ``mark`` of the outbox."""
    return set(Change.objects.filter(pk__gt=mark, kind=kind, key__in=numbers).values_list("key", flat=True))
