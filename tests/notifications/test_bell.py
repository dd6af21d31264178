"""Under the bell: what one was told and may still see, by day, and how much of it is new."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from notifications.models import Notification
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def visit(person: User) -> Client:
    """A browser in which ``person`` is signed in."""
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str = "/notifications/") -> str:
    """What the page says."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(html: str) -> list[int]:
    """The ids of the lines in it, from above."""
    return [int(part.split('"')[0]) for part in html.split('id="n')[1:]]


def test_the_bar_counts_what_is_new_until_one_looks(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], 1)
    tell_of(world.partnership, [world.owner], 2)
    client = visit(world.owner)
    assert 'data-new="2"><span data-number>2</span><span class="hide"> new</span>' in page(client, "/accounts/me/")
    assert 'data-new="0" hidden>' in page(client)
    assert 'data-new="0" hidden>' in page(client, "/accounts/me/")
    assert Notification.objects.unopened().count() == 2


def test_a_line_leads_to_the_thing_and_opens_all_that_was_told_of_it(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], 1)
    tell_of(world.partnership, [world.owner], 2)
    client = visit(world.owner)
    first = lines(page(client))[0]
    answer = client.get(f"/notifications/{first}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/network/partnerships/{world.partnership.pk}/")
    assert Notification.objects.unopened().count() == 0
    assert "Unread" not in page(client).replace(">Unread</a>", "")
