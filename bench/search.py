"""How well and how quickly search answers, beside Whoosh as it comes, SQLite's FTS5, PostgreSQL's own and tantivy.

One run, the same documents and queries for all (``bench._searched``), on a PostgreSQL of its own.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests.live import ROOT
from tests.servers import postgresql


def measure() -> dict[str, float | str]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder, postgresql(quick=False) as url:
        begun = [sys.executable, "-m", "bench._searched", folder]
        environment = os.environ | {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        run = subprocess.run(begun, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    figures: dict[str, float | str] = json.loads(run.stdout)
    return figures
