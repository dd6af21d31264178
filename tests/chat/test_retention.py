"""How long a room is kept: set with notice, undone until it takes effect, and what then goes, stays and is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from chat import indexing
from chat.actions import Ask, Post, Refused, edit_message, keep_messages, pin_message, post_message, react
from chat.actions.retention import BATCH, NOTICE, carry_out, last_before, preview, set_retention, undo_retention
from chat.finding import find
from chat.models import Findable, Message, Question, Reaction, ReadMarker, Retention, Revision, Room
from chat.pages import changes
from tests.chat.reading import numbers, page, say
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

YEAR = timedelta(days=366)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, with ten messages of four years ago and three of today."""
    room = Room.objects.get(partnership=world.partnership)
    say(
        room,
        world.partner,
        *(f"Old pump {n}" for n in range(10)),
        at=timezone.now() - 4 * YEAR,
        apart=timedelta(days=1),
    )
    say(room, world.partner, *(f"New pump {n}" for n in range(3)))
    return Room.objects.get(pk=room.pk)


def now(room: Room) -> Room:
    return Room.objects.get(pk=room.pk)


def number(room: Room, at: int) -> Message:
    return Message.objects.get(room=room, number=at)


def bodies(room: Room) -> list[str]:
    return list(Message.objects.filter(room=room).exclude(body="").order_by("number").values_list("body", flat=True))


def in_effect(world: World, room: Room, years: int = 2) -> int:
    """Set a rule and let its day come."""
    assert set_retention(world.owner, room.pk, years) is None
    return carry_out(timezone.now() + NOTICE + timedelta(minutes=1))


# Setting it


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("owner", ""),
        ("officer", ""),
        ("partner", "forbidden"),
        ("councillor", "forbidden"),
        ("outsider", "not_found"),
        ("guest", "not_found"),
        ("administrator", "not_found"),
    ],
)
def test_coordinators_and_officers_set_it(name: str, code: str, world: World, room: Room) -> None:
    refused = set_retention(getattr(world, name), room.pk, 2)
    assert (refused.code if refused else "") == code
    assert Retention.objects.exists() == (code == "")


def test_a_shorter_time_waits_thirty_days_and_the_room_is_told(world: World, room: Room) -> None:
    set_retention(world.owner, room.pk, 2)
    rule = Retention.objects.get()
    assert (rule.years, rule.next_years) == (0, 2)
    note = number(room, 14)
    assert note.note == {"kind": "retention", "years": 2, "from": timezone.localdate(rule.next_at).isoformat()}
    assert "kept for 2 years" in note.body
    assert carry_out(timezone.now() + NOTICE - timedelta(hours=1)) == 0
    assert len(bodies(room)) == 14
    assert carry_out(timezone.now() + NOTICE + timedelta(hours=1)) == 10


def test_it_is_undone_until_it_takes_effect(world: World, room: Room) -> None:
    set_retention(world.owner, room.pk, 1)
    assert undo_retention(world.partner, room.pk) == Refused("forbidden")
    undo_retention(world.officer, room.pk)
    assert carry_out(timezone.now() + 2 * NOTICE) == 0
    assert number(room, 15).note == {"kind": "retention", "years": 0}
    before = now(room).version
    undo_retention(world.officer, room.pk)
    assert now(room).version == before


def test_a_longer_time_holds_at_once(world: World, room: Room) -> None:
    in_effect(world, room, 2)
    set_retention(world.owner, room.pk, 5)
    rule = Retention.objects.get()
    assert (rule.years, rule.next_years, rule.next_at) == (5, None, None)
    set_retention(world.owner, room.pk, 7)
    assert Retention.objects.get().years == 5


def test_what_the_room_was_told_cannot_be_edited_or_deleted(world: World, room: Room) -> None:
    set_retention(world.owner, room.pk, 2)
    note = number(room, 14)
    assert edit_message(world.owner, room.pk, note.pk, "Nothing") == Refused("forbidden")


def test_a_preview_says_what_would_go_and_what_stays(world: World, room: Room) -> None:
    pin_message(world.owner, room.pk, number(room, 2).pk, on=True)
    keep_messages("lesson", 1, [number(room, 3).pk])
    seen = preview(now(room), 2)
    assert (seen.going, seen.spared) == (8, 2)
    assert (preview(now(room), 5).going, preview(now(room), 0).cutoff) == (0, None)
    assert in_effect(world, room) == 8


