"""The mail server and the processes of a round that somebody kills."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import ROOT, clean
from tests.postbox import Postbox, postbox
from tests.work.test_worker import database


@pytest.fixture
def box() -> Iterator[Postbox]:
    """Where the mail goes."""
    with postbox() as box:
        yield box


@pytest.fixture
def environment(tmp_path: Path, box: Postbox) -> dict[str, str]:
    """What each process is told: the test's database and mail server, and a kind of news."""
    paths = {"VAR_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"}
    return clean(**paths, DATABASE_URL=database(), EMAIL_URL=box.url, DJANGO_SETTINGS_MODULE="tests.faults.settings")
