"""``manage.py start``, behind ``make run``: the whole exchange in one process, on this machine only."""

import socket
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import User
from exchange import work
from exchange.preparation import prepare

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
PATIENCE = 2
"""Seconds that each part of the work has to end in; a task that takes longer is taken up at the next start."""


class Command(BaseCommand):
    """Prepares what is missing, fills an empty database with the demonstration, then serves and works."""

    help = "Run the exchange on this machine: pages, sockets, background work. With DEMO=1 with a demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")

    def handle(self, *args: Any, host: str, **options: Any) -> None:
        """Refuse what cannot work before anything is changed; then start."""
        if settings.DEMO and host not in LOOPBACK:
            raise CommandError("The demonstration has known passwords: it runs on 127.0.0.1 only. Set DEMO=0.")
        refuse_taken(host, settings.PORT)
        self.stdout.write("Preparing:")
        prepare(self.stdout.write)
        if settings.DEMO and not User.objects.exists():
            self.stdout.write("  the demonstration …")
            call_command("seed_demo", stdout=self.stdout)
        stop = Event()
        threads = work.begin(stop)
        try:
            call_command("serve", host=host, port=settings.PORT, listening=lambda: self.greet(host))
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=PATIENCE)

    def greet(self, host: str) -> None:
        """Say where it is, now that it answers there."""
        self.stdout.write(welcome(host))
        self.stdout.flush()


def refuse_taken(host: str, port: int) -> None:
    """A port in use is one sentence, before anything is made."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(
                f"Port {port} on {host} cannot be had ({problem.strerror}): stop what uses it, or PORT=8001 make run."
            ) from problem


def welcome(host: str) -> str:
    """Where it is, who may sign in, what to do first, how to stop."""
    lines = ["", f"The exchange runs at http://{f'[{host}]' if ':' in host else host}:{settings.PORT}/", ""]
    if settings.DEMO:
        lines += [f"Sign in with the password {PASSWORD} as"]
        lines += [f"  {email:<32} {who}" for email, who in ACCOUNTS.items()]
        lines += ["", "People, messages and figures are invented. DEMO=0 make run starts without them."]
    elif not User.objects.exists():
        lines += ["It is empty. Invite the first administrator, in another window:"]
        lines += ["  .venv/bin/python manage.py invite you@example.org --role administrator"]
    return "\n".join([*lines, "Stop it with Ctrl-C.", ""])
