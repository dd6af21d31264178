"""Of a mail's words those that its writer added now: without what is quoted, and without signatures.

Losing somebody's words is worse than keeping a line too many: what is not surely quoted stays.
"""

import re
from itertools import groupby

from notifications.incoming.clients import headed, library_cut, signature_start, wrote

WIDEST = 80
"""Columns up to which mail programs break lines by themselves (RFC 5322 asks for 78)."""
NARROWEST = 55
"""Columns below which no mail program breaks a line."""
GATEWAY = re.compile(
    r"\b(intended (only |solely )?for|intended recipient|(e-?mail|message) (is|may|contains)\b.{0,20} confidential"
    r"|confidentiality notice|detta (e-post)?meddelande (är|kan|innehåller)\b.{0,20} (konfidentiell|sekretess)"
    r"|ce (message|courriel) (est|peut|contient)\b.{0,20} confidentiel"
    r"|virus-free|virusfri|checked for viruses)",
    re.IGNORECASE,
)
"""In what servers write under everybody's mails."""
ITEM = re.compile(r"([-*+•]|\d{1,3}[.)])\s")


def own_words(text: str) -> str:
    """What was written now. ``text`` has plain line ends (``texts.tidy``); the work grows with its length only."""
    lines = single_spaced([line.strip() for line in text.split("\n")])
    lines = unquoted(lines[: headed(lines)])
    lines = lines[: library_cut(lines)]
    lines = lines[: signature_start(lines)]
    return "\n".join(unwrapped(single_spaced(lines))).strip()


def single_spaced(lines: list[str]) -> list[str]:
    """Never more than one empty line after another."""
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def unquoted(lines: list[str]) -> list[str]:
    """Without lines after ``>``, and without the line above them that says who wrote them. Answers between and under
    the quotes stay; but not the rest of a quoted line that some program has broken, nor what a server adds below."""
    if not any(is_quote(line) for line in lines):
        return lines
    stretches = [(quoted, list(some)) for quoted, some in groupby(lines, key=is_quote)]
    kept: list[str] = []
    for place, (quoted, some) in enumerate(stretches):
        if quoted:
            continue
        if place + 1 < len(stretches):
            some = some[: wrote(some)]
        if place and not fits(some, stretches[place - 1][1][-1]):
            continue
        if place + 1 == len(stretches) and any(kept) and GATEWAY.search(" ".join(some)):
            continue
        kept += ["", *some]
    return kept


def is_quote(line: str) -> bool:
    """Whether somebody else wrote it."""
    return line.startswith(">")


def fits(some: list[str], above: str) -> bool:
    """Whether the lines after the quoted line ``above`` are the writer's, and not the rest of it."""
    return not some[0] or len(above) <= NARROWEST


def unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs on one line each, where a mail program has broken them: a line goes on where the first word of the
    next would not have found room. On a telephone such breaks would fall anywhere."""
    width = max(map(len, lines), default=0)
    if not NARROWEST < width <= WIDEST:
        return lines
    made: list[str] = []
    before = ""
    for line in lines:
        if before and line and goes_on(before, line, width):
            made[-1] += f" {line}"
        else:
            made.append(line)
        before = line
    return made


def goes_on(line: str, following: str, width: int) -> bool:
    """Whether a break was the program's."""
    return len(line) > NARROWEST and len(line) + 1 + len(following.split()[0]) > width and not ITEM.match(following)
