"""Messages are found by their words, their authors, rooms and days; only by those who may read them now."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from chat import indexing
from chat.actions import delete_message, edit_message
from chat.finding import Finding, find
from chat.models import Findable, Message, Room
from partnerships.actions import end_membership
from partnerships.models import Membership
from tests.chat.reading import page, say
from tests.conftest import World

SPRING = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def said(finding: Finding) -> list[str]:
    """The bodies of what was found, or the problems."""
    return list(finding.problems) or [hit.message.body for hit in finding.hits]


def told(room: Room, author: User, *bodies: str, at: datetime | None = None, language: str = "en") -> None:
    """Say something, and let search take it up."""
    author.language = language
    author.save(update_fields=["language"])
    say(room, author, *bodies, at=at, apart=timedelta(minutes=1))
    indexing.work_off()


@pytest.mark.parametrize(
    ("asked", "language", "body"),
    [
        ("pump", "en", "Two pumps broke"),
        ("pumps", "en", "The pump is back"),
        ("oversvamning", "sv", "Översvämningarna kom i mars"),
        ("Översvämning", "sv", "Översvämningarna kom i mars"),
        ("déchets", "fr", "Le dechet organique"),
        ("taka", "sw", "Taka ngumu kila wiki"),
        ("e-mail", "en", "Send it by e-mail please"),
        ("10:30", "en", "We begin at 10:30 sharp"),
        ("reading_list", "en", "The reading_list is long"),
        ("½", "en", "It took ½ a day"),
        ("Ωμέγα", "en", "An Ωμέγα of our own"),
    ],
)
def test_a_word_finds_its_other_forms(asked: str, language: str, body: str, world: World, room: Room) -> None:
    told(room, world.partner, "Something else", body, language=language)
    assert said(find(world.owner, asked)) == [body]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("broken pump", ["pump broken", "broken pump at the well"]),
        ('"broken pump"', ["broken pump at the well"]),
        ("“broken pump”", ["broken pump at the well"]),
        ('pump -"broken pump"', ["pump broken"]),
        ("pump -well", ["pump broken"]),
        ("-pump", ["a new valve"]),
        ('"pump', ["pump broken", "broken pump at the well"]),
        ("pump AND nonsense", []),
        ('NOT ( pump " * : ^', ["pump broken", "broken pump at the well"]),
    ],
)
def test_phrases_stand_together_and_a_minus_leaves_out(asked: str, found: list[str], world: World, room: Room) -> None:
    told(room, world.partner, "broken pump at the well", "a new valve", "pump broken")
    assert said(find(world.owner, asked)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("from:owner", ["by the owner"]),
        ("from:me", ["by the owner"]),
        ('from:"partner test" partner', ["by the partner"]),
        ("from:owner the", ["by the owner"]),
        ("from:me from:partner", []),
        ("from:nobody", []),
        ("has:link", ["see https://example.org now"]),
        ("in:saldanha from:me", ["by the owner"]),
        ("in:square", []),
        ("after:2026-03-15", ["see https://example.org now", "by the partner", "by the owner"]),
        ("before:2026-03-15", []),
        ("before:2026-04 after:2026", ["see https://example.org now", "by the partner", "by the owner"]),
        ("after:2027", []),
    ],
)
def test_fields_narrow_it(asked: str, found: list[str], world: World, room: Room, settings: Any) -> None:
    """22:30 in UTC on the 14th is the 15th in Karlskrona's summer and on this page."""
    settings.TIME_ZONE = "Africa/Nairobi"
    told(room, world.owner, "by the owner", at=SPRING)
    told(room, world.partner, "by the partner", "see https://example.org now", at=SPRING + timedelta(minutes=5))
    assert said(find(world.owner, asked)) == found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("in:nowhere", "You are in no room called “nowhere”."),
        ("before:yesterday", "is no day"),
        ("after:2026-02-31", "is no day"),
        ("has:money", "“has:money” is not known"),
        ("from:", "Nothing stands after “from:”."),
        ("the and of", "These words stand in nearly every message"),
        ("-from:me pump", "leaves out words only"),
        ("x" * 301, "too long to look for"),
    ],
)
def test_what_is_wrong_is_said_in_words(asked: str, words: str, world: World, client: Client) -> None:
    client.force_login(world.owner)
    answer = client.get("/chat/api/search/", {"q": asked})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert words in client.get("/chat/search/", {"q": asked}).content.decode()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("owner", ["secret in the project", "secret of the two"]),
        ("partner", ["secret in the project", "secret of the two"]),
        ("councillor", ["secret of the two"]),
        ("officer", ["secret in the project", "secret of the two"]),
        ("guest", ["secret in the project"]),
        ("outsider", []),
        ("administrator", []),
        ("stranger", []),
    ],
)
def test_everybody_finds_only_what_they_may_read(name: str, found: list[str], world: World, room: Room) -> None:
    told(room, world.partner, "secret of the two")
    told(Room.objects.get(body=world.project), world.owner, "secret in the project")
    asker = getattr(world, name)
    assert said(find(asker, "secret")) == found
    assert said(find(asker, "from:test secret")) == found
    assert said(find(asker, "after:2020")) == found
    assert [hit.message.body for hit in find(asker, "secret", [("room", str(room.pk))]).hits] == found[-1:] * (
        "secret of the two" in found
    )


