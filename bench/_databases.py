"""The same measurement on both databases, each in a process of its own with an empty exchange.

A module that is measured so prints its figures as JSON when it is run as a command, after ``begin()``. Both databases
keep what they commit over a power cut: SQLite with ``synchronous=FULL``, PostgreSQL with ``fsync`` as it comes.
"""

import json
import subprocess
import sys
import tempfile

from tests.live import ROOT, clean
from tests.servers import postgresql


def on_both(module: str) -> dict[str, float | str]:
    """What ``python -m MODULE`` prints on each."""
    figures: dict[str, float | str] = {}
    with tempfile.TemporaryDirectory() as folder, postgresql(quick=False) as url:
        for name, address in [("SQLite", f"sqlite:///{folder}/exchange.sqlite3"), ("PostgreSQL", url)]:
            environment = clean(VAR_DIR=folder, DATABASE_URL=address)
            command = [sys.executable, "-m", module]
            run = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
            figures |= {f"{name}: {what}": value for what, value in json.loads(run.stdout).items()}
    return figures


def begin() -> None:
    """Set Django up on the empty database that the environment names, and make its tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
