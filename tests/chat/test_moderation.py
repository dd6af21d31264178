"""Keeping order: flags, removal, silence; recorded for good, told to whom it concerns, and not by everybody."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from chat.actions import (
    Post,
    Refused,
    Stored,
    archive_topic,
    delete_message,
    edit_message,
    open_conversation,
    open_topic,
    post_message,
    react,
    undelete_message,
)
from chat.actions.moderating import flag_message, keepers, lift, remove_message, silence
from chat.actions.topics import Topic
from chat.models import Deed, Flag, Message, Room
from notifications.models import Notification
from partnerships.actions import end_membership
from partnerships.models import Function, Membership
from tests.chat.reading import page, say
from tests.conftest import World
from tests.sockets import Browser, in_thread

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, in which the partner was rude."""
    room = Room.objects.get(partnership=world.partnership)
    say(room, world.partner, "You never read what I send.")
    return room


@pytest.fixture
def message(room: Room) -> Message:
    """What the partner said."""
    return Message.objects.select_related("room__partnership__network", "author").get(room=room)


def post(room: Room, author: User, body: str = "Hello") -> object:
    return post_message(Post(room.pk, author.pk, uuid4(), body))


def told(person: User) -> list[str]:
    """The kinds under somebody's bell."""
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def deeds(room: Room) -> list[tuple[str, int, int | None]]:
    return list(Deed.objects.filter(room=room).order_by("pk").values_list("verb", "by", "about"))


# Flags


@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 302), ("councillor", 302), ("officer", 302), ("partner", 404), ("outsider", 404), ("guest", 404)],
)
def test_everybody_in_the_room_but_its_author_flags_a_message(
    name: str, status: int, world: World, message: Message, client: Client
) -> None:
    client.force_login(getattr(world, name))
    address = f"/chat/{message.room_id}/1/flag/"
    assert client.post(address, {"reason": "rude", "note": "Again"}).status_code == status
    assert client.post(address, {"reason": "rude"}).status_code == status
    assert Flag.objects.count() == (status == 302)


def test_a_flag_needs_a_reason(world: World, message: Message, client: Client) -> None:
    client.force_login(world.owner)
    answer = client.post(f"/chat/{message.room_id}/1/flag/", {"note": "Hm"})
    assert (answer.status_code, Flag.objects.count()) == (400, 0)
    assert "Choose what is wrong with it." in answer.content.decode()


def test_those_who_keep_order_are_told_once_and_only_they_see_who_flagged(
    world: World, message: Message, client: Client
) -> None:
    assert {one.pk for one in keepers(message.room)} == {world.owner.pk, world.officer.pk}
    for one in (world.councillor, world.owner):
        flag_message(one, message, "rude", "Not for the first time")
    assert told(world.officer) == told(world.owner) == ["flag"]
    assert told(world.partner) == told(world.councillor) == []
    client.force_login(world.owner)
    html = page(client, f"/chat/{message.room_id}/moderation/")
    assert "Councillor Test" in html
    assert "Not for the first time" in html
    for one in (world.partner, world.councillor, world.outsider, world.guest, world.administrator):
        client.force_login(one)
        assert client.get(f"/chat/{message.room_id}/moderation/").status_code == 404


def test_who_keeps_order_does_not_judge_their_own_words(world: World, room: Room, client: Client) -> None:
    say(room, world.owner, "Neither do you.")
    own = Message.objects.get(room=room, number=2)
    flag_message(world.partner, own, "rude")
    assert told(world.owner) == []
    client.force_login(world.owner)
    assert "Nothing is flagged." in page(client, f"/chat/{room.pk}/moderation/")
    assert client.post(f"/chat/{room.pk}/moderation/", {"remove": 2}).status_code == 403
    client.force_login(world.officer)
    assert "Neither do you." in page(client, f"/chat/{room.pk}/moderation/")


