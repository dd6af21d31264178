"""What is told of questions: that one is asked, that the day comes near, that it is there."""

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from chat.broadcasts import topic
from chat.models import Asked, Message, Question
from chat.notices import full_name, message_of
from chat.things import message as card
from notifications.actions import News, Why, notify, notify_all, void
from notifications.kinds import Kind, Telling, When, Words, register
from partnerships.permissions import seats_reaching
from things import Thing

QUESTION = "question"
REMINDER = "question_due"


def tell_asked(message: Message, question: Question) -> None:
    """Those who are asked hear of it, once; reading it in its room settles that."""
    people = asked_people(question, message)
    why = Why(
        QUESTION, f"question:{message.pk}", topic(message.room_id), message.number, facts(question), message.author
    )
    notify(people, card(message), why)


def remind(questions: Iterable[Question], *, soon: bool) -> int:
    """Tell who is asked and has not answered that the day is near, or there; how many."""
    news = []
    for question in questions:
        message = question.message
        cause = f"question:{message.pk}:{question.due}:{'soon' if soon else 'day'}"
        why = Why(REMINDER, cause, topic(message.room_id), None, {**facts(question), "soon": soon}, message.author)
        news.append(News(asked_people(question, message), card(message), why))
    return notify_all(news) if news else 0


def over(message: Message) -> None:
    """It is closed or asks no more: what waits to leave is dropped."""
    for kind in (QUESTION, REMINDER):
        void(kind, card(message))


def asked_people(question: Question, message: Message) -> list[User]:
    """Everybody in the room who speaks for an organisation that is asked and has not answered; where none is named,
    all whose organisation has not."""
    place = message.room.place
    if place is None:
        return list(message.room.people().exclude(pk=message.author_id))
    parties = Asked.objects.filter(question=question, organisation=OuterRef("organisation"))
    named = question.parties.filter(asked=True).exists()
    rule = Exists(parties.filter(asked=True, answer=None)) if named else ~Exists(parties.exclude(answer=None))
    seats = seats_reaching(place).filter(rule)
    people = User.objects.filter(pk__in=seats.values("person")).exclude(pk=message.author_id)
    return list(people.order_by("pk"))


def facts(question: Question) -> dict[str, str | bool]:
    """What the words need beside the message."""
    return {"due": question.due.isoformat()} if question.due else {}


def asked(telling: Telling) -> Words:
    """Who asks, and where."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "room": full_name(about)}
    return words(telling, about, _("%(author)s asks you in %(room)s") % said)


def reminded(telling: Telling) -> Words:
    """That the day is near, or there."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "day": day(telling)}
    if telling.facts.get("soon"):
        return words(telling, about, _("%(author)s hopes for your answer by %(day)s") % said)
    return words(telling, about, _("Today is the day: %(author)s waits for your answer") % said)


def words(telling: Telling, about: Thing, title: str) -> Words:
    """The question itself, and by when."""
    text = _("Answer by %(day)s. A reply to the message in the room counts as your municipality’s answer.")
    said = text % {"day": day(telling)} if telling.facts.get("due") else ""
    return Words(
        title,
        said,
        quote=about.summary,
        quote_language=about.facts["language"],
        action=_("Read and answer"),
        subject=full_name(about),
    )


def day(telling: Telling) -> str:
    """``Tuesday 1 December``, in the current language."""
    due = telling.facts.get("due")
    return str(format_date(date.fromisoformat(due), "EEEE d MMMM", locale=get_language() or "en")) if due else ""


def sample() -> Telling:
    """Invented: a question to another municipality."""
    said = _("Which valve do you use on the biogas drum, and where do you buy it?")
    about = {"author": "Amina Juma", "number": "12", "place": "Climate", "language": ""}
    return Telling(None, Thing("message", 0, _("Square"), "/chat/", said, about), {"due": "2026-12-01", "soon": True})


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    hint = gettext_lazy("A question in a room is put to your municipality, or to everybody there.")
    register(Kind(QUESTION, gettext_lazy("You are asked"), asked, sample, when=When.DIGEST, hint=hint, icon="ask"))
    hint = gettext_lazy(
        "Two days before the day that the asker named, and on it, while your municipality has not answered."
    )
    register(Kind(REMINDER, gettext_lazy("A question waits for you"), reminded, sample, hint=hint, icon="clock"))
