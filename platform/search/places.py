"""The engine in files: a folder of indexes that Whoosh writes, a file that names the living one, and two locks."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import lru_cache
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from search.concepts import Vocabulary
from search.engine import create as empty
from search.engine import generation, guarded, segments, write

__all__ = [
    "ASIDE",
    "away",
    "create",
    "generation",
    "living",
    "locked",
    "segments",
    "swap",
    "version",
    "vocabulary",
    "write",
]
ASIDE = True
POINTER = "current"
NAMES = "vocabulary.json"


def away() -> str:
    """Why there can be no index."""
    folder = Path(settings.INDEX_DIR)
    return "" if folder.is_dir() else f"{folder} is no folder"


def root() -> Path:
    """``INDEX_DIR``, readable by this process's user alone: the index is made of pickles."""
    folder = Path(settings.INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def living() -> Path | None:
    """The folder of the index that is searched; None where there is none."""
    try:
        folder = Path(settings.INDEX_DIR) / (Path(settings.INDEX_DIR) / POINTER).read_text().strip()
    except OSError:
        return None
    return folder if folder.is_dir() else None


def create(made_by: str, vocabulary: Vocabulary) -> Path:
    """An empty index beside the living one; what failed rebuilds left is cleared away first."""
    clear()
    folder = beside(made_by)
    empty(folder)
    keep_names(folder, vocabulary)
    return folder


def keep_names(folder: Path, vocabulary: Vocabulary) -> None:
    """Lay the vocabulary that an index is made with beside it: whoever reads it needs the same."""
    (folder / NAMES).write_text(json.dumps(vocabulary.names))


@lru_cache(maxsize=2)
def vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary that an index was made with. Raises ``DamagedError`` when it is gone."""
    return guarded(lambda: Vocabulary(json.loads((folder / NAMES).read_text())))


def version(folder: Path) -> str:
    """Which way of making the index made this one."""
    return folder.name.partition("-")[0]


def beside(made_by: str) -> Path:
    """The name of a new folder beside the living one."""
    return root() / f"{made_by}-{token_hex(4)}"


def swap(folder: Path) -> None:
    """Make this the living index and clear away every other; whoever reads one keeps its open files."""
    pointer = root() / f"{POINTER}.new"
    pointer.write_text(folder.name)
    pointer.replace(root() / POINTER)
    clear()


def clear() -> None:
    """Remove every index but the living one: what a rebuild left that failed or was killed."""
    kept = living()
    for folder in root().iterdir():
        if folder.is_dir() and folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock among all processes of this host; False when someone else has it and we do not ``wait``.

    The system lets go of it when the process dies, however it dies.
    """
    handle = os.open(root() / name, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        flock(handle, LOCK_EX if wait else LOCK_EX | LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
