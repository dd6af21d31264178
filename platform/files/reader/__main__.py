"""Reads the document on standard input (a file, not a pipe); writes what it finds, one line of JSON a page.

``python -m files.reader KIND``. A page is ``{"number", "name", "text"}``, the last line ``{"end": why}``: nothing, or
``protected``, ``heavy``, ``unsafe``, ``damaged``, ``long``. A process that is killed writes no last line.
"""

import json
import logging
import resource
import sys
import warnings
from collections.abc import Iterable

from files.reader.limits import CPU, MEMORY, MOST_PAGES, MOST_TEXT, Page, TooMuchError, UnreadableError


def main(kind: str) -> None:
    """Read it, whatever comes."""
    limit()
    warnings.simplefilter("ignore")
    logging.disable()
    try:
        end = told(pages(kind))
    except UnreadableError as why:
        end = str(why)
    except (MemoryError, RecursionError):
        end = "heavy"
    except Exception:  # a hostile file may raise anything out of the library that reads it
        end = "damaged"
    say({"end": end})


def limit() -> None:
    """From here on: so much memory and time, no file written, no process begun, no dump left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def pages(kind: str) -> Iterable[Page]:
    """What reads this kind; imported only now, under the limits."""
    if kind == "pdf":
        from files.reader.pdf import read_pdf

        return read_pdf(sys.stdin.buffer)
    from files.reader.office import READERS

    return READERS[kind](sys.stdin.buffer)


def told(found: Iterable[Page]) -> str:
    """Write the pages as they come; how it ended."""
    written = 0
    try:
        for page in found:
            text = page.text[: MOST_TEXT - written]
            written += len(text)
            say({"number": page.number, "name": page.name, "text": text})
            if written >= MOST_TEXT or page.number >= MOST_PAGES:
                return "long"
    except TooMuchError:
        return "long" if written else "unsafe"
    return ""


def say(line: object) -> None:
    """One line, at once: what is said stands, whatever happens on the next page."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


main(sys.argv[1])
