"""``manage.py read_mail [FILE…]``: mail that comes in, from a mail server's pipe, an mbox or a Maildir."""

import logging
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from notifications.incoming import read
from notifications.incoming.age import is_old
from notifications.incoming.boxes import from_path, from_pipe
from notifications.models import Incoming

logger = logging.getLogger("exchange.mail")


class Command(BaseCommand):
    """Ends with 75 (``EX_TEMPFAIL``) where a mail could not be stored: the mail server keeps it and tries again."""

    help = (
        "Read mail that comes in: one message from standard input, or those of mbox files and Maildir folders. Answers "
        "are posted, mails that came back are noted. It may be run again on the same files."
    )
    requires_system_checks: list[str] = []  # the pipe starts this for each mail

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the mails are."""
        parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="an mbox file or a Maildir folder")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Read them, and say what became of those of a file; a pipe hears nothing."""
        self.became: Counter[str] = Counter()
        if not files:
            self.take([from_pipe(sys.stdin.buffer)])
        for path in files:
            try:
                self.take(mail for mail in from_path(path) if not is_old(mail))
            except OSError as problem:
                raise CommandError(f"{path} cannot be read: {problem}", returncode=os.EX_NOINPUT) from None
        if files:
            self.stdout.write(self.summary())
        if self.became["failed"]:
            raise CommandError("A mail could not be stored; it has to be read again.", returncode=os.EX_TEMPFAIL)

    def take(self, mails: Iterable[bytes]) -> None:
        """One after the other; one that fails does not keep back the next."""
        for raw in mails:
            try:
                outcome = read(raw)
            except DatabaseError as problem:
                logger.error("A mail could not be stored: %s", problem)
                self.became["failed"] += 1
            except Exception as problem:  # an app's handler may fail; the mail server tries again
                logger.error("A mail could not be read: %s: %s", type(problem).__name__, problem)
                self.became["failed"] += 1
            else:
                self.became[outcome or "known"] += 1

    def summary(self) -> str:
        """``3 mails: 1 posted, 2 known``, in the order of the outcomes."""
        names = [*Incoming.Outcome.values, "known", "failed"]
        parts = [f"{self.became[name]} {name}" for name in names if self.became[name]]
        total = self.became.total()
        return f"{total} {'mail' if total == 1 else 'mails'}" + (f": {', '.join(parts)}" if parts else "")
