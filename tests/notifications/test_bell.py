"""Under the bell: what one was told and may still see, by day, and how much of it is new."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries as Count

import things
from accounts.actions import create_token
from accounts.models import User
from notifications import bell
from notifications.actions import Why, notify, see
from notifications.kinds import Kind
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


def tell_of_the_steering_group(world: World, person: User, n: int) -> None:
    """Tell somebody of what they may not see, as if they had seen it then."""
    notify([person], things.kinds["body"].card(world.steering), Why("note", f"note:{n}", facts={"n": n}))


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


def test_lines_stand_by_day_with_their_words(world: World, tell_of: Tell, morning: time_machine.Traveller) -> None:
    tell_of(world.partnership, [world.owner], 1, by=world.partner)
    morning.shift(timedelta(days=1))
    tell_of(world.partnership, [world.owner], 2)
    html = page(visit(world.owner))
    assert re.findall(r"<h2>(.*?)</h2>", html) == ["Today, Tuesday 24 November", "Monday 23 November"]
    assert re.findall(r"<p>(Number \d)\.</p>", html) == ["Number 2", "Number 1"]
    assert '<blockquote lang="sw">Habari za asubuhi</blockquote>' in html
    assert html.count(">PT</span>") == 1


def test_what_one_may_no_longer_see_is_neither_listed_nor_counted_nor_led_to(world: World, tell_of: Tell) -> None:
    tell_of_the_steering_group(world, world.outsider, 1)
    tell_of(world.other_partnership, [world.outsider], 2)
    client = visit(world.outsider)
    hidden = Notification.objects.get(person=world.outsider, cause="note:1")
    assert bell.new_count(world.outsider) == 1
    html = page(client)
    assert "teering" not in html
    assert len(lines(html)) == 1
    assert client.get(f"/notifications/{hidden.pk}/").status_code == 404
    assert [one["title"] for one in client.get("/notifications/api/").json()["notifications"]] == [
        "News of Älvsbyn–Rombo"
    ]
    assert Notification.objects.unopened().filter(pk=hidden.pk).exists()


def test_whoever_has_been_told_nothing_reads_what_will_stand_here(world: World, kind: Kind) -> None:
    assert "Nobody has told you anything yet" in page(visit(world.stranger))
    assert "You have been to everything" in page(visit(world.stranger), "/notifications/?show=unread")


def test_pages_follow_each_other_without_a_gap_though_much_is_gone(world: World, tell_of: Tell) -> None:
    for n in range(75):
        if n % 15 < 5:
            tell_of_the_steering_group(world, world.outsider, n)
        else:
            tell_of(world.other_partnership, [world.outsider], n)
    client = visit(world.outsider)
    first = lines(page(client))
    second = lines(page(client, f"/notifications/?before={first[-1]}"))
    assert (len(first), len(second)) == (30, 20)
    assert first + second == sorted({*first, *second}, reverse=True)
    assert ("Earlier</a>" in page(client), "Earlier</a>" in page(client, f"/notifications/?before={first[-1]}")) == (
        True,
        False,
    )


def test_only_what_was_not_opened_is_listed_where_one_asks_for_it(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], 1)
    Notification.objects.update(opened_at=MORNING)
    tell_of(world.partnership, [world.owner], 2)
    assert len(lines(page(visit(world.owner), "/notifications/?show=unread"))) == 1


def test_all_is_marked_as_read_up_to_what_stood_there_and_taken_back(
    world: World, tell_of: Tell, morning: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner, world.partner], 1)
    client = visit(world.owner)
    (shown,) = lines(page(client))
    morning.shift(timedelta(minutes=1))
    tell_of(world.partnership, [world.owner], 2)
    first, second = (client.post("/notifications/read/", {"upto": shown})["Location"] for _twice in range(2))
    assert set(Notification.objects.unopened().values_list("person__name", "cause")) == {
        ("Owner Test", "note:2"),
        ("Partner Test", "note:1"),
    }
    assert (parse_qs(urlsplit(first).query)["marked"], second) == ([(timezone.now()).isoformat()], "/notifications/")
    assert "Undo" in page(client, first)
    client.post("/notifications/unread/", {"marked": timezone.now().isoformat()})
    assert Notification.objects.unopened().count() == 3


def test_nobody_reads_or_takes_back_for_another(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner, world.partner], 1)
    own = Notification.objects.get(person=world.owner)
    other = visit(world.partner)
    assert other.get(f"/notifications/{own.pk}/").status_code == 404
    assert other.post("/notifications/read/", {"upto": own.pk}).status_code == 404
    Notification.objects.filter(pk=own.pk).update(opened_at=MORNING)
    other.post("/notifications/unread/", {"marked": MORNING.isoformat()})
    assert Notification.objects.get(pk=own.pk).opened_at == MORNING


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/notifications/", 15), ("/notifications/api/", 7)])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    world: World,
    tell_of: Tell,
    rows: int,
    address: str,
    queries: int,
    django_assert_num_queries: Count,
) -> None:
    for n in range(rows):
        tell_of(world.partnership, [world.owner], n, by=world.partner)
    client = visit(world.owner)
    see(world.owner)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_count_takes_as_many_queries_for_three_as_for_one(
    world: World, tell_of: Tell, rows: int, django_assert_num_queries: Count
) -> None:
    for n in range(rows):
        tell_of(world.partnership, [world.owner], n)
    with django_assert_num_queries(4):  # what is new; the person's reach, in two; which of them they may see
        assert bell.new_count(world.owner) == rows


def test_news_for_an_open_page_are_what_stands_above_it_and_what_is_unread(world: World, tell_of: Tell) -> None:
    for n in range(3):
        tell_of(world.partnership, [world.owner], n)
    third, second, first = lines(page(visit(world.owner)))
    Notification.objects.filter(pk=first).update(opened_at=MORNING)
    html = page(visit(world.owner), f"/notifications/news/?after={second}&from={first}")
    assert lines(html) == [third]
    assert f'data-unread="{third} {second}"' in html


def test_programs_read_the_same_with_a_token(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], 1, by=world.partner, place="room:7")
    _token, secret = create_token(world.owner, "script")
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    answer = program.get("/notifications/api/?unread=1&limit=5").json()
    (one,) = answer["notifications"]
    assert answer["more"] is False
    assert one == {
        "id": one["id"],
        "kind": "note",
        "title": "News of Karlskrona–Saldanha Bay",
        "text": "Number 1.",
        "quote": "Habari za asubuhi",
        "quote_language": "sw",
        "url": f"/network/partnerships/{world.partnership.pk}/",
        "place": "room:7",
        "by": {"id": world.partner.pk, "name": "Partner Test"},
        "created_at": "2026-11-23T09:00:00Z",
        "deliveries": [
            {"channel": "mail", "state": "waiting", "due_at": "2026-11-23T09:00:00Z", "words": "Mail leaves now"}
        ],
    }
    assert program.get("/notifications/api/count/").json() == {"new": 1}
    assert program.post("/notifications/api/seen/").json() == {"new": 0}
    for _twice in range(2):
        answer = program.post("/notifications/api/read/", {"upto": one["id"]}, "application/json")
        assert answer.json() == {"new": 0}
    assert program.get("/notifications/api/?unread=1").json() == {"notifications": [], "more": False}
    assert program.post("/notifications/api/read/", {}, "application/json").status_code == 400