def test_nobody_keeps_order_in_a_private_conversation(world: World, client: Client) -> None:
    room = open_conversation(world.owner, [world.partner])
    say(room, world.partner, "Hello")
    client.force_login(world.owner)
    assert client.get(f"/chat/{room.pk}/1/flag/").status_code == 404
    assert client.get(f"/chat/{room.pk}/moderation/").status_code == 404


def test_a_flagged_message_that_is_fine_is_left(world: World, message: Message, client: Client) -> None:
    flag_message(world.councillor, message, "other")
    client.force_login(world.owner)
    assert client.post(f"/chat/{message.room_id}/moderation/", {"leave": 1}).status_code == 302
    assert "Nothing is flagged." in page(client, f"/chat/{message.room_id}/moderation/")
    assert deeds(message.room) == [("kept", world.owner.pk, None)]


# Removing


@pytest.mark.parametrize("name", ["owner", "officer"])
def test_a_removed_message_says_so_and_its_author_is_told_why(
    name: str, world: World, message: Message, client: Client
) -> None:
    keeper = getattr(world, name)
    flag_message(world.councillor, message, "rude")
    client.force_login(keeper)
    sent = {"remove": 1, "reason": "This is rude."}
    assert client.post(f"/chat/{message.room_id}/moderation/", sent).status_code == 302
    assert told(world.partner) == ["moderation"]
    assert deeds(message.room) == [("removed", keeper.pk, world.partner.pk)]
    client.force_login(world.partner)
    assert "This message was removed by the moderators." in page(client, f"/chat/{message.room_id}/")
    assert "This is rude." in page(client, "/notifications/")
    shown = client.get(f"/chat/api/rooms/{message.room_id}/messages/").json()["messages"][0]
    assert (shown["deleted"], shown["removed"], shown.get("body")) == (True, True, None)
    assert not Flag.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize("name", ["partner", "councillor", "outsider", "guest", "administrator"])
def test_others_remove_nothing(name: str, world: World, message: Message, client: Client) -> None:
    client.force_login(getattr(world, name))
    assert client.post(f"/chat/{message.room_id}/moderation/", {"remove": 1}).status_code == 404
    code = remove_message(getattr(world, name), message.room_id, message.pk, "")
    assert isinstance(code, Refused)
    assert Message.objects.get().body


def test_a_plain_deletion_by_who_keeps_order_is_recorded_too_and_can_be_undone(world: World, message: Message) -> None:
    delete_message(world.officer, message.room_id, message.pk)
    undelete_message(world.officer, message.room_id, message.pk)
    assert [verb for verb, _by, _about in deeds(message.room)] == ["removed", "restored"]
    assert Message.objects.get().removed_at is None
    delete_message(world.partner, message.room_id, message.pk)
    assert len(deeds(message.room)) == 2


def test_also_in_an_archived_room(world: World) -> None:
    room = open_topic(world.partner, world.partnership, Topic("Compost"))
    say(room, world.partner, "Rude")
    archive_topic(room)
    remove_message(world.owner, room.pk, Message.objects.get(room=room).pk, "Rude")
    assert Message.objects.get(room=room).removed_at


# Silence


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 302), ("officer", 302), ("partner", 404), ("councillor", 404), ("outsider", 404)]
)
def test_who_keeps_order_silences_and_lifts(name: str, status: int, world: World, room: Room, client: Client) -> None:
    client.force_login(getattr(world, name))
    address = f"/chat/{room.pk}/moderation/"
    target = world.councillor if name == "partner" else world.partner
    sent = {"person": target.pk, "span": "day", "reason": "Calm down."}
    assert client.post(address, sent).status_code == status
    assert (post(room, target) == Refused("read_only")) == (status == 302)
    assert client.post(address, {"lift": target.pk}).status_code == status
    assert isinstance(post(room, target), Stored)


