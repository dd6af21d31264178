"""All of a room, for those who answer for it: asked for here, made by a job (``chat.exporting``)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions.posting import Refused, locked
from chat.models import Export, Room
from chat.models.kept import EXPIRES
from chat.noting import EXPORT, post_note
from chat.permissions import can_moderate
from partnerships.permissions import Reach
from work.backend import Job


@transaction.atomic
def ask_export(user: User, room_id: int, job: Job) -> Export | Refused:
    """Have ``job`` make one. While one is being made of the room, it is that one."""
    room = locked([room_id]).get(room_id)
    reach = Reach.of(user)
    if room is None or not Room.objects.visible_to(user, reach).filter(pk=room_id).exists():
        return Refused("not_found")
    if not can_moderate(reach, room):
        return Refused("forbidden")
    begun = Export.objects.filter(room=room, finished_at=None).first()
    if begun is not None:
        return begun
    made = Export.objects.create(room=room, by=user, asked_at=timezone.now(), upto=room.message_count)
    made.task = job.enqueue(made.pk).id
    made.save(update_fields=["task"])
    return made


@transaction.atomic
def finish_export(export: Export, size: int, now: datetime) -> None:
    """Its file is there, until it expires; the room is told, once."""
    room = locked([export.room_id])[export.room_id]
    unfinished = Export.objects.filter(pk=export.pk, finished_at=None)
    if unfinished.update(finished_at=now, expires_at=now + EXPIRES, bytes=size):
        post_note(room, export.by, {"kind": EXPORT})
