"""What a direct conversation is called: the names of the others in it, so differently for each of its people."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from accounts.models import User
from chat.models import Participant, Room

NAMED = 3
"""So many are named; the rest are counted."""


def name_for(reader: User, rooms: Iterable[Room]) -> None:
    """Give the direct conversations among ``rooms`` their names, in one query; in none where there are none."""
    direct = [room for room in rooms if room.kind == Room.Kind.DIRECT]
    if not direct:
        return
    others: dict[int, list[Participant]] = {room.pk: [] for room in direct}
    for one in Participant.objects.filter(room__in=direct).exclude(user=reader).select_related("user"):
        others[one.room_id].append(one)
    for room in direct:
        there = [one for one in others[room.pk] if one.left_at is None] or others[room.pk]
        room.called = listed(sorted(one.user.shown_name for one in there))


def listed(names: list[str]) -> str:
    """``Amina Juma, Erik Lund``; of more than four people the first three, and how many there are beside them."""
    rest = len(names) - NAMED
    if rest <= 1:
        return ", ".join(names)
    others = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", rest)
    return others % {"names": ", ".join(names[:NAMED]), "n": rest}
