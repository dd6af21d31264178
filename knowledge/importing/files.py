"""Markdown files as they are found in the world: with YAML front matter or without, now and then broken."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from prose import guess_language, plain

ENDINGS = {".md", ".markdown"}
LARGEST = 2_000_000
"""Bytes of a file."""
LONGEST_PATH = 500
FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)^(?:---|\.\.\.)[ \t]*$\n?(?P<rest>.*)\Z", re.DOTALL | re.MULTILINE)
ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
SETEXT = re.compile(r"^ {0,3}(?P<title>(?![-*+>#|]\s)\S[^\n]*)\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)


class UnreadableError(Exception):
    """The file cannot become a lesson; the text says why."""


@dataclass(frozen=True)
class Paper:
    """What a file says. ``language`` is empty where neither the file nor its words tell."""

    source: str
    digest: str
    title: str
    body: str
    summary: str = ""
    language: str = ""
    tags: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def markdown_files(folder: Path) -> list[Path]:
    """Every Markdown file below ``folder``, in the order of their names; hidden folders are left alone."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def source_of(path: Path, folder: Path) -> str:
    """The file's identity: its path inside the folder, with ``/`` on every system."""
    source = path.relative_to(folder).as_posix()
    if len(source) > LONGEST_PATH:
        raise UnreadableError(_("its path is longer than %(limit)d characters") % {"limit": LONGEST_PATH})
    try:
        source.encode()
    except UnicodeEncodeError:
        raise UnreadableError(_("its name is not UTF-8")) from None
    return source


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises ``UnreadableError``."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError(_("larger than 2 MB"))
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableError(problem.strerror or str(problem)) from None


def digest_of(content: bytes) -> str:
    """By which a changed file is told from an unchanged one."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, source: str) -> Paper:
    """What the bytes of a file say. Raises ``UnreadableError`` for what is empty or not UTF-8."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    except UnicodeDecodeError:
        raise UnreadableError(_("not UTF-8")) from None
    if not text.strip():
        raise UnreadableError(_("empty"))
    told, text, warnings = front_matter(text)
    title, body = titled(text, words(told.get("title")), source)
    if not body.strip() and not words(told.get("title")):
        raise UnreadableError(_("empty"))
    return Paper(
        source=source,
        digest=digest_of(content),
        title=title[:200],
        body=body.strip(),
        summary=words(told.get("summary") or told.get("description"))[:600],
        language=spoken(told.get("language") or told.get("lang"), f"{title}\n{body}", warnings),
        tags=labels(told.get("tags") or told.get("keywords")),
        themes=labels(told.get("themes") or told.get("theme")),
        warnings=warnings,
    )


def front_matter(text: str) -> tuple[dict[str, Any], str, list[str]]:
    """What stands between the dashes, the text after it, and what was wrong with it."""
    found = FRONT.match(text)
    if not found:
        return {}, text, []
    try:
        told = yaml.safe_load(found["front"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, found["rest"], [_("its front matter is broken and was left out")]
    if told is None:
        return {}, found["rest"], []
    if not isinstance(told, dict):
        return {}, text, []
    return {str(name).lower(): value for name, value in told.items()}, found["rest"], []


def titled(text: str, given: str, source: str) -> tuple[str, str]:
    """The title, and the text without the heading that says the same on its first line."""
    headings = [found for found in (ATX.search(text), SETEXT.search(text)) if found]
    first = min(headings, key=lambda found: found.start(), default=None)
    heading = words(plain(first["title"])) if first else ""
    opens = first is not None and not text[: first.start()].strip()
    if first and opens and heading and given in ("", heading):
        text = text[first.end() :]
    return given or heading or Path(source).stem.replace("-", " ").replace("_", " ").strip() or source, text


def spoken(given: object, text: str, warnings: list[str]) -> str:
    """The language that the file names if it is one of ours, else what its words tell."""
    known = dict(settings.LANGUAGES)
    named = words(given).lower().replace("_", "-").split("-")[0]
    named = next((code for code, name in known.items() if named in (code, name.lower())), named)
    if named in known:
        return named
    if named:
        warnings.append(_("“%(language)s” is none of our languages, so it was guessed") % {"language": named[:20]})
    return guess_language(text) or ""


def words(value: object) -> str:
    """A value of the front matter as one line of text."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def labels(value: object) -> list[str]:
    """A list, or words with commas between, as YAML authors write them."""
    listed = value if isinstance(value, list) else words(value).split(",")
    return list(dict.fromkeys(label[:100] for one in listed if (label := words(one).lstrip("#"))))


def papers(paths: list[Path], folder: Path, known: dict[str, str]) -> Iterator[tuple[str, Paper | str]]:
    """Each file's path with what it says, or with why it does not; an empty reason where ``known`` (source → digest)
    holds the very same bytes."""
    for path in paths:
        shown = path.relative_to(folder).as_posix()
        try:
            source, content = source_of(path, folder), content_of(path)
            yield shown, "" if known.get(source) == digest_of(content) else read(content, source)
        except UnreadableError as reason:
            yield shown, str(reason)
