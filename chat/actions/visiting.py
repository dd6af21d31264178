"""Administrators look into rooms of partnerships and bodies: for a reason and a time, recorded and told to the room."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from chat.actions.announcing import announce
from chat.actions.moderating import keepers
from chat.broadcasts import message_changed
from chat.models import Deed, Message, Room, Visit
from chat.order_notices import tell_of_deed
from chat.text import html_of
from chat.times import in_words

SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "three_days": timedelta(days=3),
    "week": timedelta(days=7),
}
"""For how long; never longer."""


@transaction.atomic
def enter(visitor: User, room: Room, span: str, reason: str) -> Visit:
    """Open a room to an administrator. Who has it open keeps that visit. Raises ``PermissionError`` for others, and
    ``KeyError`` for another time than one of ``SPANS``."""
    if not visitor.is_superuser or not Room.objects.to_be_visited().filter(pk=room.pk).exists():
        raise PermissionError
    locked = Room.objects.with_place().select_for_update(of=("self",)).get(pk=room.pk)
    if found := Visit.objects.open().filter(room=locked, user=visitor).first():
        return found
    visit = Visit.objects.create(room=locked, user=visitor, reason=reason, ends=timezone.now() + SPANS[span])
    grow(locked)
    record(visit, Deed.Verb.ENTERED, visit.ends)
    say(locked, visitor, reason, visit.ends)
    announce([locked.pk], [visitor.pk])
    return visit


@transaction.atomic
def end(visit: Visit) -> None:
    """The visit is over, by itself or before its time."""
    room = Room.objects.with_place().select_for_update(of=("self",)).get(pk=visit.room_id)
    if not Visit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=timezone.now()):
        return
    grow(room)
    visit.room = room
    record(visit, Deed.Verb.WENT)
    announce([room.pk], [visit.user_id])


def end_late(now: datetime) -> int:
    """End those whose time is over; how many."""
    late = list(Visit.objects.filter(ended_at=None, ends__lte=now).select_related("user"))
    for visit in late:
        end(visit)
    return len(late)


def grow(room: Room) -> None:
    """Who may see it is different."""
    Room.objects.filter(pk=room.pk).update(access=F("access") + 1)
    room.access += 1


def record(visit: Visit, verb: str, until: datetime | None = None) -> None:
    """In the room's log, and to who keeps order there."""
    deed = Deed(room=visit.room, by=visit.user, verb=verb, until=until, reason=visit.reason)
    deed.save()
    tell_of_deed(keepers(visit.room, but=[visit.user_id]), deed)


def say(room: Room, visitor: User, reason: str, until: datetime) -> None:
    """A message in the room that everybody reads, in the visitor's words and language; it stays."""
    with override(visitor.language), timezone.override(visitor.zone):
        said = {"until": f"{in_words(until)} ({visitor.zone})", "reason": reason}
        body = _("I read this room as an administrator until %(until)s. Why: %(reason)s") % said
    room.version += 1
    room.message_count += 1
    room.last_posted_at = max(timezone.now(), room.last_posted_at or timezone.now())
    message = Message.objects.create(
        room=room,
        number=room.message_count,
        version=room.version,
        author=visitor,
        client_id=uuid4(),
        body=body,
        html=html_of(body),
        language=visitor.language,
        posted_at=room.last_posted_at,
    )
    room.save(update_fields=["version", "message_count", "last_posted_at"])
    message_changed(message)
