"""The calendar's pages: what stands on them, for whom, in whose time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.actions import answer_event, cancel_event, change_event
from events.models import Answer, Event
from exchange import shell
from partnerships.models import Partnership
from tests.conftest import World
from tests.events.conftest import Call, browser, in_days, page

Pinned = Callable[..., Any]


def test_the_agenda_shows_the_readers_time_first_and_each_partys_beside_it(world: World, call: Call) -> None:
    call(day=date(2099, 1, 14), opens=time(10), closes=time(12))
    text = page(world.partner, "/events/")
    assert "<b>11:00–13:00</b>" in text
    assert "Times are yours, <b>Johannesburg, UTC+2</b>" in text
    for clock in ["Sweden <b>10:00</b>", '<span class="mine">Saldanha Bay <b>11:00</b></span>', "Rombo <b>12:00</b>"]:
        assert clock in text


def test_a_reader_in_tanzania_also_reads_the_swahili_clock(world: World, call: Call) -> None:
    event = call(day=date(2099, 1, 14), opens=time(12), closes=time(13))
    for path in ["/events/", event.get_absolute_url()]:
        assert "saa nane mchana" in page(world.outsider, path)
    assert "saa nane mchana" not in page(world.owner, "/events/")
    assert "saa nane mchana" in page(world.owner, event.get_absolute_url())  # beside Rombo, where it is said


def test_the_outsider_finds_no_page_no_file_and_no_answer(world: World, call: Call) -> None:
    event = call(audience=world.partnership, organiser=world.owner)
    client = browser(world.outsider)
    for path in ["", "edit/", "cancel/"]:
        assert client.get(f"/events/{event.pk}/{path}").status_code == 404
    assert client.get(f"/events/{event.pk}.ics").status_code == 404
    for path in ["answer/", "confirm/", "cancel/", "edit/"]:
        assert client.post(f"/events/{event.pk}/{path}", {"choice": "yes"}).status_code == 404
    assert event.title not in page(world.outsider, "/events/")
    assert event.title not in page(world.outsider, f"/events/month/{event.first_day:%Y-%m}/")
    assert not Answer.objects.exclude(person=world.owner).exists()


def test_an_answer_may_change_and_counts_once(world: World, call: Call) -> None:
    event = call()
    client = browser(world.owner)
    for choice in ["yes", "yes", "maybe"]:
        response = client.post(f"/events/{event.pk}/answer/", {"choice": choice, "next": "/events/?kind=training"})
        assert (response.status_code, response["Location"]) == (303, "/events/?kind=training")
    answer = event.answers.exclude(person=world.officer).get()
    assert (answer.person, answer.choice) == (world.owner, "maybe")
    assert "You answered maybe to “Waste that pays”." in client.get("/events/").content.decode()


def test_an_answer_leads_nowhere_outside(world: World, call: Call) -> None:
    event = call()
    response = browser(world.owner).post(
        f"/events/{event.pk}/answer/", {"choice": "no", "next": "https://evil.example/"}
    )
    assert response["Location"] == event.get_absolute_url()


@pytest.mark.parametrize("choice", ["", "perhaps"])
def test_an_answer_that_is_none_is_not_kept(world: World, call: Call, choice: str) -> None:
    browser(world.owner).post(f"/events/{call().pk}/answer/", {"choice": choice})
    assert not Answer.objects.filter(person=world.owner).exists()


def test_who_comes_is_seen_by_the_audience_by_organisation(world: World, call: Call) -> None:
    event = call()
    answer_event(event, world.partner, "yes")
    answer_event(event, world.outsider, "no")
    text = page(world.owner, event.get_absolute_url())
    assert "2 yes, 1 no, 2 not answered" in text
    assert text.index("<b>Saldanha Bay</b>") < text.index("<b>Rombo</b>")
    assert "Partner Test" in text


def test_a_cancelled_gathering_stays_and_takes_no_answer(world: World, call: Call) -> None:
    event = call()
    assert "Cancel this gathering?" in page(world.officer, f"/events/{event.pk}/cancel/")
    for _ in range(2):
        assert browser(world.officer).post(f"/events/{event.pk}/cancel/").status_code == 302
    event.refresh_from_db()
    assert (event.state, event.sequence) == ("cancelled", 1)
    text = page(world.owner, event.get_absolute_url())
    assert "Cancelled." in text
    assert "data-answer" not in text
    assert "Cancelled" in page(world.owner, "/events/")


def test_empty_calendars_say_what_to_do_first(world: World) -> None:
    assert "Nothing is planned yet" in page(world.owner, "/events/")
    assert "You have no seat yet" in page(world.stranger, "/events/")
    assert "Nothing is waiting for you" in page(world.owner, "/events/?show=waiting")
    assert "Nothing has taken place yet" in page(world.owner, "/events/?show=past")
    assert "Nothing of this kind" in page(world.owner, "/events/?kind=webinar")


def test_the_past_comes_page_by_page_newest_first(world: World, call: Call) -> None:
    for number in range(21):
        call(title=f"Past {number:02}", day=in_days(-100 + number))
    first = page(world.owner, "/events/?show=past")
    assert first.index("Past 20") < first.index("Past 01")
    assert "Past 00" not in first
    assert "Past 00" in page(world.owner, "/events/?show=past&page=2")


def test_now_and_a_moved_clock_each_stand_once_on_the_pages_of_the_agenda(world: World, call: Call) -> None:
    with time_machine.travel(datetime(2026, 10, 1, 9, tzinfo=UTC), tick=False):
        for number in range(20):
            call(day=date(2026, 10, 2 + number))
        call(day=date(2026, 11, 20), title="After the change")
        first, second = page(world.partner, "/events/"), page(world.partner, "/events/?page=2")
    assert ("now-line" in first, "now-line" in second) == (True, False)
    assert ("Sunday 25 October" in first, "Sunday 25 October" in second) == (False, True)


def test_a_closed_partnership_is_called_to_nothing_new(world: World) -> None:
    keys = [f'value="partnership:{world.partnership.pk}"', f'value="body:{world.project.pk}"']
    before = page(world.owner, "/events/new/")
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    after = page(world.owner, "/events/new/")
    assert [(key in before, key in after) for key in keys] == [(True, False)] * 2


def test_the_agenda_is_narrowed_by_kind_and_place(world: World, call: Call) -> None:
    call(title="Webinar one", kind="webinar")
    call(title="Ours", audience=world.project, organiser=world.owner)
    assert "Ours" not in page(world.owner, "/events/?kind=webinar").partition("<aside")[0]
    narrowed = page(world.owner, f"/events/?place=partnership:{world.partnership.pk}").partition("<aside")[0]
    assert "Ours" in narrowed
    assert "Webinar one" not in narrowed
    other = page(world.owner, f"/events/?place=partnership:{world.other_partnership.pk}").partition("<aside")[0]
    assert "Webinar one" in other  # a place that is not theirs narrows nothing


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame without the other doors' counts, which are pinned where they are counted."""
    monkeypatch.setattr(shell, "counts", {})


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/events/", 16),
        ("/events/?show=waiting", 16),
        ("/events/?show=past", 13),
        (f"/events/month/{timezone.now():%Y-%m}/", 10),
        ("/events/api/events/", 7),
    ],
)
def test_a_list_takes_the_same_queries_however_long(
    world: World, call: Call, quiet: None, django_assert_num_queries: Pinned, path: str, queries: int
) -> None:
    client = browser(world.owner)
    day = in_days(-1 if "past" in path else 0)
    late = {"opens": time(23, 58), "closes": time(23, 59)}
    for rows in (1, 3):
        while Event.objects.count() < rows:
            moved = call(day=day, **late)
            change_event(moved, world.officer, {"opens": time(23, 57)})
            call(day=day, audience=world.project, organiser=world.partner, **late)
        with django_assert_num_queries(queries):
            client.get(path)


