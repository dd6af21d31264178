"""Everything that ``make check`` holds: style, types, layers, templates, migrations, translations, whose code it is."""

import os
import shutil
import subprocess
import sys
import tempfile

from tests.sources import complaints

PYTHON = sys.executable
PACKAGES = [
    "chat", "knowledge", "events", "tests", "bench",
    *(f"platform/{name}" for name in (
        "accounts", "exchange", "files", "network", "partnerships", "prose", "realtime", "search", "things", "walltime",
        "work",
    )),
]  # fmt: skip
CHECKS = {
    "style": [PYTHON, "-m", "ruff", "check", "-q", "."],
    "format": [PYTHON, "-m", "ruff", "format", "-q", "--check", "."],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary", *PACKAGES],
    "layers": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
    "templates": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
    "settings": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "manage.py", "translate", "--check"],
}


def main() -> int:
    """Run every check, say of each whether it holds, and show the words of those that do not."""
    folder = tempfile.mkdtemp(prefix="exchange-check-")
    environment = os.environ | {"VAR_DIR": folder, "PYTHONPATH": os.pathsep.join([".", "platform"])}
    failed = 0
    try:
        for name, command in CHECKS.items():
            done = subprocess.run(
                command, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            failed += _say(name, done.returncode == 0, done.stdout)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    own = list(complaints())
    return failed + _say("sources", not own, "\n".join(own))


def _say(name: str, holds: bool, words: str) -> int:
    sys.stdout.write(f"{name:<14}{'ok' if holds else 'FAILS'}\n" + ("" if holds else f"{words.rstrip()}\n\n"))
    sys.stdout.flush()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
