"""Messages become part of a lesson: quoted by function and municipality, told to who wrote them, seen in the room."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import Post, Stored, delete_message, post_message
from chat.kept import came_of
from chat.models import Kept, Message, Room
from chat.payloads import message_payload
from knowledge.models import Lesson, Quote
from knowledge.quoting import quotable, sources_in
from notifications.models import Notification
from search import work_off
from tests.chat.reading import field, page
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

SAID = "Nobody came on Monday. On market day the street was full."


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def message(world: World, room: Room) -> Message:
    """The partner's, the first."""
    return said(room, world.partner, SAID)


def said(room: Room, author: User, body: str) -> Message:
    outcome = post_message(Post(room.pk, author.pk, uuid4(), body))
    assert isinstance(outcome, Stored)
    return outcome.message


def kept(message: Message) -> bool:
    """Whether everybody is told that it is, held against the schema."""
    payload = message_payload(Message.objects.with_author().get(pk=message.pk))
    hold(payload, "message")
    return bool(payload.get("kept"))


def write(world: World, client: Client, author: User, *messages: Message, **more: Any) -> Lesson:
    """A lesson by ``author`` that quotes these, as the form makes it."""
    client.force_login(author)
    client_id = more.pop("client_id", str(uuid4()))
    told = {
        "client_id": client_id,
        "title": "Meet people where they are",
        "language": "en",
        "place": f"partnership:{world.partnership.pk}",
        "visibility": "network",
        "did": "We moved the meeting.",
        "quote": [f"message:{one.pk}" for one in messages],
        **more,
    }
    assert client.post("/knowledge/new/", told).status_code == 302
    return Lesson.objects.get(author=author, client_id=client_id)


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind).select_related("person").order_by("pk")
    return [one.person.name.split()[0] for one in rows]


# From the room to the lesson


def test_chosen_messages_lead_to_a_lesson_that_quotes_them_without_a_script(
    world: World, room: Room, message: Message, client: Client
) -> None:
    second = said(room, world.owner, "We come back in May.")
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}keep/?message=1")
    assert 'value="1" checked' in html
    gone = client.get(f"{room.get_absolute_url()}keep/?message=1&message=2&message=x&go=1")
    assert gone.url == (
        f"/knowledge/new/?quote=message%3A{message.pk}&quote=message%3A{second.pk}"
        f"&place=partnership%3A{world.partnership.pk}"
    )
    form = page(client, gone.url)
    assert SAID in form
    assert "Project manager, Saldanha Bay" in form
    assert f'value="partnership:{world.partnership.pk}" selected' in form
    assert (Quote.objects.count(), kept(message), told("quoted")) == (0, False, [])


def test_what_was_ticked_elsewhere_stays_ticked(world: World, room: Room, message: Message, client: Client) -> None:
    for _ in range(55):
        said(room, world.owner, "word")
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}keep/?message=1&before=50")
    assert 'value="1" checked' in html
    html = page(client, f"{room.get_absolute_url()}keep/?message=1")
    assert '<input type="hidden" name="message" value="1">' in html
    assert "Choose at least one message" in page(client, f"{room.get_absolute_url()}keep/?go=1")


def test_the_room_sees_what_came_of_it_and_the_author_is_told(
    world: World, room: Room, message: Message, client: Client
) -> None:
    version = Room.objects.get(pk=room.pk).version
    lesson = write(world, client, world.owner, message)
    assert (kept(message), Room.objects.get(pk=room.pk).version) == (True, version + 1)
    assert told("quoted") == ["Partner"]
    html = page(client, room.get_absolute_url())
    assert "Kept in a lesson" in html
    assert lesson.title in html[html.index('id="kept"') :]
    client.force_login(world.partner)  # who may not read the draft
    html = page(client, room.get_absolute_url())
    assert lesson.title not in html[html.index('id="kept"') :]
    assert lesson.title not in page(client, f"{room.get_absolute_url()}1/")
    lesson.status = Lesson.Status.PUBLISHED
    lesson.save()
    assert lesson.title in page(client, f"{room.get_absolute_url()}1/")


def test_a_double_submit_quotes_once(world: World, room: Room, message: Message, client: Client) -> None:
    same = str(uuid4())
    for _ in range(2):
        write(world, client, world.owner, message, client_id=same)
    assert (Quote.objects.count(), Kept.objects.count(), told("quoted")) == (1, 1, ["Partner"])


