"""What hangs on a question: how it is kept, and what an answer changes. The verbs are in ``chat.actions.questions``.

Everything here happens under the room's lock, in the transaction of its cause.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from chat.broadcasts import message_changed
from chat.models import Asked, Message, Question, Room
from chat.question_notices import over, tell_asked
from partnerships.models import Network, Organisation
from search.models import Theme

MOST_THEMES = 8
FARTHEST = timedelta(days=731)
"""A question may wait for two years at most."""


@dataclass(frozen=True)
class Ask:
    """What somebody asks beside their words: organisations (ids) and themes (slugs), and by which day. With neither,
    everybody in the room is asked."""

    organisations: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    due: date | None = None


Knower = Callable[[Collection[int], Collection[int]], Iterable[int]]
knowers: list[Knower] = []
"""Others who know who knows: ids of themes and of organisations in, those of the organisations that have something to
say of one of the themes out. Filled by the wiring."""


def organisations_of(room: Room) -> QuerySet[Organisation]:
    """Whom one can ask by name: the sides of its partnership, or of all partnerships of its network."""
    whole = room.whole
    if whole is None:
        return Organisation.objects.none()
    place = Q(partnerships__network=whole) if isinstance(whole, Network) else Q(partnerships=whole)
    return Organisation.objects.filter(place).distinct().order_by("name")


def unaskable(room: Room, ask: Ask) -> str:
    """The code of what is wrong with it: an organisation that is not of the place, no theme, no day to come."""
    today = timezone.now().date()
    if ask.due and not today - timedelta(days=1) <= ask.due <= today + FARTHEST:
        return "bad_question"
    asked, themes = set(ask.organisations), set(ask.themes)
    known = organisations_of(room).filter(pk__in=asked).count() if asked else 0
    found = Theme.objects.filter(slug__in=themes).count() if themes else 0
    return "" if (known, found) == (len(asked), len(themes)) and found <= MOST_THEMES else "bad_question"


def keep(message: Message, ask: Ask) -> bool:
    """Make a question of a message, or let it ask otherwise; whether anything is different. Who is asked is told."""
    room, before = message.room, message.question
    question, fresh = Question.objects.get_or_create(
        message=message, defaults={"room": room, "number": message.number, "asked_at": timezone.now()}
    )
    question.due = ask.due
    question.save(update_fields=["due"])
    themes = list(Theme.objects.filter(slug__in=ask.themes)) if ask.themes else []
    question.themes.set(themes)
    question.name(named(message, ask, themes))
    if fresh:
        count(room, 1)
    sum_up(message, question)
    if message.question == before:
        return False
    tell_asked(message, question)
    return True


def named(message: Message, ask: Ask, themes: Collection[Theme]) -> list[Organisation]:
    """The organisations that are asked by name, and those of the place that know of the themes; never one's own by
    its themes."""
    here = {one.pk: one for one in organisations_of(message.room)}
    knowing = {pk for knows in knowers for pk in knows([theme.pk for theme in themes], here)} if themes else set()
    knowing.discard(message.organisation_id or 0)
    return [one for pk, one in here.items() if pk in {*ask.organisations, *knowing}]


def drop(message: Message) -> bool:
    """It asks no more; whether it did."""
    question = Question.objects.filter(message=message).first()
    if question is None:
        return False
    if question.closed_at is None:
        count(message.room, -1)
    over(message)
    question.delete()
    message.question = None
    return True


def settle(message: Message, question: Question, *, closed: bool, accepted: int | None = None) -> bool:
    """Close it, with the number of the answer that was taken, or open it again; whether anything is different."""
    if (question.closed_at is not None, question.accepted) == (closed, accepted):
        return False
    if closed != (question.closed_at is not None):
        count(message.room, -1 if closed else 1)
        question.closed_at = timezone.now() if closed else None
    question.accepted = accepted
    question.save(update_fields=["closed_at", "accepted"])
    sum_up(message, question)
    if closed:
        over(message)
    return True


def answered(messages: Iterable[Message]) -> None:
    """These new messages may answer questions. Asks nothing unless one replies in a room with an open question."""
    for message in messages:
        if message.reply_to and message.room.open_questions and message.organisation_id:
            take_answer(message)


def take_answer(message: Message) -> None:
    """The first reply of an organisation is its answer; the question's message spends a version on it."""
    question = Question.objects.open().filter(room=message.room, number=message.reply_to or 0).first()
    if question is not None and answer(message, question):
        spend(question, message.room)


def answer(message: Message, question: Question) -> bool:
    """Let it count for its organisation, if that has no answer yet; whether it does."""
    if message.organisation_id is None or message.author_id == question.message.author_id:
        return False  # an asker who adds something has not answered
    party, _ = Asked.objects.get_or_create(question=question, organisation_id=message.organisation_id)
    if party.answer is not None:
        return False
    party.answer = message.number
    party.save(update_fields=["answer"])
    return True


def taken_back(message: Message) -> None:
    """A message is deleted: what it asked is asked no more, and what it answered may be open again."""
    drop(message)
    if not message.reply_to:
        return
    question = Question.objects.filter(room=message.room, number=message.reply_to).first()
    if question is None:
        return
    party = question.parties.filter(answer=message.number).first()
    if party:
        party.answer = next_answer(question, message)
        party.save(update_fields=["answer"])
        question.parties.filter(asked=False, answer=None).delete()
    if question.accepted == message.number:
        question.accepted = None
        question.save(update_fields=["accepted"])
    if party:
        spend(question, message.room)


def stands_again(message: Message, question: dict[str, Any] | None) -> None:
    """Its deletion is taken back: it asks what it asked, of the same, and answers what it answered."""
    if question is not None:
        due = date.fromisoformat(question["due"]) if question.get("due") else None
        organisations = tuple(one["id"] for one in question["organisations"] if one.get("asked"))
        keep(message, Ask(organisations, tuple(question.get("themes", ())), due))
        for reply in Message.objects.filter(room=message.room, reply_to=message.number, deleted_at=None):
            reply.room = message.room
            answer(reply, Question.objects.get(message=message))
        sum_up(message, Question.objects.get(message=message))
    answered([message])


def next_answer(question: Question, gone: Message) -> int | None:
    """The number of the same organisation's next reply."""
    others = Message.objects.filter(room=gone.room, reply_to=question.number, organisation=gone.organisation_id)
    left = others.filter(deleted_at=None).exclude(pk=gone.pk).exclude(author=question.message.author_id)
    return left.order_by("number").values_list("number", flat=True).first()


def spend(question: Question, room: Room) -> None:
    """Something about the question is different: its message takes the room's next version."""
    message = Message.objects.with_author().get(pk=question.pk)
    message.room = room
    sum_up(message, question)
    room.version += 1
    message.version = room.version
    room.save(update_fields=["version"])
    message.save(update_fields=["version"])
    message_changed(message)


def sum_up(message: Message, question: Question) -> None:
    """Let the message say how its question stands."""
    message.question = question.summed_up()
    Message.objects.filter(pk=message.pk).update(question=message.question)


def count(room: Room, change: int) -> None:
    """One open question more or less in the room."""
    room.open_questions += change
    Room.objects.filter(pk=room.pk).update(open_questions=F("open_questions") + change)
