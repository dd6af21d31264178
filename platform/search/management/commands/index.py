"""``manage.py index``: bring the search index up to date at once, or make it anew while search goes on."""

from argparse import ArgumentParser
from time import perf_counter

from django.core.management.base import BaseCommand

from search.indexer import rebuild, work_off


class Command(BaseCommand):
    """See ``docs/search.md``."""

    help = "Take up what has changed since the last commit. The server does this by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="ask the apps for all documents and make the index anew beside the living one",
        )

    def handle(self, *, rebuild: bool = False, **options: object) -> None:
        begun = perf_counter()
        documents = anew() if rebuild else work_off()
        self.stdout.write(f"{documents} documents in {perf_counter() - begun:.1f} s.")


def anew() -> int:
    """A rebuild that asks everyone."""
    return rebuild(ask=True)
