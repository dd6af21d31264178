"""``manage.py work``: the background worker. Several may run side by side."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from exchange import work


class Command(BaseCommand):
    """Runs until it is told to stop (SIGTERM, Ctrl-C)."""

    help = "Work off tasks and keep the search index up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the jobs, wait for the signal, let each finish what it is at."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        threads = work.begin(stop)
        self.stdout.write("The worker runs.")
        stop.wait()
        for thread in threads:
            thread.join()
