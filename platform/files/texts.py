"""The text of a document, with its pages: asked of a process that costs little and reaches nothing."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import which
from signal import SIGXCPU
from tempfile import gettempdir
from threading import Timer

from files.reader.limits import Page
from files.types import EXCEL, OPEN, PDF, POWERPOINT, WORD, Type

SECONDS = 20.0
"""Of the clock, from the start of the process to its end."""
MOST_ANSWER = 8 * 1024 * 1024
"""Bytes of an answer; more is not listened to."""
SOURCES = Path(__file__).resolve().parents[1]

KINDS = {PDF: "pdf", WORD: "word", EXCEL: "sheets", POWERPOINT: "slides"}


@dataclass(frozen=True)
class Reading:
    """What was found, and how it ended: ``""`` whole, ``long`` (only the beginning), ``slow`` (what was found in time),
    ``heavy``, ``unsafe``, ``protected``, ``damaged``."""

    pages: list[Page] = field(default_factory=list)
    end: str = ""

    @property
    def has_words(self) -> bool:
        """False of a scan."""
        return any(page.text.strip() for page in self.pages)


def reader_of(kind: Type) -> str:
    """How a document of this type is read; nothing where it is not."""
    return KINDS.get(kind) or ("opendocument" if kind.media.startswith(OPEN) else "")


def read_text(path: Path, reader: str) -> Reading:
    """Read the document at ``path``. Takes at most ``SECONDS``; raises ``FileNotFoundError``."""
    command = [*alone(), sys.executable, "-P", "-s", "-m", "files.reader", reader]
    environment = {"PYTHONPATH": str(SOURCES), "PATH": os.environ.get("PATH", os.defpath)}
    with path.open("rb") as file:
        process = subprocess.Popen(  # noqa: S603  # our own module, and one of five words
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=gettempdir(),
            start_new_session=True,
        )
    late = Timer(SECONDS, process.kill)
    late.start()
    with process:
        answer = heard(process)
    in_time = late.is_alive() and process.returncode != -SIGXCPU
    late.cancel()
    return understood(answer, in_time=in_time)


def heard(process: subprocess.Popen[bytes]) -> bytes:
    """Everything that it says; one that says too much is ended."""
    answer = process.stdout.read(MOST_ANSWER) if process.stdout else b""
    if len(answer) >= MOST_ANSWER:
        process.kill()
    return answer


def understood(answer: bytes, *, in_time: bool) -> Reading:
    """The lines that are whole. A process that ended without a last word was too slow, or its memory was too small."""
    pages: list[Page] = []
    for line in answer.split(b"\n"):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if "end" in said:
            return Reading(pages, said["end"])
        pages.append(Page(said["number"], said["name"], said["text"].replace("\x00", "")))
    return Reading(pages, "heavy" if in_time else "slow")


@cache
def alone() -> tuple[str, ...]:
    """What takes the network away from a process, where this kernel lets us."""
    program = which("unshare")
    for options in (("--net",), ("--net", "--map-root-user")) if program else ():
        tried = subprocess.run([str(program), *options, "true"], check=False, capture_output=True)  # noqa: S603  # ours
        if tried.returncode == 0:
            return (str(program), *options)
    return ()
