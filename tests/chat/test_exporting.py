"""A room as a ZIP: asked for by who answers for it, made by a job, told to the room, fetched for seven days."""

import json
import tracemalloc
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from chat.actions import Post, Refused, delete_message, edit_message, keep_messages, post_messages, react
from chat.actions.exporting import ask_export
from chat.actions.files import bring_file
from chat.actions.retention import raise_floor
from chat.export_job import export_room
from chat.exporting import make, path_of, place_of, sweep
from chat.models import Export, File, Message, Room
from partnerships.actions import end_membership
from tests.chat.reading import page, say
from tests.chat.uploading import picture
from tests.conftest import World
from tests.sockets import in_thread
from tests.work.conftest import work_off
from work.models import Progress


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Files of the test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, where something was said, edited and deleted."""
    room = Room.objects.get(partnership=world.partnership)
    say(room, world.partner, "How much **compost** & <b>what</b>?", "Four tonnes.", "A secret of mine.")
    edit_message(world.partner, room.pk, Message.objects.get(number=2).pk, "Five tonnes.")
    react(world.owner, room.pk, Message.objects.get(number=2).pk, "👍", on=True)
    delete_message(world.partner, room.pk, Message.objects.get(number=3).pk)
    return Room.objects.get(pk=room.pk)


def asked(user: User, room: Room) -> Export:
    made = ask_export(user, room.pk, export_room)
    assert isinstance(made, Export)
    return made


def archive(export: Export) -> ZipFile:
    return ZipFile(path_of(export))


def made(world: World, room: Room) -> Export:
    """An export that is finished."""
    export = asked(world.owner, room)
    make(export, lambda _done, _note: None)
    export.refresh_from_db()
    return export


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("owner", ""),
        ("officer", ""),
        ("partner", "forbidden"),
        ("councillor", "forbidden"),
        ("outsider", "not_found"),
        ("guest", "not_found"),
        ("administrator", "not_found"),
    ],
)
def test_coordinators_and_officers_ask_for_it(name: str, code: str, world: World, room: Room) -> None:
    outcome = ask_export(getattr(world, name), room.pk, export_room)
    assert (outcome.code if isinstance(outcome, Refused) else "") == code


def test_it_holds_every_message_for_programs_and_for_readers(world: World, room: Room) -> None:
    with archive(made(world, room)) as found:
        assert found.namelist() == ["room.json", "room.html"]
        told = json.loads(found.read("room.json"))
        html = found.read("room.html").decode()
    assert (told["room"]["name"], told["exported_by"], told["upto"]) == ("Karlskrona–Saldanha Bay", "Owner Test", 3)
    assert [one["number"] for one in told["messages"]] == [1, 2, 3]
    assert told["messages"][1]["body"] == "Five tonnes."
    assert (told["messages"][2]["deleted"], "body" in told["messages"][2]) == (True, False)
    assert "<strong>compost</strong> &amp; &lt;b&gt;what&lt;/b&gt;" in html
    assert "This message was deleted." in html
    assert "secret" not in html
    assert "http" not in html.replace('http-equiv="', "")  # nothing is fetched from anywhere


def test_its_files_are_in_it_under_names_that_stay_in_their_folder(world: World, room: Room) -> None:
    brought = bring_file(world.owner, room, UUID(int=1), SimpleUploadedFile("market.png", picture("PNG", (60, 40))))
    assert isinstance(brought, File)
    post_messages([Post(room.pk, world.owner.pk, uuid4(), "The market", attachments=(brought.pk,))])
    with archive(made(world, room)) as found:
        (name,) = [name for name in found.namelist() if name.startswith("files/")]
        told = json.loads(found.read("room.json"))
        assert found.testzip() is None
        assert f'href="{name}"' in found.read("room.html").decode()
    assert told["messages"][3]["attachments"][0]["path"] == name
    assert place_of(5, "../../etc/passwd").count("/") == 1


def test_what_was_not_kept_is_not_in_it_and_what_was_spared_is(world: World, room: Room) -> None:
    keep_messages("lesson", 1, [Message.objects.get(number=1).pk])
    raise_floor(room.pk, 2)
    with archive(made(world, Room.objects.get(pk=room.pk))) as found:
        told = json.loads(found.read("room.json"))
        assert "Older messages were not kept" in found.read("room.html").decode()
    assert [one["number"] for one in told["messages"]] == [1, 3]


def test_the_room_is_told_once_when_it_is_made(world: World, room: Room) -> None:
    export = made(world, room)
    make(export, lambda _done, _note: None)
    (note,) = Message.objects.filter(note__isnull=False)
    assert (note.note, note.author, note.number) == ({"kind": "export"}, world.owner, 4)
    assert Room.objects.get(pk=room.pk).version == room.version + 1


def test_a_worker_makes_it_and_the_page_shows_how_far_it_is(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    address = f"{room.get_absolute_url()}keeping/"
    for _ in range(2):
        assert client.post(address, {"export": "1"}).status_code == 302
    assert Export.objects.count() == 1
    assert "waits for its turn" in page(client, address)
    Progress.objects.create(task_id=Export.objects.get().task, done=1, total=3)
    assert "1 of 3" in page(client, address)
    Progress.objects.all().delete()
    work_off()
    export = Export.objects.get()
    assert export.bytes == path_of(export).stat().st_size
    progress = Progress.objects.get()
    assert (progress.done, progress.total) == (3, 3)
    fetched = client.get(f"{room.get_absolute_url()}exports/{export.pk}/")
    assert fetched.headers["Content-Disposition"].startswith('attachment; filename="karlskronasaldanha-bay-')


@pytest.mark.django_db(transaction=True)
async def test_it_is_fetched_in_pieces(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    export = await in_thread(made, world, room)
    path_of(export).write_bytes(bytes(600_000))
    client = AsyncClient()
    await client.aforce_login(world.owner)
    fetched = await client.get(f"{room.get_absolute_url()}exports/{export.pk}/")
    parts = [len(part) async for part in fetched.streaming_content]
    assert len(parts) > 1
    assert sum(parts) == int(fetched.headers["Content-Length"]) == 600_000


@pytest.mark.parametrize("name", ["partner", "councillor", "outsider", "guest", "stranger", "administrator"])
def test_nobody_else_fetches_it(name: str, world: World, room: Room, client: Client) -> None:
    export = made(world, room)
    client.force_login(getattr(world, name))
    assert client.get(f"{room.get_absolute_url()}exports/{export.pk}/").status_code == 404


def test_who_no_longer_answers_for_the_room_does_not_fetch_it(world: World, room: Room, client: Client) -> None:
    export = made(world, room)
    for seat in world.owner.memberships.filter(partnership=world.partnership):
        end_membership(seat)
    client.force_login(world.owner)
    assert client.get(f"{room.get_absolute_url()}exports/{export.pk}/").status_code == 404


def test_it_expires_after_seven_days_and_its_file_is_removed(world: World, room: Room, client: Client) -> None:
    export = made(world, room)
    client.force_login(world.owner)
    assert sweep() == 0
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"{room.get_absolute_url()}exports/{export.pk}/").status_code == 404
    assert (sweep(), sweep()) == (1, 0)
    assert not path_of(export).exists()
    assert "expired" in page(client, f"{room.get_absolute_url()}keeping/")


def test_an_export_of_another_room_is_not_there(world: World, room: Room, client: Client) -> None:
    export = made(world, room)
    project = Room.objects.get(body=world.project)
    client.force_login(world.owner)
    assert client.get(f"{project.get_absolute_url()}exports/{export.pk}/").status_code == 404


def test_a_large_room_takes_no_more_memory(world: World, room: Room) -> None:
    words = "compost " * 60
    say(room, world.partner, *(words for _ in range(3600)))
    export = asked(world.owner, Room.objects.get(pk=room.pk))
    tracemalloc.start()
    make(export, lambda _done, _note: None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24_000_000
