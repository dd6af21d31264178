"""Calling and changing a gathering: what is refused and why, what is kept, and that twice is once."""

import uuid
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from events.actions import answer_event, change_event
from events.models import Event
from tests.conftest import World
from tests.events.conftest import Call, browser, in_days, page


def form_of(world: World, **more: Any) -> dict[str, Any]:
    day = in_days(20).isoformat()
    return {
        "uid": str(uuid.uuid4()),
        "title": "Project group",
        "kind": "training",
        "audience": f"partnership:{world.partnership.pk}",
        "first_day": day,
        "opens": "10:00",
        "last_day": "",
        "closes": "11:30",
        "zone": "Europe/Stockholm",
        "language": "en",
        "state": "confirmed",
        **more,
    }


def test_sending_the_form_twice_makes_one_gathering(world: World) -> None:
    client, sent = browser(world.owner), form_of(world)
    first, second = (client.post("/events/new/", sent) for _ in range(2))
    event = Event.objects.get()
    assert first["Location"] == second["Location"] == event.get_absolute_url()
    assert (event.state, event.last_day, event.closes) == ("confirmed", event.first_day, time(11, 30))


def test_a_time_that_the_clock_skips_is_refused_with_the_reason_and_nothing_is_lost(world: World) -> None:
    sent = form_of(world, first_day="2027-03-28", opens="02:30", closes="04:00", title="Early birds")
    response = browser(world.owner).post("/events/new/", sent)
    text = response.content.decode()
    assert response.status_code == 400
    assert "from 02:00 straight to 03:00: 02:30 does not exist. Choose 03:30." in text
    assert 'value="Early birds"' in text
    assert 'aria-describedby="id_opens_helptext id_opens_error"' in text or 'id="id_opens_error"' in text
    assert not Event.objects.exists()


def test_a_time_that_comes_twice_is_the_first_and_the_page_says_so(world: World) -> None:
    sent = form_of(world, first_day="2027-10-31", opens="02:30", closes="04:00")
    response = browser(world.owner).post("/events/new/", sent, follow=True)
    assert "02:30 comes twice that night, because the clock goes back. The first is meant." in response.content.decode()
    assert f"{Event.objects.get().starts_at:%H:%M}" == "00:30"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("closes", {"opens": "10:00", "closes": "09:00"}),
        ("closes", {"opens": "10:00", "closes": ""}),
        ("opens", {"opens": "", "closes": "10:00"}),
        ("last_day", {"last_day": "2020-01-01"}),
        ("first_day", {"first_day": "soon"}),
        ("first_day", {"first_day": "0202-01-01"}),
        ("zone", {"zone": "Mars/Olympus"}),
        ("title", {"title": "  "}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "ftp://files.example/x"}),
        ("link", {"link": "not an address"}),
        ("answer_by", {"answer_by": "2099-01-01"}),
        ("audience", {"audience": "network:999"}),
    ],
)
def test_an_error_stands_at_its_field(world: World, field: str, values: dict[str, str]) -> None:
    response = browser(world.owner).post("/events/new/", form_of(world, **values))
    assert response.status_code == 400
    errors = response.context["form"].errors
    assert {name: len(told) for name, told in errors.items()} == {field: 1}
    assert f'id="id_{field}_error"' in response.content.decode()


def test_an_empty_form_says_what_is_wanted_in_words_of_its_own(world: World) -> None:
    said = browser(world.owner).post("/events/new/", {"title": ""}).content.decode()
    for sentence in ("Give the gathering a title.", "Choose the first day.", "Choose whom the gathering is for."):
        assert sentence in said
    assert "This field is required" not in Client().post("/accounts/login/", {}).content.decode()


def test_a_move_is_shown_with_the_old_time_and_an_earlier_answer_is_asked_again(world: World, call: Call) -> None:
    event = call(day=date(2099, 1, 14))
    answer_event(event, world.owner, "yes")
    sent = form_of(world, first_day="2099-01-15", opens="13:00", closes="14:00", read=event.sequence)
    assert browser(world.officer).post(f"/events/{event.pk}/edit/", sent).status_code == 302
    text = page(world.owner, event.get_absolute_url())
    assert "<del>Wed 14 January, 10:00</del>" in text
    assert "You answered before the time was changed" in text
    assert "<del>Wed 14 January, 11:00</del>" in page(world.partner, "/events/")


def test_nobody_overwrites_what_somebody_else_changed(world: World, call: Call) -> None:
    event = call()
    change_event(event, world.officer, {"title": "Other title"})
    sent = form_of(world, title="My title", read=0)
    client = browser(world.officer)
    response = client.post(f"/events/{event.pk}/edit/", sent)
    assert response.status_code == 400
    assert "Somebody changed this gathering while you wrote" in response.content.decode()
    event.refresh_from_db()
    assert event.title == "Other title"
    again = client.post(f"/events/{event.pk}/edit/", {**sent, "read": 1})
    assert again.status_code == 302


def test_only_those_who_may_call_it_change_it(world: World, call: Call) -> None:
    event = call()
    client = browser(world.owner)
    assert client.get(f"/events/{event.pk}/edit/")["Location"] == event.get_absolute_url()
    client.post(f"/events/{event.pk}/edit/", form_of(world, title="Mine now"))
    client.post(f"/events/{event.pk}/cancel/")
    client.post(f"/events/{event.pk}/confirm/")
    event.refresh_from_db()
    assert (event.title, event.state, event.sequence) == ("Waste that pays", "confirmed", 0)


def test_a_guest_is_told_whom_to_ask(world: World) -> None:
    assert "Ask the coordinator" in page(world.guest, "/events/new/", 403)
    assert "/events/new/" not in page(world.guest, "/events/")
