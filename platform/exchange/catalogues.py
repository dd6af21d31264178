"""The catalogues of translations: collected from the sources, compiled and checked without the system's gettext."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

COMPLETE = ["sv"]
"""The languages that must lack nothing. English is the language of the sources."""

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Report-Msgid-Bugs-To", "Generated-By")
"""Lines of a catalogue's head that would change with every run."""

APPS = ["chat", "events", "knowledge", "platform", "templates"]


def compile_catalogues() -> None:
    """Write the ``.mo`` beside every ``.po`` that is newer."""
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with compiled.open("wb") as target:
                write_mo(target, read(path))


def collect() -> None:
    """Bring every catalogue up to date: new strings untranslated, those no longer used away, nothing guessed."""
    found = from_sources()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        target = BytesIO()
        write_po(target, catalogue, width=118, include_lineno=False, sort_by_file=True)
        path.write_text("".join(_without_noise(target.getvalue().decode())), encoding="utf-8")


def complaints() -> Iterator[str]:
    """One sentence for each string that a catalogue lacks, has too much of, or has translated amiss."""
    found = {_key(message): message for message in from_sources() if message.id}
    for path in catalogues():
        language = path.parts[-3]
        catalogue = read(path)
        known = {_key(message): message for message in catalogue if message.id}
        yield from (f"{language} lacks “{key[1]}”: run make messages." for key in found if key not in known)
        yield from (f"{language} has “{key[1]}”, unused: run make messages." for key in known if key not in found)
        for message in known.values():
            yield from _faults(language, message, catalogue)


def catalogues() -> list[Path]:
    """Every ``.po`` of the exchange."""
    return sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """One catalogue, its obsolete entries left out."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3], ignore_obsolete=True)


def from_sources() -> Catalog:
    """Every string of the Python modules and templates that is to be translated."""
    catalogue = Catalog()
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                _add(catalogue, path)
    return catalogue


def _add(catalogue: Catalog, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(templatize(text, origin=str(path)))
    name = path.relative_to(settings.BASE_DIR).as_posix()
    source = BytesIO(f"# -*- coding: utf-8 -*-\n{text}".encode())
    calls: Iterable[tuple[int, Any, Any, Any]] = extract_python(source, KEYWORDS, ["Translators:"], {})
    for _line, function, messages, comments in calls:
        context, ids = _parts(function, messages)
        if ids:
            catalogue.add(ids, None, [(name, 1)], auto_comments=comments, context=context)


def _as_python(templatized: str) -> str:
    """Django writes what xgettext reads; without indentation Python's own tokenizer reads it too."""
    return "\n".join(line.strip() for line in templatized.splitlines())


def _parts(function: str | None, messages: object) -> tuple[str | None, str | tuple[str, str] | None]:
    """The context and the one or two ids of a call; no id where an argument is no plain string."""
    values = list(messages) if isinstance(messages, tuple) else [messages]
    context = values.pop(0) if function and "pgettext" in function else None
    wanted = values[:2] if function and function.startswith(("ngettext", "npgettext")) else values[:1]
    if not all(wanted):
        return context, None
    return context, (wanted[0], wanted[1]) if len(wanted) == 2 else wanted[0]


def _without_noise(text: str) -> Iterator[str]:
    return (line for line in text.splitlines(keepends=True) if not line.removeprefix('"').startswith(NOISE))


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _faults(language: str, message: Message, catalogue: Catalog) -> Iterator[str]:
    words = _key(message)[1]
    strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield f"{language} is unsure of “{words}”."
    if not all(strings):
        if language in COMPLETE:
            yield f"{language} has no translation of “{words}”."
        return
    yield from (f"{language}, “{words}”: {fault}." for fault in message.check(catalogue))
