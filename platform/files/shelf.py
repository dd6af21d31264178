"""Where files lie: below ``MEDIA_DIR``, each by a random name of ours, in the end whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

SPARE = 500 * 1024 * 1024
"""Bytes that stay free on the disk: the database needs them more."""


class Shelf:
    """The files of one app, below ``MEDIA_DIR/name/``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def folder(self) -> Path:
        """Where all of them lie; asked each time, since a setting may change."""
        return Path(settings.MEDIA_ROOT) / self.name

    def path_of(self, key: UUID) -> Path:
        """The bytes of a file; 256 folders keep each of them short."""
        return self.folder() / key.hex[:2] / key.hex

    def thumbnail_of(self, key: UUID) -> Path:
        """The small picture of a file that is one."""
        return self.path_of(key).with_suffix(".webp")

    def has_room(self, more: int) -> bool:
        """Whether ``more`` bytes can be taken, and the disk is not full then."""
        self.folder().mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.folder()).free - more > SPARE

    def write(self, key: UUID, offset: int, data: bytes) -> None:
        """Put ``data`` where it belongs; writing the same twice does no harm."""
        path = self.path_of(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o640)
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(data)

    def settle(self, key: UUID, size: int) -> None:
        """It has ``size`` bytes and stays, whatever happens to the machine. Raises ``OSError``."""
        with self.path_of(key).open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())

    def replace(self, key: UUID, data: bytes) -> None:
        """Other bytes in the place of those, at once or not at all."""
        beside = self.path_of(key).with_suffix(".new")
        beside.write_bytes(data)
        with beside.open("r+b") as file:
            os.fsync(file.fileno())
        beside.replace(self.path_of(key))

    def ends(self, key: UUID, size: int) -> tuple[bytes, bytes]:
        """The first and the last ``size`` bytes."""
        with self.path_of(key).open("rb") as file:
            head = file.read(size)
            file.seek(max(0, os.fstat(file.fileno()).st_size - size))
            return head, file.read(size)

    def read(self, key: UUID, start: int, length: int) -> bytes:
        """A piece of it. Raises ``FileNotFoundError``."""
        with self.path_of(key).open("rb") as file:
            file.seek(start)
            return file.read(length)

    def remove(self, *keys: UUID) -> None:
        """Nothing of them stays; nor is it an error where nothing was."""
        for key in keys:
            for path in (self.path_of(key), self.thumbnail_of(key), self.path_of(key).with_suffix(".new")):
                path.unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> set[UUID]:
        """The keys of what has lain there since before."""
        lain = (path for path in self.everything() if path.stat().st_mtime < moment.timestamp())
        return {UUID(path.name.split(".")[0]) for path in lain}

    def everything(self) -> Iterator[Path]:
        """What lies there, in no order."""
        return (path for path in self.folder().glob("??/*") if path.is_file()) if self.folder().exists() else iter(())
