"""Files without a script: the room's own form takes them."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from chat.models import File, Message, Room
from chat.models.file import MOST_AT_ONCE
from files import shelf as disk
from tests.chat.uploading import as_, begin, picture, post, upload
from tests.conftest import World


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def test_a_form_with_files_is_a_message_once(world: World, room: Room) -> None:
    owner, same = as_(world.owner), str(uuid4())
    for _ in range(2):
        files = [SimpleUploadedFile("../../Plan.txt", b"Plan"), SimpleUploadedFile("market.png", picture("PNG"))]
        sent = owner.post(f"/chat/{room.pk}/", {"client_id": same, "body": "", "files": files})
        assert sent.status_code == 302
    message = Message.objects.get()
    assert [file["name"] for file in message.attachments] == ["Plan.txt", "market.png"]
    assert File.objects.filter(message=message).count() == File.objects.count() == 2
    page = as_(world.partner).get(f"/chat/{room.pk}/").content.decode()
    assert "Plan.txt" in page
    assert 'alt="market.png"' in page


def test_a_file_that_is_refused_says_why_and_keeps_the_rest(world: World, room: Room) -> None:
    owner, same = as_(world.owner), str(uuid4())
    files = [SimpleUploadedFile("Plan.txt", b"Plan"), SimpleUploadedFile("holiday.jpg", b"MZ\x90\x00" * 9)]
    refused = owner.post(f"/chat/{room.pk}/", {"client_id": same, "body": "Two files", "files": files})
    assert refused.status_code == 415
    page = refused.content.decode()
    assert "holiday.jpg: This is a program. Programs are not passed on here" in page
    assert "Two files" in page
    kept = File.objects.get()
    assert f'name="attachments" value="{kept.pk}"' in page
    again = owner.post(f"/chat/{room.pk}/", {"client_id": same, "body": "One file", "attachments": [kept.pk]})
    assert again.status_code == 302
    assert Message.objects.get().attachments[0]["name"] == "Plan.txt"


def test_an_outsider_brings_nothing(world: World, room: Room) -> None:
    for person in (world.outsider, world.guest):
        files = [SimpleUploadedFile("Plan.txt", b"Plan")]
        sent = as_(person).post(f"/chat/{room.pk}/", {"client_id": str(uuid4()), "body": "", "files": files})
        assert sent.status_code == 404
    assert not File.objects.exists()


def test_more_than_ten_files_are_too_many_for_one_message_by_form_and_by_program(world: World, room: Room) -> None:
    owner = as_(world.owner)
    files = [SimpleUploadedFile(f"Plan {n}.txt", b"Plan") for n in range(MOST_AT_ONCE + 1)]
    sent = {"client_id": str(uuid4()), "body": "All plans", "files": files}
    refused = owner.post(f"/chat/{room.pk}/", sent)
    assert refused.status_code == 413
    page = refused.content.decode()
    assert "At most 10 files go with one message." in page
    assert "All plans" in page
    ids = [upload(owner, room, f"Plan {n}.txt", b"Plan").json()["id"] for n in range(MOST_AT_ONCE + 1)]
    answer = post(owner, room, ids, "All plans")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_files")
    assert post(owner, room, ids[1:], "Ten plans").status_code == 201
    assert len(Message.objects.get().attachments) == MOST_AT_ONCE


def test_a_full_disk_takes_no_file_but_words(world: World, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = as_(world.owner)
    monkeypatch.setattr(disk, "SPARE", 2**62)  # more has to stay free than any disk has
    answer = begin(owner, room, "Plan.txt", 4)
    assert (answer.status_code, answer.json()["code"]) == (507, "no_space")
    sent = {"client_id": str(uuid4()), "body": "Words", "files": [SimpleUploadedFile("Plan.txt", b"Plan")]}
    refused = owner.post(f"/chat/{room.pk}/", sent)
    assert refused.status_code == 507
    assert "Plan.txt: The exchange has no room for files just now." in refused.content.decode()
    assert owner.post(f"/chat/{room.pk}/", {"client_id": str(uuid4()), "body": "Words"}).status_code == 302
    assert not File.objects.exists()
