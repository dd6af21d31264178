"""Run every measurement, one process each, and write its figures to ``bench/figures.json``.

A measurement is a module of this package with ``measure() -> dict[str, float | str]``, run with the project's root as
the working folder. ``python -m bench NAME …`` runs only those named.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.json"


def main(names: list[str]) -> int:
    """Measure, print and keep; figures of measurements that were not run stay as they were."""
    known = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    for name in names or known:
        command = [sys.executable, "-m", "bench", "--alone", name]
        figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        keep(name, figures)
        sys.stdout.write(f"{name}\n" + "".join(f"  {what}: {value}\n" for what, value in figures.items()))
    return 0


def keep(name: str, figures: dict[str, Any]) -> None:
    """Write them down at once, beside those of other measurements: what fails later loses nothing."""
    kept: dict[str, Any] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    kept[name] = {"at": f"{datetime.now(UTC):%Y-%m-%d}", "on": _machine(), "figures": figures}
    FIGURES.write_text(json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def alone(name: str) -> int:
    """One measurement in this very process; its figures go to standard output as JSON."""
    sys.stdout.write(json.dumps(import_module(f"bench.{name}").measure()))
    return 0


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(alone(sys.argv[2]) if sys.argv[1:2] == ["--alone"] else main(sys.argv[1:]))
