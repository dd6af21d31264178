"""The XML inside Office and OpenDocument files, read as it unpacks: nothing is ever held whole, nothing is resolved."""

import zlib
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from files.reader.limits import MOST_UNPACKED, TooMuchError, UnreadableError

PIECE = 64 * 1024
Began = Callable[[str, dict[str, str]], None]
"""Called with an element's local name and its attributes by their local names."""
Ended = Callable[[str], None]
Said = Callable[[str], None]


class Pack:
    """The parts of a document. All of them together may unpack to so many bytes and no more, whatever they claim."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = ZipFile(file)
        except BadZipFile as broken:
            raise UnreadableError("damaged") from broken
        self._left = MOST_UNPACKED
        self.names = set(self._zip.namelist())

    def walk(self, name: str, began: Began, ended: Ended, said: Said) -> None:
        """Go through the part ``name``, if there is one."""
        if name not in self.names:
            return
        parser = careful(began, ended, said)
        try:
            with self._zip.open(name) as part:
                while piece := part.read(PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise TooMuchError
                    parser.Parse(piece, False)
                parser.Parse(b"", True)
        except (BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError) as broken:
            raise UnreadableError("damaged") from broken
        except RuntimeError as locked:  # zipfile's way of saying that a part wants a password
            raise UnreadableError("protected") from locked

    def pointers(self, name: str) -> dict[str, str]:
        """Of a part of relationships: id → the part it points at (ECMA-376, part 2, 9.3), inside ``name``'s folder."""
        folder = name.split("/_rels/")[0]
        found: dict[str, str] = {}

        def began(tag: str, said: dict[str, str]) -> None:
            target = said.get("Target", "")
            if tag == "Relationship" and said.get("TargetMode") != "External":
                found[said.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"

        self.walk(name, began, nothing, nothing)
        return found


def careful(began: Began, ended: Ended, said: Said) -> expat.XMLParserType:
    """A parser that takes no document type: without one there are no entities, neither a billion laughs nor a file of
    this machine."""

    def refuse(*_declared: object) -> None:
        raise UnreadableError("unsafe")

    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, told: began(local(tag), {local(key): value for key, value in told.items()})
    parser.EndElementHandler = lambda tag: ended(local(tag))
    parser.CharacterDataHandler = said
    return parser


def local(name: str) -> str:
    """``p`` of a name with its namespace; ``to`` of the ``id`` that points at another part, which has a neighbour of
    the same name."""
    space, _line, plain = name.rpartition("\n")
    return "to" if plain == "id" and space.endswith("/relationships") else plain


def nothing(*_told: object) -> None:
    """For what nobody wants to hear of."""
