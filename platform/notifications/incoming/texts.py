"""From bytes to text: whatever alphabet they claim to be in, and lines as their writer meant them."""

import codecs
import re
import unicodedata

TRUSTED = ("utf", "ascii", "iso8859", "cp", "koi8", "mac", "gb", "big5", "shift_jis", "euc", "iso2022", "tis")
"""How the names of the alphabets begin that bytes are read in. Python knows others, among them some that are none
(``zip``) or that take the square of a text's length (``punycode``)."""
LONGEST = 200_000
"""Characters of one part that are looked at."""
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007"), " ")


def decode(data: bytes, content_type: str) -> str:
    """The text that ``data`` most likely is; signs that cannot be read become U+FFFD."""
    named = re.search(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", content_type)
    for charset in filter(None, [trusted(named.group(1)) if named else None, "utf-8", "cp1252"]):
        try:
            return data.decode(charset)[:LONGEST]
        except UnicodeError:
            continue
    return data.decode("cp1252", "replace")[:LONGEST]


def trusted(name: str) -> str | None:
    """The alphabet of this name. Who says Latin 1, or ASCII, means what Windows makes of it (WHATWG Encoding)."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if known in {"iso8859-1", "ascii"}:
        return "utf-8" if known == "ascii" else "cp1252"
    return known if known.startswith(TRUSTED) else None


def tidy(text: str) -> str:
    """The same text with plain spaces and line ends, without control characters and what nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.translate(INVISIBLE | SPACES)
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return "".join(kept)


def unflowed(text: str, delete_space: bool) -> str:
    """Paragraphs on one line each (RFC 3676): a line that ends with a space goes on in the next of its depth."""
    made: list[tuple[str, str]] = []
    flows = False
    for line in text.replace("\r\n", "\n").split("\n"):
        rest = line.lstrip(">")
        depth, words = line[: len(line) - len(rest)], rest.removeprefix(" ")
        if flows and made[-1][0] == depth and words != "-- ":
            made[-1] = (depth, made[-1][1] + words)
        else:
            made.append((depth, words))
        flows = words.endswith(" ") and words != "-- "
        if flows and delete_space:
            made[-1] = (depth, made[-1][1][:-1])
    return "\n".join(f"{depth} {words}" if depth else words for depth, words in made)
