"""Markdown files as they are found in the world: with YAML front matter or without, now and then broken."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
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
ATX = re.compile(r" {0,3}#{1,6}[ \t]+(?P<title>[^ \t].*)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
NO_HEADING = re.compile(r"[ \t]*(?:[-*+>#|]\s.*)?")
FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
LONGEST_TITLE = 200


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
    if not is_text(source):
        raise UnreadableError(_("its name is not UTF-8"))
    return source


def is_text(name: str) -> bool:
    """False for a file's name that is not UTF-8 (PEP 383 makes lone surrogates of it)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


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
    told, text, broken, warnings = front_matter(text)
    title, body = titled(text, words(told.get("title")), source)
    if not body.strip() and not words(told.get("title")):
        raise UnreadableError(_("empty"))
    return Paper(
        source=source,
        digest=digest_of(content),
        title=shortened(title),
        body=(broken + body).strip(),
        summary=words(told.get("summary") or told.get("description"))[:600],
        language=spoken(told.get("language") or told.get("lang"), f"{title}\n{body}", warnings),
        tags=labels(told.get("tags") or told.get("keywords")),
        themes=labels(told.get("themes") or told.get("theme")),
        warnings=warnings,
    )


def front_matter(text: str) -> tuple[dict[str, Any], str, str, list[str]]:
    """What stands between the dashes, the text after it, and what of it could not be read (as a block of code that
    belongs before the text) with what was wrong."""
    found = FRONT.match(text)
    if not found:
        return {}, text, "", []
    try:
        told = yaml.safe_load(found["front"])
    except (yaml.YAMLError, ValueError, RecursionError):
        kept = f"~~~~~~yaml\n{found['front'].rstrip()}\n~~~~~~\n\n"
        return {}, found["rest"], kept, [_("its front matter is broken and stands in the text")]
    if told is None:
        return {}, found["rest"], "", []
    if not isinstance(told, dict):
        return {}, text, "", []
    return {str(name).lower(): value for name, value in told.items()}, found["rest"], "", []


def titled(text: str, given: str, source: str) -> tuple[str, str]:
    """The title, and the text without the heading that says the same on its first line; a title that is too long for
    its field stands in the text as a whole."""
    start, end, heading = first_heading(text)
    title = given or heading or Path(source).stem.replace("-", " ").replace("_", " ").strip() or source
    opens = bool(heading) and not text[:start].strip()
    if opens and given in ("", heading):
        return title, text if len(title) > LONGEST_TITLE else text[end:]
    return title, f"# {given}\n\n{text}" if len(given) > LONGEST_TITLE else text


def shortened(title: str) -> str:
    """The title as its field holds it."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def first_heading(text: str) -> tuple[int, int, str]:
    """Where the first heading begins and ends, and what it says; nothing where there is none. Line by line, since a
    comment in a block of code looks like a heading."""
    start, fence, before = 0, "", ("", 0)
    for line in text.split("\n"):
        end = start + len(line)
        fence, was_code = next_fence(line, fence), fence
        if not fence and not was_code:
            if (atx := ATX.fullmatch(line)) and (heading := words(plain(closed(atx["title"])))):
                return start, end, heading
            if before[0] and UNDERLINE.fullmatch(line) and (heading := words(plain(before[0]))):
                return before[1], end, heading
        before = ("" if fence or was_code or NO_HEADING.fullmatch(line) else line, start)
        start = end + 1
    return 0, 0, ""


def next_fence(line: str, fence: str) -> str:
    """The fence that is open after a line of Markdown (CommonMark, section 4.5), when ``fence`` was before it."""
    found = FENCE.fullmatch(line)
    if not found:
        return fence
    if not fence:
        return "" if found["fence"][0] == "`" and "`" in found["rest"] else found["fence"]
    closes = found["fence"].startswith(fence) and not found["rest"].strip()
    return "" if closes else fence


def closed(title: str) -> str:
    """The title without the signs that may close its line."""
    bare = title.rstrip()
    open_end = bare.rstrip("#")
    return open_end if not open_end or open_end[-1] in " \t" else bare


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
    """A value of the front matter as one line of text that every database takes: YAML's escapes write U+0000 and lone
    surrogates too, and its bare dates are dates."""
    if not isinstance(value, (str, int, float, date)):
        return ""
    return " ".join(str(value).replace("\0", "").encode(errors="ignore").decode().split())


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