def test_the_last_old_message_is_found_in_few_looks(
    world: World, room: Room, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        assert last_before(room, timezone.now() - YEAR) == 10
    assert last_before(room, datetime(2000, 1, 1, tzinfo=UTC)) == 0
    assert last_before(room, timezone.now() + YEAR) == 13


# What goes


def test_what_is_old_is_emptied_in_one_version_and_what_is_spared_stays(world: World, room: Room) -> None:
    pin_message(world.owner, room.pk, number(room, 2).pk, on=True)
    keep_messages("lesson", 1, [number(room, 3).pk])
    edit_message(world.partner, room.pk, number(room, 4).pk, "Old pump, repaired")
    react(world.owner, room.pk, number(room, 5).pk, "👍", on=True)
    set_retention(world.owner, room.pk, 2)
    before = now(room).version
    carry_out(timezone.now() + NOTICE + timedelta(minutes=1))
    assert (now(room).version, now(room).floor) == (before + 1, 10)
    assert bodies(room)[:3] == ["Old pump 1", "Old pump 2", "New pump 0"]
    assert (Revision.objects.count(), Reaction.objects.count()) == (0, 0)
    assert Message.objects.count() == 14
    carry_out(timezone.now() + NOTICE + timedelta(days=1))
    assert now(room).version == before + 1


def test_what_is_spared_no_longer_goes_with_the_next_day(world: World, room: Room) -> None:
    keep_messages("lesson", 1, [number(room, 3).pk])
    in_effect(world, room)
    keep_messages("lesson", 1, [])
    assert carry_out(timezone.now() + NOTICE + timedelta(days=1)) == 1


def test_nobody_is_shown_or_sent_what_lies_below(world: World, room: Room, client: Client) -> None:
    pin_message(world.owner, room.pk, number(room, 2).pk, on=True)
    in_effect(world, room)
    client.force_login(world.partner)
    html = page(client, room.get_absolute_url())
    assert numbers(html) == [11, 12, 13, 14]
    assert "Old pump 1" in html  # among the pins
    assert client.get(f"{room.get_absolute_url()}1/").status_code == 404
    assert client.get(f"{room.get_absolute_url()}2/").status_code == 200
    found = changes(room.pk, 0, world.partner)
    assert found is not None
    hold(found.frame())
    assert [one["number"] for one in found.messages] == [11, 12, 13, 14]
    assert found.room_state is not None
    assert found.room_state["floor"] == 10


def test_who_had_not_read_it_has_nothing_unread_of_it(world: World, room: Room) -> None:
    ReadMarker.objects.update_or_create(user=world.owner, room=room, defaults={"last_read_number": 3})
    in_effect(world, room)
    assert Room.objects.with_unread(world.owner).get(pk=room.pk).unread == 4


def test_search_finds_nothing_of_it(world: World, room: Room) -> None:
    indexing.work_off()
    assert len(find(world.owner, "old pump").hits) == 10
    in_effect(world, room)
    assert find(world.owner, "old pump").hits == []
    indexing.work_off()
    assert Findable.objects.filter(message__number__lte=10).count() == 0


def test_an_old_question_waits_no_longer(world: World, room: Room) -> None:
    post_message(Post(room.pk, world.partner.pk, uuid4(), "Still open?", asks=Ask()))
    Message.objects.filter(number=14).update(posted_at=timezone.now())
    set_retention(world.owner, room.pk, 1)
    carry_out(timezone.now() + 3 * YEAR)
    carry_out(timezone.now() + 3 * YEAR)
    assert (Question.objects.count(), now(room).open_questions) == (0, 0)


def test_a_large_room_is_emptied_in_batches_and_goes_on_where_it_was_ended(world: World, room: Room) -> None:
    square = Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)
    say(square, world.partner, *("word" for _ in range(BATCH + 10)), at=timezone.now() - 4 * YEAR)
    set_retention(world.officer, square.pk, 2)
    assert carry_out(timezone.now() + NOTICE + timedelta(minutes=1)) == BATCH + 10


@pytest.mark.django_db(transaction=True)
async def test_an_open_page_hears_where_the_floor_is(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    await in_thread(say, room, world.partner, "Old", "Older", at=timezone.now() - 4 * YEAR)
    await in_thread(set_retention, world.owner, room.pk, 2)
    partner = await Browser.open(world.partner, have={room.pk: None})
    await partner.hears("welcome")
    await in_thread(carry_out, timezone.now() + NOTICE + timedelta(minutes=1))
    (change,) = await partner.hears("change")
    assert change["room_state"]["floor"] == 2
    await partner.close()


# The page


def test_a_rule_is_looked_at_set_and_undone_without_a_script(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = f"{room.get_absolute_url()}keeping/"
    html = page(client, f"{address}?years=2")
    assert "10 messages from before" in html
    assert Retention.objects.count() == 0
    assert client.post(address, {"years": "2"}).status_code == 302
    html = page(client, address)
    assert "From " in html
    assert 'name="undo"' in html
    assert client.post(address, {"undo": "1"}).status_code == 302
    assert 'name="undo"' not in page(client, address)
    assert client.post(address, {"years": "99"}).status_code == 400


def test_everybody_reads_the_note_in_their_own_language(world: World, room: Room, client: Client) -> None:
    set_retention(world.owner, room.pk, 2)
    client.force_login(world.partner)
    assert "messages of this room are kept for 2 years" in page(client, room.get_absolute_url())
    world.partner.language = "sv"
    world.partner.save()
    told = client.get(f"/chat/api/rooms/{room.pk}/messages/?limit=1").json()["messages"][0]
    assert (told["language"], "kept for" in told["body"]) == ("sv", False)


def test_who_may_not_set_it_reads_the_rule(world: World, room: Room, client: Client) -> None:
    client.force_login(world.partner)
    html = page(client, f"{room.get_absolute_url()}keeping/?years=2")
    assert "For ever" in html
    assert "would go" not in html
    assert client.post(f"{room.get_absolute_url()}keeping/", {"years": "2"}).status_code == 403
