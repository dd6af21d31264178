"""Saved searches tell what is new, each lesson once and only to who may read it; feeds open by a key that can end."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from accounts.models import User
from knowledge.actions import publish_lesson, revise_lesson, withdraw_lesson
from knowledge.alerts import look
from knowledge.following import MOST, TooManyError, change_search, save_search
from knowledge.models import FeedKey, SavedSearch
from notifications.models import Notification
from notifications.telling import tell
from partnerships.actions import end_membership
from partnerships.models import Membership
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write

TITLES = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"


def round_of() -> int:
    """The worker's round, with the index up to date."""
    work_off()
    return look(timezone.now())


def told(person: User) -> list[tuple[str, str]]:
    """Title and text of what stands under somebody's bell, as they may see it now."""
    kinds = ["search_found", "search_round"]
    rows = Notification.objects.filter(person=person, kind__in=kinds).order_by("pk")
    return [(one.words.title, one.words.text) for one in tell(rows, person)]


def test_a_new_lesson_is_told_once_with_the_search_and_why(world: World, write: Write) -> None:
    write(title="Old sorting", visibility="members")
    work_off()
    save_search(world.outsider, "?q=avfallshantering", name="Our dump")
    save_search(world.outsider, "?theme=waste")
    assert round_of() == 0
    write(visibility="members", summary="", body="Good waste management.", themes=Theme.objects.filter(slug="waste"))
    assert [round_of(), round_of()] == [1, 0]
    title, text = told(world.outsider)[0]
    assert title == "New: “Sorting at the market stall”, for your search “Our dump”"
    assert text.startswith("It says “")
    assert "waste" in text


def test_who_may_not_read_it_is_not_told_then_or_later(world: World, write: Write) -> None:
    for person in (world.outsider, world.partner):
        save_search(person, "?q=sorting")
    lesson = write()
    assert round_of() == 1
    assert (len(told(world.outsider)), len(told(world.partner))) == (0, 1)
    withdraw_lesson(lesson, by=world.owner)
    assert told(world.partner) == []


def test_a_lesson_that_is_opened_later_is_new_to_whom_it_was_closed(world: World, write: Write) -> None:
    lesson = write()
    for person in (world.outsider, world.partner):
        save_search(person, "?q=sorting")
    publish_lesson(lesson, by=world.owner, visibility="members")
    assert round_of() == 1
    assert (len(told(world.outsider)), len(told(world.partner))) == (1, 0)
    revise_lesson(lesson, by=world.owner, problem="More sorting.")
    assert round_of() == 0


def test_nobody_is_told_of_their_own_or_of_what_hardly_answers(world: World, write: Write) -> None:
    save_search(world.owner, "?q=sorting")
    save_search(world.partner, "?q=weighbridge+timetable+sorting+caretaker")
    write(
        title="Weighbridge timetable caretaker sorting",
        problem="Weighbridge timetable caretaker.",
        author=world.partner,
    )
    write(title="Meters", problem="Nothing of it but sorting.")
    assert round_of() == 1
    assert (len(told(world.owner)), len(told(world.partner))) == (1, 0)


def test_the_pace_is_by_the_clock_of_the_person(world: World, write: Write) -> None:
    monday = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # 05:30 in Karlskrona
    search = save_search(world.owner, "?q=sorting", pace="weekly")
    assert search.after(monday).isoformat() == "2026-11-23T06:00:00+01:00"
    search.pace = SavedSearch.Pace.DAILY
    assert search.after(search.after(monday)).isoformat() == "2026-11-24T06:00:00+01:00"
    write(author=world.partner)
    assert round_of() == 0
    SavedSearch.objects.update(next_at=timezone.now())
    assert round_of() == 1
    assert Notification.objects.get(kind="search_round").person == world.owner


def test_a_search_that_never_told_does_not_make_up_for_it(world: World, write: Write) -> None:
    search = save_search(world.owner, "?q=sorting", pace="never")
    SavedSearch.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    write(author=world.partner)
    assert round_of() == 0
    change_search(SavedSearch.objects.get(pk=search.pk), name="", pace="at_once")
    assert SavedSearch.objects.get().name == "sorting"


