"""Where files lie: below ``MEDIA_DIR``, each by a random name of ours, in the end whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

SPARE = 500 * 1024 * 1024
"""Bytes that stay free on the disk: the database needs them more."""


def folder() -> Path:
    """All files of messages."""
    return Path(settings.MEDIA_ROOT) / "chat"


def path_of(key: UUID) -> Path:
    """The bytes of a file; 256 folders keep each of them short."""
    return folder() / key.hex[:2] / key.hex


def thumbnail_of(key: UUID) -> Path:
    """The small picture of a file that is one."""
    return path_of(key).with_suffix(".webp")


def has_room(more: int) -> bool:
    """Whether ``more`` bytes can be taken, and the disk is not full then."""
    folder().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder()).free - more > SPARE


def write(key: UUID, offset: int, data: bytes) -> None:
    """Put ``data`` where it belongs; writing the same twice does no harm."""
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o640)
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def settle(key: UUID, size: int) -> None:
    """It has ``size`` bytes and stays, whatever happens to the machine. Raises ``OSError``."""
    with path_of(key).open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())


def replace(key: UUID, data: bytes) -> None:
    """Other bytes in the place of those, at once or not at all."""
    beside = path_of(key).with_suffix(".new")
    beside.write_bytes(data)
    with beside.open("r+b") as file:
        os.fsync(file.fileno())
    beside.replace(path_of(key))


def ends(key: UUID, size: int) -> tuple[bytes, bytes]:
    """The first and the last ``size`` bytes."""
    with path_of(key).open("rb") as file:
        head = file.read(size)
        file.seek(max(0, os.fstat(file.fileno()).st_size - size))
        return head, file.read(size)


def read(key: UUID, start: int, length: int) -> bytes:
    """A piece of it. Raises ``FileNotFoundError``."""
    with path_of(key).open("rb") as file:
        file.seek(start)
        return file.read(length)


def remove(*keys: UUID) -> None:
    """Nothing of them stays; nor is it an error where nothing was."""
    for key in keys:
        for path in (path_of(key), thumbnail_of(key), path_of(key).with_suffix(".new")):
            path.unlink(missing_ok=True)


def everything() -> Iterator[Path]:
    """What lies there, in no order."""
    return (path for path in folder().glob("??/*") if path.is_file()) if folder().exists() else iter(())
