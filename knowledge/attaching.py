"""What people do with the files of a lesson: attach, remove, put back, have read again."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from files.arriving import MOST_BYTES, Arrived, RefusedFileError, examine
from files.names import clean_name
from files.texts import reader_of
from files.types import PICTURES
from knowledge.actions import index, locked
from knowledge.file_words import SENTENCES
from knowledge.models import Attachment, Lesson
from knowledge.models.attachment import MOST_FILES
from knowledge.shelf import shelf

State = Attachment.State


def attach_all(lesson: Lesson, uploads: Iterable[UploadedFile], *, by: User) -> list[str]:
    """Attach what a form brought. Why each of the others was not taken, in a sentence."""
    refusals = []
    for upload in uploads:
        try:
            attach(lesson, upload, by=by)
        except RefusedFileError as refused:
            refusals.append(f"{clean_name(upload.name or '')}: {SENTENCES[refused.code]}")
    return refusals


def attach(lesson: Lesson, upload: UploadedFile, *, by: User) -> Attachment:
    """Take a file in. The same file at the same lesson stays one. Raises ``RefusedFileError``."""
    may_come(lesson, upload.size or 0, by)
    key = uuid4()
    try:
        digest = written(key, upload)
        seen = examine(shelf, key, clean_name(upload.name or ""), upload.size or 0)
        return stored(lesson, key, digest, seen, by)
    except BaseException:
        shelf.remove(key)
        raise


def may_come(lesson: Lesson, size: int, by: User) -> None:
    """Raises ``RefusedFileError`` where it cannot be taken, whatever is in it."""
    if size < 1:
        raise RefusedFileError("empty_file")
    if size > MOST_BYTES:
        raise RefusedFileError("too_large")
    if lesson.attachments.standing().count() >= MOST_FILES:
        raise RefusedFileError("enough_files")
    if Attachment.objects.filter(owner=by).total() + size > settings.FILES_A_PERSON_MB * 1024 * 1024:
        raise RefusedFileError("full")
    if not shelf.has_room(size):
        raise RefusedFileError("no_space")


def written(key: UUID, upload: UploadedFile) -> str:
    """Put its bytes on the shelf; their SHA-256."""
    digest, offset = sha256(), 0
    for data in upload.chunks():
        shelf.write(key, offset, data)
        digest.update(data)
        offset += len(data)
    return digest.hexdigest()


def stored(lesson: Lesson, key: UUID, digest: str, seen: Arrived, by: User) -> Attachment:
    """The row of what lies there, or of the same file that was here before."""
    picture = seen.type in PICTURES.values()
    reader = reader_of(seen.type)
    if not reader and not picture:
        raise RefusedFileError("no_document")
    row = Attachment(
        lesson=lesson, owner=by, key=key, digest=digest, name=seen.name, bytes=seen.bytes, media=seen.media,
        width=seen.width, height=seen.height, reader=reader, checked=not settings.CLAMD, added_at=timezone.now(),
    )  # fmt: skip
    row.state = State.KEPT if picture and row.checked else State.QUEUED
    try:
        with transaction.atomic():
            row.save()
            index(locked(lesson))
    except IntegrityError:
        shelf.remove(key)
        return lesson.attachments.standing().get(digest=digest)
    return row


@transaction.atomic
def remove_attachment(row: Attachment, *, by: User) -> None:
    """Take it away from the lesson; for 30 days it can be put back."""
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    index(locked(row.lesson))


@transaction.atomic
def put_back_attachment(row: Attachment) -> None:
    """Undo a removal; where the same file was attached again meanwhile, that one stays."""
    if row.lesson.attachments.standing().filter(digest=row.digest).exists():
        return
    row.removed_at = row.removed_by = None
    row.save(update_fields=["removed_at", "removed_by"])
    index(locked(row.lesson))


def read_again(row: Attachment) -> None:
    """Let the next round try once more."""
    again = Attachment.objects.filter(pk=row.pk, state__in=[State.FAILED, State.PART])
    again.update(state=State.QUEUED, trouble="", tries=0, claimed_at=None)


def drop(rows: list[Attachment]) -> int:
    """Forget these for good, and their bytes once that is certain; how many."""
    keys = [row.key for row in rows]
    transaction.on_commit(lambda: shelf.remove(*keys))
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
