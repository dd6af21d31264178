"""Messages for later: kept by a chosen clock, posted with the rights of that moment, seen by nobody else before."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from chat import due
from chat.actions import Later, Refused, Stored, give_up, own_draft, reschedule, schedule_message, send_now
from chat.actions.scheduling import MOST
from chat.models import Message, Room, Scheduled
from partnerships.models import Membership, Partnership
from tests.chat.reading import page
from tests.conftest import World

STOCKHOLM, JOHANNESBURG = "Europe/Stockholm", "Africa/Johannesburg"
TOMORROW = timezone.now().date() + timedelta(days=1)
EIGHT = time(8)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def later(body: str = "Good morning", **more: Any) -> Later:
    return Later(**{"body": body, "day": TOMORROW, "at": EIGHT, "zone": JOHANNESBURG, **more})


def waits(user: User, room: Room, body: str = "Good morning", **more: Any) -> Scheduled:
    one = schedule_message(user, room.pk, later(body, **more))
    assert isinstance(one, Scheduled)
    return one


def code(verdict: object) -> str:
    return str(getattr(verdict, "code", ""))


def let_its_time_come() -> None:
    Scheduled.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def spring(zone: str) -> date:
    """The next day on which the clock of Sweden is put forward."""
    days = (timezone.now().date() + timedelta(days=number) for number in range(1, 366))
    return next(day for day in days if day.month == 3 and day.weekday() == 6 and day.day > 24)


# Waiting and going


def test_it_goes_when_the_chosen_clock_shows_the_time(world: World, room: Room) -> None:
    one = waits(world.owner, room)
    assert one.due_at == datetime.combine(TOMORROW, EIGHT, ZoneInfo(JOHANNESBURG)).astimezone(UTC)
    assert (due.work_off(), Message.objects.count()) == (0, 0)
    let_its_time_come()
    assert due.work_off() == 1
    message = Message.objects.get()
    assert (message.body, message.author, message.client_id) == ("Good morning", world.owner, one.client_id)
    assert (due.work_off(), Scheduled.objects.count()) == (0, 0)


def test_what_it_answers_and_whom_it_calls_go_with_it(world: World, room: Room) -> None:
    for body in ("First", "@Partner Test, look."):
        waits(world.owner, room, body, reply_to=1)
        let_its_time_come()
        due.work_off()
    message = Message.objects.get(number=2)
    assert (message.reply_to, message.mentioned) == (1, [world.partner.pk])


def test_a_double_submit_is_kept_once_and_a_message_that_was_posted_is_not_posted_again(
    world: World, room: Room
) -> None:
    key = UUID(int=7)
    assert waits(world.owner, room, client_id=key) == waits(world.owner, room, client_id=key)
    let_its_time_come()
    due.work_off()
    waits(world.owner, room, client_id=key)
    let_its_time_come()
    due.work_off()
    assert Message.objects.count() == 1


def test_rights_are_those_of_the_moment_when_it_goes(world: World, room: Room, client: Client) -> None:
    waits(world.partner, room)
    waits(world.owner, room)
    Membership.objects.filter(person=world.partner).update(ends=date(2025, 2, 1))
    let_its_time_come()
    due.work_off()
    assert [one.author for one in Message.objects.all()] == [world.owner]
    assert [(one.author, one.refused) for one in Scheduled.objects.all()] == [(world.partner, "not_found")]
    assert due.work_off() == 0
    client.force_login(world.partner)
    html = page(client, "/chat/later/")
    assert ("It was not sent:" in html, "no longer open to you" in html) == (True, True)
    assert room.name not in html.split("<main")[1]


def test_a_closed_room_takes_none(world: World, room: Room) -> None:
    waits(world.owner, room)
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    let_its_time_come()
    due.work_off()
    assert Scheduled.objects.get().refused == "read_only"


def test_nobody_speaks_for_an_account_that_is_closed(world: World, room: Room) -> None:
    waits(world.owner, room)
    User.objects.filter(pk=world.owner.pk).update(is_active=False)
    let_its_time_come()
    due.work_off()
    assert (Message.objects.count(), Scheduled.objects.get().refused) == (0, "not_found")


# What is wrong


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"body": " "}, "empty"),
        ({"body": "x" * 8001}, "too_long"),
        ({"body": "\x00"}, "bad_text"),
        ({"day": date(2025, 1, 1)}, "past"),
        ({"day": TOMORROW + timedelta(days=400)}, "too_far"),
        ({"day": spring(STOCKHOLM), "at": time(2, 30), "zone": STOCKHOLM}, "skipped"),
    ],
)
def test_what_cannot_be_kept_is_refused(more: dict[str, Any], why: str, world: World, room: Room) -> None:
    assert code(schedule_message(world.owner, room.pk, later(**more))) == why
    one = waits(world.owner, room)
    assert code(reschedule(world.owner, one.pk, later(**more))) == why


def test_there_is_an_end_to_what_waits(world: World, room: Room) -> None:
    for _ in range(MOST):
        waits(world.owner, room)
    assert code(schedule_message(world.owner, room.pk, later())) == "too_many"


# Rights


def test_who_may_schedule(world: World, room: Room) -> None:
    people = [world.owner, world.partner, world.officer, world.outsider, world.guest, world.administrator]
    codes = [code(schedule_message(one, room.pk, later())) for one in people]
    assert codes == ["", "", "", "not_found", "not_found", "not_found"]
    assert code(schedule_message(world.owner, 2**80, later())) == "not_found"


def test_only_its_writer_touches_it(world: World, room: Room) -> None:
    one = waits(world.owner, room)
    for person in (world.partner, world.officer, world.outsider, world.administrator):
        verdicts = [reschedule(person, one.pk, later("Mine")), give_up(person, one.pk), send_now(person, one.pk)]
        assert [code(verdict) for verdict in verdicts] == ["not_found"] * 3
    assert isinstance(reschedule(world.owner, one.pk, later("Better", zone=STOCKHOLM)), Scheduled)
    assert isinstance(send_now(world.owner, one.pk), Stored)
    assert (Message.objects.get().body, Scheduled.objects.count()) == ("Better", 0)
    assert isinstance(give_up(world.owner, one.pk), Refused)


# Over HTTP


def test_over_http(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    said = {"body": "Good morning", "day": TOMORROW.isoformat(), "at": "08:00", "zone": JOHANNESBURG}
    address = f"/chat/api/rooms/{room.pk}/later/"
    made = client.post(address, said, content_type="application/json")
    one = made.json()
    assert (made.status_code, one["zone"], one["due_at"][-9:]) == (201, JOHANNESBURG, "06:00:00Z")
    assert client.get("/chat/api/later/").json() == {"scheduled": [one]}
    at = f"/chat/api/later/{one['id']}/"
    assert client.get(at).json() == one
    changed = client.put(at, said | {"body": "Hello"}, content_type="application/json").json()
    assert changed["body"] == "Hello"
    wrong: list[dict[str, Any]] = [{"day": "x"}, {"at": "25:00"}, {"zone": "../x"}, {"zone": ""}, {"body": 7}]
    for one_wrong in [*wrong, {"client_id": 7}, {"reply_to": "1"}, {"at": "08:00+01:00"}]:
        answer = client.post(address, said | one_wrong, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_frame"), one_wrong
    assert client.post(f"{at}send/").json()["body"] == "Hello"
    assert client.get(at).status_code == client.delete(at).status_code == 404


# On pages


def form(**more: str) -> dict[str, str]:
    given = {"client_id": str(uuid4()), "body": "Good morning", "day": TOMORROW.isoformat(), "at": "08:00"}
    return given | {"clock": JOHANNESBURG} | more


def test_words_of_the_room_are_sent_by_a_municipalitys_clock(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = f"{room.get_absolute_url()}later/"
    html = client.post(address, {"body": "Typed in the room", "later": "", "reply_to": "3"}).content.decode()
    for part in ("\nTyped in the room</textarea>", "Saldanha Bay (Johannesburg)", "My own (Stockholm)", 'value="3"'):
        assert part in html
    response = client.post(address, form(), follow=True)
    assert response.redirect_chain == [("/chat/later/", 302)]
    assert "Good morning" in response.content.decode()
    assert Scheduled.objects.get().zone == JOHANNESBURG


def test_both_times_are_shown_where_they_differ(world: World, room: Room, client: Client) -> None:
    User.objects.filter(pk=world.owner.pk).update(zone="Africa/Nairobi")
    waits(world.owner, room)
    client.force_login(world.owner)
    html = page(client, "/chat/later/")
    assert "09:00</time>" in html
    assert "08:00 in Johannesburg" in html


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"day": "2025-01-01"}, "id_at_error", "This time has passed"),
        ({"day": spring(STOCKHOLM).isoformat(), "at": "02:30", "clock": STOCKHOLM}, "id_at_error", "does not exist"),
        ({"day": "soon"}, "id_day_error", "valid date"),
        ({"clock": "Mars/Base"}, "id_clock_error", "Mars/Base"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    more: dict[str, str], field: str, sentence: str, world: World, room: Room, client: Client
) -> None:
    client.force_login(world.owner)
    response = client.post(f"{room.get_absolute_url()}later/", form(**more))
    html = response.content.decode()
    assert (response.status_code, "\nGood morning</textarea>" in html) == (400, True)
    assert sentence in html[html.index(f'id="{field}"') :].split("</p>")[0]


def test_one_is_changed_sent_and_given_up_on_its_page(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = f"/chat/later/{waits(world.owner, room).pk}/"
    assert 'value="08:00"' in page(client, address)
    assert client.post(address, form(body="Better", at="09:30")).status_code == 302
    assert (Scheduled.objects.get().body, Scheduled.objects.get().at) == ("Better", time(9, 30))
    client.post(address, {"give_up": "yes"})
    draft = own_draft(world.owner, room)
    assert draft is not None
    assert (Scheduled.objects.count(), draft.body) == (0, "Better")
    address = f"/chat/later/{waits(world.owner, room).pk}/"
    assert "#m1" in client.post(address, {"send": "now"}).headers["Location"]
    assert Message.objects.count() == 1
    assert client.post(address, {"send": "now"}).status_code == 404


def test_nobody_else_sees_what_waits(world: World, room: Room, client: Client) -> None:
    one = waits(world.owner, room, "Not yet for your eyes")
    for person in (world.partner, world.officer, world.administrator):
        client.force_login(person)
        assert "Not yet" not in page(client, "/chat/later/")
        assert client.get(f"/chat/later/{one.pk}/").status_code == 404
        assert client.post(f"/chat/later/{one.pk}/", {"send": "now"}).status_code == 404
        assert client.get(f"/chat/api/later/{one.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_much_waits(
    rows: int, world: World, room: Room, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        waits(world.owner, room)
    client.force_login(world.owner)
    with django_assert_max_num_queries(12):
        client.get("/chat/later/")
