"""``@everyone``, ``@coordinators``, ``@project group``: whom of a room such a word means, in each language."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.members import Members, members
from chat.models import Room
from chat.permissions import can_call_everyone, can_post
from partnerships.models import Body, Function, Membership
from partnerships.permissions import Reach, seats_reaching

Key = tuple[str, str]
"""``("all", "")``, ``("functions", "coordinator")`` or ``("bodies", "project")``: where it stands in a message's
``calls``, and by what."""
Groups = Mapping[Key, Collection[int]]
"""Who is meant by each, as ids."""

ALL: Key = ("all", "")
MOST_UNASKED = 20
"""Whoever tells more people than these by one message is asked first."""

EVERYONE = (_("everyone"), _("everybody"), _("all"))
SEVERAL: dict[str, Promise] = {
    Function.COORDINATOR: _("coordinators"),
    Function.PROJECT_MANAGER: _("project managers"),
    Function.PROJECT_MEMBER: _("project members"),
    Function.COUNCILLOR: _("councillors"),
    Function.SENIOR_MANAGER: _("senior managers"),
    Function.TRAINEE: _("trainees"),
    Function.MENTOR: _("mentors"),
    Function.EXPERT: _("national experts"),
    Function.RESEARCHER: _("researchers"),
    Function.CIVIL_SOCIETY: _("civil-society representatives"),
    Function.INTERPRETER: _("interpreters"),
    Function.PROGRAMME_OFFICER: _("programme officers"),
    Function.KNOWLEDGE_EDITOR: _("knowledge editors"),
    Function.PARTNER_STAFF: _("partner-organisation staff"),
    Function.OBSERVER: _("observers"),
    Function.GUEST: _("guests"),
}
"""What those of one function are called together."""


@cache
def words() -> dict[str, Key]:
    """Every word that calls a group, in small letters and all languages, one of a function or all of it."""
    found: dict[str, Key] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(word).lower(): ALL for word in EVERYONE}
            found |= {str(word).lower(): ("functions", name) for name, word in SEVERAL.items()}
            found |= {str(Function(name).label).lower(): ("functions", name) for name in SEVERAL}
            found |= {str(kind.label).lower(): ("bodies", kind.value) for kind in Body.Kind}
    return found


@cache
def pattern() -> re.Pattern[str]:
    """Finds a sign with the beginning of such a word behind it."""
    any_of = "|".join(sorted(map(re.escape, words()), key=len, reverse=True))
    return re.compile(rf"@(?:{any_of})", re.IGNORECASE)


def may_call(body: str) -> bool:
    """Whether it is worth knowing what the people of the room are: few messages call a group."""
    return "@" in body and pattern().search(body) is not None


def groups_in(people: Members, rooms: Collection[Room]) -> dict[int, Groups]:
    """Room id → everybody in it, and those of each function and body there, by the seats that open it to them: two
    queries for all ``rooms``, whose ``people`` are known. In a conversation there are no seats."""
    found: dict[int, dict[Key, set[int]]] = {room.pk: defaultdict(set) for room in rooms}
    for room in rooms:
        found[room.pk][ALL] = {one.pk for one in people[room.pk]}
    for pk, person, function, kind in seats_in(rooms):
        if person in found[pk][ALL]:
            found[pk]["functions", function].add(person)
            if kind:
                found[pk]["bodies", kind].add(person)
    return dict(found)


def seats_in(rooms: Collection[Room]) -> Iterable[tuple[int, int, str, str | None]]:
    """Room, person, function, and kind of body of each seat that opens one of these rooms."""
    hung = [(room.pk, room.place) for room in rooms if room.place is not None]
    if not hung:
        return ()
    current = Membership.objects.current()
    seats = [
        seats_reaching(place, current).order_by().values_list(Value(pk), "person", "function", "body__kind").distinct()
        for pk, place in hung
    ]
    return seats[0].union(*seats[1:])


def calls_of(keys: Collection[Key]) -> dict[str, Any] | None:
    """As a message keeps and shows whom it calls: ``{"functions": […], "bodies": […], "all": true}``."""
    shown: dict[str, Any] = {}
    for kind, name in keys:
        if kind == "all":
            shown["all"] = True
        else:
            shown.setdefault(kind, []).append(name)
    return shown or None


def name_of(key: Key) -> str:
    """What one types to call it, in the current language."""
    kind, name = key
    if kind == "all":
        return str(EVERYONE[0])
    return str(SEVERAL[name] if kind == "functions" else Body.Kind(name).label)


def callable_groups(user: User, reach: Reach, room: Room) -> list[dict[str, Any]]:
    """What ``user`` may call in the room, and how many people that would tell: ``[{"name", "people"}]``. Who only reads
    calls nobody."""
    if not can_post(reach, room):
        return []
    groups = groups_in(members([room]), [room])[room.pk]
    shown = {key: len({*ids} - {user.pk}) for key, ids in groups.items()}
    if not can_call_everyone(reach, room):
        shown.pop(ALL, None)
    return [{"name": name_of(key), "people": people} for key, people in sorted(shown.items()) if people]
