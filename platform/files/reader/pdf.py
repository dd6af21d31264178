"""PDF, by pypdf. It follows what a file says of itself; loops and floods end at the limits of this process."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from files.reader.limits import Page, UnreadableError


def read_pdf(file: BinaryIO) -> Iterator[Page]:
    """Its pages in their order. One that cannot be read is empty; the others still are there."""
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("protected")
    try:
        for number, page in enumerate(reader.pages, start=1):
            yield Page(number, "", text_of(page))
    except FileNotDecryptedError:
        raise UnreadableError("protected") from None


def text_of(page: object) -> str:
    """The words of one page."""
    try:
        return str(page.extract_text())  # type: ignore[attr-defined]  # a PageObject, whose module is slow to import
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OverflowError):
        return ""
