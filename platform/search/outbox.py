"""What is to be indexed, written in the transaction of the change: both come true or neither does."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from search.document import Document
from search.models import Change, Entry


def put(document: Document) -> None:
    """Let the document be found as it now is, from a second after the commit."""
    with transaction.atomic():
        Entry.objects.update_or_create(kind=document.kind, key=document.id, defaults=Entry.fields_of(document))
        Change.objects.create(kind=document.kind, key=document.id)


def put_all(documents: Iterable[Document]) -> None:
    """The same for many documents at once, in two statements a thousand; each may stand in them only once."""
    with transaction.atomic():
        for batch in batched(documents, 1000):
            rows = [Entry(kind=one.kind, key=one.id, **Entry.fields_of(one)) for one in batch]
            Entry.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["kind", "key"],
                update_fields=Entry.FILLED,
            )
            Change.objects.bulk_create(Change(kind=one.kind, key=one.id) for one in batch)


def batched(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """Lists of at most ``size``."""
    rest = iter(documents)
    while batch := list(islice(rest, size)):
        yield batch


def remove(kind: str, key: int) -> None:
    """Let it be found no more."""
    with transaction.atomic():
        Entry.objects.filter(kind=kind, key=key).delete()
        Change.objects.create(kind=kind, key=key)
