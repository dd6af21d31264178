"""The Talk pages as every browser gets them, scripts or none."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from chat.actions import mark_read
from chat.conversation import PAGE
from chat.models import Message, ReadMarker, Room
from partnerships.models import Function, Partnership
from tests.chat.reading import field, numbers, page, say
from tests.conftest import World

Count = Callable[[int], Any]


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


# The room


def test_a_room_shows_who_said_what_when(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "Habari **za** asubuhi", at=timezone.now() - timedelta(minutes=3))
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    article = html[html.index('<article class="msg') : html.index("</article>")]
    assert [article.index(part) for part in ("Partner Test", "Saldanha Bay", "<strong>za</strong>", "<time")] == sorted(
        article.index(part) for part in ("Partner Test", "Saldanha Bay", "<strong>za</strong>", "<time")
    )
    assert 'role="log"' in html


def test_words_are_never_markup(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "<script>alert(1)</script> & <b>so</b>")
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_run_of_one_author_has_one_name(world: World, room: Room, client: Client) -> None:
    noon = timezone.now() - timedelta(days=400)
    say(room, world.partner, "One", "Two", at=noon, apart=timedelta(minutes=9))
    say(room, world.partner, "Three", at=noon + timedelta(minutes=21))
    say(room, world.owner, "Four", at=noon + timedelta(minutes=22))
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url()).split("<template")[0]
    runs = re.findall(r'<article class="msg( msg-more)?" id="m(\d)"', html)
    assert [number for more, number in runs if more] == ["2"]


def test_days_are_the_readers_own(world: World, room: Room, client: Client) -> None:
    """22:30 UTC is the next day in Dar es Salaam and Johannesburg, and in Karlskrona in winter still the same."""
    say(room, world.owner, "Late", at=datetime(2026, 1, 10, 22, 30, tzinfo=UTC))
    seen = {}
    for person in (world.owner, world.partner):
        client.force_login(person)
        seen[person.name] = re.findall(r"<b>(\w+ \d+ January)", page(client, room.get_absolute_url()))
    assert seen == {"Owner Test": ["Saturday 10 January"], "Partner Test": ["Sunday 11 January"]}


def test_the_first_unread_line_stands_above_the_first_unread(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, *"abcde")
    room.refresh_from_db()
    mark_read(world.owner, room, 3)
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    line = html.index('id="unread"')
    assert (html.index('id="m3"') < line < html.index('id="m4"'), "2 new" in html) == (True, True)


def test_history_comes_fifty_at_a_time(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, *(str(number) for number in range(1, 121)))
    client.force_login(world.owner)
    address = room.get_absolute_url()
    assert numbers(page(client, address)) == list(range(71, 121))
    assert numbers(page(client, f"{address}?before=71")) == list(range(21, 71))
    assert numbers(page(client, f"{address}?before=21")) == list(range(1, 21))
    assert numbers(page(client, f"{address}?around=60")) == list(range(35, 85))
    assert numbers(page(client, f"{address}?around=118")) == list(range(93, 121))
    assert numbers(page(client, f"{address}?after=84")) == list(range(85, 121))
    assert "data-earlier" not in page(client, f"{address}?before=21")
    assert "To the newest" in page(client, f"{address}?around=60")


def test_a_page_of_long_messages_holds_fewer_and_none_is_passed_over(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, *(f"{number} {'words ' * 200}" for number in range(1, 61)))
    client.force_login(world.owner)
    address = room.get_absolute_url()
    seen = numbers(page(client, address))
    assert seen == list(range(seen[0], 61))
    assert 10 <= len(seen) < PAGE
    while seen[0] > 1:
        earlier = numbers(page(client, f"{address}?before={seen[0]}"))
        assert earlier[-1] == seen[0] - 1
        seen = earlier + seen
    assert seen == list(range(1, 61))
    onwards = numbers(page(client, f"{address}?after=20"))
    assert onwards == list(range(21, onwards[-1] + 1))
    middle = numbers(page(client, f"{address}?around=30"))
    assert middle == list(range(middle[0], middle[-1] + 1))
    assert abs((30 - middle[0]) - (middle[-1] - 30)) <= 1
    assert "To the newest" in page(client, f"{address}?around=30")


def test_one_message_longer_than_a_page_is_shown_whole(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "short", "*a* " * 1_990, "short")
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}?around=2")
    assert numbers(html) == [2]
    assert html.count("<em>a</em>") == 1_990


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "²", ""])
def test_a_wrong_number_shows_the_newest(number: str, world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One", "Two")
    client.force_login(world.owner)
    assert numbers(page(client, f"{room.get_absolute_url()}?before={number}")) == [1, 2]


def test_a_page_with_more_unread_than_it_holds_leads_to_the_first(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, *(str(number) for number in range(60)))
    client.force_login(world.owner)
    assert 'href="?around=1#unread"' in page(client, room.get_absolute_url())


def test_an_empty_room_says_what_it_is_for(owner: User, room: Room, client: Client) -> None:
    client.force_login(owner)
    assert "Nothing has been said here yet" in page(client, room.get_absolute_url())


def test_people_stand_beside_the_conversation(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    assert "4 people, 2 municipalities" in html
    assert "Project manager, Saldanha Bay" in html
    assert "Guest Test" not in html
    assert f"/network/partnerships/{world.partnership.pk}/" in html


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger", "administrator"])
def test_a_room_is_not_there_for_others(name: str, world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "Only ours")
    client.force_login(getattr(world, name))
    for address in ("", "read/", "unread/"):
        response = client.post(f"{room.get_absolute_url()}{address}", {"body": "Hello", "number": "1"})
        assert response.status_code == 404
        assert b"Only ours" not in response.content
    assert Message.objects.count() == 1


# Writing


def test_a_message_is_posted_without_a_script(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    identity = field(page(client, room.get_absolute_url()), "client_id")
    response = client.post(room.get_absolute_url(), {"client_id": identity, "body": "One\r\ntwo\r\n"})
    assert response.headers["Location"] == f"{room.get_absolute_url()}#latest"
    message = Message.objects.get()
    assert (message.body, message.client_id, message.author) == ("One\ntwo", UUID(identity), world.owner)


def test_a_double_submit_is_harmless(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "body": "Once"}
    assert [client.post(room.get_absolute_url(), sent).status_code for _ in range(2)] == [302, 302]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (" \n ", 400, "Write something first."),
        ("kept " * 2000, 413, "8,000 characters"),
        ("kept\x00", 400, "cannot be stored"),
    ],
)
def test_a_refused_message_keeps_what_was_typed(
    body: str, status: int, why: str, owner: User, room: Room, client: Client
) -> None:
    client.force_login(owner)
    response = client.post(room.get_absolute_url(), {"client_id": str(uuid4()), "body": body})
    html = response.content.decode()
    assert (response.status_code, why in html) == (status, True)
    assert 'aria-describedby="body-error"' in html
    assert html.count("kept") >= body.count("kept")


def test_announcements_say_who_writes_and_refuse_the_rest(world: World, client: Client) -> None:
    announcements = Room.objects.get(kind=Room.Kind.ANNOUNCEMENTS)
    client.force_login(world.owner)
    html = page(client, announcements.get_absolute_url())
    assert ("Programme officers write here." in html, 'id="composer"' in html) == (True, False)
    response = client.post(announcements.get_absolute_url(), {"client_id": str(uuid4()), "body": "My words"})
    assert (response.status_code, "My words" in response.content.decode()) == (403, True)
    client.force_login(world.officer)
    assert 'id="composer"' in page(client, announcements.get_absolute_url())


def test_a_closed_partnership_says_so(world: World, room: Room, client: Client) -> None:
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    client.force_login(world.owner)
    assert "This partnership is closed." in page(client, room.get_absolute_url())
    assert "<h2>Closed</h2>" in page(client, "/chat/")


def test_an_observer_reads_that_they_only_read(world: World, room: Room, client: Client) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    client.force_login(world.stranger)
    assert "You are here as an observer" in page(client, room.get_absolute_url())


# How far one has read


def test_a_room_is_marked_read_up_to_what_was_seen(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One", "Two")
    client.force_login(world.owner)
    number = field(page(client, room.get_absolute_url()), "number")
    say(room, world.partner, "Three")
    client.post(f"{room.get_absolute_url()}read/", {"number": number})
    assert ReadMarker.objects.get(user=world.owner, room=room).last_read_number == 2


def test_a_message_and_what_follows_is_marked_unread(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One", "Two", "Three")
    client.force_login(world.owner)
    client.post("/chat/read/")
    response = client.post(f"{room.get_absolute_url()}unread/", {"number": "2"}, follow=True)
    assert ReadMarker.objects.get(user=world.owner, room=room).last_read_number == 1
    assert "Marked as unread in Karlskrona–Saldanha Bay." in response.content.decode()


# What it costs


@pytest.mark.parametrize("rows", [1, 3])
def test_a_room_takes_the_same_queries_whatever_its_length(
    rows: int, world: World, room: Room, client: Client, django_assert_num_queries: Count
) -> None:
    for number in range(rows):
        world.seat(
            User.objects.create_user(f"more{number}@test.example", name=f"More {number}"),
            Function.PROJECT_MEMBER,
            world.karlskrona,
            partnership=world.partnership,
        )
        say(room, world.partner, "Two", "words")
    client.force_login(world.owner)
    with django_assert_num_queries(ROOM_QUERIES):
        client.get(room.get_absolute_url())


ROOM_QUERIES = 20


def test_a_full_page_is_light(world: World, room: Room, client: Client) -> None:
    """At most 25 kB compressed, with fifty messages of 200 characters that are all different."""
    say(room, world.partner, *(" ".join(uuid4().hex for _ in range(6)) for _ in range(PAGE)))
    client.force_login(world.owner)
    response = client.get(room.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= 25_000
