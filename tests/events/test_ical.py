"""What other calendars read: the file of a gathering and the private feed, read here by vobject."""

from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from events.actions import answer_event, cancel_event, change_event, feed_of
from events.ical import calendar_of, timezone_of
from events.models import Event
from partnerships.actions import end_membership
from partnerships.models import Membership
from tests.conftest import World
from tests.events.conftest import Call, browser, in_days
from walltime import is_repeated, is_skipped


def file_of(event: Event, person: User) -> Any:
    return vobject.readOne(browser(person).get(f"/events/{event.pk}.ics").content.decode())


def address(person: User) -> str:
    return f"/events/feed/{feed_of(person).token}.ics"


def titles(path: str) -> list[str]:
    """What a program without a session reads there."""
    response = Client().get(path)
    assert response.status_code == 200
    return [event.summary.value for event in vobject.readOne(response.content.decode()).contents.get("vevent", [])]


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 3, 27), 9), (date(2027, 3, 28), 8), (date(2027, 10, 31), 9)])
def test_another_library_reads_the_same_moments_over_both_changes(
    world: World, call: Call, day: date, utc: int
) -> None:
    read = file_of(call(day=day), world.partner)
    start = read.vevent.dtstart.value
    assert start.replace(tzinfo=None) == datetime.combine(day, time(10))
    assert start.astimezone(UTC) == datetime.combine(day, time(utc), UTC)
    assert read.vevent.dtend.value.astimezone(UTC) == datetime.combine(day, time(utc + 2), UTC)
    assert read.vtimezone.tzid.value == "Europe/Stockholm"


@given(
    st.sampled_from(["Europe/Stockholm", "Africa/Nairobi", "America/New_York", "Africa/Casablanca"]),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(0, 23),
)
def test_the_vtimezone_says_what_the_zone_says(zone: str, day: date, hour: int) -> None:
    event = Event(first_day=day, last_day=day, opens=time(hour), closes=time(hour), zone=zone, kind="deadline")
    event.derive()
    text = b"BEGIN:VCALENDAR\r\n" + timezone_of(zone, [event]).to_ical() + b"END:VCALENDAR\r\n"
    read: Any = tzical(StringIO(text.decode())).get(zone)
    for minutes in (0, 30):
        shown = datetime.combine(day, time(hour, minutes))
        assert read.utcoffset(shown) == shown.replace(tzinfo=ZoneInfo(zone)).utcoffset() or is_change(day, hour, zone)


def is_change(day: date, hour: int, zone: str) -> bool:
    """The hours that the clock skips or shows twice, which libraries read in two ways."""
    return any(check(day, time(hour, minute), zone) for check in (is_skipped, is_repeated) for minute in (0, 30))


