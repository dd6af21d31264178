"""The files that the room's own form brings, for whoever writes without a script."""

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from chat.actions.files import bring_file
from chat.actions.posting import Refused
from chat.file_words import SENTENCES, STATUSES
from chat.models import File, Room
from chat.models.file import MOST_AT_ONCE


class FormFiles:
    """``files`` are here, those of an earlier attempt among them; ``refusals`` say in words which are not, and why;
    ``status`` is what the answer then has."""

    def __init__(self, data: QueryDict, uploads: Sequence[UploadedFile], room: Room, author: User) -> None:
        self.refusals: list[str] = []
        self.status = 0
        kept = [int(pk) for pk in data.getlist("attachments") if pk.isascii() and pk.isdigit() and len(pk) < 19]
        self.files = list(File.objects.unposted(author).filter(pk__in=kept, room=room)) if kept else []
        if len(uploads) + len(self.files) > MOST_AT_ONCE:
            self.refuse(_("At most 10 files go with one message. Send the rest with a second one."), 413)
            return
        for place, upload in enumerate(uploads):
            self.take(bring_file(author, room, identity(data, place, upload), upload), upload)

    def take(self, answer: File | Refused, upload: UploadedFile) -> None:
        """It is here, or refused."""
        if isinstance(answer, Refused):
            self.refuse(f"{upload.name}: {SENTENCES[answer.code]}", STATUSES[answer.code])
        else:
            self.files.append(answer)

    def refuse(self, sentence: str, status: int) -> None:
        """Say so."""
        self.refusals.append(sentence)
        self.status = status

    @property
    def ids(self) -> list[int]:
        """What goes with the message."""
        return [file.pk for file in self.files]


def identity(data: QueryDict, place: int, upload: UploadedFile) -> UUID:
    """The same for the same file of the same form: sent twice, it comes once."""
    try:
        form = UUID(data.get("client_id", ""))
    except ValueError:
        form = uuid4()
    return uuid5(form, f"{place} {upload.size} {upload.name!r}")
