"""How a file comes in: begun, brought piece by piece, finished; or given up. Who asks again is answered alike."""

from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.actions.posting import BIGGEST, Refused
from chat.models import File, Room
from chat.models.file import MOST_UNPOSTED
from chat.permissions import can_post
from chat.shelf import shelf
from files import arriving
from files.arriving import MOST_BYTES, RefusedFileError
from files.names import clean_name
from partnerships.permissions import Reach

PIECE = 256 * 1024
"""Bytes of a piece, as the browser sends them: five seconds at 400 kbit/s."""
LARGEST_PIECE = 1024 * 1024

Answer = File | Refused


def begin_file(user: User, room_id: int, client_id: UUID, name: str, size: int) -> Answer:
    """Announce a file of ``size`` bytes for a message in a room; the same ``client_id`` is always the same file."""
    if known := File.objects.filter(client_id=client_id, owner=user).first():
        return known
    room = Room.objects.visible_to(user).with_place().filter(pk=min(room_id, BIGGEST)).first()
    if room is None:
        return Refused("not_found")
    if not can_post(Reach.of(user), room):
        return Refused("read_only")
    if wrong := why_not(user, size):
        return Refused(wrong)
    now = timezone.now()
    row = File(owner=user, room=room, client_id=client_id, name=clean_name(name), bytes=size, touched_at=now)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # begun twice at the same moment
        return File.objects.get(client_id=client_id, owner=user)
    return row


def why_not(user: User, size: int) -> str:
    """The code of why no file of this size is taken from ``user``; nothing where it is."""
    if size < 1:
        return "empty_file"
    if size > MOST_BYTES:
        return "too_large"
    if File.objects.unposted(user).count() >= MOST_UNPOSTED:
        return "too_many_files"
    if File.objects.filter(owner=user).total() + size > settings.FILES_A_PERSON_MB * 1024 * 1024:
        return "quota"
    return "" if shelf.has_room(size) else "no_space"


def take_piece(user: User, file_id: int, offset: int, data: bytes) -> Answer:
    """The bytes from ``offset`` on. A piece that is here already changes nothing; one that leaves a gap is refused
    (``out_of_order``), and ``received`` says where to go on."""
    file = own(user, file_id)
    if file is None:
        return Refused("no_file")
    if not data or len(data) > LARGEST_PIECE:
        return Refused("bad_piece")
    upto = offset + len(data)
    if upto > file.bytes:
        return Refused("too_much")
    if file.state != File.State.UPLOADING or upto <= file.received:
        return file
    if offset != file.received:
        return Refused("out_of_order")
    shelf.write(file.key, offset, data)
    unmoved = File.objects.filter(pk=file.pk, received=offset, state=File.State.UPLOADING)
    unmoved.update(received=upto, touched_at=timezone.now())
    return own(user, file_id) or Refused("no_file")


def finish_file(user: User, file_id: int) -> Answer:
    """All of it is here: see what it is, and make a picture fit to be passed on. What is refused is gone."""
    file = own(user, file_id)
    if file is None:
        return Refused("no_file")
    if file.state != File.State.UPLOADING:
        return file
    if file.received != file.bytes:
        return Refused("incomplete")
    if wrong := examine(file):
        drop_files([file])
        return Refused(wrong)
    file.touched_at = timezone.now()
    file.state = File.State.WAITING if settings.CLAMD else File.State.READY
    file.save()
    return file


def bring_file(user: User, room: Room, client_id: UUID, upload: UploadedFile) -> Answer:
    """A whole file, out of a form."""
    file = begin_file(user, room.pk, client_id, upload.name or "", upload.size or 0)
    if isinstance(file, Refused) or file.state != File.State.UPLOADING:
        return file
    file.received = 0
    for data in upload.chunks(LARGEST_PIECE):
        shelf.write(file.key, file.received, data)
        file.received += len(data)
    file.save(update_fields=["received"])
    return finish_file(user, file.pk)


def give_up_file(user: User, file_id: int) -> Refused | None:
    """Forget an own file that is not posted."""
    file = own(user, file_id)
    if file is None:
        return Refused("no_file")
    drop_files([file])
    return None


def drop_files(files: list[File]) -> int:
    """Forget these, and their bytes once that is certain; how many."""
    keys = [file.key for file in files]
    transaction.on_commit(lambda: shelf.remove(*keys))
    File.objects.filter(pk__in=[file.pk for file in files]).delete()
    return len(files)


def drop_files_of(messages: list[int]) -> int:
    """Forget what hung on these messages, which are deleted for good."""
    return drop_files(list(File.objects.filter(message__in=messages))) if messages else 0


def own(user: User, file_id: int) -> File | None:
    """A file of theirs that is not posted, and held no virus."""
    return File.objects.filter(
        ~Q(state=File.State.INFECTED), owner=user, message=None, pk=min(file_id, BIGGEST)
    ).first()


def examine(file: File) -> str:
    """Tell its type by what is in it, and give it the name, size and shape that it has from now on. The code of why
    it is not taken, or nothing."""
    try:
        seen = arriving.examine(shelf, file.key, file.name, file.bytes)
    except RefusedFileError as refused:
        return refused.code
    file.media, file.name = seen.media, seen.name
    file.bytes = file.received = seen.bytes
    file.width, file.height = seen.width, seen.height
    return ""
