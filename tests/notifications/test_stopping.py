"""Not again: asked at a GET, done by one click without session or token of a form, and taken back."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications import kinds
from notifications.actions.stopping import stop
from notifications.kinds import Kind, When
from notifications.models import Choice
from notifications.stops import Stop
from tests.conftest import World

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser() -> Client:
    """Somebody who is not signed in, and forms without their token."""
    return Client(enforce_csrf_checks=True)


def path(person: User, kind: str = "note", place: str = "") -> str:
    """Where the link of a mail leads."""
    return "/" + Stop(person.pk, kind, place).url.split("/", 3)[3]


def room(world: World) -> str:
    """The partnership's room, as a place."""
    return f"room:{world.partnership.rooms.get().pk}"


def choices(person: User) -> list[tuple[str, str, str]]:
    """All that somebody has chosen."""
    return list(Choice.objects.filter(person=person).order_by("pk").values_list("kind", "place", "when"))


def test_a_link_that_is_only_opened_changes_nothing(browser: Client, world: World, kind: Kind, owner: User) -> None:
    page = browser.get(path(owner, "note", room(world))).content.decode()
    assert ("News" in page, "Karlskrona–Saldanha Bay" in page, "Switch it off" in page) == (True, True, True)
    assert choices(owner) == []


def test_one_click_switches_off_that_kind_in_that_place(browser: Client, world: World, kind: Kind, owner: User) -> None:
    for _twice in range(2):
        assert browser.post(path(owner, "note", room(world)), ONE_CLICK).status_code == 200
    assert choices(owner) == [("note", room(world), "off")]


def test_a_kind_without_a_place_is_switched_off_everywhere(browser: Client, kind: Kind, owner: User) -> None:
    browser.post(path(owner), ONE_CLICK)
    assert choices(owner) == [("note", "", "off")]


@pytest.mark.parametrize("before", ["", "at_once", "digest"])
def test_it_is_taken_back_as_it_was(browser: Client, kind: Kind, owner: User, before: str) -> None:
    if before:
        Choice.objects.create(person=owner, kind="note", when=before)
    undo = undo_of(browser.post(path(owner)).content.decode())
    assert "Switched on again" in browser.post(path(owner), {"undo": undo}).content.decode()
    assert choices(owner) == ([("note", "", before)] if before else [])


def undo_of(page: str) -> str:
    """What the button on the page of the answer sends."""
    found = re.search(r'name="undo" value="([^"]+)"', page)
    assert found
    return found[1]


def test_nobody_takes_back_for_somebody_else(browser: Client, kind: Kind, owner: User, partner: User) -> None:
    undo = undo_of(browser.post(path(partner)).content.decode())
    browser.post(path(owner))
    assert "no longer works" in browser.post(path(owner), {"undo": undo}).content.decode()
    assert "no longer works" in browser.post(path(owner), {"undo": "x"}).content.decode()
    assert (choices(owner), choices(partner)) == ([("note", "", "off")], [("note", "", "off")])


def test_the_digest_is_left_as_a_whole_and_taken_back(
    browser: Client, world: World, kind: Kind, slow_kind: Kind, owner: User
) -> None:
    Choice.objects.create(person=owner, kind="slow", when=When.DIGEST)
    Choice.objects.create(person=owner, place=room(world), when=When.DIGEST)
    Choice.objects.create(person=owner, kind="note", place=room(world), when=When.AT_ONCE)
    before = choices(owner)
    page = browser.get(path(owner, "")).content.decode()
    assert ("Slow news" in page, "Karlskrona–Saldanha Bay" in page) == (True, True)
    undo = undo_of(browser.post(path(owner, "")).content.decode())
    of_itself = [(name, "", "off") for name, one in kinds.kinds.items() if one.when is When.DIGEST]
    assert sorted(choices(owner)) == sorted(
        {("slow", "", "off"), ("", room(world), "off"), ("note", room(world), "at_once"), *of_itself}
    )
    assert "Nothing goes into your digest" in browser.get(path(owner, "")).content.decode()
    browser.post(path(owner, ""), {"undo": undo})
    assert choices(owner) == before


def test_a_kind_that_goes_into_the_digest_by_itself_leaves_it(
    kind: Kind, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.kinds, "note", replace(kind, when=When.DIGEST))
    assert ("note", "", "") in stop(owner, Stop(owner.pk))


def test_what_must_arrive_is_not_switched_off(
    browser: Client, kind: Kind, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.kinds, "note", replace(kind, may_choose=False))
    for response in (browser.get(path(owner)), browser.post(path(owner))):
        assert "nothing to switch off" in response.content.decode()
    assert choices(owner) == []


def test_a_place_that_one_no_longer_sees_is_not_named(
    browser: Client, world: World, kind: Kind, outsider: User
) -> None:
    page = browser.get(path(outsider, "note", room(world))).content.decode()
    assert ("News" in page, "Karlskrona" in page) == (True, False)


def test_the_page_speaks_the_readers_language_unless_the_browser_has_another(
    browser: Client, kind: Kind, owner: User
) -> None:
    User.objects.filter(pk=owner.pk).update(language="sv")
    assert '<html lang="sv"' in browser.get(path(owner)).content.decode()
    browser.cookies["django_language"] = "fr"
    assert '<html lang="fr"' in browser.get(path(owner)).content.decode()


FORGED = "WzEsIm5vdGUiLCIiXQ.8W4PO03y0BG6Gi0qoOx9p0Npk0GeklrilhHGQNp9JMQ"


@pytest.mark.parametrize("token", ["x", "W10.x", "%00", FORGED])
def test_a_bad_token_says_so_and_does_nothing(browser: Client, kind: Kind, owner: User, token: str) -> None:
    link = f"/notifications/unsubscribe/{token}/"
    for response in (browser.get(link), browser.post(link)):
        assert (response.status_code, "opens nothing" in response.content.decode()) == (404, True)
    assert choices(owner) == []


def test_the_link_of_an_erased_account_opens_nothing(browser: Client, kind: Kind, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(erased_at=timezone.now())
    assert browser.get(path(owner)).status_code == 404
