"""Reads the files of ``data/``: tables, conversations, lessons, as plain values that know nothing of the database."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
SECTIONS = ["summary", "problem", "context", "did", "cost", "result", "failed", "needs", "ask"]
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LINE = re.compile(
    r"(?P<speaker>[ABC][1-6]|[OM]) (?P<language>[a-z]{2})(?: \+(?P<delay>\d+)(?P<unit>[mhd]))?: (?P<text>.+)"
)


class MalformedError(ValueError):
    """A file of the demonstration does not keep to its form; the text names file and line."""


@dataclass(frozen=True)
class Line:
    """One message of a conversation. ``speaker`` is a part (``A1``), ``after`` the time since the line before."""

    speaker: str
    language: str
    after: timedelta
    text: str


@dataclass(frozen=True)
class Conversation:
    """A talk between parts. ``room`` is the kind of room that it fits."""

    slug: str
    room: str
    theme: str
    title: str
    lines: tuple[Line, ...]
    begins: str = ""
    """``MM-DD`` where the text speaks of the season, otherwise empty."""


@dataclass(frozen=True)
class Page:
    """A lesson in one language: its front matter and its sections, whose names are those of the lesson's fields."""

    slug: str
    language: str
    title: str
    organisation: str
    original: bool
    themes: list[str]
    tags: list[str]
    core_areas: list[str]
    sdgs: list[int]
    genre: str
    sections: dict[str, str] = field(hash=False)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file; lines that begin with ``#`` are its note."""
    lines = (DATA / name).read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def record(name: str) -> Any:
    """What a YAML file holds."""
    return yaml.load((DATA / name).read_text(), yaml.CSafeLoader)


@cache
def conversations() -> dict[str, Conversation]:
    """All conversations by slug, in the order of their files."""
    return {path.stem: read_conversation(path) for path in sorted((DATA / "conversations").glob("*.txt"))}


@cache
def pages() -> tuple[Page, ...]:
    """All lessons, each translation a page of its own, in the order of their files."""
    return tuple(read_page(path) for path in sorted((DATA / "lessons").glob("*.md")))


def read_conversation(path: Path) -> Conversation:
    """A head of ``key: value`` lines, ``---``, then a message a line."""
    head, _, body = path.read_text().partition("\n---\n")
    keys = dict(line.split(": ", 1) for line in head.splitlines())
    lines = tuple(read_line(path.name, number, line) for number, line in enumerate(body.splitlines(), 1) if line)
    return Conversation(path.stem, keys["room"], keys["theme"], keys["title"], lines, keys.get("begins", ""))


def read_line(name: str, number: int, line: str) -> Line:
    """``A1 en +14m: text``."""
    found = LINE.fullmatch(line)
    if not found:
        raise MalformedError(f"{name}, message {number}: {line[:60]!r}")
    after = timedelta(**{UNITS[found["unit"]]: int(found["delay"])}) if found["delay"] else timedelta()
    return Line(found["speaker"], found["language"], after, found["text"].strip())


def read_page(path: Path) -> Page:
    """Front matter, then a section under each of the names in ``SECTIONS``."""
    _, head, body = path.read_text().split("---\n", 2)
    keys = yaml.load(head, yaml.CSafeLoader)
    sections = dict(read_sections(body))
    if list(sections) != SECTIONS:
        raise MalformedError(f"{path.name}: the sections are {list(sections)}")
    slug, language = path.stem.rsplit(".", 1)
    return Page(
        slug=slug,
        language=language,
        title=keys["title"],
        organisation=keys["organisation"],
        original=keys["original"],
        themes=keys["themes"],
        tags=[str(tag) for tag in keys["tags"]],
        core_areas=keys.get("core_areas") or [],
        sdgs=keys.get("sdgs") or [],
        genre=keys.get("genre", "experience"),
        sections=sections,
    )


def read_sections(body: str) -> Iterator[tuple[str, str]]:
    """``("summary", "…")`` and so on."""
    for part in re.split(r"^## ", body, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        yield name.strip(), text.strip()
