"""What has to be there before the first page: tables, the cache's table, compiled translations, static files."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

from exchange.catalogues import compile_catalogues


def prepare(say: Callable[[str], object]) -> None:
    """Make the installation ready; harmless when it is. ``say`` is told each step in a few words."""
    for name, step in STEPS.items():
        say(f"  {name} …")
        step()


def tables() -> None:
    """The database's, the cache's where it is the database."""
    call_command("migrate", verbosity=0, interactive=False)
    if not settings.REDIS_URL:
        call_command("createcachetable", verbosity=0)


def static_files() -> None:
    """Style and script, hashed and compressed."""
    call_command("collectstatic", verbosity=0, interactive=False)


STEPS: dict[str, Callable[[], None]] = {
    "tables": tables,
    "translations": compile_catalogues,
    "static files": static_files,
}
