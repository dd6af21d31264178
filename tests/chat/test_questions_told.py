"""Questions as they are told, found, seen on pages and heard over the wire."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat import indexing
from chat.actions import (
    Ask,
    ask,
    close_question,
)
from chat.finding import find
from chat.jobs import remind_of_questions
from chat.models import Message, Question, Room
from chat.questions import waiting_for
from notifications.models import Delivery, Notification
from partnerships.permissions import Reach
from search.models import Theme
from tests.chat.reading import field, page
from tests.chat.test_questions import in_days, room, said, to_saldanha_bay
from tests.conftest import World
from tests.sockets import Browser, in_thread

__all__ = ["room"]


# Being told


def told(kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind).select_related("person")
    return {one.person.name.split()[0] for one in rows}


def reminded(world: World, room: Room, asked_on: datetime, until: datetime, due: date) -> set[str]:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    Question.objects.filter(message=message).update(due=due)
    remind_of_questions.call(since=asked_on.isoformat(), until=until.isoformat())
    remind_of_questions.call(since=asked_on.isoformat(), until=until.isoformat())
    return told("question_due")


def test_who_is_asked_is_told_once_and_nobody_else(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    ask(world.owner, room.pk, message.pk, to_saldanha_bay(world, due=in_days(5)))
    assert told("question") == {"Partner"}
    assert Notification.objects.filter(kind="question").count() == 1


@pytest.mark.parametrize(
    ("until", "people"),
    [
        (datetime(2027, 3, 7, 23, 0, tzinfo=UTC), set()),  # midnight in Stockholm: too early in the day
        (datetime(2027, 3, 8, 6, 0, tzinfo=UTC), {"Partner"}),
        (datetime(2027, 3, 10, 6, 0, tzinfo=UTC), {"Partner"}),
    ],
)
def test_a_reminder_comes_in_the_morning_two_days_before(
    until: datetime, people: set[str], world: World, room: Room
) -> None:
    begun = datetime(2027, 3, 7, 12, 0, tzinfo=UTC)
    assert reminded(world, room, begun, until, date(2027, 3, 10)) == people


def test_a_reminder_comes_before_and_on_the_day_while_there_is_no_answer(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    Question.objects.filter(message=message).update(due=date(2027, 3, 10))
    days = [datetime(2027, 3, day, 12, 0, tzinfo=UTC) for day in (7, 8, 9, 10, 11)]
    for since, until in pairwise(days):
        remind_of_questions.call(since=since.isoformat(), until=until.isoformat())
    told = Notification.objects.filter(kind="question_due").order_by("pk")
    assert list(told.values_list("facts__soon", flat=True)) == [True, False]


def test_who_has_answered_is_not_reminded_and_what_is_closed_is_not_mailed(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    Question.objects.filter(message=message).update(due=date(2027, 3, 10))
    span = {"since": datetime(2027, 3, 7, 12, tzinfo=UTC).isoformat(), "until": "2027-03-08T12:00:00+00:00"}
    remind_of_questions.call(**span)
    assert Delivery.objects.waiting().filter(kind="question_due").count() == 1
    close_question(world.owner, room.pk, message.pk, on=True)
    assert Delivery.objects.waiting().filter(kind="question_due").count() == 0
    close_question(world.owner, room.pk, message.pk, on=False)
    said(room, world.partner, "A brass one.", reply_to=1)
    Notification.objects.all().delete()
    remind_of_questions.call(**span)
    assert told("question_due") == set()


# Queries


def test_a_reply_asks_nothing_more_where_no_question_is_open(world: World, room: Room) -> None:
    said(room, world.owner)
    said(room, world.partner, "A brass one.", reply_to=1)
    with CaptureQueriesContext(connection) as asked:
        said(room, world.partner, "From Cape Town.", reply_to=1)
    statements = [one["sql"] or "" for one in asked]
    assert [sql for sql in statements if "chat_question" in sql or "chat_asked" in sql] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_on_today_is_one_query(rows: int, world: World, room: Room, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        said(room, world.owner, asks=Ask())
    reach = Reach.of(world.partner)
    with django_assert_num_queries(1):
        assert len(waiting_for(world.partner, reach, 5)) == rows


# Pages


def test_a_question_is_asked_answered_and_taken_without_a_script(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    begun = client.post(f"{room.get_absolute_url()}questions/", {"begin": "", "body": "Which valve?"}).content.decode()
    assert "Which valve?</textarea>" in begun
    due = in_days(4).isoformat()
    sent = {"client_id": field(begun, "client_id"), "body": "Which valve?", "organisations": world.saldanha_bay.pk}
    assert client.post(f"{room.get_absolute_url()}questions/", {**sent, "due": due}).status_code == 302
    assert client.post(f"{room.get_absolute_url()}questions/", {**sent, "due": due}).status_code == 302
    assert Question.objects.get().due == in_days(4)
    said(room, world.partner, "A brass one.", reply_to=1)
    html = page(client, room.get_absolute_url())
    assert "1 open" in html
    assert 'href="#m2">Saldanha Bay<span class="hide"> has answered' in html
    assert "Take it for the answer" in page(client, f"{room.get_absolute_url()}2/")
    assert client.post(f"{room.get_absolute_url()}1/question/", {"accept": "2"}).status_code == 302
    assert "Question, answered" in page(client, room.get_absolute_url())
    assert "Which valve?" in page(client, f"{room.get_absolute_url()}questions/?show=closed")
    assert "No question is open" in page(client, f"{room.get_absolute_url()}questions/")


def test_a_wrong_day_keeps_what_was_typed(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "body": "Which valve?", "due": "yesterday"}
    answer = client.post(f"{room.get_absolute_url()}questions/", sent)
    assert answer.status_code == 400
    assert "Which valve?</textarea>" in answer.content.decode()
    assert Message.objects.count() == 0


def test_today_shows_what_somebody_is_asked_and_leads_to_the_answer(world: World, room: Room, client: Client) -> None:
    said(room, world.owner, asks=to_saldanha_bay(world, due=in_days(3)))
    client.force_login(world.partner)
    html = page(client, "/")
    assert "Which valve do you use?" in html
    assert f"{room.get_absolute_url()}?reply=1#composer" in html
    client.force_login(world.outsider)
    assert "Which valve" not in page(client, "/")


@pytest.mark.parametrize("rows", [1, 3])
def test_questions_on_a_page_take_one_query_for_their_themes(
    rows: int, world: World, room: Room, client: Client
) -> None:
    Theme.objects.create(slug="biogas-x", group="A", labels={"en": "Biogas"})
    for _ in range(rows):
        said(room, world.owner, asks=Ask(themes=("biogas-x",)))
    client.force_login(world.owner)
    with CaptureQueriesContext(connection) as asked:
        assert "Biogas" in client.get(room.get_absolute_url()).content.decode()
    assert sum("search_theme" in (one["sql"] or "") for one in asked) == 1


# Over the wire


def test_programs_ask_and_take_answers(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    base = f"/chat/api/rooms/{room.pk}/"
    sent = {"client_id": str(uuid4()), "body": "Which valve?", "question": {"organisations": [world.saldanha_bay.pk]}}
    made = client.post(f"{base}messages/", sent, content_type="application/json").json()
    assert made["question"]["organisations"][0]["name"] == "Saldanha Bay"
    said(room, world.partner, "A brass one.", reply_to=1)
    asked = client.get(f"{base}questions/").json()["questions"]
    assert [one["id"] for one in asked] == [made["id"]]
    at = f"{base}messages/{made['id']}/question/"
    assert (
        client.put(f"{at}answer/", {"number": 2}, content_type="application/json").json()["question"]["accepted"] == 2
    )
    assert client.get(f"{base}questions/").json()["questions"] == []
    assert "closed" not in client.delete(f"{at}closed/").json()["question"]
    assert "question" not in client.delete(at).json()


@pytest.mark.parametrize(
    "wrong", ["x", {"organisations": ["3"]}, {"themes": [3]}, {"more": 1}, {"due": 3}, {"organisations": 3}]
)
def test_what_is_no_question_is_refused(wrong: Any, world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "body": "Which valve?", "question": wrong}
    assert client.post(f"/chat/api/rooms/{room.pk}/messages/", sent, content_type="application/json").status_code == 400
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
async def test_everybody_in_the_room_hears_an_answer_twice_as_message_and_at_the_question(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    partner = await Browser.open(world.partner, have={room.pk: 0})
    await partner.hears("welcome")
    owner = await Browser.open(world.owner, have={room.pk: None})
    await owner.hears("welcome")
    await owner.say("post", room=room.pk, client_id=str(uuid4()), body="Well?", question={"organisations": []})
    await owner.hears("ack", "change")
    _notice, asked = await partner.hears("notice", "change")
    await partner.say("post", room=room.pk, client_id=str(uuid4()), body="Yes.", reply_to=1)
    _ack, _answer, at_question = await partner.hears("ack", "change", "change")
    assert (at_question["version"], at_question["message"]["question"]["organisations"][0]["answer"]) == (3, 2)
    await owner.hears("change", "notice", "change")
    await owner.say("accept", room=room.pk, message=asked["message"]["id"], number=2, on=True)
    assert sorted([(await owner.hear())["type"] for _ in range(2)]) == ["change", "done"]
    for browser in (owner, partner):
        await browser.close()


# Search


def test_has_question_finds_questions_with_and_without_words(world: World, room: Room) -> None:
    said(room, world.owner, "Which valve do you use?", asks=Ask())
    said(room, world.owner, "The valve is of brass.")
    said(room, world.owner, "And which pump?", asks=Ask())
    indexing.work_off()

    def found(text: str, user: User) -> list[str]:
        return [hit.message.body for hit in find(user, text).hits]

    assert found("has:question", world.partner) == ["And which pump?", "Which valve do you use?"]
    assert found("valve has:question", world.partner) == ["Which valve do you use?"]
    assert found("has:question", world.outsider) == []
