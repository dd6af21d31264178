"""``manage.py translate``: collect strings from the sources, compile the catalogues, check them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange import catalogues


class Command(BaseCommand):
    """Needs no gettext on the system."""

    help = "Collect, compile or check the translations of the interface."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one of three."""
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--collect", action="store_true", help="bring the catalogues up to date with the sources")
        group.add_argument("--compile", action="store_true", help="write what the server reads")
        group.add_argument("--check", action="store_true", help="fail when a string lacks or is untranslated")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one that was asked for."""
        if options["collect"]:
            catalogues.collect()
        elif options["compile"]:
            catalogues.compile_catalogues()
        elif found := list(catalogues.complaints()):
            raise CommandError("\n".join([*found[:40], f"{len(found)} in all."]))
