"""Word, PowerPoint, Excel (ECMA-376) and OpenDocument (1.3): only the words, and on which page, slide or sheet."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from files.reader.limits import MOST_TEXT, Page, TooMuchError, UnreadableError
from files.reader.packed import Pack, nothing


class Words:
    """Pages that fill while a part is walked through."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.size = 0

    def add(self, text: str) -> None:
        """More words on this page."""
        self.pages[-1].append(text)
        self.size += len(text)
        if self.size > 2 * MOST_TEXT:
            raise TooMuchError

    def turn(self) -> None:
        """The next page, if anything stands on this one."""
        if any(text.strip() for text in self.pages[-1]):
            self.pages.append([])

    def texts(self) -> list[str]:
        """The text of each page."""
        return [tidied("".join(texts)) for texts in self.pages]


def tidied(text: str) -> str:
    """One space between words, no empty lines."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def read_word(file: BinaryIO) -> Iterator[Page]:
    """Pages end where Word last broke them, or was told to; a file that says of no break has no numbers."""
    words = Words()
    inside = [False]

    def began(tag: str, said: dict[str, str]) -> None:
        inside[0] = tag == "t"
        if tag == "lastRenderedPageBreak" or (tag == "br" and said.get("type") == "page"):
            words.turn()
        elif tag in {"tab", "br"}:
            words.add(" ")

    def ended(tag: str) -> None:
        inside[0] = False
        if tag == "p":
            words.add("\n")

    pack = Pack(file)
    must_have(pack, "word/document.xml")
    try:
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            pack.walk(part, began, ended, lambda text: words.add(text) if inside[0] else None)
    except TooMuchError:
        yield from numbered(words)
        raise
    yield from numbered(words)


def read_text_document(file: BinaryIO) -> Iterator[Page]:
    """OpenDocument of any kind: a text's pages where it says that they break, a presentation's slides, a sheet's
    tables, which have names."""
    words = Words()
    names: list[str] = []
    depth = [0]

    def began(tag: str, said: dict[str, str]) -> None:
        depth[0] += tag == "body"
        if tag == "soft-page-break":
            words.turn()
        elif tag == "page" or (tag == "table" and depth[0] == 1 and "spreadsheet" in kinds):
            words.turn()
            names.append(said.get("name", ""))
        elif tag in {"tab", "line-break", "s"}:
            words.add(" ")
        elif tag == "spreadsheet":
            kinds.add(tag)

    def ended(tag: str) -> None:
        depth[0] -= tag == "body"
        if tag in {"p", "h"}:
            words.add("\n")

    kinds: set[str] = set()
    pack = Pack(file)
    must_have(pack, "content.xml")
    try:
        pack.walk("content.xml", began, ended, lambda text: words.add(text) if depth[0] else None)
    except TooMuchError:
        yield from numbered(words)
        raise
    yield from numbered(words, names if "spreadsheet" in kinds else [])


def numbered(words: Words, names: list[str] | None = None) -> Iterator[Page]:
    """The pages, counted where there are several."""
    texts = words.texts()
    known = names if names and len(names) == len(texts) else [""] * len(texts)
    several = len(texts) > 1 or bool(names)
    for number, (text, name) in enumerate(zip(texts, known, strict=True), start=1):
        yield Page(number if several else 0, name, text)


def read_slides(file: BinaryIO) -> Iterator[Page]:
    """The slides in the order in which they are shown."""
    pack = Pack(file)
    must_have(pack, "ppt/presentation.xml")
    targets = pack.pointers("ppt/_rels/presentation.xml.rels")
    order: list[str] = []

    def began(tag: str, said: dict[str, str]) -> None:
        if tag == "sldId":
            order.append(targets.get(said.get("to", ""), ""))

    pack.walk("ppt/presentation.xml", began, nothing, nothing)
    for number, part in enumerate(order, start=1):
        yield Page(number, "", paragraphs(pack, part))


def paragraphs(pack: Pack, part: str) -> str:
    """The text of a slide."""
    words = Words()
    inside = [False]

    def began(tag: str, _said: dict[str, str]) -> None:
        inside[0] = tag == "t"

    def ended(tag: str) -> None:
        inside[0] = False
        if tag == "p":
            words.add("\n")

    pack.walk(part, began, ended, lambda text: words.add(text) if inside[0] else None)
    return words.texts()[0]


def read_sheets(file: BinaryIO) -> Iterator[Page]:
    """The sheets in their order, by their names; a cell is a word or a number, a row a line."""
    pack = Pack(file)
    must_have(pack, "xl/workbook.xml")
    targets = pack.pointers("xl/_rels/workbook.xml.rels")
    shared = shared_strings(pack)
    sheets: list[tuple[str, str]] = []

    def began(tag: str, said: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.append((said.get("name", ""), targets.get(said.get("to", ""), "")))

    pack.walk("xl/workbook.xml", began, nothing, nothing)
    for number, (name, part) in enumerate(sheets, start=1):
        yield Page(number, name[:100], cells(pack, part, shared))


def shared_strings(pack: Pack) -> list[str]:
    """The words of a workbook, to which its cells point by number."""
    found: list[str] = []
    inside = [False]

    def began(tag: str, _said: dict[str, str]) -> None:
        inside[0] = tag == "t"
        if tag == "si":
            found.append("")

    def ended(_tag: str) -> None:
        inside[0] = False

    def said(text: str) -> None:
        if inside[0] and found:
            found[-1] += text

    pack.walk("xl/sharedStrings.xml", began, ended, said)
    return found


def cells(pack: Pack, part: str, shared: list[str]) -> str:
    """The text of one sheet."""
    words = Words()
    kind, inside, value = [""], [False], [""]

    def began(tag: str, said: dict[str, str]) -> None:
        if tag == "c":
            kind[0] = said.get("t", "")
        inside[0] = tag in {"v", "t"}
        value[0] = "" if inside[0] else value[0]

    def ended(tag: str) -> None:
        if tag in {"v", "t"}:
            words.add(meant(value[0], kind[0], shared) + " ")
        elif tag == "row":
            words.add("\n")
        inside[0] = False

    def said(text: str) -> None:
        if inside[0]:
            value[0] += text

    pack.walk(part, began, ended, said)
    return words.texts()[0]


def meant(value: str, kind: str, shared: list[str]) -> str:
    """What a cell shows."""
    if kind != "s":
        return value
    place = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else len(shared)
    return shared[place] if place < len(shared) else ""


def must_have(pack: Pack, part: str) -> None:
    """A document without its main part is none."""
    if part not in pack.names:
        raise UnreadableError("damaged")


READERS: dict[str, Callable[[BinaryIO], Iterator[Page]]] = {
    "word": read_word,
    "opendocument": read_text_document,
    "slides": read_slides,
    "sheets": read_sheets,
}
