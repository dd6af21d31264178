"""The whole suite, as ``make test`` and ``make audit`` run it: each part's closing lines stay in sight at the end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.chromium import chromium, shell
from tests.live import MIGRATED, RUN_FOLDER, clean
from tests.servers import end_tidily, postgresql

WHOLE_FILES = ["--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of tests/conftest.py
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", *WHOLE_FILES, "-p", "no:cacheprovider"]
MANY_WAIT = ["-n", "3"]
"""Where a third of the time goes by in waiting for browsers, servers and slow links, two cores have work for three."""
SLOWEST = ["--durations=15", "--durations-min=2"]
"""Each round names the tests that it waits for."""

SEEDS = [1, 2]
TALK_SEEDS = [1, 2, 3]
ONE_SEED = "--hypothesis-seed=0"
"""Chance is the audit's: what ``make test`` says today it says tomorrow."""


def main(audit: bool) -> int:
    """Run every part, also after one has failed; the number of failed parts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background would have the tests ignore it
    began = time.monotonic()
    share_what_is_made_once()
    os.environ["CHROMIUM"], os.environ["CHROMIUM_SHELL"] = chromium(), shell()
    with postgresql() as url:
        prepare(url)
        results = audits() if audit else tests(url)
    sys.stdout.write("\n" + "".join(f"{name}: {line}\n" for name, _, line in results))
    sys.stdout.write(f"{(time.monotonic() - began) / 60:.1f} minutes\n")
    return sum(code != 0 for _, code, _ in results)


def share_what_is_made_once() -> None:
    """One folder for the filled database of all servers. Where Python keeps no compiled modules beside the sources, it
    keeps them here: a run starts a hundred processes."""
    os.environ[RUN_FOLDER] = str(SCRATCH)
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(SCRATCH / "compiled")


def prepare(url: str) -> None:
    """Compile the translations, and have the migrations make the tables that every database begins with."""
    here = clean(VAR_DIR=str(SCRATCH), SECRET_KEY="of a moment, and nobody's")
    wanted = [
        (["translate", "--compile"], here),
        (["migrate", "-v0"], here | {"DATABASE_URL": f"sqlite:///{SCRATCH / MIGRATED}"}),
        (["migrate", "-v0"], here | {"DATABASE_URL": url}),
    ]
    processes = [subprocess.Popen([sys.executable, "manage.py", *words], env=known) for words, known in wanted]
    codes = [process.wait() for process in processes]
    if any(codes):
        raise RuntimeError(f"The tests cannot begin: {codes}")


def tests(url: str) -> list[tuple[str, int, str]]:
    """Everything on SQLite, then all but what asks the live server on PostgreSQL."""
    sqlite = run("SQLite", [*MANY_WAIT, ONE_SEED])
    return [sqlite, run("PostgreSQL", ["-m", "not live", ONE_SEED], TEST_DATABASE_URL=url)]


def audits() -> list[tuple[str, int, str]]:
    """Every page in every combination, a large round of mails with kills, other people's clients, then what is random
    with several seeds."""
    every = ["tests/test_every_page.py", "--dist", "load"]
    results = [run("every page, every combination", every, EVERY_COMBINATION="1")]
    results.append(run("kills in 1,000 mails", ["tests/faults", "--dist", "load"], MAILS_IN_A_ROUND="1000"))
    talk = [sys.executable, "-m", "tests.faults.talk"]
    for seed in TALK_SEEDS:
        sizes = ["--seed", str(seed), "--messages", "3400", "--faults", "17"]
        results.append(command(f"talk under faults, seed {seed}", [*talk, *sizes]))
    results.append(command("the same in one process", [*talk, "--embedded", "--messages", "3000", "--faults", "15"]))
    results.append(command("faults on purpose are noticed", [sys.executable, "-m", "tests.faults.mutants"]))
    results.append(command("Autobahn's fuzzing client", [sys.executable, "-m", "tests.conformance"]))
    results.append(run("a link that is cut", ["tests/chat/test_poor_link_browser.py"], POOR_LINK="1"))
    results.append(run("anything over a socket", ["tests/chat/test_fuzz.py"], EXAMPLES="300"))
    for seed in SEEDS:
        results.append(run(f"seed {seed}", ["-m", "not live", f"--hypothesis-seed={seed}"]))
    return results


def run(name: str, arguments: list[str], **variables: str) -> tuple[str, int, str]:
    """One run of pytest."""
    return command(name, [*PYTEST, *SLOWEST, *arguments], **variables)


def command(name: str, words: list[str], **variables: str) -> tuple[str, int, str]:
    """One run of anything: its name, exit code and last line. What it says is shown as it comes."""
    sys.stdout.write(f"\n{name}\n")
    sys.stdout.flush()
    last = ""
    environment = os.environ | variables
    with subprocess.Popen(
        words, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
    return name, process.returncode, last


SCRATCH = Path(tempfile.mkdtemp(prefix="exchange-suite-"))

if __name__ == "__main__":
    end_tidily()
    try:
        sys.exit(main(audit="--audit" in sys.argv))
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)
