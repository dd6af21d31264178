"""What rooms know of lessons, and lessons of rooms, without either app knowing the other."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.models import User
from chat import asked
from chat.actions import Ask, Post, Stored, keep_messages, post_message
from chat.asked import MOST_THEMES
from chat.asking import asking_in, room_to_ask
from chat.signals import answer_accepted
from knowledge import missing, seeking
from knowledge.models import Lesson
from knowledge.models.states import Visibility
from knowledge.signals import words_quoted
from partnerships.permissions import Reach


def organisations_that_know(themes: Collection[int], organisations: Collection[int]) -> Iterable[int]:
    """Those of ``organisations`` that have published something on one of the themes for more than their own
    partnership: who knows is then no secret."""
    shared = Lesson.objects.published().exclude(visibility=Visibility.PARTNERSHIP)
    found = shared.filter(themes__in=themes, organisation__in=organisations)
    return found.order_by().values_list("organisation", flat=True).distinct()


asked.knowers.append(organisations_that_know)


def question_in_a_room(asker: User, words: str, themes: Sequence[str], once: UUID) -> str:
    """Put the question of a search in the widest room that its asker writes in; those who know of its themes are
    asked by name. What is not taken at once (it would tell very many people) waits in the room's field."""
    room = room_to_ask(asker, Reach.of(asker))
    if room is None:
        return ""
    stored = post_message(Post(room.pk, asker.pk, once, words, asks=Ask(themes=tuple(themes[:MOST_THEMES]))))
    if not isinstance(stored, Stored):
        return asking_in(room, words)
    seeking.remember(asker, words, themes, ("message", stored.message.pk), room.network_id)
    return f"{room.get_absolute_url()}#latest"


missing.askers.append(question_in_a_room)


@receiver(answer_accepted, dispatch_uid="knowledge")
def question_answered(question: int, answer: int, **_: Any) -> None:
    """An answer to what was searched for in vain becomes a draft."""
    seeking.answer_taken(("message", question), ("message", answer))


@receiver(words_quoted, dispatch_uid="chat")
def messages_quoted(lesson: Lesson, sources: list[tuple[str, int]], **_: Any) -> None:
    """The messages that a lesson quotes say so in their rooms."""
    keep_messages("lesson", lesson.pk, [pk for kind, pk in sources if kind == "message"])