def test_the_page_of_a_gathering_takes_the_same_queries_however_many_come(
    world: World, call: Call, quiet: None, django_assert_num_queries: Pinned
) -> None:
    event, client = call(), browser(world.owner)
    for people in ([world.partner], [world.partner, world.outsider, world.councillor]):
        for person in people:
            answer_event(event, person, "yes")
        with django_assert_num_queries(17):
            client.get(event.get_absolute_url())


def test_the_api_tells_wall_time_with_its_offset(world: World, call: Call) -> None:
    event = call(day=date(2027, 7, 1), audience=world.partnership, organiser=world.owner)
    found = browser(world.partner).get("/events/api/events/?from=2027-07-01&to=2027-07-01").json()["events"]
    assert found == [
        {
            "id": event.pk,
            "uid": str(event.uid),
            "sequence": 0,
            "url": f"/events/{event.pk}/",
            "title": "Waste that pays",
            "language": "en",
            "kind": "training",
            "state": "confirmed",
            "audience": {
                "kind": "partnership",
                "id": world.partnership.pk,
                "name": "Karlskrona–Saldanha Bay",
            },
            "first_day": "2027-07-01",
            "last_day": "2027-07-01",
            "zone": "Europe/Stockholm",
            "starts": "2027-07-01T10:00:00+02:00",
            "ends": "2027-07-01T12:00:00+02:00",
            "place": "",
            "link": "",
            "coming": 1,
            "answer": None,
        }
    ]
    assert browser(world.outsider).get("/events/api/events/?from=2027-07-01").json() == {"events": []}
    assert browser(world.owner).get("/events/api/events/?from=tomorrow").json()["code"] == "bad_day"
    assert browser(world.owner).get("/events/api/events/?from=2027-01-01&to=2029-01-01").json()["code"] == "bad_span"
    assert Client().get("/events/api/events/").status_code == 401


