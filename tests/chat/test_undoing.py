"""A deletion is taken back: everything stands again, for ten seconds, for whoever deleted."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client

from accounts.models import User
from chat import due, indexing
from chat.actions import (
    Post,
    Stored,
    delete_message,
    edit_message,
    pin_message,
    post_messages,
    react,
    undelete_message,
)
from chat.finding import find
from chat.models import Deletion, Mention, Message, Reaction, Revision, Room
from chat.models.deletion import UNDO
from chat.payloads import message_payload
from notifications.models import Notification
from partnerships.models import Partnership
from tests.chat.reading import page
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

THUMB = "👍"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def message(world: World, room: Room) -> Message:
    """The owner's, with everything at it that a message can have."""
    (stored,) = post_messages([Post(room.pk, world.owner.pk, uuid4(), "The compost weighed 90.")])
    assert isinstance(stored, Stored)
    pk = stored.message.pk
    edit_message(world.owner, room.pk, pk, "@Partner Test, the compost weighed **91**.")
    react(world.partner, room.pk, pk, THUMB, on=True)
    pin_message(world.partner, room.pk, pk, on=True)
    return stored.message


def shown(message: Message) -> dict[str, Any]:
    payload = message_payload(Message.objects.with_author().get(pk=message.pk))
    hold(payload, "message")
    return payload


def code(verdict: object) -> str:
    return str(getattr(verdict, "code", ""))


def let_time_pass() -> None:
    Deletion.objects.update(removed_at=F("removed_at") - UNDO)


def found(user: User) -> int:
    indexing.work_off()
    return len(find(user, "compost", []).hits)


def test_everything_stands_again(world: World, room: Room, message: Message) -> None:
    before, version = shown(message), Room.objects.get(pk=room.pk).version
    assert (found(world.partner), len(before["reactions"]), before["pinned"]) == (1, 1, True)
    delete_message(world.owner, room.pk, message.pk)
    assert (found(world.partner), Reaction.objects.count(), Mention.objects.count()) == (0, 0, 0)
    assert code(undelete_message(world.owner, room.pk, message.pk)) == ""
    assert shown(message) == before
    assert (found(world.partner), Mention.objects.count()) == (1, 1)
    assert [one.body for one in Revision.objects.all()] == ["The compost weighed 90."]
    assert Room.objects.get(pk=room.pk).version == version + 2
    assert Deletion.objects.count() == 0


def test_nobody_is_told_twice(world: World, room: Room, message: Message) -> None:
    told = Notification.objects.count()
    delete_message(world.owner, room.pk, message.pk)
    undelete_message(world.owner, room.pk, message.pk)
    assert (Notification.objects.count(), told) == (told, 1)


def test_undoing_twice_changes_nothing_more(world: World, room: Room, message: Message) -> None:
    for _ in range(2):
        delete_message(world.owner, room.pk, message.pk)
    for _ in range(2):
        assert code(undelete_message(world.owner, room.pk, message.pk)) == ""
    assert Room.objects.get(pk=room.pk).version == 6


def test_after_ten_seconds_it_is_too_late_and_the_words_are_forgotten(
    world: World, room: Room, message: Message
) -> None:
    delete_message(world.owner, room.pk, message.pk)
    assert (due.work_off(), Deletion.objects.count()) == (0, 1)
    let_time_pass()
    assert code(undelete_message(world.owner, room.pk, message.pk)) == "too_late"
    assert (due.work_off(), Deletion.objects.count()) == (1, 0)
    assert code(undelete_message(world.owner, room.pk, message.pk)) == "too_late"
    assert shown(message)["deleted"]


def test_who_deleted_undoes_and_nobody_else(world: World, room: Room, message: Message) -> None:
    everybody = [world.owner, world.partner, world.officer, world.outsider, world.guest, world.administrator]
    delete_message(world.officer, room.pk, message.pk)
    codes = [code(undelete_message(one, room.pk, message.pk)) for one in everybody]
    assert codes == ["forbidden", "forbidden", "", "not_found", "not_found", "not_found"]
    assert code(undelete_message(world.partner, room.pk, message.pk)) == "forbidden"


def test_nothing_is_undone_where_the_work_is_over(world: World, room: Room, message: Message) -> None:
    delete_message(world.owner, room.pk, message.pk)
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    assert code(undelete_message(world.owner, room.pk, message.pk)) == "read_only"


def test_over_http_the_same(world: World, room: Room, message: Message, client: Client) -> None:
    client.force_login(world.owner)
    at = f"/chat/api/rooms/{room.pk}/messages/{message.pk}/"
    client.delete(at)
    answer = client.post(f"{at}undelete/")
    assert (answer.status_code, answer.json()["pinned"]) == (200, True)
    hold(answer.json(), "message_with_version")
    client.delete(at)
    let_time_pass()
    assert client.post(f"{at}undelete/").status_code == 410


@pytest.mark.django_db(transaction=True)
async def test_everybody_hears_that_it_stands_again(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    post = Post(room.pk, world.owner.pk, uuid4(), "One")
    (stored,) = await in_thread(post_messages, [post])
    owner, partner = [await Browser.open(one, have={room.pk: None}) for one in (world.owner, world.partner)]
    for browser in (owner, partner):
        await browser.hears("welcome")
    for kind, said in (("delete", None), ("undelete", "One")):
        await owner.say(kind, ref=kind, room=room.pk, message=stored.message.pk)
        assert {frame["type"] for frame in [await owner.hear(), await owner.hear()]} == {"change", "done"}
        (change,) = await partner.hears("change")
        assert change["message"].get("body") == said


def test_without_a_script_the_page_after_deleting_offers_it(
    world: World, room: Room, message: Message, client: Client
) -> None:
    client.force_login(world.owner)
    at = f"{room.get_absolute_url()}1/"
    html = client.post(at, {"delete": "yes"}, follow=True).content.decode()
    assert ("Message deleted." in html, 'name="undelete"' in html) == (True, True)
    client.force_login(world.partner)
    assert 'name="undelete"' not in page(client, at)
    assert client.post(at, {"undelete": "yes"}).status_code == 403
    client.force_login(world.owner)
    assert client.post(at, {"undelete": "yes"}).headers["Location"] == f"{room.get_absolute_url()}#m1"
    assert "compost" in page(client, room.get_absolute_url())
    client.post(at, {"delete": "yes"})
    let_time_pass()
    assert 'name="undelete"' not in page(client, at)
    late = client.post(at, {"undelete": "yes"})
    assert (late.status_code, "too late" in late.content.decode()) == (410, True)


def test_what_was_said_is_kept_for_ten_seconds_at_most() -> None:
    assert timedelta(seconds=10) == UNDO
