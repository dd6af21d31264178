"""What is begun and not sent: kept for all devices of its writer, no words lost, seen by nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from chat.actions import Refused, Typed, forget_draft, own_draft, save_draft
from chat.actions.drafting import LONGEST, MOST_OTHER
from chat.models import Draft, Message, Room
from partnerships.models import Partnership
from tests.chat.reading import field, page, say
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

EARLIER = timedelta(minutes=5)
LABEL = '<small class="room-draft">Draft</small>'


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def kept(user: User, room: Room, body: str, since: int = 0, **more: Any) -> Draft:
    draft = save_draft(user, room.pk, Typed(body, since, **more))
    assert isinstance(draft, Draft)
    return draft


def refused(user: User, room_id: int, body: str = "Hello") -> str:
    verdict = save_draft(user, room_id, Typed(body))
    return verdict.code if isinstance(verdict, Refused) else ""


# Devices


def test_another_device_goes_on_with_what_the_first_has_begun(world: World, room: Room) -> None:
    first = kept(world.owner, room, "The pump", reply_to=3)
    second = kept(world.owner, room, "The pump leaks", first.version, reply_to=3)
    standing = own_draft(world.owner, room)
    assert standing is not None
    assert (standing.body, standing.reply_to, standing.other) == ("The pump leaks", 3, "")
    assert second.version > first.version


def test_of_two_devices_the_words_written_last_stand_and_the_others_are_offered(world: World, room: Room) -> None:
    kept(world.owner, room, "On the telephone")
    late = kept(world.owner, room, "On the computer")
    assert (late.body, late.other) == ("On the computer", "On the telephone")


def test_words_that_were_written_earlier_and_come_later_are_the_ones_offered(world: World, room: Room) -> None:
    kept(world.owner, room, "New")
    late = kept(world.owner, room, "Old", written_at=timezone.now() - EARLIER)
    assert (late.body, late.other) == ("New", "Old")


def test_a_clock_that_runs_ahead_wins_nothing(world: World, room: Room) -> None:
    kept(world.owner, room, "From tomorrow", written_at=timezone.now() + timedelta(days=1))
    assert kept(world.owner, room, "Now").body == "Now"


def test_words_that_say_the_same_are_no_conflict(world: World, room: Room) -> None:
    kept(world.owner, room, "Same")
    assert kept(world.owner, room, "Same ").other == ""
    assert kept(world.owner, room, "Same and more").other == ""


def test_what_is_offered_stays_until_it_is_settled_and_is_bounded(world: World, room: Room) -> None:
    for number in range(4):
        draft = kept(world.owner, room, f"{number}" * LONGEST)
    assert (len(draft.other), draft.other[-1]) == (MOST_OTHER, "2")
    draft = kept(world.owner, room, draft.body + "", draft.version)
    assert draft.other
    assert kept(world.owner, room, draft.body, draft.version, settled=True).other == ""


# Sending


def test_sending_clears_it_but_not_what_another_device_wrote_since(world: World, room: Room) -> None:
    first = kept(world.owner, room, "Sent from here")
    kept(world.owner, room, "Written there", first.version)
    forget_draft(world.owner, room, first.version)
    standing = own_draft(world.owner, room)
    assert standing is not None
    assert standing.body == "Written there"
    forget_draft(world.owner, room, standing.version)
    standing.refresh_from_db()
    assert standing.body == ""


def test_a_device_that_slept_while_it_was_sent_loses_nothing_either(world: World, room: Room) -> None:
    first = kept(world.owner, room, "Begun")
    kept(world.owner, room, "", first.version)
    late = kept(world.owner, room, "Begun and gone on", first.version)
    assert (late.body, late.other) == ("Begun and gone on", "")


# Rights


def test_who_may_keep_a_draft(world: World, room: Room) -> None:
    people = [world.owner, world.partner, world.officer, world.outsider, world.guest, world.administrator]
    codes = [refused(one, room.pk) for one in people]
    assert codes == ["", "", "", "not_found", "not_found", "not_found"]
    assert refused(world.owner, 2**80) == "not_found"
    assert refused(world.owner, room.pk, "x" * (LONGEST + 1)) == "too_long"


def test_where_nobody_writes_a_draft_can_only_be_emptied(world: World, room: Room) -> None:
    draft = kept(world.owner, room, "Begun")
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    assert refused(world.owner, room.pk, "More") == "read_only"
    assert kept(world.owner, room, "", draft.version).body == ""


def test_nobody_else_sees_it(world: World, room: Room, client: Client) -> None:
    kept(world.owner, room, "Not for your eyes")
    for person in (world.partner, world.officer):
        client.force_login(person)
        assert "Not for your eyes" not in page(client, room.get_absolute_url())
        assert LABEL not in page(client, "/chat/")
        assert client.get(f"/chat/api/rooms/{room.pk}/draft/").json() == {"version": 0}


# The doors


def test_over_http(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = f"/chat/api/rooms/{room.pk}/draft/"

    def put(data: Any, at: str = address) -> Any:
        return client.put(at, data, content_type="application/json")

    first = put({"body": "Begun\r\n", "since": 0, "reply_to": None, "written_at": "2026-11-23T09:14:02Z"}).json()
    hold(first, "draft")
    assert (first["body"], client.get(address).json()) == ("Begun", first)
    assert client.get(f"{address}?thread=4").json() == {"version": 0}
    threaded = put({"body": "In the thread"}, f"{address}?thread=4").json()
    assert (threaded["thread"], Draft.objects.count()) == (4, 2)
    for wrong in ({}, {"body": 7}, {"body": "x", "since": -1}, {"body": "x", "reply_to": "3"}):
        assert put(wrong).json()["code"] == "bad_frame"
    assert put({"body": "a\x00"}).json()["code"] == "bad_text"
    assert put({"body": "x", "written_at": "yesterday"}).status_code == 400
    assert put({"body": "x" * (LONGEST + 1)}).status_code == 413


@pytest.mark.django_db(transaction=True)
async def test_over_the_socket(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    owner = await Browser.open(world.owner, have={room.pk: None})
    await owner.hears("welcome")
    await owner.say("draft", ref="a", room=room.pk, body="Begun")
    (heard,) = await owner.hears("draft")
    assert (heard["ref"], heard["body"], heard["room"]) == ("a", "Begun", room.pk)
    for wrong in ({"body": 7}, {"body": "x", "thread": -1}, {"body": "x", "since": "1"}):
        await owner.say("draft", room=room.pk, **wrong)
        assert (await owner.hear())["code"] == "bad_frame"


def test_without_a_script_a_button_keeps_it(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = room.get_absolute_url()
    sent = {"client_id": str(uuid4()), "body": "Half a\r\nthought", "draft": "0", "keep": "draft"}
    assert client.post(address, sent).status_code == 302
    html = page(client, address)
    assert "\nHalf a\nthought</textarea>" in html
    assert LABEL in html
    assert Message.objects.count() == 0
    sent = {"client_id": str(uuid4()), "body": "A thought", "draft": field(html, "draft")}
    assert client.post(address, sent).status_code == 302
    html = page(client, address)
    assert ("thought</textarea>" in html, LABEL in html) == (False, False)


@pytest.mark.parametrize(("choice", "body"), [("add", "There\n\nHere"), ("drop", "There")])
def test_without_a_script_one_says_what_becomes_of_the_other_words(
    choice: str, body: str, world: World, room: Room, client: Client
) -> None:
    kept(world.owner, room, "Here")
    kept(world.owner, room, "There")
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    assert "You wrote this on another device:" in html
    sent = {"client_id": str(uuid4()), "body": "There", "draft": field(html, "draft"), "other": choice}
    client.post(room.get_absolute_url(), sent)
    draft = own_draft(world.owner, room)
    assert draft is not None
    assert (draft.body, draft.other) == (body, "")


def test_too_much_for_a_draft_stays_in_the_field(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "body": "typed " * 5000, "draft": "0", "keep": "draft"}
    answer = client.post(room.get_absolute_url(), sent)
    assert (answer.status_code, answer.content.decode().count("typed ")) == (413, 5000)


def test_words_of_an_address_come_behind_a_draft_once(world: World, room: Room, client: Client) -> None:
    kept(world.owner, room, "Begun")
    client.force_login(world.owner)
    assert "\nBegun\n\nHello</textarea>" in page(client, f"{room.get_absolute_url()}?draft=Hello")
    assert "\nBegun</textarea>" in page(client, f"{room.get_absolute_url()}?draft=Begun")


def test_a_draft_costs_one_query_where_there_is_one(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    client.get(room.get_absolute_url())
    taken = []
    for body in ("", "Begun"):
        if body:
            kept(world.owner, room, body)
        with CaptureQueriesContext(connection) as queries:
            client.get(room.get_absolute_url())
        taken.append(len(queries))
    assert taken[1] == taken[0] + 1


def test_a_thread_has_a_draft_of_its_own(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "How is the pump?")
    kept(world.owner, room, "For all")
    client.force_login(world.owner)
    address = f"{room.get_absolute_url()}1/thread/"
    sent = {"client_id": str(uuid4()), "body": "For the thread", "draft": "0", "keep": "draft"}
    assert client.post(address, sent).status_code == 302
    html = page(client, address)
    assert "\nFor the thread</textarea>" in html
    assert "\nFor all</textarea>" in page(client, room.get_absolute_url())
    client.post(address, {"client_id": str(uuid4()), "body": "It leaks.", "draft": field(html, "draft")})
    assert "</textarea>" in page(client, address)
    assert "For the thread" not in page(client, address)
    assert "\nFor all</textarea>" in page(client, room.get_absolute_url())