def test_a_message_of_two_lessons_is_kept_until_both_leave_it_out(
    world: World, room: Room, message: Message, client: Client
) -> None:
    first, second = (write(world, client, world.owner, message) for _ in range(2))
    assert len(came_of(Room.objects.get(pk=room.pk), world.owner)) == 2
    for lesson, still in [(first, True), (second, False)]:
        form = page(client, f"/knowledge/{lesson.pk}/edit/")
        sent = {
            "seen": field(form, "seen"),
            "title": lesson.title,
            "language": "en",
            "place": f"partnership:{world.partnership.pk}",
            "visibility": "network",
            "leave_out": Quote.objects.get(lesson=lesson).pk,
        }
        assert client.post(f"/knowledge/{lesson.pk}/edit/", sent).status_code == 302
        assert (kept(message), Quote.objects.filter(lesson=lesson).exists()) == (still, False)
    assert Room.objects.get(pk=room.pk).kept_count == 0


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger"])
def test_nobody_quotes_what_they_cannot_read(name: str, world: World, room: Room, message: Message) -> None:
    person: User = getattr(world, name)
    assert quotable(person, [("message", message.pk)]) == []
    assert len(quotable(world.partner, [("message", message.pk)])) == 1


def test_what_is_no_message_is_not_quoted() -> None:
    names = ["message:1", "message:1", "person:1", "message:x", "message", f"message:{10**30}"]
    assert sources_in(names) == [("message", 1)]


def test_a_lesson_keeps_its_copy_when_the_message_is_deleted(
    world: World, room: Room, message: Message, client: Client
) -> None:
    lesson = write(world, client, world.owner, message)
    delete_message(world.partner, room.pk, message.pk)
    html = page(client, lesson.get_absolute_url())
    assert SAID in html
    assert "Where it was said" not in html


# Whoever said it


def test_published_words_stand_under_function_and_municipality_until_their_author_agrees(
    world: World, room: Room, message: Message, client: Client
) -> None:
    lesson = write(world, client, world.owner, message, publish="1")
    quote = Quote.objects.get()
    client.force_login(world.outsider)
    html = page(client, lesson.get_absolute_url())
    assert SAID in html
    assert "Project manager, Saldanha Bay" in html
    assert "Partner Test" not in html
    assert room.get_absolute_url() not in html
    client.force_login(world.partner)
    assert client.post(quote.get_absolute_url(), {"named": "on"}).status_code == 302
    assert room.get_absolute_url() in page(client, lesson.get_absolute_url())
    client.force_login(world.outsider)
    assert "Partner Test, Project manager, Saldanha Bay" in page(client, lesson.get_absolute_url())
    client.force_login(world.partner)
    client.post(quote.get_absolute_url(), {"named": "off"})
    client.force_login(world.outsider)
    assert "Partner Test" not in page(client, lesson.get_absolute_url())


def test_withdrawn_words_are_gone_everywhere(world: World, room: Room, message: Message, client: Client) -> None:
    lesson = write(world, client, world.owner, message, publish="1")
    work_off()
    client.force_login(world.partner)
    quote = Quote.objects.get()
    assert SAID in page(client, quote.get_absolute_url())
    for _ in range(2):
        assert client.post(quote.get_absolute_url(), {"withdraw": "1"}).status_code == 302
    assert "took these words back" in page(client, quote.get_absolute_url())
    for address in (lesson.get_absolute_url(), f"{lesson.get_absolute_url()}versions/"):
        client.force_login(world.owner)
        assert SAID not in page(client, address)
    assert "Withdrawn by whoever said it" in page(client, lesson.get_absolute_url())
    assert (kept(message), told("quote_withdrawn")) == (False, ["Owner"])
    assert SAID not in page(client, f"/knowledge/{lesson.pk}/edit/")
    assert Message.objects.get(pk=message.pk).body == SAID


@pytest.mark.parametrize("name", ["owner", "outsider", "guest", "officer", "administrator"])
def test_nobody_else_sees_or_withdraws_a_quote(
    name: str, world: World, room: Room, message: Message, client: Client
) -> None:
    write(world, client, world.owner, message, publish="1")
    quote = Quote.objects.get()
    client.force_login(getattr(world, name))
    assert client.get(quote.get_absolute_url()).status_code == 404
    assert client.post(quote.get_absolute_url(), {"withdraw": "1"}).status_code == 404
    assert Quote.objects.get().words == SAID


@pytest.mark.django_db(transaction=True)
async def test_a_message_that_is_kept_says_so_live(world: World, client: Client) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    message = await in_thread(said, room, world.partner, SAID)
    officer = await Browser.open(world.officer, have={room.pk: None})
    await officer.hears("welcome")
    await in_thread(write, world, client, world.owner, message)
    (change,) = await officer.hears("change")
    assert (change["message"]["number"], change["message"]["kept"]) == (1, True)
    await officer.close()


@pytest.mark.parametrize("rows", [1, 3])
def test_what_came_of_a_room_takes_the_same_queries_however_much(
    rows: int, world: World, room: Room, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        write(world, client, world.owner, said(room, world.partner, SAID))
    found = Room.objects.get(pk=room.pk)
    with django_assert_num_queries(4):  # what keeps, which lessons, and the asker's seats
        assert len(came_of(found, world.owner)) == rows
