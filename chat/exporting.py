"""A room as a ZIP: ``room.json`` for programs, ``room.html`` to read without a network, and its files.

Read and written in pieces, so that a room of a million messages takes no more memory than one of a thousand.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_valid_filename

from chat.actions.exporting import finish_export
from chat.conversation import lines
from chat.models import Export, File, Mention, Message, Room
from chat.models.message import standing
from chat.payloads import message_payload, moment
from chat.shelf import shelf
from notifications.telling import as_read_by

BATCH = 500
Step = Callable[[int, str], None]
"""Called with how many messages or files are done since the last call, and what is being done."""


def path_of(export: Export) -> Path:
    """Where its file is. The name is of no use to who may not see the export."""
    return Path(settings.MEDIA_ROOT) / "exports" / f"{export.pk}.zip"


def total(export: Export) -> int:
    """How many messages and files there are to do."""
    return export.upto + int(files_of(export).count())


def make(export: Export, step: Step) -> None:
    """Write the file, and tell. Doing it again writes it anew; half a file is never one."""
    done = path_of(export)
    done.parent.mkdir(parents=True, exist_ok=True)
    part, page = done.with_suffix(".part"), done.with_suffix(".html")
    room = Room.objects.with_place().get(pk=export.room_id)
    with as_read_by(export.by), ZipFile(part, "w", ZIP_DEFLATED) as archive:
        write_messages(archive, page, room, export, step)
        archive.write(page, "room.html")
        page.unlink()
        for file in files_of(export).iterator(chunk_size=BATCH):
            add_file(archive, file)
            step(1, file.name)
    part.replace(done)
    finish_export(export, done.stat().st_size, timezone.now())


def write_messages(archive: ZipFile, page: Path, room: Room, export: Export, step: Step) -> None:
    """Both forms in one reading: the JSON into the archive, the page beside it: an archive takes one at a time."""
    context = {"room": room, "export": export, "now": timezone.now()}
    with archive.open("room.json", "w", force_zip64=True) as out, page.open("w", encoding="utf-8") as html:
        html.write(render_to_string("chat/export/head.html", context))
        head = json.dumps(about(room, export), ensure_ascii=False)
        out.write(f'{head[:-1]}, "messages": ['.encode())
        comma = ""
        for batch in batches(room, export.upto):
            for message in batch:
                out.write(f"{comma}\n{json.dumps(exported(message), ensure_ascii=False)}".encode())
                comma = ","
            html.write(render_to_string("chat/export/messages.html", {"lines": shown(room, batch, export)}))
            step(batch[-1].number - (batch[0].number - 1), room.name)
        out.write(b"\n]}\n")
        html.write(render_to_string("chat/export/foot.html", context))


def batches(room: Room, upto: int) -> Iterator[list[Message]]:
    """The messages that stand, by number: those above the floor, and below it what was spared."""
    rows = Message.objects.filter(standing(room.floor), room=room, number__lte=upto).with_author().order_by("number")
    last = 0
    while batch := list(rows.filter(number__gt=last)[:BATCH]):
        Mention.objects.load(batch)
        for one in batch:
            one.room = room
        last = batch[-1].number
        yield batch


def about(room: Room, export: Export) -> dict[str, Any]:
    """What the JSON says of the room itself."""
    return {
        "room": {"id": room.pk, "name": room.name, "place": str(room.whole or ""), "kind": room.kind},
        "floor": room.floor,
        "exported_at": moment(timezone.now()),
        "exported_by": export.by.name,
        "upto": export.upto,
    }


def exported(message: Message) -> dict[str, Any]:
    """A message as every transport shows it, its files with where they stand in the archive."""
    payload = message_payload(message)
    for file in payload.get("attachments", []):
        file["path"] = place_of(file["id"], file["name"])
    return payload


def shown(room: Room, batch: list[Message], export: Export) -> list[dict[str, Any]]:
    """The messages as the page shows them, each with its files."""
    made = lines(room, batch, export.by, room.message_count)
    return [
        {
            "line": line,
            "files": [
                {"name": file["name"], "path": place_of(file["id"], file["name"])} for file in line.message.attachments
            ],
        }
        for line in made
    ]


def files_of(export: Export) -> Any:
    """The room's files that came with these messages and were found clean."""
    rows = File.objects.filter(room=export.room_id, message__isnull=False, state=File.State.READY)
    return rows.filter(message__number__lte=export.upto).order_by("pk")


def place_of(pk: int, name: str) -> str:
    """``files/12-plan.pdf``: its number makes the name its own, and no name leads out of the folder."""
    return f"files/{pk}-{get_valid_filename(name.replace('..', '.')) or 'file'}"


def add_file(archive: ZipFile, file: File) -> None:
    """Copy a file in pieces; most are packed already. One that the disk has lost is left out."""
    path = shelf.path_of(file.key)
    if not path.exists():
        return
    entry = ZipInfo(place_of(file.pk, file.name))
    entry.compress_type = ZIP_STORED
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, 256 * 1024)


def sweep() -> int:
    """Remove the files of exports that have expired; how many."""
    gone = 0
    for export in Export.objects.filter(expires_at__lte=timezone.now(), bytes__gt=0):
        path_of(export).unlink(missing_ok=True)
        gone += Export.objects.filter(pk=export.pk).update(bytes=0)
    return gone
