"""Who may enter which room when: seats really begin and end, and the version at which each does is kept."""

import asyncio
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.models import Room
from partnerships.actions import begin_membership, end_membership
from partnerships.models import Function, Membership
from tests.faults.talk.ground import Ground

PAUSE = 0.7
"""Seconds between two changes, on average."""


@dataclass
class Span:
    """From a moment of the round up to and with a version of the room; without end while the seat holds."""

    since: float
    upto: int | None = None


class Seats:
    """The history of access. ``changes`` counts the seats that began and ended during the round."""

    def __init__(self, ground: Ground, chance: Random) -> None:
        self.ground, self.chance = ground, chance
        self.spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="seats")
        self.changes = 0
        self.over = False
        for person in ground.people:
            for room in Room.objects.visible_to(person).filter(pk__in=ground.rooms):
                self.spans[person.pk, room.pk].append(Span(0.0))

    def holds(self, person: int, room: int) -> bool:
        """Whether there is a seat now."""
        spans = self.spans[person, room]
        return bool(spans) and spans[-1].upto is None

    def rooms_of(self, person: int) -> set[int]:
        """Where there is one."""
        return {room for room in self.ground.rooms if self.holds(person, room)}

    def allowed(self, person: int, room: int, version: int, at: float) -> bool:
        """Whether ``person`` may have got at ``at`` what the room was at ``version``."""
        return any(
            span.since <= at and (span.upto is None or version <= span.upto) for span in self.spans[person, room]
        )

    async def keep_changing(self) -> None:
        """Until it is ``over``: somebody joins a room, or leaves one. Everybody stays in the square."""
        while not self.over:
            await asyncio.sleep(self.chance.expovariate(1 / PAUSE))
            await self.change(self.chance.choice(self.ground.people), self.some_room())

    def some_room(self) -> int:
        """Any but the square."""
        return self.chance.choice([room for room in self.ground.rooms if room != self.ground.square])

    async def change(self, person: User, room: int) -> None:
        """Begin or end a seat, by the verbs, in a thread with a connection of its own."""
        loop = asyncio.get_running_loop()
        spans = self.spans[person.pk, room]
        if self.holds(person.pk, room):
            spans[-1].upto = await loop.run_in_executor(self.thread, self.end, person, room)
        else:
            spans.append(Span(time.monotonic()))
            await loop.run_in_executor(self.thread, self.begin, person, room)
        self.changes += 1

    @transaction.atomic
    def begin(self, person: User, room: int) -> None:
        """A new seat."""
        place = self.ground.places[room]
        where = {type(place).__name__.lower(): place}
        begin_membership(
            person=person,
            function=Function.RESEARCHER,
            organisation=self.ground.organisation,
            begins=timezone.localdate() - timedelta(days=1),
            **where,
        )

    @transaction.atomic
    def end(self, person: User, room: int) -> int:
        """The seat ends now. The room's lock is held, so this is the last version that was for the person."""
        place = self.ground.places[room]
        where = {type(place).__name__.lower(): place}
        end_membership(Membership.objects.current().get(person=person, **where))
        return Room.objects.values_list("version", flat=True).get(pk=room)
