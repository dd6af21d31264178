"""The answer to a question that a search became is a draft of the asker's; what looks like a person is not counted."""

from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from chat.actions.posting import Post, Stored, post_message
from chat.actions.questions import accept_answer
from chat.models import Message
from knowledge.discreet import tells_of_somebody
from knowledge.models import Lesson, Missed, Sought
from knowledge.seeking import draft_answer, title_of
from notifications.models import Notification
from partnerships.actions import remove_membership
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write

WORDS = "Who knows about “clearing drains”?"


def asked(person: User, visit: Visit) -> Message:
    """The question that one press makes, pressed twice."""
    form = {"words": WORDS, "once": str(uuid4()), "themes": Theme.objects.get(slug="waste").pk}
    for _time in range(2):
        assert visit(person).post("/knowledge/ask/", form).status_code == 302
    assert Sought.objects.count() == 1
    return Message.objects.get(question__isnull=False)


def answered(question: Message, by: User, taken_by: User, words: str = "We clear them in March.") -> Message:
    """An answer in its room, taken for it."""
    reply = post_message(Post(question.room_id, by.pk, uuid4(), words, reply_to=question.number))
    assert isinstance(reply, Stored)
    accept_answer(taken_by, question.room_id, question.pk, reply.message.number)
    return reply.message


def draft(question: Message, answer: Message) -> int:
    """What a worker does then."""
    return int(draft_answer.func(question=["message", question.pk], answer=["message", answer.pk]))


def test_the_answer_that_is_taken_becomes_a_draft_that_only_the_asker_reads_and_they_are_told(
    world: World, visit: Visit
) -> None:
    question = asked(world.outsider, visit)
    answer = answered(question, world.owner, world.outsider)
    assert DBTaskResult.objects.filter(task_path="knowledge.seeking.draft_answer").count() == 1
    assert draft(question, answer) == draft(question, answer)
    lesson = Lesson.objects.get()
    assert (lesson.author, lesson.status, lesson.network) == (world.outsider, "draft", world.network)
    assert (lesson.title, lesson.problem, lesson.theme_slugs) == ("Clearing drains", WORDS, ["waste"])
    assert [one.words for one in lesson.quotes.all()] == ["We clear them in March."]
    told = Notification.objects.get(kind="answer_drafted")
    assert (told.person, told.about_id) == (world.outsider, lesson.pk)
    assert Notification.objects.get(kind="quoted").person == world.owner
    assert (
        "Your question “Clearing drains” is answered" in visit(world.outsider).get("/notifications/").content.decode()
    )
    assert visit(world.owner).get(lesson.get_absolute_url()).status_code == 404


def test_another_answer_is_gathered_in_the_same_draft(world: World, visit: Visit) -> None:
    question = asked(world.outsider, visit)
    first = draft(question, answered(question, world.owner, world.outsider))
    assert draft(question, answered(question, world.partner, world.outsider, "And in October.")) == first
    assert Lesson.objects.get().quotes.count() == 2


@pytest.mark.parametrize("how", ["left", "deleted"])
def test_what_the_asker_may_no_longer_read_becomes_no_draft(world: World, visit: Visit, how: str) -> None:
    question = asked(world.outsider, visit)
    answer = answered(question, world.owner, world.outsider)
    if how == "left":
        for seat in world.outsider.memberships.all():
            remove_membership(seat)
    else:
        Message.objects.filter(pk=answer.pk).update(deleted_at=timezone.now(), body="", html="")
    assert draft(question, answer) == 0
    assert not Lesson.objects.exists()
    assert not Notification.objects.filter(kind="answer_drafted").exists()


def test_a_question_that_no_search_asked_becomes_no_draft(world: World, visit: Visit) -> None:
    question = asked(world.outsider, visit)
    Sought.objects.all().delete()
    assert draft(question, answered(question, world.owner, world.outsider)) == 0


@pytest.mark.parametrize("words", ["Vem vet något om ”snö”?", "Qui s’y connaît en « snö » ?", "snö", 'On "snö"'])
def test_a_drafts_title_is_what_was_searched_for_in_any_language(words: str) -> None:
    assert title_of(words) == "Snö"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("amina@kisumu.example", False),
        ("call 070 123 45 67", False),
        ("19850312-1234", False),
        ("owner test", False),
        ("Test Owner", False),
        ("www.karlskrona.se", False),
        ("drains 2025", True),
        ("market test", True),
    ],
)
def test_a_search_that_looks_like_a_person_is_told_from_others(world: World, query: str, kept: bool) -> None:
    assert tells_of_somebody(query.lower()) is not kept


def test_a_search_that_looks_like_a_person_is_not_counted(world: World, write: Write, visit: Visit) -> None:
    write(visibility="members")
    work_off()
    for query in ("0701234567", "outsider+test", "snow"):
        visit(world.owner).get(f"/knowledge/?q={query}&words=mine")
    assert list(Missed.objects.values_list("query", flat=True)) == ["snow"]
