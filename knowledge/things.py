"""A lesson as the other apps and the index see it."""

import search
import things
from knowledge.documents import documents
from knowledge.models import Lesson
from things import Thing


def register() -> None:
    """Fill the two registries; called once, when the apps are ready."""
    things.register("lesson", visible_to=lambda user: Lesson.objects.visible_to(user).listed(), card=card)
    search.register("lesson", documents=documents)


def card(lesson: Lesson) -> Thing:
    """A lesson as a link, a line or a card."""
    return Thing("lesson", lesson.pk, lesson.title, lesson.get_absolute_url(), lesson.summary, row=lesson)
