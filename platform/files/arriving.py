"""What is done to each file that has come: told by its content what it is, named so, a picture made anew."""

from dataclasses import dataclass
from uuid import UUID

from files.names import with_ending
from files.pictures import BadPictureError, prepare
from files.shelf import Shelf
from files.types import HEAD, PICTURES, PROGRAM, UNCLEANABLE, Type, type_of

MOST_BYTES = 25 * 1024 * 1024
"""Bytes of one file, wherever it is brought."""


class RefusedFileError(Exception):
    """A file that is not taken. ``code`` is a key of ``files.words``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Arrived:
    """A file as it is from now on. ``width`` and ``height`` are those of a picture, upright."""

    type: Type
    name: str
    bytes: int
    width: int | None = None
    height: int | None = None

    @property
    def media(self) -> str:
        """What a download is called."""
        return self.type.media


def examine(shelf: Shelf, key: UUID, name: str, size: int) -> Arrived:
    """Look at what lies under ``key``, all ``size`` bytes of it. Raises ``RefusedFileError``."""
    shelf.settle(key, size)
    found = type_of(*shelf.ends(key, HEAD))
    if found == PROGRAM:
        raise RefusedFileError("program")
    if found in UNCLEANABLE:
        raise RefusedFileError("uncleanable")
    called = with_ending(name, found.endings)
    return made_anew(shelf, key, found, called) if found in PICTURES.values() else Arrived(found, called, size)


def made_anew(shelf: Shelf, key: UUID, found: Type, name: str) -> Arrived:
    """A picture without what it tells of place and camera, and a small one beside it."""
    try:
        made = prepare(shelf.path_of(key))
    except BadPictureError as bad:
        raise RefusedFileError(str(bad)) from bad
    shelf.replace(key, made.data)
    shelf.thumbnail_of(key).write_bytes(made.thumbnail)
    return Arrived(found, name, len(made.data), made.width, made.height)
