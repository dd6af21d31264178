"""The settings that come from outside: read once, checked at the start, refused with a sentence that names them."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from exchange.keys import is_push_key

KNOWN = {
    "ALLOWED_HOSTS",
    "AUTHSERV_ID",
    "CLAMD",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "FILES_A_PERSON_MB",
    "FROM_EMAIL",
    "INDEX_DIR",
    "LOG_FORMAT",
    "MEDIA_DIR",
    "MESSAGES_A_MINUTE",
    "METRICS_TOKEN",
    "PORT",
    "PUBLIC_URL",
    "PUSH_HOSTS",
    "REDIS_URL",
    "REPLY_ADDRESS",
    "SEARCH_ENGINE",
    "SECRET_KEY",
    "VAPID_PRIVATE_KEY",
    "VAR_DIR",
}
"""Every variable the exchange reads. Each may be prefixed with ``EXCHANGE_`` where the plain name is taken."""


class Environment:
    """Typed access to the environment.

    Raises ``ImproperlyConfigured`` with a sentence that names the variable, for a malformed value and for
    an ``EXCHANGE_…`` name that nothing reads (most often a typing error).
    """

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables
        unknown = sorted(
            name
            for name in self._variables
            if name.startswith("EXCHANGE_") and name.removeprefix("EXCHANGE_") not in KNOWN | {"JUDGED"}
        )
        if unknown:
            raise ImproperlyConfigured(f"{unknown[0]} is not a setting of the exchange (see docs/operate.md).")

    def text(self, name: str, default: str = "") -> str:
        """The value as it stands, or ``default`` where it is unset or empty."""
        return self._variables.get(f"EXCHANGE_{name}") or self._variables.get(name) or default

    def flag(self, name: str, default: bool) -> bool:
        """``1`` or ``0``, also ``true``/``false``, ``yes``/``no``, ``on``/``off``."""
        value = self.text(name).lower()
        if not value:
            return default
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")

    def one_of(self, name: str, *allowed: str) -> str:
        """One of these words; the first where it is unset."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} must be {' or '.join(allowed)}, not {value!r}.")
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number from 1 up."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()) or int(value) < 1:
            raise ImproperlyConfigured(f"{name} must be a whole number from 1 up, not {value!r}.")
        return int(value)

    def port(self, name: str, default: int) -> int:
        """A TCP port, 1 to 65535."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()) or not 0 < int(value) < 65536:
            raise ImproperlyConfigured(f"{name} must be a port between 1 and 65535, not {value!r}.")
        return int(value)

    def folder(self, name: str, default: Path) -> Path:
        """A folder, made when it is not there; refused when it cannot be written to."""
        path = Path(self.text(name, str(default))).expanduser().resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ImproperlyConfigured(f"{name} is no folder that can be made: {problem}.") from problem
        if not os.access(path, os.W_OK):
            raise ImproperlyConfigured(f"{name} is {path}, which cannot be written to.")
        return path

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Host names separated by commas."""
        names = [part.strip() for part in self.text(name, ",".join(default)).split(",") if part.strip()]
        for host in names:
            if "/" in host or " " in host:
                raise ImproperlyConfigured(f"{name} holds host names separated by commas, and {host!r} is none.")
        return names

    def origin(self, name: str, default: str) -> str:
        """A full origin such as ``https://exchange.example``, without a path."""
        value = self.text(name, default).rstrip("/")
        parts = address(name, value)
        more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
        if parts.scheme not in {"http", "https"} or not parts.hostname or more:
            raise ImproperlyConfigured(f"{name} must look like https://exchange.example, not {value!r}.")
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def scanner(self, name: str) -> str:
        """Where a ClamAV daemon listens: ``tcp://127.0.0.1:3310`` or ``unix:///run/clamav/clamd.ctl``; or empty."""
        value = self.text(name)
        parts = address(name, value)
        fits = {"tcp": parts.hostname and parts.port and not parts.path, "unix": parts.path and not parts.netloc}
        if value and not fits.get(parts.scheme):
            raise ImproperlyConfigured(
                f"{name} must look like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, not {value!r}."
            )
        return value

    def mailbox(self, name: str) -> str:
        """A plain address whose name leaves room for ``+`` and a mark of 34 characters; empty when there is none."""
        value = self.text(name)
        if value and not re.fullmatch(r"[A-Za-z0-9._-]{1,29}@[A-Za-z0-9.-]+", value):
            raise ImproperlyConfigured(
                f"{name} must look like exchange@example.org, with at most 29 characters before the @, not {value!r}."
            )
        return value

    def push_key(self, name: str) -> str:
        """A private key of P-256 as ``keys.make_push_key`` writes it; empty when there is none."""
        value = self.text(name)
        if value and not is_push_key(value):
            raise ImproperlyConfigured(f"{name} must be a private key of 43 characters, as in VAR_DIR/vapid_key.")
        return value

    def push_hosts(self, name: str) -> list[str]:
        """``push.example.org``, ``*.push.example.org`` or ``push.example.org:8443``, separated by commas."""
        names = [part.strip().lower() for part in self.text(name).split(",") if part.strip()]
        for host in names:
            if not re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", host):
                raise ImproperlyConfigured(f"{name} holds host names separated by commas, and {host!r} is none.")
        return names

    def redis(self, name: str) -> str:
        """``redis://``, ``rediss://`` or ``unix://``; empty when there is none."""
        value = self.text(name)
        if value and address(name, value).scheme not in {"redis", "rediss", "unix"}:
            raise ImproperlyConfigured(f"{name} must begin with redis://, rediss:// or unix://, not {value!r}.")
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's ``DATABASES["default"]`` from ``sqlite:///path`` or ``postgresql://user:word@host:port/name``.

        A query such as ``?host=/run/postgresql`` is handed on to libpq (its Unix socket folder, sslmode …).
        """
        value = self.text(name, default)
        parts = address(name, value)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            return sqlite(Path(unquote(parts.path[1:])))
        if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
            return postgresql(name, parts.path.strip("/"), value)
        raise ImproperlyConfigured(
            f"{name} must look like sqlite:///exchange.sqlite3 or postgresql://user@host/name, not {value!r}."
        )

    def search_engine(self, name: str, database: Mapping[str, Any]) -> str:
        """Who keeps the index: ``whoosh`` in a folder, or ``postgres`` in the database."""
        value = self.one_of(name, "whoosh", "postgres")
        if value == "postgres" and not database["ENGINE"].endswith("postgresql"):
            raise ImproperlyConfigured(f"{name} can be postgres only where DATABASE_URL names a PostgreSQL database.")
        return value

    def email(self, name: str, default: str) -> dict[str, Any]:
        """Django's mail settings from ``smtp://user:word@host:port``, ``file:///folder`` or ``console:``."""
        value = self.text(name, default)
        parts = address(name, value)
        if parts.scheme == "console":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        if parts.scheme == "file" and parts.path:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": unquote(parts.path),
            }
        if parts.scheme in {"smtp", "smtps", "smtp+tls"} and parts.hostname:
            return smtp(value)
        raise ImproperlyConfigured(
            f"{name} must look like smtp://user:word@host:587, smtps://… or file:///folder, not {value!r}."
        )


