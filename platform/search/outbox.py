"""What is to be indexed, written in the transaction of the change: both come true or neither does."""

from django.db import transaction

from search.document import Document
from search.models import Change, Entry


def put(document: Document) -> None:
    """Let the document be found as it now is, from a second after the commit."""
    with transaction.atomic():
        Entry.objects.update_or_create(kind=document.kind, key=document.id, defaults=Entry.fields_of(document))
        Change.objects.create(kind=document.kind, key=document.id)


def remove(kind: str, key: int) -> None:
    """Let it be found no more."""
    with transaction.atomic():
        Entry.objects.filter(kind=kind, key=key).delete()
        Change.objects.create(kind=kind, key=key)
