"""Questions as their readers see them: whom they ask, who has answered, by when, and which answer was taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.db.models import F
from django.utils import timezone, translation
from django.utils.text import Truncator

from accounts.models import User
from chat.models import Message, Question, Room
from chat.permissions import can_post
from chat.quotes import Quote, quote_of
from chat.text import words_of
from partnerships.permissions import Reach
from search.models import Theme


@dataclass(frozen=True)
class Party:
    """An organisation's part: ``href`` leads to its answer, in the question's room; empty while there is none."""

    name: str
    asked: bool
    href: str = ""


@dataclass(frozen=True)
class Shown:
    """What stands at a question. ``due`` is a day in words; ``late`` once it has passed while the question is open."""

    number: int
    parties: Sequence[Party]
    themes: Sequence[str]
    due: str
    late: bool
    closed: bool
    accepted: Quote | None

    @property
    def answered(self) -> list[Party]:
        """Those who have."""
        return [one for one in self.parties if one.href]

    @property
    def missing(self) -> list[Party]:
        """Those who are asked and have not."""
        return [one for one in self.parties if not one.href]

    @property
    def everybody(self) -> bool:
        """True where nobody is asked by name."""
        return not any(one.asked for one in self.parties)


def questions_on(room: Room, messages: Sequence[Message], reader: User) -> dict[int, Shown]:
    """What stands at those of ``messages`` that ask, by number; two queries at most, none where none asks."""
    asking = [one for one in messages if one.question]
    if not asking:
        return {}
    near = {one.number: one for one in messages}
    taken = {number for one in asking if (number := (one.question or {}).get("accepted"))}
    far = taken - near.keys()
    rows = Message.objects.filter(room=room, number__in=far, number__gt=room.floor).with_author() if far else ()
    answers = {number: quote_of(near[number], reader, near=True) for number in taken & near.keys()}
    answers |= {row.number: quote_of(row, reader) for row in rows}
    labels = labels_of(slug for one in asking for slug in (one.question or {}).get("themes", []))
    return {one.number: shown(one, labels, answers, near) for one in asking}


def labels_of(slugs: Iterable[str]) -> dict[str, str]:
    """The themes' names in the reader's language."""
    wanted = set(slugs)
    return {one.slug: one.label() for one in Theme.objects.filter(slug__in=wanted)} if wanted else {}


def shown(message: Message, labels: dict[str, str], answers: dict[int, Quote], near: Iterable[int]) -> Shown:
    """What stands at one."""
    said: dict[str, Any] = message.question or {}
    due = date.fromisoformat(said["due"]) if said.get("due") else None
    closed = bool(said.get("closed"))
    return Shown(
        number=message.number,
        parties=[
            Party(one["name"], one.get("asked", False), way_to(one.get("answer"), near))
            for one in said.get("organisations", [])
        ],
        themes=[labels.get(slug, slug) for slug in said.get("themes", [])],
        due=day(due) if due else "",
        late=bool(due and not closed and due < timezone.localdate()),
        closed=closed,
        accepted=answers.get(said.get("accepted") or 0),
    )


def way_to(number: int | None, near: Iterable[int]) -> str:
    """To an answer, on the same page where it stands there."""
    if not number:
        return ""
    return f"#m{number}" if number in near else f"?around={number}#m{number}"


def day(value: date) -> str:
    """``Tuesday 1 December``, with the year when it is another one."""
    form = "EEEE d MMMM" if value.year == timezone.localdate().year else "EEEE d MMMM y"
    return str(format_date(value, form, locale=translation.get_language() or "en"))


@dataclass(frozen=True)
class Waiting:
    """A question that waits for somebody, for lists outside its room."""

    question: Question
    due: str
    late: bool

    @property
    def message(self) -> Message:
        """What was asked."""
        return self.question.message

    @property
    def words(self) -> str:
        """Its first words."""
        return Truncator(" ".join(words_of(self.message.body, self.message.html).split())).chars(140)


def waiting_for(user: User, reach: Reach, most: int) -> list[Waiting]:
    """The questions that wait for ``user``, the nearest day first, in rooms where they may answer; one query."""
    rows = Question.objects.waiting_for(user, reach).with_message()
    found = rows.order_by(F("due").asc(nulls_last=True), "asked_at")[: most * 2]
    made = []
    for one in found:
        one.message.room = one.room
        if can_post(reach, one.room):
            late = bool(one.due and one.due < timezone.localdate())
            made.append(Waiting(one, day(one.due) if one.due else "", late))
    return made[:most]


def in_room(room: Room, *, closed: bool) -> Any:
    """The messages that ask in a room: the open ones by their day, the others newest first."""
    rows = Message.objects.filter(
        room=room, number__gt=room.floor, asking__isnull=False, asking__closed_at__isnull=not closed
    )
    ordered = rows.with_author().select_related("asking")
    return ordered.order_by("-number") if closed else ordered.order_by(F("asking__due").asc(nulls_last=True), "number")