def test_who_has_left_finds_nothing_more(world: World, room: Room) -> None:
    told(room, world.owner, "a secret")
    assert said(find(world.partner, "secret")) == ["a secret"]
    for seat in Membership.objects.filter(person=world.partner):
        end_membership(seat)
    assert said(find(world.partner, "secret")) == []


def test_a_name_without_messages_here_is_as_no_name_at_all(world: World, room: Room) -> None:
    told(Room.objects.get(partnership=world.other_partnership), world.outsider, "over there")
    assert find(world.owner, "from:outsider").problems == find(world.owner, "from:zzz").problems == ()
    assert said(find(world.owner, "from:outsider")) == []


def test_what_is_deleted_is_gone_at_once(world: World, room: Room) -> None:
    told(room, world.owner, "a secret")
    delete_message(world.owner, room.pk, Message.objects.get().pk)
    assert not Findable.objects.exists()
    assert said(find(world.owner, "from:me")) == []
    indexing.work_off()
    assert not Findable.objects.exists()


def test_a_deleted_message_is_not_shown_even_where_the_index_has_it(world: World, room: Room) -> None:
    told(room, world.owner, "a secret")
    stale = Findable.objects.get()
    delete_message(world.owner, room.pk, stale.message_id)
    stale.save(force_insert=True)
    assert said(find(world.owner, "secret")) == []


def test_an_edited_message_is_found_by_what_it_says_now(world: World, room: Room) -> None:
    told(room, world.owner, "the old words")
    edit_message(world.owner, room.pk, Message.objects.get().pk, "a fresh saying")
    assert said(find(world.owner, "old")) == []
    indexing.work_off()
    assert said(find(world.owner, "saying")) == ["a fresh saying"]
    assert said(find(world.owner, "old")) == []


def test_what_is_below_the_floor_leaves_the_index(world: World, room: Room) -> None:
    told(room, world.owner, "an old secret", "a new secret")
    Room.objects.filter(pk=room.pk).update(floor=1)
    assert said(find(world.owner, "secret")) == ["a new secret"]
    indexing.work_off()
    assert Findable.objects.count() == 1


