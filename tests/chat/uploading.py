"""Files for tests, made by hand: pictures true and false, and a client that brings them."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.test import Client
from PIL import Image

from accounts.models import User
from chat.models import Room


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """A picture of one colour, with a line through it."""
    image = Image.new("RGB", size, (40, 120, 90))
    image.paste((250, 250, 250), (0, size[1] // 2, size[0], size[1] // 2 + 3))
    into = BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


def located(orientation: int = 1) -> Image.Exif:
    """What a telephone writes into a picture: who made it, where, and which way is up."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Secret Phone", orientation
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "S", (33.0, 1.0, 2.0)
    return exif


def begin(client: Client, room: Room, name: str, size: int, client_id: str = "") -> Any:
    """Announce a file."""
    said = {"client_id": client_id or str(uuid4()), "name": name, "bytes": size}
    return client.post(f"/chat/api/rooms/{room.pk}/files/", said, content_type="application/json")


def bring(client: Client, file: int, offset: int, data: bytes) -> Any:
    """One piece."""
    return client.patch(f"/chat/api/files/{file}/?offset={offset}", data, content_type="application/octet-stream")


def finish(client: Client, file: int) -> Any:
    """The end."""
    return client.post(f"/chat/api/files/{file}/finish/")


def upload(client: Client, room: Room, name: str, data: bytes) -> Any:
    """All of it; the last answer."""
    file = begin(client, room, name, len(data)).json()["id"]
    for offset in range(0, len(data), 1_000_000):
        bring(client, file, offset, data[offset : offset + 1_000_000])
    return finish(client, file)


def post(client: Client, room: Room, files: list[int], body: str = "") -> Any:
    """A message with these files."""
    said = {"client_id": str(uuid4()), "body": body, "attachments": files}
    return client.post(f"/chat/api/rooms/{room.pk}/messages/", said, content_type="application/json")


def as_(person: User) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(person)
    return client
