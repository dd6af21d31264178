"""Fill an empty exchange with the demonstration: ``manage.py seed_demo [--scale N] [--date YYYY-MM-DD]``."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.demo.seed import current_day, is_empty, seed


class Command(BaseCommand):
    help = "Fills an empty exchange with invented people, talk, lessons and gatherings. Needs DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="how many times as much of everything (for measuring)")
        parser.add_argument("--date", type=date.fromisoformat, help="the day around which it all takes place (today)")

    def handle(self, *, scale: int, date: date | None, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demonstration has accounts with a known password, so it is made in demo mode only: set DEMO=1."
            )
        if scale < 1:
            raise CommandError("--scale is a whole number from 1.")
        if date and date.year > current_day().year + 1:
            raise CommandError("--date lies too far ahead: the youngest seats would not have begun, and open nothing.")
        if not is_empty():
            self.stdout.write("There is something in this database already; the demonstration stays out of it.")
            return
        seed(date or current_day(), scale, say=self.stdout.write)
