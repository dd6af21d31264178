"""What the hub asks about rooms: where they stand, what fills a gap, who may still listen."""

from collections.abc import Collection

from accounts.models import User
from chat.models import Mention, Room, Visit
from chat.pages import changes
from realtime import kinds
from realtime.kinds import Head, Page


def heads(ids: Collection[int]) -> dict[int, Head]:
    """Version, access and number of each room that is there, in one query."""
    rows = Room.objects.filter(pk__in=ids).values_list("pk", "version", "access", "message_count")
    return {pk: Head(version, access, number) for pk, version, access, number in rows}


def visible_heads(user: User, ids: Collection[int]) -> dict[int, Head]:
    """The heads of those that ``user`` may see. The numbers come first, so that a right is never newer than them."""
    found = heads(ids)
    visible = set(Room.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True))
    return {pk: head for pk, head in found.items() if pk in visible}


def fill(room_id: int, since: int) -> Page | None:
    """The page after ``since`` for everybody who watches the room."""
    page = changes(room_id, since)
    return page.finished() if page else None


def admits(room_id: int, users: Collection[int]) -> tuple[int, set[int]]:
    """The access number, and those of ``users`` who may read the room now."""
    room = Room.objects.select_related("network", "partnership", "body__partnership").get(pk=room_id)
    people = room.people().filter(pk__in=users)
    if room.network_id:
        people |= User.objects.filter(pk__in=users, is_superuser=True, is_active=True)
    visitors = set(Visit.objects.open().filter(room=room_id, user__in=users).values_list("user", flat=True))
    return room.access, visitors | set(people.values_list("pk", flat=True))


def called(versions: dict[int, int]) -> dict[int, dict[int, int]]:
    """Who was mentioned in these rooms after these versions."""
    return Mention.objects.since(versions)


kinds.register("room", heads=heads, fill=fill, admits=admits, called=called)
