"""A lesson as the other apps and the index see it."""

import search
import things
from knowledge.documents import documents
from knowledge.models import Lesson, Quote
from things import Thing


def register() -> None:
    """Fill the two registries; called once, when the apps are ready."""
    things.register("lesson", visible_to=lambda user: Lesson.objects.visible_to(user).listed(), card=card)
    things.register("quote", visible_to=lambda user: Quote.objects.said_by(user).with_people(), card=quote_card)
    search.register("lesson", documents=documents)


def card(lesson: Lesson) -> Thing:
    """A lesson as a link, a line or a card."""
    return Thing("lesson", lesson.pk, lesson.title, lesson.get_absolute_url(), lesson.summary, row=lesson)


def quote_card(row: Quote) -> Thing:
    """One's own words under the title of the lesson that quotes them; it leads to where one can take them back."""
    facts = {"language": row.language}
    return Thing("quote", row.pk, row.lesson.title, row.get_absolute_url(), row.words, facts, row=row)