def address(name: str, value: str) -> SplitResult:
    """The parts of an address; refused with the variable's name where it is none, such as for a port of letters."""
    try:
        parts = urlsplit(value)
        if parts.port == 0:
            raise ValueError("no port 0")
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} is no address: {problem}.") from problem
    return parts


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as a server: readers beside one writer, an ack that survives a power cut, no deferred upgrades.

    Connections stay open for a while: the last one to close empties the whole log into the database first."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864;"
            ),
        },
    }


def postgresql(name: str, database: str, url: str) -> dict[str, Any]:
    """PostgreSQL through psycopg 3 and its pool. ``?prepare_threshold=never`` is for a proxy between that gives each
    transaction another connection, which knows nothing of the statements prepared on the last one."""
    parts = urlsplit(url)
    options: dict[str, Any] = {
        "prepare_threshold": "1",
        **dict(parse_qsl(parts.query)),
        "pool": {"min_size": 0, "max_size": 16, "timeout": 10},
    }
    prepare = options["prepare_threshold"]
    if prepare != "never" and not (prepare.isascii() and prepare.isdigit()):
        raise ImproperlyConfigured(f"{name}: prepare_threshold is a number or never, and {prepare!r} is neither.")
    options["prepare_threshold"] = None if prepare == "never" else int(prepare)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def smtp(url: str) -> dict[str, Any]:
    """Django's SMTP settings; ``smtps`` is TLS from the first byte, ``smtp+tls`` STARTTLS."""
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
