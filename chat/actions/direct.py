"""Direct conversations: the same people find the same one. Others are not added to it, they begin a new one: what was
said to some is not shown to more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from chat.actions.announcing import announce
from chat.actions.reading import join_rooms
from chat.broadcasts import room_changed
from chat.models import Participant, ReadMarker, Room
from partnerships.permissions import Reach, people_visible_to

MOST = 8
"""People in one conversation, whoever begins it included."""

Seen = Mapping[int, set[int]]
"""Person → those of the asked whom they share a place with."""


def sharing(people: Collection[User], others: Collection[int]) -> Seen:
    """Whom of ``others`` (ids) each of ``people`` shares a place with by their seats: what administrators see counts
    for nothing here."""
    found = {}
    for one in people:
        reach = replace(Reach.of(one), administrator=False)
        known = people_visible_to(one, reach).filter(pk__in=set(others) - {one.pk})
        found[one.pk] = set(known.values_list("pk", flat=True))
    return found


def strangers(people: Collection[User]) -> list[tuple[User, User]]:
    """The pairs of these people who share no place: nobody may learn of somebody by a conversation."""
    seen = sharing(people, {one.pk for one in people})
    ordered = sorted(people, key=lambda one: (one.name, one.pk))
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if other.pk not in seen[one.pk] or one.pk not in seen[other.pk]
    ]


def open_conversation(opener: User, people: Iterable[User]) -> Room:
    """The conversation of ``opener`` with ``people`` (who share places: ``strangers``), begun where there is none."""
    together = {one.pk: one for one in [opener, *people]}
    key = "-".join(str(pk) for pk in sorted(together))
    found = Room.objects.filter(party_key=key).first()
    if found is not None:
        return found
    try:
        return begin(list(together.values()), key)
    except IntegrityError:  # somebody of them began it at the same moment
        return Room.objects.get(party_key=key)


@transaction.atomic
def begin(people: list[User], key: str) -> Room:
    """A new conversation, which stands in everybody's list at once."""
    party = sorted(one.pk for one in people)
    room = Room.objects.create(kind=Room.Kind.DIRECT, party=party, party_key=key)
    Participant.objects.bulk_create([Participant(room=room, user=one) for one in people])
    for one in people:
        join_rooms(one, [room])
    announce([room.pk], party)
    return room


@transaction.atomic
def leave_conversation(user: User, room: Room) -> None:
    """Go out of it; the others go on. With the same people one begins anew."""
    locked = Room.objects.select_for_update().get(pk=room.pk)
    if not Participant.objects.filter(room=locked, user=user, left_at=None).update(left_at=timezone.now()):
        return
    ReadMarker.objects.filter(room=locked, user=user).delete()
    locked.party_key = None
    keep_party(locked)
    announce([locked.pk], [user.pk, *locked.party])


def keep_party(room: Room) -> None:
    """Who may read it is different: the number of access grows, and the room's state is a new version."""
    room.party = sorted(Participant.objects.filter(room=room, shares=True, left_at=None).values_list("user", flat=True))
    room.access += 1
    room.version += 1
    room.state_version = room.version
    room.save(update_fields=["party", "party_key", "access", "version", "state_version"])
    room_changed(room)


def look_again(people: Collection[int]) -> set[int]:
    """The seats of ``people`` changed: their conversations close where they share a place with nobody in them any
    more, and open again where they do. The ids of those rooms, which others see otherwise now, too."""
    rows = list(Participant.objects.filter(user__in=people, left_at=None).select_related("user"))
    if not rows:
        return set()
    in_room: dict[int, set[int]] = defaultdict(set)
    every = Participant.objects.filter(left_at=None, room__in={row.room_id for row in rows})
    for room_id, user_id in every.values_list("room", "user"):
        in_room[room_id].add(user_id)
    seen = sharing({row.user for row in rows}, set().union(*in_room.values()))
    moved = [row for row in rows if row.shares != bool(seen[row.user_id] & in_room[row.room_id])]
    for row in moved:
        row.shares = not row.shares
    Participant.objects.bulk_update(moved, ["shares"])
    for room in Room.objects.filter(pk__in={row.room_id for row in moved}).order_by("pk").select_for_update():
        keep_party(room)
        announce([room.pk], in_room[room.pk] - set(people))
    return {row.room_id for row in moved}
