"""``manage.py serve --port 8000``: the production server. Several may run side by side, on different ports."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from realtime.server import Serve


class Command(BaseCommand):
    """Serve pages, API and sockets until told to stop (SIGTERM or Ctrl+C)."""

    help = "Serve pages, API and sockets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="the port to listen on (PORT, or 8000)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        Serve().run(
            ["--bind", host, "--port", str(port), "--verbosity", "0", "--websocket_timeout", "-1", "--no-server-name"]
            + (["--proxy-headers"] if settings.SECURE else [])
            + [settings.ASGI_APPLICATION.replace(".application", ":application")]
        )
