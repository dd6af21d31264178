"""A file's name as others see it: whatever its sender's computer called it, it is one harmless line."""

import re
from pathlib import PurePosixPath
from unicodedata import category, normalize

LONGEST = 120
"""Characters of a name, the ending included."""
LONGEST_ENDING = 12
PARTS = re.compile(r"[/\\]")
RESERVED = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""What Windows takes for a machine, whatever its ending."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""What is not seen: control characters, those that turn the writing round, lone surrogates, what has no meaning yet."""
NAMELESS = "file"


def clean_name(name: str) -> str:
    """The last part of ``name`` as a path, without what is not seen, what a system does not take, and dots at its
    ends; at most ``LONGEST`` characters, with its ending."""
    last = PARTS.split(normalize("NFC", name.replace("\x00", "")))[-1]
    seen = "".join(" " if one.isspace() else one for one in last if one.isspace() or category(one) not in HIDDEN)
    plain = " ".join(RESERVED.sub("_", seen).split()).strip(" .")
    if not plain:
        return NAMELESS
    return shortened(f"_{plain}" if DEVICES.match(plain) else plain)


def with_ending(name: str, endings: tuple[str, ...]) -> str:
    """``name`` with the first of ``endings`` behind it, where it ends in none of them: it says what the file is."""
    if not endings or name.lower().endswith(endings):
        return name
    return shortened(name + endings[0])


def shortened(name: str) -> str:
    """The beginning of a long name, with its ending."""
    ending = PurePosixPath(name).suffix
    if len(name) <= LONGEST:
        return name
    if len(ending) > LONGEST_ENDING:
        ending = ""
    return name[: LONGEST - len(ending)].rstrip(" .") + ending
