"""Run a command of the exchange: ``python manage.py serve``, ``… work``, ``… seed_demo``, ``… invite EMAIL``."""

import os
import sys
from pathlib import Path

# ``platform/`` is a source root, never a package: as a package it would hide the standard library's ``platform``.
sys.path.insert(1, str(Path(__file__).resolve().parent / "platform"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")


def main() -> None:
    """Hand the command line to Django; a malformed setting is one plain sentence, not a traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"The exchange cannot start: {problem}")


if __name__ == "__main__":
    main()
