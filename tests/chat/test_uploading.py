"""A file comes in by pieces, in any order of luck, and belongs to its author until it is posted, then to the room."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from chat import indexing
from chat.actions import Post, Refused, Stored, delete_message, post_messages, undelete_message
from chat.due import work_off
from chat.finding import find
from chat.forms import post_of
from chat.models import Deletion, File, Message, Room
from chat.shelf import shelf
from tests.chat.schema import hold
from tests.chat.uploading import as_, begin, bring, finish, picture, post, upload
from tests.conftest import World

PDF = b"%PDF-1.7\n" + b"x" * 1000


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def test_a_file_comes_in_pieces_and_goes_out_whole(world: World, room: Room) -> None:
    owner, partner = as_(world.owner), as_(world.partner)
    begun = begin(owner, room, "Plan.pdf", len(PDF))
    assert begun.status_code == 201
    file = begun.json()["id"]
    assert bring(owner, file, 0, PDF[:600]).json()["received"] == 600
    assert owner.get(f"/chat/api/files/{file}/").json()["received"] == 600
    assert bring(owner, file, 600, PDF[600:]).json()["received"] == len(PDF)
    done = finish(owner, file)
    assert done.json()["type"] == "application/pdf"
    posted = post(owner, room, [file])
    assert posted.status_code == 201
    hold(posted.json(), "message_with_version")
    assert posted.json()["attachments"] == [
        {"id": file, "name": "Plan.pdf", "bytes": len(PDF), "type": "application/pdf"}
    ]
    got = partner.get(f"/chat/files/{file}/Plan.pdf")
    assert got.content == PDF
    assert got["Content-Disposition"] == 'attachment; filename="Plan.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]


def test_pieces_twice_or_out_of_order_get_a_plain_answer(world: World, room: Room) -> None:
    owner = as_(world.owner)
    file = begin(owner, room, "Plan.pdf", len(PDF)).json()["id"]
    early = bring(owner, file, 600, PDF[600:])
    assert (early.status_code, early.json()["code"], early.json()["received"]) == (409, "out_of_order", 0)
    for _ in range(2):
        assert bring(owner, file, 0, PDF[:600]).json()["received"] == 600
    across = bring(owner, file, 300, PDF[300:900])
    assert (across.status_code, across.json()["received"]) == (409, 600)
    unfinished = finish(owner, file)
    assert (unfinished.status_code, unfinished.json()["code"], unfinished.json()["received"]) == (
        409,
        "incomplete",
        600,
    )
    over = bring(owner, file, 600, PDF[600:] + b"more")
    assert (over.status_code, over.json()["code"]) == (413, "too_much")
    bring(owner, file, 600, PDF[600:])
    assert finish(owner, file).status_code == 200
    assert finish(owner, file).status_code == 200
    assert bring(owner, file, 0, PDF[:600]).status_code == 200
    assert shelf.read(File.objects.get(pk=file).key, 0, 2000) == PDF


def test_the_same_announcement_twice_is_the_same_file(world: World, room: Room) -> None:
    owner, same = as_(world.owner), str(uuid4())
    first = begin(owner, room, "Plan.pdf", len(PDF), same)
    again = begin(owner, room, "Plan.pdf", len(PDF), same)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert begin(as_(world.partner), room, "Plan.pdf", len(PDF), same).json()["id"] != first.json()["id"]


def test_until_it_is_posted_it_is_its_owners_alone(world: World, room: Room) -> None:
    file = upload(as_(world.owner), room, "Plan.pdf", PDF).json()["id"]
    for person in (world.partner, world.outsider, world.guest, world.officer, world.administrator):
        other = as_(person)
        assert other.get(f"/chat/files/{file}/Plan.pdf").status_code == 404
        assert other.get(f"/chat/api/files/{file}/").status_code == 404
        assert bring(other, file, 0, PDF).status_code == 404
        assert finish(other, file).status_code == 404
        assert other.delete(f"/chat/api/files/{file}/").status_code == 404
        refused = post(other, room, [file])
        assert refused.status_code in {400, 404}
    assert as_(world.owner).get(f"/chat/files/{file}/Plan.pdf").status_code == 200
    assert Message.objects.count() == 0


def test_after_that_it_is_the_rooms(world: World, room: Room) -> None:
    file = upload(as_(world.owner), room, "Plan.pdf", PDF).json()["id"]
    post(as_(world.owner), room, [file])
    people = {name: as_(getattr(world, name)) for name in ("owner", "partner", "officer", "outsider", "guest")}
    answers = {name: client.get(f"/chat/files/{file}/Plan.pdf").status_code for name, client in people.items()}
    assert answers == {"owner": 200, "partner": 200, "officer": 200, "outsider": 404, "guest": 404}
    assert people["owner"].delete(f"/chat/api/files/{file}/").status_code == 404
    again = post(people["owner"], room, [file])
    assert (again.status_code, again.json()["code"]) == (400, "bad_files")
    world.owner.memberships.update(ends="2025-06-01")
    assert people["owner"].get(f"/chat/files/{file}/Plan.pdf").status_code == 404


def test_a_deleted_message_takes_its_files_along_once_it_cannot_be_undone(world: World, room: Room) -> None:
    owner = as_(world.owner)
    file = upload(owner, room, "Plan.pdf", PDF).json()["id"]
    message = post(owner, room, [file], "The plan").json()["id"]
    delete_message(world.owner, room.pk, message)
    assert owner.get(f"/chat/files/{file}/Plan.pdf").status_code == 404
    undelete_message(world.owner, room.pk, message)
    assert owner.get(f"/chat/files/{file}/Plan.pdf").status_code == 200
    assert Message.objects.get(pk=message).attachments[0]["id"] == file
    delete_message(world.owner, room.pk, message)
    assert Message.objects.get(pk=message).attachments == []
    Deletion.objects.update(removed_at="2026-01-01T00:00Z")
    assert work_off() == 1
    assert not File.objects.exists()


def test_a_picture_is_made_small(world: World, room: Room) -> None:
    done = upload(as_(world.owner), room, "market.jpg", picture(size=(2000, 1500)))
    assert (done.json()["width"], done.json()["height"]) == (2000, 1500)
    small = as_(world.owner).get(f"/chat/files/{done.json()['id']}/small/")
    assert small["Content-Type"] == "image/webp"
    assert 0 < len(small.content) <= 20_000


def test_the_files_of_a_room_stand_on_a_page(world: World, room: Room) -> None:
    owner, partner = as_(world.owner), as_(world.partner)
    empty = partner.get(f"/chat/{room.pk}/files/").content.decode()
    assert "No files yet" in empty
    counts = []
    for name in ("Plan.txt", "Budget.txt", "Minutes.txt"):
        post(owner, room, [upload(owner, room, name, b"Words").json()["id"]])
        with CaptureQueriesContext(connection) as queries:
            page = partner.get(f"/chat/{room.pk}/files/").content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert page.index("Minutes.txt") < page.index("Plan.txt")
    assert "3 files, 1 kB" in page
    assert as_(world.outsider).get(f"/chat/{room.pk}/files/").status_code == 404


def test_messages_are_found_by_their_files(world: World, room: Room) -> None:
    owner = as_(world.owner)
    post(owner, room, [upload(owner, room, "Compost.txt", b"Words").json()["id"]])
    post(owner, room, [upload(owner, room, "market.png", picture("PNG")).json()["id"]], "The stalls")
    post(owner, room, [], "Only words")
    indexing.work_off()
    found = {
        asked: [hit.message.number for hit in find(world.partner, asked).hits]
        for asked in ("has:file", "has:image", "compost", "has:file stalls")
    }
    assert found == {"has:file": [2, 1], "has:image": [2], "compost": [1], "has:file stalls": [2]}
    assert find(world.outsider, "has:file").hits == []


def test_a_plain_post_asks_nothing_of_files(world: World, room: Room) -> None:
    owner = as_(world.owner)
    with CaptureQueriesContext(connection) as queries:
        post(owner, room, [], "Only words")
    assert not any("chat_file" in query["sql"] for query in queries)


def test_files_go_with_a_message_of_the_socket_too(world: World, room: Room) -> None:
    file = upload(as_(world.owner), room, "Plan.txt", b"Words").json()["id"]
    said = {"client_id": str(uuid4()), "body": "", "attachments": [file, file]}
    taken = post_of(said, room.pk, world.owner)
    assert isinstance(taken, Post)
    stored = post_messages([taken])[0]
    assert isinstance(stored, Stored)
    assert [one["name"] for one in stored.message.attachments] == ["Plan.txt"]
    for wrong in ("5", [True], ["5"], {"5": 1}):
        refused = post_of(said | {"attachments": wrong}, room.pk, world.owner)
        assert isinstance(refused, Refused)
        assert refused.code == "bad_frame"
