"""The page of a thread and the list of those that one follows, without a script."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chat.actions import Post, mark_thread_read, post_messages
from chat.models import Message, Room, ThreadMarker
from chat.threads import followed_by, unread_threads
from partnerships.permissions import Reach
from tests.chat.reading import page, say
from tests.chat.test_threads import again, answer, room, unread
from tests.conftest import World

__all__ = ["room"]


def test_the_root_says_how_many_answered_and_when_last(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert 'class="thread"' not in page(client, room.get_absolute_url())
    answer(room, world.owner)
    answer(room, world.partner)
    html = page(client, room.get_absolute_url())
    assert f'href="{room.get_absolute_url()}1/thread/" data-replies="2" data-last="3">2 replies' in html


def test_the_page_of_a_thread_shows_it_alone_and_takes_answers(world: World, room: Room, client: Client) -> None:
    answer(room, world.owner, "Four tonnes.")
    say(room, world.councillor, "About the budget")
    client.force_login(world.partner)
    at = f"{room.get_absolute_url()}1/thread/"
    html = page(client, at)
    shown = html[html.index('role="log"') :]
    assert ("Four tonnes." in shown, "About the budget" in shown) == (True, False)
    assert 'id="unread"' in shown
    assert "data-quote" not in shown.split("room-foot")[0]
    sent = client.post(at, {"client_id": str(uuid4()), "body": "Thank you"})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{at}#latest")
    assert Message.objects.get(body="Thank you").thread == 1
    assert client.get(f"{room.get_absolute_url()}2/thread/").headers["Location"] == f"{at}?around=2#m2"
    refused = client.post(at, {"client_id": str(uuid4()), "body": "kept " * 2000})
    assert (refused.status_code, "kept kept" in refused.content.decode()) == (413, True)


def test_a_long_thread_has_pages(world: World, room: Room, client: Client) -> None:
    for _ in range(3):
        post_messages([Post(room.pk, world.owner.pk, uuid4(), "word", thread=1) for _ in range(20)])
    client.force_login(world.partner)
    at = f"{room.get_absolute_url()}1/thread/"
    html = page(client, at)
    assert ('id="m61"' in html, 'id="m12"' in html, 'id="m11"' in html, "?before=12" in html) == (
        True,
        True,
        False,
        True,
    )
    assert 'id="m11"' in page(client, f"{at}?before=12")
    assert "To the newest" in page(client, f"{at}?around=2")


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger", "administrator"])
def test_a_thread_is_not_there_for_others(name: str, world: World, room: Room, client: Client) -> None:
    answer(room, world.owner)
    client.force_login(getattr(world, name))
    at = room.get_absolute_url()
    answers = [
        client.get(f"{at}1/thread/"),
        client.post(f"{at}1/thread/", {"client_id": str(uuid4()), "body": "Mine"}),
        client.post(f"{at}1/follow/", {"follow": "on"}),
        client.get(f"/chat/api/rooms/{room.pk}/threads/1/"),
        client.put(f"/chat/api/rooms/{room.pk}/threads/1/follow/"),
    ]
    assert [one.status_code for one in answers] == [404] * 5
    assert ThreadMarker.objects.filter(user=getattr(world, name)).count() == 0


def test_a_thread_is_followed_left_and_read_by_buttons(world: World, room: Room, client: Client) -> None:
    answer(room, world.owner)
    client.force_login(world.partner)
    at = f"{room.get_absolute_url()}1/follow/"
    assert client.post(at, {"read": "2"}).headers["Location"] == f"{room.get_absolute_url()}1/thread/"
    assert unread(world.partner, room) == 0
    assert client.post(at, {"follow": "off", "back": "list"}).headers["Location"] == "/chat/threads/"
    assert unread(world.partner, room) is None
    assert "Follow</span>" in page(client, f"{room.get_absolute_url()}1/thread/")
    client.post(at, {"follow": "on"})
    assert unread(world.partner, room) == 0


# The list


def test_the_list_has_unread_threads_first(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "And the bins?")
    answer(room, world.owner, thread=1)
    answer(room, world.owner, thread=2)
    mark_thread_read(world.partner, again(room), 2, 4)
    threads, more = followed_by(world.partner)
    assert [(one.root.number, one.unread) for one in threads] == [(1, 1), (2, 0)]
    assert (more, unread_threads(world.partner, Reach.of(world.partner))) == (False, 1)
    client.force_login(world.partner)
    html = page(client, "/chat/threads/")
    assert html.index("How much compost") < html.index("And the bins?")
    assert 'data-threads><span class="count-number">1</span>' in page(client, "/chat/")


def test_threads_of_rooms_that_closed_to_somebody_are_not_listed(world: World, room: Room) -> None:
    answer(room, world.owner)
    ThreadMarker.objects.create(user=world.outsider, room=room, root=1, last_read_number=0)
    assert (followed_by(world.outsider)[0], unread_threads(world.outsider, Reach.of(world.outsider))) == ([], 0)


@pytest.mark.parametrize("threads", [1, 3])
def test_the_list_costs_the_same_queries_whatever_its_length(
    threads: int, world: World, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(room, world.partner, "Two", "Three")
    for root in range(threads):
        answer(room, world.owner, thread=root + 1)
    with django_assert_num_queries(5):
        assert len(followed_by(world.partner)[0]) == threads
