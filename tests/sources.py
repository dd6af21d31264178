"""What no linter sees in the sources: files that grew too long, and code that somebody else wrote."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = {".py", ".js", ".css", ".html", ".sh", ""}
LONGEST_FILE = 300
LONGEST_LINE = 800
"""Nobody writes lines like these by hand; minified code has them."""

SKIPPED = re.compile(r"(^|/)(migrations|locale)/|^requirements/|\.(json|jsonl|csv|md|po|svg|toml|yaml|yml)$")
BANNER = re.compile(
    r"@license|@preserve|sourceMappingURL|Licensed under the|Permission is hereby granted|All rights reserved"
    r"|Copyright (\(c\)|©|\d{4})",
    re.IGNORECASE,
)
FOREIGN_NAME = re.compile(
    r"(^|/)(vendor|vendored|third_party|node_modules|bower_components)/|\.min\.(js|css)$|jquery|bootstrap|htmx"
)
DATA_MODULES = {"platform/exchange/icons.py"}
"""Drawings: one line is one sign."""


def complaints() -> Iterator[str]:
    """One sentence for each fault, of every file that git knows."""
    for name in tracked():
        if FOREIGN_NAME.search(name):
            yield f"{name}: code of others is a dependency, not a file of ours."
        path = ROOT / name
        if SKIPPED.search(name) or path.suffix not in CODE or name == "LICENSE" or not path.is_file():
            continue
        yield from _of(name, path.read_text(encoding="utf-8"))


def tracked() -> list[str]:
    """The files of the project, those not yet committed included."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.check_output(listing, cwd=ROOT, text=True).splitlines()


def _of(name: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    if len(lines) > LONGEST_FILE and not name.endswith(".css"):
        yield f"{name}: {len(lines)} lines; at most {LONGEST_FILE}. Split it by noun."
    if name not in DATA_MODULES and any(len(line) > LONGEST_LINE for line in lines):
        yield f"{name}: a line of more than {LONGEST_LINE} characters."
    if name != "tests/sources.py" and (banner := BANNER.search(text)):
        yield f"{name}: “{banner.group()}” is the banner of somebody else's code."
