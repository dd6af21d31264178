"""``manage.py serve``: one web process, pages and sockets. Several may run side by side, with Redis between them."""

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchange.collector import spare_the_collector
from realtime.server import ExchangeServer


class Command(BaseCommand):
    """Runs until it is told to stop (SIGTERM, Ctrl-C)."""

    help = "Serve pages and sockets."
    stealth_options = ("listening",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whom to believe about the visitor's address."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="the port (PORT, %(default)s)")
        parser.add_argument("--behind-proxy", action="store_true", help="believe X-Forwarded-For")

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        behind_proxy: bool,
        listening: Callable[[], None] | None = None,
        **options: Any,
    ) -> None:
        """Listen, and call ``listening`` once the port answers.

        The application is imported late, since it reads the static files once, as it is made.
        """
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("Nothing is prepared: run manage.py prepare first.")
        application = import_module("exchange.asgi").application
        spare_the_collector()
        ExchangeServer(
            listening=listening,
            application=application,
            endpoints=[f"tcp:port={port}:interface={host.replace(':', chr(92) + ':')}"],
            proxy_forwarded_address_header="X-Forwarded-For" if behind_proxy else None,
            server_name="",
            verbosity=0,
            websocket_timeout=-1,
        ).run()
