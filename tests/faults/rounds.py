"""How large a round is, the workers of it, and when it is over."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import time

from accounts.models import User
from notifications.models import Delivery, Preferences
from tests.live import ROOT

MAILS = int(os.environ.get("MAILS_IN_A_ROUND", "60"))
SEEDS, KILLS = ([1], 1) if MAILS < 1000 else ([1, 2], 4)
PATIENCE = 60 + MAILS / 2
"""Seconds for a part of the round, on a busy machine."""


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """``manage.py work``, ended by its own id."""
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


def never_quiet(people: Iterable[User]) -> None:
    """Let their mail leave at any hour."""
    Preferences.objects.bulk_create(Preferences(person=one, quiet_from=time(), quiet_until=time()) for one in people)


def nothing_waits() -> bool:
    """Whether all has left."""
    return not Delivery.objects.waiting().exists()
