"""One fault on purpose: what its patch says of itself, and a copy of the tree with it.

A patch begins with three lines: what it breaks, in words; ``Must fail: `` and the name of an assertion of
``tests.faults.talk``; ``Round: `` and the options of a round in which that is seen.
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.live import ROOT

FOLDER = Path(__file__).parent
HEAD = re.compile(r"(?P<words>.+)\nMust fail: (?P<fails>[a-z]+)\nRound: (?P<round>.+)\n\ndiff --git ")


class DoesNotApplyError(Exception):
    """The tree has changed under the patch."""


@dataclass(frozen=True)
class Mutant:
    """``words`` say what it breaks, ``fails`` which assertion must notice, ``round`` with which options."""

    path: Path
    words: str
    fails: str
    round: list[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """From its patch. Raises ``ValueError`` where the first lines are not as they should be."""
        head = HEAD.match(path.read_text())
        if head is None:
            raise ValueError(f"{path.name} must begin with what it breaks, “Must fail: ” and “Round: ”.")
        return cls(path, head["words"], head["fails"], shlex.split(head["round"]))

    @property
    def name(self) -> str:
        """As a person would say it."""
        return self.path.stem.replace("_", " ")

    @property
    def touched(self) -> list[str]:
        """The files that it changes."""
        return re.findall(r"^--- a/(.+)$", self.path.read_text(), re.MULTILINE)

    def apply(self, tree: Path) -> None:
        """Break the copy in ``tree``. Raises ``DoesNotApplyError``."""
        applied = subprocess.run(["git", "apply", self.path], cwd=tree, capture_output=True, text=True, check=False)
        if applied.returncode:
            raise DoesNotApplyError(f"{self.path.name} no longer applies: {applied.stderr.strip()}")


def mutants() -> list[Mutant]:
    """All of them, by name."""
    return [Mutant.read(path) for path in sorted(FOLDER.glob("*.patch"))]


def copy(files: Iterable[str], to: Path) -> None:
    """These files of the tree, in their folders."""
    for file in files:
        place = to / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, place)


def tracked() -> list[str]:
    """Every file that belongs to the tree, also those that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [file for file in listed.stdout.split("\0") if file and (ROOT / file).is_file()]