def test_the_file_keeps_to_the_standard(world: World, call: Call) -> None:
    event = call(title="Vatten, avfall; och åter " * 6, description="One\n\n- two", place="Rådhuset")
    response = browser(world.owner).get(f"/events/{event.pk}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="exchange-{event.pk}.ics"' in response["Content-Disposition"]
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    read = vobject.readOne(response.content.decode())
    assert read.vevent.summary.value == event.title
    assert read.vevent.uid.value == str(event.uid)
    assert (read.vevent.sequence.value, read.vevent.status.value) == ("0", "CONFIRMED")
    assert read.vevent.dtstamp.value.tzinfo is not None
    assert read.vevent.url.value.endswith(event.get_absolute_url())


def test_a_moved_gathering_is_the_same_one_in_its_next_revision(world: World, call: Call) -> None:
    event = call()
    before = file_of(event, world.owner)
    change_event(event, world.officer, {"opens": time(9)})
    after = file_of(event, world.owner)
    assert after.vevent.uid.value == before.vevent.uid.value
    assert int(after.vevent.sequence.value) == int(before.vevent.sequence.value) + 1
    assert after.vevent.dtstart.value.hour == 9
    change_event(event, world.officer, {"opens": time(9)})
    assert file_of(event, world.owner).vevent.sequence.value == "1"  # nothing new is no revision


@pytest.mark.parametrize(
    ("state", "status"), [("preliminary", "TENTATIVE"), ("confirmed", "CONFIRMED"), ("done", "CONFIRMED")]
)
def test_how_settled_it_is_stands_in_the_file(world: World, call: Call, state: str, status: str) -> None:
    event = call(state=state)
    assert file_of(event, world.owner).vevent.status.value == status
    cancel_event(event, world.officer)
    assert file_of(event, world.owner).vevent.status.value == "CANCELLED"


def test_whole_days_are_dates_and_a_deadline_is_a_moment(world: World, call: Call) -> None:
    visit = file_of(call(day=date(2099, 12, 30), last_day=date(2100, 1, 2), opens=None, closes=None), world.owner)
    assert (visit.vevent.dtstart.value, visit.vevent.dtend.value) == (date(2099, 12, 30), date(2100, 1, 3))
    assert "vtimezone" not in visit.contents
    deadline = file_of(call(kind=Event.Kind.DEADLINE, opens=time(17), closes=time(17)), world.owner)
    assert "dtend" not in deadline.vevent.contents


def test_what_one_said_yes_to_blocks_ones_time(world: World, call: Call) -> None:
    event = call()
    assert file_of(event, world.owner).vevent.transp.value == "TRANSPARENT"
    answer_event(event, world.owner, "yes")
    assert file_of(event, world.owner).vevent.transp.value == "OPAQUE"


def test_the_feed_needs_no_session_and_shows_what_its_person_may_see_now(world: World, call: Call) -> None:
    call(title="Network")
    call(title="Project", audience=world.project, organiser=world.owner)
    call(title="Other", audience=world.other_partnership, organiser=world.outsider)
    call(title="Long ago", day=in_days(-500))
    assert titles(address(world.guest)) == ["Project"]
    assert titles(address(world.owner)) == ["Network", "Project"]
    for seat in Membership.objects.filter(person=world.owner):
        end_membership(seat)
    assert titles(address(world.owner)) == []


def test_a_renewed_address_leaves_the_old_one_dead(world: World, call: Call) -> None:
    call()
    old = address(world.owner)
    assert browser(world.owner).post("/events/subscribe/renew/").status_code == 302
    assert Client().get(old).status_code == 404
    assert titles(address(world.owner)) == ["Waste that pays"]


def test_a_guessed_or_changed_address_opens_nothing(world: World) -> None:
    feed = feed_of(world.owner)
    assert len(feed.token) > 60
    for token in ["x", feed.seed, f"{feed.seed}.x", feed.token[:-1] + "!", feed.token.replace(".", "")]:
        assert Client().get(f"/events/feed/{token}.ics").status_code == 404
    world.owner.is_active = False
    world.owner.save()
    assert Client().get(address(world.owner)).status_code == 404


def test_the_feed_is_sent_again_only_when_it_reads_otherwise(world: World, call: Call) -> None:
    event = call()
    path = address(world.owner)
    first = Client().get(path)
    assert first["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": first["ETag"]}
    dated = {"If-Modified-Since": first["Last-Modified"]}
    for headers in (known, dated):
        again = Client().get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    change_event(event, world.officer, {"title": "Another title"})
    for headers in (known, dated):
        assert Client().get(path, headers=headers).status_code == 200
    second = Client().get(path)
    assert second["ETag"] != first["ETag"]
    answer_event(event, world.owner, "yes")
    assert Client().get(path, headers={"If-None-Match": second["ETag"]}).status_code == 200


def test_ended_access_changes_the_feed_although_no_gathering_did(world: World, call: Call) -> None:
    call()
    path = address(world.owner)
    dated = {"If-Modified-Since": Client().get(path)["Last-Modified"]}
    for seat in Membership.objects.filter(person=world.owner):
        end_membership(seat)
    assert Client().get(path, headers=dated).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_feed_takes_the_same_queries_however_long(
    world: World, call: Call, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        call()
    path = address(world.owner)
    Client().get(path)
    with django_assert_num_queries(5):
        Client().get(path)


def test_the_page_shows_the_address_and_how_to_subscribe(world: World) -> None:
    text = browser(world.owner).get("/events/subscribe/").content.decode()
    assert f'value="http://127.0.0.1:8000{address(world.owner)}"' in text
    assert f'href="webcal://127.0.0.1:8000{address(world.owner)}"' in text
    for program in ["Google Calendar", "iPhone", "Outlook"]:
        assert program in text


def test_times_are_told_by_the_gatherings_own_clock_to_everybody(world: World, call: Call) -> None:
    events = [call(day=in_days(5)), call(day=in_days(200), zone="Africa/Nairobi")]
    one, two = (calendar_of(events, person).decode() for person in (world.owner, world.outsider))
    assert one == two
    assert one.count("BEGIN:VTIMEZONE") == 2
