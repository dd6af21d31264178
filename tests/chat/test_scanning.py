"""A file waits for the virus check and says so; the check heals by itself, and an infected file is gone for all."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from pytest_django.fixtures import Settings

from chat import scanning
from chat.models import File, Message, Room
from chat.shelf import shelf
from files.clamd import ScannerAwayError
from tests.chat.schema import hold
from tests.chat.uploading import as_, post, upload
from tests.conftest import World

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are not those of another; a scanner is wanted, and away."""
    settings.MEDIA_ROOT = tmp_path
    settings.CLAMD = f"unix://{tmp_path}/clamd.ctl"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@contextmanager
def scanner(path: Path) -> Iterator[None]:
    """A daemon that speaks clamd's INSTREAM, and finds one virus."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path / "clamd.ctl"))
        door.listen()
        thread = Thread(target=serve, args=(door,), daemon=True)
        thread.start()
        yield
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


def serve(door: socket.socket) -> None:
    """One connection after the other, until the door is shut."""
    with suppress(OSError):
        while True:
            line, _ = door.accept()
            with line:
                answer(line)


def answer(line: socket.socket) -> None:
    """Read the whole stream, and say what is in it."""
    with line.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        body = b""
        while size := struct.unpack(">I", stream.read(4))[0]:
            body += stream.read(size)
    line.sendall(b"stream: Eicar-Signature FOUND\0" if b"EICAR" in body else b"stream: OK\0")


def test_a_file_waits_while_the_scanner_is_away_and_opens_when_it_is_back(
    world: World, room: Room, tmp_path: Path
) -> None:
    owner, partner = as_(world.owner), as_(world.partner)
    done = upload(owner, room, "Plan.txt", b"The plan")
    assert done.json()["state"] == "waiting"
    file = done.json()["id"]
    message = post(owner, room, [file]).json()
    assert message["attachments"][0]["state"] == "waiting"
    hold(message, "message_with_version")
    assert partner.get(f"/chat/files/{file}/Plan.txt").status_code == 404
    assert "Waits for the virus check" in partner.get(f"/chat/{room.pk}/").content.decode()
    with pytest.raises(ScannerAwayError):
        scanning.work_off()
    assert File.objects.get().state == File.State.WAITING
    with scanner(tmp_path):
        assert scanning.work_off() == 1
        assert scanning.work_off() == 0
    assert partner.get(f"/chat/files/{file}/Plan.txt").content == b"The plan"
    now = Message.objects.get()
    assert now.version == message["version"] + 1 == Room.objects.get(pk=room.pk).version
    assert now.attachments == [{"id": file, "name": "Plan.txt", "bytes": 8, "type": "application/octet-stream"}]


@pytest.mark.django_db(transaction=True)
def test_an_infected_file_is_gone_and_the_room_is_told(world: World, room: Room, tmp_path: Path) -> None:
    owner, partner = as_(world.owner), as_(world.partner)
    file = upload(owner, room, "Plan.txt", EICAR).json()["id"]
    post(owner, room, [file], "The plan")
    with scanner(tmp_path):
        scanning.work_off()
    assert partner.get(f"/chat/files/{file}/Plan.txt").status_code == 404
    assert not shelf.path_of(File.objects.get().key).exists()
    for reader in (owner, partner):
        page = reader.get(f"/chat/{room.pk}/").content.decode()
        assert "Removed: a virus was found in it." in page
    assert Message.objects.get().attachments[0]["state"] == "infected"
    again = post(owner, room, [file])
    assert again.json()["code"] == "bad_files"


def test_a_file_found_out_before_it_is_posted_cannot_be(world: World, room: Room, tmp_path: Path) -> None:
    owner = as_(world.owner)
    file = upload(owner, room, "Plan.txt", EICAR).json()["id"]
    with scanner(tmp_path):
        scanning.work_off()
    assert owner.get(f"/chat/api/files/{file}/").json()["state"] == "infected"
    refused = post(owner, room, [file])
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_files")
    assert "not here any more" in refused.json()["detail"]
