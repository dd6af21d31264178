"""What stands on Today: what waits, what is new since the last visit, what comes next. Composed of all three doors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.models import Room
from chat.naming import name_for
from chat.questions import Waiting, waiting_for
from events.agenda import Line, lines_of, with_answers
from events.clocks import Reader
from events.models import Event
from knowledge.models import Lesson
from partnerships.models import Partnership
from partnerships.permissions import Reach

SHOWN = 5
"""How many lines of one kind; the door behind the heading has the rest."""

FIRST_VISIT = timedelta(days=7)
"""How far back *new* goes for someone who was never here."""


@dataclass(frozen=True)
class Today:
    """The page's facts. ``since`` is the end of the visit before; None on the first. ``waits`` counts all that waits,
    also what is not listed: ``invitations``, ``drafts``, ``proposed``."""

    day: date
    since: datetime | None
    invitations: list[Line]
    drafts: list[Lesson]
    proposed: list[Lesson]
    questions: list[Waiting]
    rooms: list[Any]
    unread: int
    lessons: list[Lesson]
    calendar: list[Line]
    upcoming: list[Line]
    partnerships: list[Partnership]
    waits: dict[str, int]

    @property
    def waiting(self) -> int:
        """How many things wait for the person."""
        return sum(self.waits.values())

    @property
    def nothing_new(self) -> bool:
        """True when no door holds anything that the person has not seen."""
        return not (self.rooms or self.lessons or self.calendar)


def today_of(person: User, since: datetime | None) -> Today:
    """Everything for ``person``, in a fixed number of queries."""
    reach = Reach.of(person)
    start = since or timezone.now() - FIRST_VISIT
    events = Event.objects.visible_to(person, reach)
    lessons = Lesson.objects.visible_to(person, reach).select_related("organisation", "author")
    unread = rooms_with_news(person, reach)
    unanswered = Event.objects.unanswered_by(person, reach)
    questions = waiting_for(person, reach, SHOWN)
    drafts = lessons.filter(author=person, status=Lesson.Status.DRAFT)
    proposed = lessons.filter(status=Lesson.Status.REVIEW).exclude(author=person)
    return Today(
        day=timezone.localdate(),
        since=since,
        invitations=lines(unanswered, person, reach),
        drafts=list(drafts.order_by("-changed_at")[:SHOWN]),
        proposed=list(proposed[:SHOWN]),
        questions=questions,
        rooms=unread[:SHOWN],
        unread=sum(room.unread for room in unread),
        lessons=list(appeared(lessons.exclude(author=person), start).told_once(person.language)[:SHOWN]),
        calendar=lines(changed(events.upcoming(), start).exclude(organiser=person), person, reach),
        upcoming=lines(Event.objects.inviting(person, reach).upcoming(), person, reach),
        partnerships=own_partnerships(reach),
        waits={
            "invitations": unanswered.count(),
            "drafts": drafts.count(),
            "proposed": proposed.count(),
            "questions": len(questions),
        },
    )


def lines(events: Any, person: User, reach: Reach) -> list[Line]:
    """The next few of ``events`` as lines by the reader's clock."""
    return lines_of(with_answers(events, person, reach)[:SHOWN], Reader.now())


def rooms_with_news(person: User, reach: Reach) -> list[Any]:
    """The person's rooms with something unread, and its last words, those spoken in last first."""
    rooms: Any = Room.objects.visible_to(person, reach).with_place().with_unread(person).with_last_words()
    found = list(rooms.filter(unread__gt=0).order_by("-last_posted_at", "pk"))
    name_for(person, found)
    return found


def appeared(lessons: Any, start: datetime) -> Any:
    """Lessons that were published since ``start``, the newest first."""
    return lessons.filter(status=Lesson.Status.PUBLISHED, published_at__gt=start).order_by("-published_at", "pk")


def changed(events: Any, start: datetime) -> Any:
    """Gatherings that were called or moved since ``start``."""
    return events.filter(Q(created_at__gt=start) | Q(moves__moved_at__gt=start)).distinct()


def own_partnerships(reach: Reach) -> list[Partnership]:
    """The partnerships that one has a seat in, bodies included."""
    mine = Partnership.objects.filter(Q(pk__in=reach.partnerships) | Q(bodies__in=reach.bodies)).distinct()
    return list(mine.select_related("network").prefetch_related("sides__organisation").order_by("-begins"))
