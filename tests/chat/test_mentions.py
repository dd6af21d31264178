"""``@Full Name`` tells whom it means: once, if they are in the room, and by mail only if they do not read it first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.actions import Outcome, Post, Stored, mark_read, post_message, post_messages
from chat.mentions import MOST, Mentions, Names, may_mention
from chat.models import Mention, Message, Room
from chat.payloads import message_payload
from notifications.models import Delivery, Notification
from notifications.telling import tell
from tests.conftest import World, person


def post(room: Room, author: User, body: str, **fields: object) -> Post:
    return Post(room.pk, author.pk, uuid4(), body, **fields)  # type: ignore[arg-type]


def stored(outcome: Outcome) -> Message:
    assert isinstance(outcome, Stored)
    return outcome.message


def say(room: Room, author: User, body: str, **fields: object) -> Message:
    return stored(post_message(post(room, author, body, **fields)))


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def square(world: World) -> Room:
    """The square of the network Climate."""
    return Room.objects.get(kind=Room.Kind.SQUARE)


def called(text: str, *names: str) -> list[str]:
    """The stretches of ``text`` that mention one of these people."""
    return [text[start:end] for start, end in Mentions(Names(people(*names)))(text)]


def people(*names: str) -> list[User]:
    return [User(pk=number, name=name) for number, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Hej @Åsa Öberg!", ["Åsa Öberg"], ["@Åsa Öberg"]),
        ("hej @asa oberg", ["Åsa Öberg"], ["@asa oberg"]),
        ("hej @A\u030asa O\u0308berg, ja", ["Åsa Öberg"], ["@A\u030asa O\u0308berg"]),
        ("@ASA", ["Åsa Öberg"], ["@ASA"]),
        ("@Anna", ["Anna Berg", "Anna Holm"], []),
        ("@Anna Holm and @Anna Berg", ["Anna Berg", "Anna Holm"], ["@Anna Holm", "@Anna Berg"]),
        ("@Anna Holm", ["Anna", "Anna Holm"], ["@Anna Holm"]),
        ("@Annabel @Anna-Karin @Anna's @Anna.", ["Anna Berg"], ["@Anna", "@Anna"]),
        ("mail anna@anna.example or @@Anna", ["Anna Berg"], ["@Anna"]),
        ("@Nomvula Dlamini-Smith", ["Nomvula Dlamini-Smith"], ["@Nomvula Dlamini-Smith"]),
        ("@Anna\u00a0Berg", ["Anna Berg"], ["@Anna\u00a0Berg"]),
        ("@Strassmann", ["Straßmann"], ["@Strassmann"]),
        ("@.* @Li (x)+", [".* Cruel", "Li (x)+"], ["@.*", "@Li (x)+"]),
        ("@ @", ["", " "], []),
    ],
)
def test_names_are_found_by_their_letters(text: str, names: list[str], found: list[str]) -> None:
    assert called(text, *names) == found


def test_ten_thousand_signs_mention_twenty_people_at_most() -> None:
    names = [f"Person {number}" for number in range(30)]
    mentions = Mentions(Names(people(*names)))
    assert list(mentions("@" * 10_000)) == []
    assert list(mentions("@p " * 10_000)) == []
    assert len(list(mentions(" ".join(f"@{name}" for name in names)))) == MOST
    assert list(mentions.people) == list(range(1, MOST + 1))


def test_an_address_is_no_reason_to_look() -> None:
    assert not may_mention("Write to asa.oberg@karlskrona.example, cost @ 5")
    assert may_mention("(@Asa)")


def test_a_mention_is_kept_shown_and_told(world: World, room: Room) -> None:
    message = say(room, world.owner, "What do you think, @partner test?")
    assert list(Mention.objects.values_list("message", "person")) == [(message.pk, world.partner.pk)]
    assert message.html == '<p>What do you think, <b class="mention">@partner test</b>?</p>\n'
    for seen in (message, Message.objects.get()):
        assert message_payload(seen)["mentions"] == {"people": [world.partner.pk]}
    told = Notification.objects.get()
    assert (told.person, told.kind, told.place) == (world.partner, "mention", f"room:{room.pk}")
    (one,) = tell([told], world.partner)
    assert one.words.title == "Owner Test mentioned you in Karlskrona–Saldanha Bay"
    assert one.words.quote == "What do you think, @partner test?"


def test_the_mail_waits_ten_minutes_and_reading_first_settles_it(world: World, room: Room) -> None:
    message = say(room, world.owner, "@Partner?")
    told = Notification.objects.get()
    delivery = Delivery.objects.get()
    assert delivery.due_at >= told.created_at + timedelta(minutes=10)
    mark_read(world.partner, room, message.number - 1)
    told.refresh_from_db()
    assert told.opened_at is None
    mark_read(world.partner, Room.objects.get(pk=room.pk), message.number)
    told.refresh_from_db()
    assert told.opened_at is not None


@pytest.mark.parametrize(
    "body",
    [
        "`@Partner`",
        "```\n@Partner\n```",
        "\\@Partner",
        "[@Partner](https://example.org)",
        "me@partner.example",
        "@Outsider",
        "@Owner Test",
    ],
)
def test_what_mentions_nobody(world: World, room: Room, body: str) -> None:
    message = say(room, world.owner, body)
    assert (message.mentioned, Mention.objects.count(), Notification.objects.count()) == ([], 0, 0)
    assert "mentions" not in message_payload(message)


def test_a_name_inside_markdown_is_found(world: World, room: Room) -> None:
    message = say(room, world.owner, "- **@Partner Test** and\n- <i>@Councillor</i>")
    assert message.mentioned == [world.partner.pk, world.councillor.pk]
    assert message.html.count('<b class="mention">') == 2


def test_only_people_of_the_room_are_mentioned(world: World) -> None:
    steering = Room.objects.get(body=world.steering)
    assert say(steering, world.councillor, "@Partner Test @Owner Test @Officer").mentioned == []


def test_who_leaves_is_told_nothing_and_what_is_deleted_is_gone(world: World, room: Room) -> None:
    say(room, world.owner, "@Partner")
    mine = Notification.objects.filter(person=world.partner)
    Message.objects.update(deleted_at=timezone.now())
    assert tell(mine, world.partner) == []


def test_news_that_mentions_somebody_is_one_notification(world: World) -> None:
    room = Room.objects.get(kind=Room.Kind.ANNOUNCEMENTS)
    say(room, world.officer, "Thanks, @Partner Test")
    kinds = dict(Notification.objects.values_list("person__name", "kind"))
    assert kinds == {
        "Owner Test": "announcement",
        "Partner Test": "mention",
        "Councillor Test": "announcement",
        "Outsider Test": "announcement",
    }


def test_what_is_brought_in_from_elsewhere_tells_nobody(world: World, room: Room) -> None:
    message = say(room, world.owner, "@Partner", posted_at=timezone.now() - timedelta(days=9))
    assert (message.mentioned, Notification.objects.count()) == ([world.partner.pk], 0)


def test_a_repeat_is_answered_with_its_mentions(world: World, room: Room) -> None:
    once = post(room, world.owner, "@Partner")
    first, again = post_message(once), post_message(once)
    assert message_payload(stored(first)) == message_payload(stored(again))
    assert (Mention.objects.count(), Notification.objects.count()) == (1, 1)


@pytest.mark.parametrize(("size", "rooms"), [(1, 1), (3, 1), (3, 2)])
def test_a_batch_with_mentions_costs_the_same_queries_whatever_its_size(
    world: World, room: Room, square: Room, size: int, rooms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    posts = [post((room, square)[n % rooms], world.owner, "@Partner, @Councillor") for n in range(size)]
    with django_assert_num_queries(24):
        post_messages(posts)
    assert Notification.objects.count() == 2 * size


def test_an_address_in_a_message_costs_no_query_more(
    world: World, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(9):
        post_message(post(room, world.owner, "Write to partner@test.example"))


def test_reading_costs_one_update_more(
    world: World, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(room, world.owner, "Nobody is mentioned")
    room.refresh_from_db()
    with django_assert_num_queries(5):  # savepoint, join, settle, move, release
        mark_read(world.partner, room, 1)


def test_twenty_of_two_thousand_are_found(world: World) -> None:
    crowd = [User(pk=number, name=f"Amina {number} Juma") for number in range(1, 2001)]
    names = Names(crowd)
    mentions = Mentions(names)
    list(mentions(" ".join(f"@amina {number} juma" for number in range(1, 500))))
    assert len(mentions.people) == MOST


def test_two_people_of_one_name_are_both_meant(world: World, room: Room) -> None:
    twin = person("Twin")
    User.objects.filter(pk=twin.pk).update(name="Partner Test")
    world.seat(twin, "project_member", world.saldanha_bay, partnership=world.partnership)
    assert set(say(room, world.owner, "@Partner Test").mentioned) == {world.partner.pk, twin.pk}
    assert say(room, world.owner, "@Partner").mentioned == []


def test_the_page_says_so_in_words_to_whom_it_is_said(world: World, room: Room, client: Client) -> None:
    say(room, world.owner, "Your turn, @Partner Test")
    address, pages = room.get_absolute_url(), {}
    for one in (world.partner, world.councillor):
        client.force_login(one)
        pages[one] = client.get(address).content.decode().split("<template")[0]
        assert '<b class="mention">@Partner Test</b>' in pages[one]
    assert [page.count("Mentions you") for page in pages.values()] == [1, 0]
    client.force_login(world.partner)
    assert 'data-mentions="1"' in client.get("/chat/").content.decode()


def test_a_page_that_shows_the_message_opens_what_was_told_of_it(world: World, room: Room, client: Client) -> None:
    first, second = (say(room, world.owner, "@Partner Test") for _ in range(2))
    client.force_login(world.partner)
    client.get(f"{room.get_absolute_url()}?around={first.number}")
    assert set(Notification.objects.filter(opened_at=None).values_list("about_id", flat=True)) == {second.pk}
    client.get(room.get_absolute_url())
    assert Notification.objects.filter(opened_at=None).count() == 1
