"""Asking: a message becomes a question, its answer is taken, it is closed or asks no more. Each is a version of the
room, as any change of a message; the answers themselves are replies."""

from functools import partial

from accounts.models import User
from chat import asked
from chat.actions.changing import Verdict, change
from chat.asked import Ask
from chat.models import Message, Question
from chat.permissions import can_moderate
from chat.signals import answer_accepted
from partnerships.permissions import Reach


def ask(user: User, room: int, message: int, what: Ask) -> Verdict:
    """Make a question of an own message, or ask otherwise."""
    return change(user, room, message, partial(may_ask, what), partial(put, what))


def withdraw_question(user: User, room: int, message: int) -> Verdict:
    """Let it ask no more. Its author may, and who keeps order."""
    return change(user, room, message, may_withdraw, asked.drop)


def accept_answer(user: User, room: int, message: int, answer: int | None) -> Verdict:
    """Take the message with the number ``answer`` for the answer of question ``message`` (an id), which closes it;
    None takes that back. The asker may, and the place's coordinators."""
    return change(user, room, message, partial(may_accept, answer), partial(accept, answer))


def close_question(user: User, room: int, message: int, *, on: bool) -> Verdict:
    """Wait no longer for answers, or again."""
    return change(user, room, message, may_settle, partial(close, on))


def may_ask(what: Ask, reach: Reach, message: Message) -> str:
    """Its author, of those who can be asked there."""
    if message.deleted_at:
        return "not_found"
    return "forbidden" if message.author_id != reach.person else asked.unaskable(message.room, what)


def may_withdraw(reach: Reach, message: Message) -> str:
    """Its author, and who keeps order in the room."""
    return "" if message.author_id == reach.person or can_moderate(reach, message.room) else "forbidden"


def may_settle(reach: Reach, message: Message) -> str:
    """The asker, and the coordinators of the place, while it is a question."""
    if message.question is None:
        return "not_found"
    return "" if message.author_id == reach.person or can_moderate(reach, message.room) else "forbidden"


def may_accept(answer: int | None, reach: Reach, message: Message) -> str:
    """The same, of what replies to it and has words."""
    if code := may_settle(reach, message):
        return code
    replies = Message.objects.filter(room=message.room, reply_to=message.number, deleted_at=None)
    return "" if answer is None or replies.filter(number=answer).exists() else "not_found"


def put(what: Ask, message: Message) -> bool:
    """Keep what is asked."""
    return asked.keep(message, what)


def accept(answer: int | None, message: Message) -> bool:
    """Closed by an answer, or open again."""
    question = Question.objects.get(message=message)
    changed = asked.settle(message, question, closed=answer is not None, accepted=answer)
    if changed and answer is not None:
        taken = Message.objects.only("pk").get(room=message.room, number=answer)
        answer_accepted.send(Question, question=message.pk, answer=taken.pk)
    return changed


def close(on: bool, message: Message) -> bool:
    """Closed as it is, or open again, without the answer that was taken."""
    question = Question.objects.get(message=message)
    return asked.settle(message, question, closed=on, accepted=question.accepted if on else None)