def test_whoever_is_silenced_reads_until_when_and_changes_nothing(
    world: World, room: Room, message: Message, client: Client
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        silence(world.owner, room, world.partner, "day", "Calm down.")
        client.force_login(world.partner)
        html = page(client, f"/chat/{room.pk}/")
        assert "let you only read until Tuesday 24 November 2026 14:00" in html
        assert "You never read" in html
        sent = {"client_id": str(uuid4()), "body": "But"}
        assert client.post(f"/chat/{room.pk}/", sent).status_code == 403
        answer = client.post(f"/chat/api/rooms/{room.pk}/messages/", sent, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "read_only")
        assert edit_message(world.partner, room.pk, message.pk, "Sorry") == Refused("read_only")
        assert react(world.partner, room.pk, message.pk, "👍", on=True) == Refused("read_only")
        listed = {one["id"]: one["can_post"] for one in client.get("/chat/api/rooms/").json()["rooms"]}
        assert listed[room.pk] is False
        assert "until Tuesday 24 November 2026 14:00" in page(client, "/notifications/")
        clock.shift(timedelta(days=1))
        assert isinstance(post(room, world.partner), Stored)


def test_it_holds_in_one_room_and_outlasts_a_change_of_seats(world: World, room: Room) -> None:
    silence(world.owner, room, world.partner, "week", "Calm down.")
    assert isinstance(post(Room.objects.get(body=world.project), world.partner), Stored)
    for seat in Membership.objects.filter(person=world.partner):
        end_membership(seat)
    world.seat(world.partner, Function.PROJECT_MEMBER, world.saldanha_bay, body=world.project)
    assert post(room, world.partner) == Refused("read_only")


def test_those_who_keep_order_are_not_silenced_nor_is_who_is_not_there(world: World, room: Room) -> None:
    assert silence(world.officer, room, world.owner, "day", "No") == "forbidden"
    assert silence(world.owner, room, world.outsider, "day", "No") == "not_found"
    assert silence(world.owner, room, world.partner, "year", "No") == "not_found"
    assert lift(world.owner, room, world.partner) == "not_found"


def test_what_was_done_stays_recorded(world: World, room: Room) -> None:
    silence(world.owner, room, world.partner, "day", "Calm down.")
    deed = Deed.objects.get()
    deed.reason = "Nothing"
    for forget in (deed.save, deed.delete, Deed.objects.all().delete):
        with pytest.raises(TypeError):
            forget()
    with pytest.raises(TypeError):
        Deed.objects.update(reason="Nothing")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_more(
    rows: int, world: World, room: Room, client: Client, django_assert_num_queries: Any
) -> None:
    say(room, world.partner, *(f"Rude {n}" for n in range(rows)))
    for one in Message.objects.filter(room=room).select_related("room__partnership"):
        flag_message(world.councillor, one, "rude")
    for _again in range(rows):
        silence(world.officer, room, world.partner, "day", "Calm down.")
    client.force_login(world.owner)
    client.get(f"/chat/{room.pk}/moderation/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(f"/chat/{room.pk}/moderation/")


PAGE_QUERIES = 20


@pytest.mark.django_db(transaction=True)
async def test_a_silence_and_a_removal_are_live(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    await in_thread(say, room, world.partner, "Rude")
    partner = await Browser.open(world.partner, have={room.pk: None})
    await partner.hears("welcome")
    await in_thread(silence, world.owner, room, world.partner, "hour", "Calm down.")
    frames = [await partner.hear() for _two in range(2)]
    told = next(one for one in frames if one["type"] == "room")
    assert told["room"]["can_post"] is False
    await partner.say("post", room=room.pk, client_id=str(uuid4()), body="But")
    assert (await partner.hears("error"))[0]["code"] == "read_only"
    rude = await in_thread(Message.objects.get)
    await in_thread(remove_message, world.owner, room.pk, rude.pk, "Rude")
    while (frame := await partner.hear())["type"] != "change":
        pass
    assert frame["message"]["removed"] is True
    await partner.close()
