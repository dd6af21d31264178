"""Keeping order: flags, removing, silencing. What those who keep order do is recorded, and told to whom it concerns."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from chat import removal
from chat.actions.changing import Verdict, change, empty
from chat.actions.posting import Refused
from chat.actions.reading import join_rooms
from chat.broadcasts import access_moved
from chat.models import Deed, Flag, Message, ReadMarker, Room
from chat.models.mention import with_mentions
from chat.models.message import Messages
from chat.order_notices import tell_of_deed, tell_of_flag
from chat.permissions import can_moderate, is_silenced
from partnerships.permissions import Reach, seats_of

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30)}
"""For how long somebody may be silenced."""


def keepers(room: Room, but: Iterable[int] = ()) -> list[User]:
    """Who keeps order in a room by a seat, ``but`` for some (ids), in three queries."""
    people = list(room.people().exclude(pk__in=list(but)))
    seats = seats_of([one.pk for one in people])
    return [one for one in people if can_moderate(Reach.by(one, seats[one.pk]), room)]


@transaction.atomic
def flag_message(user: User, message: Message, reason: str, note: str = "") -> str:
    """Ask those who keep order to look at it; each person once. The code of why not: one's own message, a deleted one,
    or a conversation in which nobody keeps order."""
    room = message.room
    if room.kind == Room.Kind.DIRECT or message.author_id == user.pk or message.deleted_at:
        return "forbidden"
    words = {"reason": reason, "note": note, "settled_at": None}
    Flag.objects.update_or_create(message=message, by=user, defaults=words)
    tell_of_flag(keepers(room, but=[message.author_id, user.pk]), message)
    return ""


@transaction.atomic
def leave_flagged(keeper: User, message: Message) -> None:
    """Nothing is wrong with it: its flags are settled."""
    if removal.settle(message):
        Deed.objects.create(room=message.room, by=keeper, verb=Deed.Verb.KEPT, number=message.number)


def remove_message(keeper: User, room: int, message: int, reason: str) -> Verdict:
    """Take somebody's words away; that it was done by those who keep order stays to be seen, its author is told why."""
    return change(keeper, room, message, may_remove, partial(empty, keeper, reason=reason), writing=False)


def may_remove(reach: Reach, message: Message) -> str:
    """Who keeps order there, of others' messages."""
    if message.deleted_at:
        return "not_found"
    return "" if can_moderate(reach, message.room) and message.author_id != reach.person else "forbidden"


@transaction.atomic
def silence(keeper: User, room: Room, person: User, span: str, reason: str) -> str:
    """Let somebody only read in a room for a while. The code of why not: those who keep order themselves, and who is
    not there, cannot be silenced."""
    seat = room.people().filter(pk=person.pk).first()
    if seat is None or span not in SPANS:
        return "not_found"
    if can_moderate(Reach.of(person), room):
        return "forbidden"
    until = timezone.now() + SPANS[span]
    join_rooms(person, [room])
    ReadMarker.objects.filter(room=room, user=person).update(silenced_until=until)
    deed = Deed(room=room, by=keeper, verb=Deed.Verb.SILENCED, about=person, until=until, reason=reason)
    recorded(deed, person)
    return ""


@transaction.atomic
def lift(keeper: User, room: Room, person: User, reason: str = "") -> str:
    """Let them write again before the time is over."""
    marker = ReadMarker.objects.filter(room=room, user=person).first()
    if marker is None or not is_silenced(marker):
        return "not_found"
    ReadMarker.objects.filter(pk=marker.pk).update(silenced_until=None)
    recorded(Deed(room=room, by=keeper, verb=Deed.Verb.LIFTED, about=person, reason=reason), person)
    return ""


def recorded(deed: Deed, person: User) -> None:
    """Keep it, tell the person, and let their open pages know whether they write."""
    deed.save()
    tell_of_deed([person], deed)
    reach = Reach.of(person)
    mine = Room.objects.filter(pk=deed.room_id).visible_to(person, reach).with_place().with_unread(person)
    access_moved(person.pk, reach, list(with_mentions(mine, person)), [])


def silenced_in(room: Room) -> list[ReadMarker]:
    """Who only reads there for a while, with until when."""
    markers = ReadMarker.objects.filter(room=room, silenced_until__gt=timezone.now())
    return list(markers.select_related("user").order_by("silenced_until"))


def open_flags(rooms: Iterable[Room], keeper: User) -> Messages:
    """Messages there that somebody asks to look at, those that were said first in front, each with its open
    ``flagged``; one's own are for others to judge."""
    flags = Flag.objects.filter(settled_at=None)
    found = Message.objects.filter(room__in=rooms, pk__in=flags.values("message")).exclude(author=keeper)
    asked = Prefetch("flags", flags.select_related("by").order_by("pk"), to_attr="flagged")
    return found.with_author().with_room().prefetch_related(asked).order_by("pk")


def could_not(verdict: Verdict) -> str:
    """The code of a refusal; nothing where it was done."""
    return verdict.code if isinstance(verdict, Refused) else ""
