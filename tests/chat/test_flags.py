"""The queue of flags: from all rooms that one moderates and no others, judged there, as many queries for more."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.actions import Post, Stored, open_conversation, open_topic, post_message
from chat.actions.moderating import flag_message
from chat.actions.topics import Topic
from chat.models import Deed, Message, Room
from chat.permissions import can_moderate, keeps_order
from partnerships.models import Function
from partnerships.permissions import Reach
from tests.chat.reading import page
from tests.conftest import World

QUEUE = "/chat/flags/"


def flagged(room: Room, author: User, by: User, body: str) -> Message:
    """A message to which somebody asks the moderators to look."""
    outcome = post_message(Post(room.pk, author.pk, uuid4(), body))
    assert isinstance(outcome, Stored)
    message = Message.objects.with_room().get(pk=outcome.message.pk)
    assert flag_message(by, message, "rude", "Not for the first time") == ""
    return message


@pytest.fixture
def rooms(world: World) -> dict[str, Room]:
    """Rooms of every kind."""
    open_conversation(world.owner, [world.partner])
    open_topic(world.partner, world.partnership, Topic("Compost"))
    return {
        "partnership": Room.objects.get(partnership=world.partnership, kind=Room.Kind.PARTNERSHIP),
        "body": Room.objects.get(body=world.project),
        "square": Room.objects.get(kind=Room.Kind.SQUARE),
        "other": Room.objects.get(partnership=world.other_partnership),
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [("owner", {"partnership", "body"}), ("officer", {"partnership", "body", "square", "other"})],
)
def test_one_sees_what_is_flagged_where_one_keeps_order(
    name: str, shown: set[str], world: World, rooms: dict[str, Room], client: Client
) -> None:
    authors = {"other": world.outsider}
    for where, room in rooms.items():
        flagged(room, authors.get(where, world.partner), world.officer, f"Rude in the {where}.")
    client.force_login(getattr(world, name))
    html = page(client, QUEUE)
    assert {where for where in rooms if f"Rude in the {where}." in html} == shown
    assert f"/chat/{rooms['body'].pk}/moderation/" in html


@pytest.mark.parametrize("name", ["partner", "councillor", "guest", "outsider", "stranger"])
def test_for_all_others_there_is_no_queue(name: str, world: World, rooms: dict[str, Room], client: Client) -> None:
    flagged(rooms["square"], world.owner, world.officer, "Rude.")
    client.force_login(getattr(world, name))
    assert client.get(QUEUE).status_code == 404
    assert "Flagged messages" not in page(client, "/chat/")


@pytest.mark.parametrize("function", ["", *Function.values])
def test_the_queue_is_of_the_rooms_that_the_table_opens(world: World, rooms: dict[str, Room], function: str) -> None:
    if function:
        world.seat(world.owner, function, world.icld, network=world.network)
    for one in (world.owner, world.partner, world.officer, world.administrator, world.outsider, world.guest):
        reach = Reach.of(one)
        seen = Room.objects.visible_to(one, reach).with_place()
        kept = set(Room.objects.kept_in_order_by(one, reach))
        assert kept == {room for room in seen if can_moderate(reach, room)}
        assert keeps_order(reach) or not kept


def test_one_judges_in_the_queue_and_stays_there(world: World, rooms: dict[str, Room], client: Client) -> None:
    rude, fine = (flagged(rooms["body"], world.partner, world.officer, words) for words in ("Rude.", "Fine."))
    own = flagged(rooms["body"], world.owner, world.officer, "My own words.")
    client.force_login(world.owner)
    html = page(client, QUEUE)
    assert html.index("Rude.") < html.index("Fine.")
    assert own.body not in html
    address = f"/chat/{rooms['body'].pk}/moderation/"
    for sent in ({"remove": rude.number, "reason": "Rude"}, {"leave": fine.number}):
        answer = client.post(address, sent | {"queue": "1"})
        assert (answer.status_code, answer.headers["Location"]) == (302, QUEUE)
    assert list(Deed.objects.order_by("pk").values_list("verb", flat=True)) == ["removed", "kept"]
    assert "Nothing is flagged" in page(client, QUEUE)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_as_many_queries_for_more(
    rows: int, world: World, rooms: dict[str, Room], client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        for where in ("partnership", "body"):
            flagged(rooms[where], world.partner, world.officer, f"Rude {number}")
    client.force_login(world.owner)
    client.get(QUEUE)
    with django_assert_num_queries(QUEUE_QUERIES):
        client.get(QUEUE)


QUEUE_QUERIES = 14
