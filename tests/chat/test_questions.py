"""Questions: a message that asks municipalities or themes, by a day; who has answered is seen, and one answer taken."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from chat.actions import (
    Ask,
    Changed,
    Post,
    Refused,
    Stored,
    accept_answer,
    ask,
    close_question,
    delete_message,
    post_message,
    undelete_message,
    withdraw_question,
)
from chat.models import Message, Question, Room
from chat.payloads import message_payload
from chat.questions import waiting_for
from knowledge.models import Lesson
from partnerships.models import Function
from partnerships.permissions import Reach
from search.models import Theme
from tests.chat.schema import hold
from tests.conftest import World


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def said(room: Room, author: User, body: str = "Which valve do you use?", **more: Any) -> Message:
    outcome = post_message(Post(room.pk, author.pk, uuid4(), body, **more))
    assert isinstance(outcome, Stored)
    return outcome.message


def to_saldanha_bay(world: World, **more: Any) -> Ask:
    return Ask(organisations=(world.saldanha_bay.pk,), **more)


def code(verdict: object) -> str:
    return "" if isinstance(verdict, Changed | Stored) else verdict.code


def shown(message: Message) -> dict[str, Any]:
    """What everybody gets of the question now, held against the schema."""
    payload = message_payload(Message.objects.with_author().get(pk=message.pk))
    hold(payload, "message")
    found: dict[str, Any] = payload.get("question", {})
    return found


def waits(user: User) -> list[str]:
    return [one.words for one in waiting_for(user, Reach.of(user), 5)]


def version(room: Room) -> int:
    return Room.objects.get(pk=room.pk).version


def in_days(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


# Asking and answering


def test_a_question_is_asked_with_its_words_in_one_version(world: World, room: Room) -> None:
    due = in_days(7)
    message = said(room, world.owner, asks=to_saldanha_bay(world, due=due))
    assert shown(message) == {
        "organisations": [{"id": world.saldanha_bay.pk, "name": "Saldanha Bay", "asked": True}],
        "due": due.isoformat(),
    }
    assert (version(room), Room.objects.get(pk=room.pk).open_questions) == (1, 1)


def test_the_first_reply_of_a_municipality_is_its_answer(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    assert waits(world.partner) == ["Which valve do you use?"]
    said(room, world.owner, "A brass one, or another?", reply_to=1)
    assert "answer" not in shown(message)["organisations"][0]
    said(room, world.partner, "A brass one.", reply_to=1)
    said(room, world.partner, "From Cape Town.", reply_to=1)
    assert shown(message)["organisations"][0]["answer"] == 3
    assert waits(world.partner) == []
    assert version(room) == 5  # four messages, and the question once


def test_an_answer_that_is_deleted_is_none(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world))
    first = said(room, world.partner, "A brass one.", reply_to=1)
    second = said(room, world.partner, "From Cape Town.", reply_to=1)
    accept_answer(world.owner, room.pk, message.pk, 2)
    delete_message(world.partner, room.pk, first.pk)
    assert (shown(message)["organisations"][0]["answer"], "accepted" in shown(message)) == (3, False)
    delete_message(world.partner, room.pk, second.pk)
    assert "answer" not in shown(message)["organisations"][0]
    versions = Message.objects.order_by("version").values_list("version", flat=True)
    assert len(set(versions)) == 3
    assert max(versions) == version(room)


def test_an_undone_deletion_asks_and_answers_again(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=to_saldanha_bay(world, due=in_days(3)))
    answer = said(room, world.partner, "A brass one.", reply_to=1)
    before = shown(message)
    for one, author in [(message, world.owner), (answer, world.partner)]:
        delete_message(author, room.pk, one.pk)
        assert shown(message) != before
        undelete_message(author, room.pk, one.pk)
        assert shown(message) == before
    assert Room.objects.get(pk=room.pk).open_questions == 1


def test_nobody_named_asks_everybody_until_their_municipality_has_answered(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=Ask())
    assert [waits(one) for one in (world.partner, world.officer, world.owner, world.outsider)] == [
        ["Which valve do you use?"],
        ["Which valve do you use?"],
        [],
        [],
    ]
    said(room, world.partner, "A brass one.", reply_to=1)
    assert (waits(world.partner), len(waits(world.officer))) == ([], 1)
    assert shown(message)["organisations"] == [{"id": world.saldanha_bay.pk, "name": "Saldanha Bay", "answer": 2}]


@pytest.mark.parametrize("wrong", ["elsewhere", "theme", "past", "far"])
def test_what_cannot_be_asked_stores_nothing(wrong: str, world: World, room: Room) -> None:
    what = {
        "elsewhere": Ask(organisations=(world.rombo.pk,)),
        "theme": Ask(themes=("no-such-theme",)),
        "past": Ask(due=in_days(-3)),
        "far": Ask(due=in_days(2000)),
    }[wrong]
    assert post_message(Post(room.pk, world.owner.pk, uuid4(), "Well?", asks=what)) == Refused("bad_question")
    message = said(room, world.owner)
    assert code(ask(world.owner, room.pk, message.pk, what)) == "bad_question"
    assert (Message.objects.count(), Question.objects.count()) == (1, 0)


def test_a_theme_asks_whoever_has_shared_a_lesson_on_it(world: World, room: Room) -> None:
    theme = Theme.objects.create(slug="biogas-x", group="A", labels={"en": "Biogas"})
    square = Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)
    for organisation, visibility in [(world.rombo, "network"), (world.alvsbyn, "partnership")]:
        lesson = Lesson.objects.create(
            title="A drum",
            author=world.outsider,
            organisation=organisation,
            network=world.network,
            partnership=world.other_partnership,
            visibility=visibility,
            status=Lesson.Status.PUBLISHED,
        )
        lesson.themes.add(theme)
    message = said(square, world.owner, asks=Ask(themes=("biogas-x",)))
    assert [one["name"] for one in shown(message)["organisations"]] == ["Rombo"]
    assert shown(message)["themes"] == ["biogas-x"]
    assert (len(waits(world.outsider)), waits(world.partner)) == (1, [])


# Taking an answer, closing


def test_an_answer_is_taken_by_the_asker_or_a_coordinator_and_closes_the_question(world: World, room: Room) -> None:
    message = said(room, world.partner, asks=Ask())
    said(room, world.owner, "A brass one.", reply_to=1)
    said(room, world.owner, "That is another matter.")
    assert code(accept_answer(world.partner, room.pk, message.pk, 3)) == "not_found"
    assert code(accept_answer(world.owner, room.pk, message.pk, 2)) == ""  # the coordinator
    assert {name: shown(message)[name] for name in ("accepted", "closed")} == {"accepted": 2, "closed": True}
    assert (waits(world.officer), Room.objects.get(pk=room.pk).open_questions) == ([], 0)
    before = version(room)
    accept_answer(world.partner, room.pk, message.pk, 2)
    assert version(room) == before
    accept_answer(world.partner, room.pk, message.pk, None)
    assert (waits(world.officer), "closed" in shown(message)) == (["Which valve do you use?"], False)


def test_a_question_is_closed_opened_and_withdrawn(world: World, room: Room) -> None:
    message = said(room, world.partner, asks=Ask())
    close_question(world.partner, room.pk, message.pk, on=True)
    assert (shown(message)["closed"], waits(world.officer)) == (True, [])
    close_question(world.officer, room.pk, message.pk, on=False)
    assert len(waits(world.officer)) == 1
    assert code(withdraw_question(world.councillor, room.pk, message.pk)) == "forbidden"
    withdraw_question(world.officer, room.pk, message.pk)
    assert (shown(message), Room.objects.get(pk=room.pk).open_questions) == ({}, 0)
    assert code(close_question(world.partner, room.pk, message.pk, on=True)) == "not_found"


def test_a_deleted_question_asks_nobody(world: World, room: Room) -> None:
    message = said(room, world.owner, asks=Ask())
    delete_message(world.owner, room.pk, message.pk)
    assert (shown(message), waits(world.partner), Question.objects.count()) == ({}, [], 0)
    assert Room.objects.get(pk=room.pk).open_questions == 0


def test_who_left_the_room_is_asked_no_more(world: World, room: Room) -> None:
    said(room, world.owner, asks=to_saldanha_bay(world))
    seat = world.partner.memberships.get()
    seat.ends = in_days(-1)
    seat.save()
    assert waits(world.partner) == []


def test_an_observer_is_not_asked(world: World, room: Room) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.saldanha_bay, partnership=world.partnership)
    said(room, world.owner, asks=to_saldanha_bay(world))
    assert (waits(world.stranger), len(waits(world.partner))) == ([], 1)
