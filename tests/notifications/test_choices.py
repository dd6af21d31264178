"""How to be told: kinds, digest, quiet hours, mute and places, each chosen on one page that works without a script."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from notifications.actions import mute_place
from notifications.kinds import Kind, When
from notifications.models import Choice, Preferences
from notifications.models.choice import wish
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAGE = "/notifications/choices/"


@pytest.fixture(autouse=True)
def morning() -> object:
    """10:00 in Stockholm."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def client(world: World, client: Client, kind: Kind) -> Client:
    """The owner's browser; there is the kind ``note``."""
    client.force_login(world.owner)
    return client


def fields(client: Client, **changed: str) -> dict[str, str]:
    """The form as the page has it, with some of it changed."""
    form = client.get(PAGE).context["form"]
    known = {field.html_name: field.value() for field in form}
    return {name: value for name, value in known.items() if value is not False} | changed


def room_of(world: World) -> str:
    """The partnership's room as a place."""
    return f"room:{world.partnership.rooms.get().pk}"


def test_what_is_chosen_is_kept_and_shown_again(world: World, client: Client) -> None:
    chosen = fields(
        client, kind_note="digest", rhythm="weekly", digest_day="4", digest_hour="16", quiet_from="21:30"
    ) | {"quiet_weekends": "on"}
    assert client.post(PAGE, chosen).status_code == 302
    kept = Preferences.objects.get(person=world.owner)
    assert (kept.rhythm, kept.digest_day, kept.digest_hour) == ("weekly", 4, 16)
    assert (kept.quiet_from, kept.quiet_until, kept.quiet_weekends) == (time(21, 30), time(7), True)
    assert list(Choice.objects.values_list("person", "kind", "place", "when")) == [
        (world.owner.pk, "note", "", "digest")
    ]
    shown = {name: str(value) for name, value in fields(client).items()}
    assert (shown["kind_note"], shown["quiet_from"], shown["digest_hour"]) == ("digest", "21:30", "16")


def test_saving_twice_is_saving_once_and_the_default_is_not_kept(world: World, client: Client) -> None:
    for _again in range(2):
        client.post(PAGE, fields(client, kind_note="off"))
    assert Choice.objects.count() == Preferences.objects.count() == 1
    client.post(PAGE, fields(client, kind_note="at_once"))
    assert Choice.objects.count() == 0


def test_what_is_wrong_is_said_and_the_rest_is_kept_on_the_page(world: World, client: Client) -> None:
    answer = client.post(PAGE, fields(client, kind_note="digest", digest_hour="25", quiet_from="noon"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_quiet_from_error"' in html
    assert 'value="digest" id="id_kind_note_1" required checked' in html
    assert Choice.objects.count() == Preferences.objects.count() == 0


@pytest.mark.parametrize(
    ("span", "until"),
    [
        ("hour", datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
        ("morning", datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ("week", datetime(2026, 11, 30, 9, 0, tzinfo=UTC)),
    ],
)
def test_everything_is_muted_for_a_while_and_no_longer(
    world: World, client: Client, span: str, until: datetime
) -> None:
    for _twice in range(2):
        client.post(f"{PAGE}mute/", {"span": span})
    assert Preferences.objects.get(person=world.owner).muted_until == until
    assert "End it now" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}mute/", {"span": "end"})
    assert not Preferences.of(world.owner).is_muted


def test_a_place_with_a_choice_of_its_own_is_named_and_can_be_left_out(world: World, client: Client) -> None:
    Choice.objects.create(person=world.owner, place=room_of(world), when=When.OFF)
    Choice.objects.create(person=world.owner, kind="note", place=room_of(world), when=When.DIGEST)
    assert [(own.thing.title, own.kind, own.when) for own in client.get(PAGE).context["places"]] == [
        ("Karlskrona–Saldanha Bay", "", "Not at all"),
        ("Karlskrona–Saldanha Bay", "News", "In the digest"),
    ]
    for _twice in range(2):
        assert client.post(f"{PAGE}places/", {"place": room_of(world), "kind": ""}).status_code == 302
    assert [own.kind for own in client.get(PAGE).context["places"]] == ["News"]


def test_a_place_that_is_not_theirs_is_not_named(world: World, client: Client) -> None:
    other = world.other_partnership.rooms.get().pk
    for place in (f"room:{other}", "room:999999", "nothing:1", "room", f"room:{'9' * 30}"):
        Choice.objects.create(person=world.owner, place=place, when=When.OFF)
    html = client.get(PAGE).content.decode()
    assert client.get(PAGE).context["places"] == []
    assert "Rombo" not in html


def test_back_to_the_defaults_leaves_places_alone(world: World, client: Client) -> None:
    client.post(PAGE, fields(client, kind_note="off", digest_hour="16"))
    Choice.objects.create(person=world.owner, place=room_of(world), when=When.OFF)
    for _twice in range(2):
        client.post(f"{PAGE}defaults/")
    assert Preferences.of(world.owner).digest_hour == 7
    assert list(Choice.objects.values_list("place", flat=True)) == [room_of(world)]


def test_a_mute_gives_back_what_was_chosen_before(world: World, kind: Kind, morning: object) -> None:
    place = room_of(world)
    Choice.objects.create(person=world.owner, place=place, when=When.DIGEST)
    for hours in (1, 2):
        mute_place(world.owner, place, MORNING + timedelta(hours=hours))
    concerning = Choice.objects.concerning("note", place).filter
    assert wish("note", concerning(person=world.owner)) == When.OFF
    morning.shift(timedelta(hours=2))
    assert wish("note", concerning(person=world.owner)) == When.DIGEST


def test_a_mute_of_a_place_without_a_choice_leaves_nothing(world: World, tell_of: Tell, morning: object) -> None:
    mute_place(world.owner, "room:7", MORNING + timedelta(hours=1))
    morning.shift(timedelta(hours=1))
    assert not Choice.objects.concerning("note", "room:7").exists()


def test_me_says_how_one_is_told_and_leads_there(world: World, client: Client) -> None:
    html = client.get("/accounts/me/").content.decode()
    assert "Digest every day at 07:00. Quiet from 20:00 to 07:00." in html
    assert f'href="{PAGE}"' in html
