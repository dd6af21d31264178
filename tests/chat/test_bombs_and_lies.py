"""Files that are bombs or lies: each gets a sentence, or is made harmless."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from chat.actions import delete_message
from chat.files_tidy import tidy_files
from chat.models import File, Room
from chat.shelf import shelf
from files.names import clean_name
from files.types import type_of
from tests.chat.uploading import as_, begin, bring, located, picture, post, upload
from tests.conftest import World


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flood(width: int, height: int) -> bytes:
    """A PNG that says it is very large, and is a few kilobytes of nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "a flood of pixels": ("sea.png", flood(60_000, 60_000), 413, "too many pixels"),
    "a smaller flood": ("sea.png", flood(9_000, 9_000), 413, "too many pixels"),
    "half a picture": ("half.jpg", picture()[:900], 415, "damaged"),
    "a picture of nothing": ("none.png", b"\x89PNG\r\n\x1a\n", 415, "damaged"),
    "a program called a picture": ("holiday.jpg", b"MZ\x90\x00" + b"x" * 100, 415, "This is a program"),
    "a script for a shell": ("plan.txt", b"#!/bin/sh\nrm -rf /\n", 415, "This is a program"),
    "a picture that tells the place": ("img.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", 415, "Send it as JPEG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_gets_a_sentence_and_leaves_nothing(world: World, room: Room, name: str) -> None:
    called, data, status, sentence = REFUSED[name]
    refused = upload(as_(world.owner), room, called, data)
    assert refused.status_code == status
    assert sentence in refused.json()["detail"]
    assert not File.objects.exists()


def test_what_a_browser_might_run_is_a_download_of_nothing_in_particular(world: World, room: Room) -> None:
    owner = as_(world.owner)
    page = b"<!doctype html><script>alert(1)</script>"
    for name, data in {"drawing.svg": SVG, "drawing.png": SVG, "page.html": page, "note.txt": page}.items():
        done = upload(owner, room, name, data).json()
        got = owner.get(f"/chat/files/{done['id']}/{done['name']}")
        assert got["Content-Type"] == "application/octet-stream"
        assert got["Content-Disposition"].startswith("attachment")
        assert got["X-Content-Type-Options"] == "nosniff"
        assert owner.get(f"/chat/files/{done['id']}/small/").status_code == 404
    assert set(File.objects.values_list("name", flat=True)) == {
        "drawing.svg",
        "drawing.png.svg",
        "page.html",
        "note.txt.html",
    }


def test_a_picture_that_is_a_page_as_well_goes_out_as_a_picture_alone(world: World, room: Room) -> None:
    both = picture() + b"<html><script>alert(1)</script></html>" + b"PK\x03\x04 and an archive"
    done = upload(as_(world.owner), room, "both.jpg", both).json()
    data = as_(world.owner).get(f"/chat/files/{done['id']}/both.jpg").content
    assert data.startswith(b"\xff\xd8\xff")
    assert b"<script>" not in data
    assert b"PK\x03\x04" not in data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_says_neither_where_nor_by_what_and_stands_upright(world: World, room: Room, kind: str) -> None:
    data = picture(kind, (300, 200), exif=located(orientation=6))
    assert b"Secret Phone" in data
    done = upload(as_(world.owner), room, f"market.{kind.lower()}", data).json()
    assert (done["width"], done["height"]) == (200, 300)
    got = as_(world.owner).get(f"/chat/files/{done['id']}/{done['name']}").content
    assert b"Secret Phone" not in got
    with Image.open(BytesIO(got)) as shown:
        assert shown.size == (200, 300)
        assert not shown.getexif()


def test_a_moving_picture_still_moves(world: World, room: Room) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    into = BytesIO()
    frames[0].save(into, "GIF", save_all=True, append_images=frames[1:], duration=80, comment=b"Secret Phone")
    done = upload(as_(world.owner), room, "wave.gif", into.getvalue()).json()
    got = as_(world.owner).get(f"/chat/files/{done['id']}/wave.gif").content
    assert b"Secret Phone" not in got
    with Image.open(BytesIO(got)) as shown:
        assert shown.n_frames == 3


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\anna\\Plan.pdf": "Plan.pdf",
    "plan\x00.pdf": "plan.pdf",
    "pl\nan\t.pdf": "pl an .pdf",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    "\u200b\ufeff": "file",
    "..": "file",
    "  .htaccess ": "htaccess",
    'a<b>"c".txt': "a_b__c_.txt",
    "CON.txt": "_CON.txt",
    "Värmeveckan 2025.pdf": "Värmeveckan 2025.pdf",
    "ภาพ.png": "ภาพ.png",
    "x" * 300 + ".pdf": "x" * 116 + ".pdf",
    "x" * 300 + "." + "y" * 300: "x" * 120,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_harmless_line(name: str) -> None:
    assert clean_name(name) == NAMES[name]


def test_a_name_with_tricks_is_cleaned_on_its_way_in(world: World, room: Room) -> None:
    done = upload(as_(world.owner), room, "../../../invoice\u202efdp.txt", b"Words").json()
    assert done["name"] == "invoicefdp.txt"
    assert begin(as_(world.owner), room, "lone \ud800", 3).status_code == 400


TYPES = {
    b"PK\x03\x04" + b"\0" * 22 + b"\x13\0\0\0[Content_Types].xml" + b"..word/document.xml": "Word",
    b"PK\x03\x04" + b"\0" * 22 + b"\x13\0\0\0[Content_Types].xml" + b"..xl/workbook.xml": "Excel",
    b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK": "OpenDocument",
    b"PK\x03\x04" + b"\0" * 26 + b"hello.txt": "ZIP",
    b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom": "video",
    b"RIFF\0\0\0\0WEBPVP8 ": "WebP",
    b"Only words, \xc3\xa5 and so on": "text",
    b"\x00\x01\x02\x03": "other",
    "Words".encode("utf-16"): "text",
}


@pytest.mark.parametrize("head", TYPES, ids=TYPES.values())
def test_a_type_is_told_by_content(head: bytes) -> None:
    assert type_of(head).name == TYPES[head]


def test_what_is_too_much_is_said_before_a_byte_is_sent(world: World, room: Room, settings: Settings) -> None:
    owner = as_(world.owner)
    large = begin(owner, room, "film.mp4", 25 * 1024 * 1024 + 1)
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    assert "25 MB" in large.json()["detail"]
    assert begin(owner, room, "nothing.txt", 0).json()["code"] == "empty_file"
    settings.FILES_A_PERSON_MB = 1
    full = begin(owner, room, "film.mp4", 1024 * 1024 + 1)
    assert (full.status_code, full.json()["code"]) == (413, "quota")
    settings.FILES_A_PERSON_MB = 2000
    for _ in range(20):
        assert begin(owner, room, "a.txt", 3).status_code == 201
    many = begin(owner, room, "a.txt", 3)
    assert (many.status_code, many.json()["code"]) == (429, "too_many_files")
    assert begin(as_(world.outsider), room, "a.txt", 3).status_code == 404


def test_a_download_goes_on_where_it_was_cut(world: World, room: Room) -> None:
    owner = as_(world.owner)
    file = upload(owner, room, "Plan.txt", b"0123456789").json()["id"]
    address = f"/chat/files/{file}/Plan.txt"
    whole = owner.get(address)
    rest = owner.get(address, headers={"Range": "bytes=4-", "If-Range": whole["ETag"]})
    assert (rest.status_code, rest.content, rest["Content-Range"]) == (206, b"456789", "bytes 4-9/10")
    assert owner.get(address, headers={"Range": "bytes=-3"}).content == b"789"
    assert owner.get(address, headers={"Range": "bytes=2-3"}).content == b"23"
    assert owner.get(address, headers={"Range": "bytes=4-", "If-Range": '"other"'}).status_code == 200
    assert owner.get(address, headers={"Range": "bytes=10-"}).status_code == 416
    assert owner.get(f"/chat/files/{file}/Other.txt").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_nobody_will_miss_is_tidied(world: World, room: Room) -> None:
    owner = as_(world.owner)
    left = begin(owner, room, "left.txt", 10).json()["id"]
    bring(owner, left, 0, b"12345")
    kept, gone, unposted = (upload(owner, room, f"{name}.txt", b"Words").json()["id"] for name in "abc")
    post(owner, room, [kept])
    delete_message(world.owner, room.pk, post(owner, room, [gone]).json()["id"])
    shelf.write(File.objects.get(pk=kept).key.__class__(int=7), 0, b"without a row")
    tidy_files.call("2026-01-01T00:00:00+00:00", "2026-01-01T01:00:00+00:00")
    assert File.objects.count() == 4
    assert len(list(shelf.everything())) == 5
    tidy_files.call("2099-01-01T00:00:00+00:00", "2099-01-01T01:00:00+00:00")
    assert list(File.objects.values_list("pk", flat=True)) == [kept]
    assert len(list(shelf.everything())) == 1
    assert unposted
