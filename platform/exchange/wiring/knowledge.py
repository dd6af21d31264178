"""What rooms know of lessons, and lessons of rooms, without either app knowing the other."""

from collections.abc import Collection, Iterable
from typing import Any

from django.dispatch import receiver

from chat import asked
from chat.actions import keep_messages
from knowledge.models import Lesson
from knowledge.models.states import Visibility
from knowledge.signals import words_quoted


def organisations_that_know(themes: Collection[int], organisations: Collection[int]) -> Iterable[int]:
    """Those of ``organisations`` that have published something on one of the themes for more than their own
    partnership: who knows is then no secret."""
    shared = Lesson.objects.published().exclude(visibility=Visibility.PARTNERSHIP)
    found = shared.filter(themes__in=themes, organisation__in=organisations)
    return found.order_by().values_list("organisation", flat=True).distinct()


asked.knowers.append(organisations_that_know)


@receiver(words_quoted, dispatch_uid="chat")
def messages_quoted(lesson: Lesson, sources: list[tuple[str, int]], **_: Any) -> None:
    """The messages that a lesson quotes say so in their rooms."""
    keep_messages("lesson", lesson.pk, [pk for kind, pk in sources if kind == "message"])
