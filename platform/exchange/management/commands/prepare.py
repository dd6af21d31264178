"""``manage.py prepare``: what an installation needs once, and again after each upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.preparation import prepare


class Command(BaseCommand):
    """May be run at any time; the web processes start quicker after it."""

    help = "Make tables, compiled translations and static files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step."""
        prepare(self.stdout.write)