def test_the_page_saves_renames_and_deletes_only_ones_own(world: World, visit: Visit) -> None:
    mine, other = visit(world.owner), visit(world.outsider)
    for _twice in range(2):
        mine.post(
            "/knowledge/saved/new/", {"query": "?q=waste&theme=waste&page=3&nonsense=1", "name": "", "pace": "daily"}
        )
    search = SavedSearch.objects.get()
    assert (search.query, search.name, search.pace) == ("?q=waste&theme=waste", "waste waste", "daily")
    form = {f"{search.pk}-name": "Dump", f"{search.pk}-pace": "never"}
    assert other.post(f"/knowledge/saved/{search.pk}/", form).status_code == 404
    mine.post(f"/knowledge/saved/{search.pk}/", form)
    assert "Dump" in mine.get("/knowledge/saved/").content.decode()
    assert "Dump" not in other.get("/knowledge/saved/").content.decode()
    mine.post(f"/knowledge/saved/{search.pk}/", {"delete": "1"})
    assert not SavedSearch.objects.exists()


def test_fifty_searches_are_enough(world: World) -> None:
    for number in range(MOST):
        save_search(world.owner, f"?q={number}")
    with pytest.raises(TooManyError):
        save_search(world.owner, "?q=more")


def test_a_feed_opens_by_its_key_shows_what_its_owner_sees_and_ends(world: World, write: Write, visit: Visit) -> None:
    write(title="Shared", visibility="members", themes=Theme.objects.filter(slug="waste"))
    write(title="Closed", themes=Theme.objects.filter(slug="waste"))
    work_off()
    found = {}
    for person in (world.partner, world.outsider):
        page = visit(person).post("/knowledge/feeds/new/", {"query": "?theme=waste"})
        path = "/knowledge/" + page.context["address"].partition("/knowledge/")[2]
        answer = Client().get(path)
        found[person.pk] = {title.text for title in ET.fromstring(answer.content).iterfind(TITLES)}
        assert answer["Cache-Control"] == "private, no-cache"
        assert page.context["address"] not in visit(person).get("/knowledge/saved/").content.decode()
    assert found == {world.partner.pk: {"Shared", "Closed"}, world.outsider.pk: {"Shared"}}
    assert not FeedKey.objects.filter(digest__contains="dxf_").exists()
    key = FeedKey.objects.get(person=world.outsider)
    assert visit(world.partner).post(f"/knowledge/feeds/{key.pk}/end/").status_code == 404
    visit(world.outsider).post(f"/knowledge/feeds/{key.pk}/end/")
    assert Client().get(path).status_code == 404


def test_a_feed_is_sent_again_only_when_it_reads_otherwise(world: World, write: Write, visit: Visit) -> None:
    themes = Theme.objects.filter(slug="waste")
    write(title="Older", visibility="members", themes=themes)
    work_off()
    page = visit(world.partner).post("/knowledge/feeds/new/", {"query": "?theme=waste"})
    path = "/knowledge/" + page.context["address"].partition("/knowledge/")[2]
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    write(title="Closed", themes=themes)
    work_off()
    both = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (both.status_code, b"Closed" in both.content) == (200, True)


def test_ended_access_changes_a_feed_although_no_lesson_did(world: World, write: Write, visit: Visit) -> None:
    themes = Theme.objects.filter(slug="waste")
    write(title="Open", visibility="members", themes=themes)
    write(title="Closed", themes=themes)
    work_off()
    page = visit(world.partner).post("/knowledge/feeds/new/", {"query": "?theme=waste"})
    path = "/knowledge/" + page.context["address"].partition("/knowledge/")[2]
    before = Client().get(path)
    assert b"Closed" in before.content
    for seat in Membership.objects.filter(person=world.partner):
        end_membership(seat)
    for known in ({"If-None-Match": before["ETag"]}, {"If-Modified-Since": http_date()}):
        answer = Client().get(path, headers=known)
        assert answer.status_code == 200
        assert b"Closed" not in answer.content