def test_without_a_session_one_signs_in_first(world: World, call: Call) -> None:
    event = call()
    for path in ["/events/", f"/events/{event.pk}/", f"/events/{event.pk}.ics", "/events/subscribe/"]:
        assert Client().get(path).status_code == 302


def test_a_gathering_that_is_over_says_so(world: World, call: Call) -> None:
    event = call(day=in_days(-3))
    assert "It is over" in page(world.owner, event.get_absolute_url())
    cancel_event(event, world.officer)
    assert event.is_over(timezone.now())


def test_what_waits_says_until_when_and_now_stands_over_a_later_month(world: World, call: Call) -> None:
    event = call(day=in_days(40), answer_by=in_days(35))
    by = f"Answer by {event.answer_by:%a} {event.answer_by.day} {event.answer_by:%B}" if event.answer_by else ""
    text = page(world.owner, "/events/?show=waiting")
    assert by in text
    assert by in page(world.owner, "/")
    assert text.index('class="now-line"') < text.index('class="agenda-month"')


def test_where_one_joins_stands_in_the_head_and_is_short_enough_to_read(world: World, call: Call) -> None:
    event = call(link="https://meet.example/bins/?token=" + "a" * 80)
    head = page(world.owner, event.get_absolute_url()).partition("</header>")[2].partition("</header>")[0]
    assert f'href="{event.link}"' in head
    assert "Join: meet.example/bins/?token=" in head
    assert "a" * 60 not in head.replace(event.link, "")
    cancel_event(event, world.officer)
    assert event.link not in page(world.owner, event.get_absolute_url())


def test_the_subscription_is_told_for_the_commonest_telephones_first(world: World) -> None:
    text = page(world.owner, "/events/subscribe/")
    places = [text.index(f"<h3>{name}") for name in ("Android phone", "iPhone and iPad", "Computer: Google Calendar")]
    assert places == sorted(places)
    assert 'href="https://f-droid.org/packages/at.bitfire.icsdroid/"' in text
    assert "Nothing happens?" in text
