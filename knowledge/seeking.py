"""What no lesson answers is asked of the people: a search becomes a question, and its answer a draft.

Rooms are others' affair: whoever puts the question calls ``remember``, and ``answer_taken`` when it is answered.
"""

import re
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from accounts.models import User
from knowledge.actions import write_lesson
from knowledge.models import Lesson, Sought
from knowledge.models.access import may_propose
from knowledge.models.sought import LONGEST
from knowledge.notices import thing_of
from knowledge.places import organisation_in
from knowledge.quoting import Source, quotable, quote
from notifications.actions import Why, notify
from notifications.kinds import Kind, Telling, Words, register
from notifications.telling import as_read_by
from partnerships.permissions import Reach
from search.models import Theme
from things import Thing
from work.jobs import job

DRAFTED = "answer_drafted"
IN_QUOTES = re.compile(r"[“”„«»\"]\s*([^“”„«»\"]+?)\s*[“”«»\"]")
"""What was searched for, as the question says it in any of the languages."""


def remember(person: User, words: str, themes: Sequence[str], source: Source, network: int | None) -> None:
    """A search became a question in a thing (``source``) that ``network`` (an id) reads; the same again is one."""
    about = {"person": person, "words": words[:LONGEST], "language": person.language, "theme_slugs": list(themes)}
    kind, pk = source
    Sought.objects.get_or_create(source=kind, source_id=pk, defaults={**about, "network_id": network})


def answer_taken(question: Source, answer: Source) -> None:
    """Somewhere a question was answered: if it came from a search, a worker makes a draft of it. Call it in the
    transaction of the cause."""
    if Sought.objects.filter(source=question[0], source_id=question[1]).exists():
        draft_answer.enqueue(question=question, answer=answer)


@job()
def draft_answer(question: Source, answer: Source) -> int:
    """Let the answer be quoted in a draft of the asker's, and tell them; the lesson's id, 0 where none is made."""
    asked = Sought.objects.select_related("person", "network", "lesson")
    sought = asked.filter(source=question[0], source_id=question[1]).first()
    source = (answer[0], answer[1])
    if sought is None or not quotable(sought.person, [source]):
        return 0
    with as_read_by(sought.person), transaction.atomic():
        lesson = draft_of(sought)
        if lesson is None:
            return 0
        quote(lesson, by=sought.person, sources=[source])
        why = Why(DRAFTED, f"answer_drafted:{sought.pk}:{source[1]}", facts={"query": title_of(sought.words)})
        notify([sought.person], things.kinds["lesson"].card(lesson), why)
    return lesson.pk


def draft_of(sought: Sought) -> Lesson | None:
    """The draft that a question's answers are gathered in; None for who may write none any more."""
    if sought.lesson and not sought.lesson.is_withdrawn:
        return sought.lesson
    reach = Reach.of(sought.person)
    organisation = organisation_in(sought.person, sought.network)
    if organisation is None or not may_propose(reach):
        return None
    lesson = write_lesson(
        author=sought.person,
        client_id=uuid5(NAMESPACE_URL, f"answer:{sought.pk}"),
        title=title_of(sought.words),
        language=sought.language,
        problem=sought.words,
        organisation=organisation,
        network=sought.network,
        visibility=Lesson.Visibility.NETWORK if sought.network else Lesson.Visibility.MEMBERS,
        themes=Theme.objects.filter(slug__in=sought.theme_slugs),
    )
    Sought.objects.filter(pk=sought.pk).update(lesson=lesson)
    return lesson


def title_of(words: str) -> str:
    """What was asked about: the words in quotes, or all of them."""
    quoted = IN_QUOTES.search(words)
    return capfirst(Truncator(quoted[1] if quoted else words).chars(200))


def drafted(telling: Telling) -> Words:
    """Which question was answered, and what they can do with it."""
    thing_of(telling)
    text = _("The answer stands in a draft that only you read. Say what it means for others, then publish it.")
    title = _("Your question “%(query)s” is answered") % telling.facts
    return Words(title, text, action=_("Open the draft"))


def sample() -> Telling:
    """Invented: somebody looked for drains."""
    query = _("clearing drains before the rains")
    return Telling(None, Thing("lesson", 0, capfirst(query), "/knowledge/"), {"query": query})


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    label = gettext_lazy("A question from your search is answered")
    register(Kind(DRAFTED, label, drafted, sample, icon="knowledge"))