def test_the_index_is_made_from_nothing_and_kept_in_batches(
    world: World, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    say(room, world.owner, *(f"secret {number}" for number in range(5)))
    assert indexing.work_off() == 5
    assert indexing.work_off() == 0
    assert said(find(world.owner, "secret")) == [f"secret {number}" for number in (4, 3, 2, 1, 0)]


def test_all_is_taken_up_anew_by_a_command(world: World, room: Room) -> None:
    told(room, world.owner, "one secret", "another secret")
    Findable.objects.update(terms="wrong")
    call_command("index_messages", stdout=StringIO())
    assert said(find(world.owner, "secret")) == ["another secret", "one secret"]
    assert said(find(world.owner, "wrong")) == []


def test_the_page_says_when_much_is_not_taken_up_yet(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    Room.objects.filter(pk=room.pk).update(version=1000)
    assert "cannot be found yet" not in page(client, "/chat/search/")
    Room.objects.filter(pk=room.pk).update(version=1001)
    assert "1001 messages cannot be found yet" in page(client, "/chat/search/")


def test_a_room_that_is_not_open_is_as_one_that_is_not_there(world: World, client: Client) -> None:
    client.force_login(world.owner)
    theirs = Room.objects.get(partnership=world.other_partnership).pk
    answers = [client.get(f"/chat/api/search/?q=pump&room={pk}").json() for pk in (theirs, 999_999)]
    assert answers[0] == answers[1]
    assert answers[0]["detail"] == "This room is not open to you."


def test_what_narrows_it_can_be_taken_away(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    html = page(client, f"/chat/search/?q=pump&room={room.pk}&from=anna&older=3")
    assert 'href="?q=pump&amp;from=anna" aria-current="true">in Karlskrona–Saldanha Bay<' in html
    assert f'href="?q=pump&amp;room={room.pk}" aria-current="true">by anna<' in html
    assert f'<option value="{room.pk}" selected>' in html


def test_pages_stay_put_while_others_write(world: World, room: Room, client: Client) -> None:
    told(room, world.owner, *(f"secret {number}" for number in range(45)))
    client.force_login(world.partner)
    first = client.get("/chat/api/search/?q=secret").json()
    told(room, world.owner, "a later secret")
    second = client.get(f"/chat/api/search/?q=secret&older={first['older']}").json()
    third = client.get(f"/chat/api/search/?q=secret&older={second['older']}").json()
    pages = [[int(one["message"]["number"]) for one in found["results"]] for found in (first, second, third)]
    assert sum(pages, []) == list(range(45, 0, -1))  # noqa: RUF017  # three short lists
    assert third["older"] is None


def test_the_words_stand_out_and_lead_to_their_place(world: World, room: Room, client: Client) -> None:
    told(room, world.partner, "First", "Två <pumpar> gick sönder", language="sv")
    client.force_login(world.owner)
    html = page(client, "/chat/search/?q=pump")
    assert '<p lang="sv">Två &lt;<mark>pumpar</mark>&gt; gick sönder</p>' in html
    assert f'href="/chat/{room.pk}/?around=2#m2"' in html
    assert "Partner Test in Karlskrona–Saldanha Bay" in html


def test_who_is_erased_is_a_former_member(world: World, room: Room) -> None:
    told(room, world.partner, "a secret")
    User.objects.filter(pk=world.partner.pk).update(erased_at=SPRING)
    assert [hit.author for hit in find(world.owner, "secret").hits] == ["Former member"]


def test_the_page_says_what_to_try(owner: User, client: Client) -> None:
    client.force_login(owner)
    assert "What was it about?" in page(client, "/chat/search/")
    assert "No message found for “zebra”" in page(client, "/chat/search/?q=zebra")
    assert "No message found" in page(client, "/chat/search/?from=me")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_takes_the_same_queries_whatever_it_finds(
    rows: int, world: World, room: Room, client: Client, django_assert_num_queries: Any
) -> None:
    """Session, person, reach (2), rooms, the index (PostgreSQL asks it twice for rare words), the messages' ids and the
    messages."""
    told(room, world.owner, *(f"secret {number}" for number in range(rows)))
    client.force_login(world.owner)
    with django_assert_num_queries(8 + (connection.vendor == "postgresql")):
        assert len(client.get("/chat/api/search/?q=secret").json()["results"]) == rows
