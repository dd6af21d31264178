"""The text of documents: whole with its pages, or a reason why not. Bombs cost little."""

import resource
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from files.reader.limits import Page
from files.texts import SECONDS, alone, read_text, reader_of
from files.types import HEAD, type_of
from tests.files import documents


def read(tmp_path: Path, data: bytes) -> tuple[list[Page], str]:
    """As a worker does: the type by content, then the text."""
    path = tmp_path / "file"
    path.write_bytes(data)
    found = read_text(path, reader_of(type_of(data[:HEAD], data[-HEAD:])))
    return found.pages, found.end


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (documents.pdf("Sorting at the market", "Costs"), [Page(1, "", "Sorting at the market"), Page(2, "", "Costs")]),
        (documents.word("Taka ngumu", "Gharama"), [Page(1, "", "Taka ngumu"), Page(2, "", "Gharama")]),
        (documents.word("Only one"), [Page(0, "", "Only one")]),
        (documents.open_text("Återbruk", "Kostnad"), [Page(1, "", "Återbruk"), Page(2, "", "Kostnad")]),
        (documents.slides("First", "Second"), [Page(1, "", "First"), Page(2, "", "Second")]),
        (
            documents.sheets(Budget="Sacks", Staff="Two"),
            [Page(1, "Budget", "Sacks 4711"), Page(2, "Staff", "Two 4711")],
        ),
    ],
    ids=["PDF", "DOCX", "DOCX of one page", "ODT", "PPTX", "XLSX"],
)
def test_every_kind_gives_its_words_and_their_page(tmp_path: Path, data: bytes, pages: list[Page]) -> None:
    assert read(tmp_path, data) == (pages, "")


def flood(megabytes: int) -> Iterator[bytes]:
    """A deflated stream that unpacks to so much."""
    packer = zlib.compressobj()
    yield from (packer.compress(b" " * 1_000_000) for _ in range(megabytes))
    yield packer.flush()


LAUGHS = (
    "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)
ZEROS = b"".join(flood(300))
PROTECTED = documents.assembled(
    [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"],
    b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<41><41>]",
)
BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a zip that unpacks to 400 MB": (lambda: documents.flood(400), {"long"}),
    "entities in entities": (lambda: documents.word("&l9;", head=LAUGHS), {"unsafe"}),
    "an entity that is a file of this machine": (
        lambda: documents.word("&f;", head="<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"), {"unsafe"}
    ),
    "XML as deep as it is long": (lambda: documents.flood(60, "<w:r>"), {"unsafe", "heavy", "slow", "damaged"}),
    "a PDF of 10,000 pages": (lambda: documents.pdf(*["Waste and water"] * 10_000), {"long", "slow"}),
    "a PDF whose pages hold themselves": (lambda: documents.pdf("Round", loop=True), {"", "damaged", "heavy", "slow"}),
    "a PDF whose page draws itself": (lambda: documents.pdf("Round", endless=True), {"", "damaged", "heavy", "slow"}),
    "a PDF with a stream of 300 MB": (
        lambda: documents.assembled([
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>", documents.stream(ZEROS, "/Filter/FlateDecode"),
        ]), {"", "heavy", "slow", "damaged"}
    ),
    "a PDF that wants a password": (lambda: PROTECTED, {"protected"}),
    "half a document": (lambda: documents.word("Words" * 1000)[:-60], {"damaged"}),
    "half a PDF": (lambda: documents.pdf("Words")[:40], {"damaged"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_with_a_reason_and_costs_little(tmp_path: Path, name: str) -> None:
    made, ends = BOMBS[name]
    data = made()
    assert len(data) < 25 * 1024 * 1024
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    path = tmp_path / "bomb"
    path.write_bytes(data)
    kind = "pdf" if data.startswith(b"%PDF") else "word"
    found = read_text(path, kind)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found.end in ends
    assert spent.ru_utime - before <= SECONDS + 1


def test_no_network_where_the_kernel_allows_it() -> None:
    words = "import socket; socket.create_connection(('127.0.0.1', 1))"
    tried = subprocess.run([*alone(), sys.executable, "-c", words], check=False, capture_output=True, text=True)
    assert ("unreachable" in tried.stderr) == bool(alone())
