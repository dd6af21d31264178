"""``python -m tests.faults.mutants [NAME …]``: break the exchange on purpose, and demand that a round notices.

Each patch is applied to a copy of the tree and a round is played there, until the assertion that it names breaks. One
that survives, or that no longer applies, is a failure; the exit code is the number of those.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Timer

from tests.faults.mutants.mutant import DoesNotApplyError, Mutant, copy, mutants, tracked
from tests.servers import end_tidily

PATIENCE = 600
"""Seconds for one round, on a busy machine."""


def main(names: list[str]) -> int:
    """Those named, or all; how many are not as they should be."""
    wanted = [mutant for mutant in mutants() if not names or mutant.path.stem in names]
    problems = [problem for problem in map(trial, wanted) if problem]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.stdout.write(f"{len(wanted) - len(problems)} of {len(wanted)} mutants were noticed\n")
    return len(problems)


def trial(mutant: Mutant) -> str:
    """What is wrong with it; nothing where a round notices it."""
    began = time.monotonic()
    sys.stdout.write(f"\n{mutant.name}: {mutant.words} “{mutant.fails}” must break.\n")
    with tempfile.TemporaryDirectory(prefix="exchange-mutant-") as folder:
        copy(tracked(), Path(folder))
        try:
            mutant.apply(Path(folder))
        except DoesNotApplyError as problem:
            return str(problem)
        broken = broken_in(Path(folder), mutant)
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")
    if mutant.fails in broken:
        return ""
    return (
        f"“{mutant.name}” survives: {mutant.fails} was expected to break, {', '.join(sorted(broken)) or 'nothing'} did."
    )


def broken_in(tree: Path, mutant: Mutant) -> set[str]:
    """The assertions that broke in a round there, which ends as soon as the one that must break is among them."""
    broken: set[str] = set()
    command = [sys.executable, "-m", "tests.faults.talk", *mutant.round]
    with (
        (tree / "words").open("w+") as words,
        subprocess.Popen(command, cwd=tree, text=True, stdout=subprocess.PIPE, stderr=words) as process,
    ):
        limit = Timer(PATIENCE, process.terminate)
        limit.start()
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith("BROKEN "):
                broken.add(line.split()[1].rstrip(":"))
            if mutant.fails in broken:
                process.terminate()
                break
        process.wait()
        limit.cancel()
        if mutant.fails not in broken:  # what it complained of says why
            words.seek(0)
            sys.stdout.write(words.read()[-2000:])
    return broken


if __name__ == "__main__":
    end_tidily()
    sys.exit(main(sys.argv[1:]))
