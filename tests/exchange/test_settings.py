"""A malformed setting stops the start with one sentence that names the variable, and never with a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.env import KNOWN, Environment
from exchange.keys import is_push_key
from tests.live import ROOT, clean

MALFORMED = {
    "ALLOWED_HOSTS": "https://exchange.example/",
    "AUTHSERV_ID": "mx.example.org mx2.example.org",
    "CLAMD": "/run/clamav/clamd.ctl",
    "DATABASE_URL": "mysql://exchange",
    "DEBUG": "perhaps",
    "DEMO": "2",
    "EMAIL_URL": "mail.example:25",
    "FILES_A_PERSON_MB": "none",
    "INDEX_DIR": "/proc/nowhere",
    "LOG_FORMAT": "xml",
    "MEDIA_DIR": "/proc/nowhere",
    "MESSAGES_A_MINUTE": "many",
    "PORT": "eighty",
    "PUBLIC_URL": "exchange.example",
    "PUSH_HOSTS": "https://push.example.org/",
    "REDIS_URL": "localhost:6379",
    "REPLY_ADDRESS": "exchange+x@example.org",
    "SEARCH_ENGINE": "lucene",
    "VAPID_PRIVATE_KEY": "not a key",
    "VAR_DIR": "/proc/nowhere",
}
FREE = {"SECRET_KEY", "FROM_EMAIL", "METRICS_TOKEN"}
"""Any text is a good value."""


def test_every_setting_is_tried() -> None:
    assert set(MALFORMED) | FREE == KNOWN


@pytest.mark.parametrize("name", sorted(MALFORMED))
def test_a_malformed_value_is_refused_with_its_name(name: str, tmp_path: Path) -> None:
    done = started(tmp_path, **{name: MALFORMED[name]})
    assert done.returncode == 1
    assert done.stderr.startswith(f"The exchange cannot start: {name} ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("DATABASE_URL", "database", "postgresql://me@db:port/exchange"),
        ("DATABASE_URL", "database", "sqlite:///"),
        ("DATABASE_URL", "database", "postgresql://[db/exchange"),
        ("EMAIL_URL", "email", "smtp://mail:smtp"),
        ("PORT", "port", "8²"),
        ("PUBLIC_URL", "origin", "https://exchange.example:https"),
        ("PUBLIC_URL", "origin", "https://exchange.example?x"),
        ("PUBLIC_URL", "origin", "https://me@exchange.example"),
    ],
)
def test_half_an_address_is_refused_with_its_name(name: str, kind: str, value: str) -> None:
    default = {"port": 8000}.get(kind, "")
    with pytest.raises(ImproperlyConfigured, match=f"^{name} "):
        getattr(Environment({name: value}), kind)(name, default)


def test_https_in_capitals_is_https() -> None:
    assert (
        Environment({"PUBLIC_URL": "HTTPS://Exchange.example/"}).origin("PUBLIC_URL", "") == "https://exchange.example"
    )


def test_a_setting_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    done = started(tmp_path, EXCHANGE_DATABSE_URL="sqlite:///x")
    assert (done.returncode, done.stderr) == (
        1,
        "The exchange cannot start: EXCHANGE_DATABSE_URL is not a setting of the exchange (see docs/operate.md).\n",
    )


def test_the_longer_name_wins_where_the_plain_one_is_taken() -> None:
    environment = Environment({"PORT": "1", "EXCHANGE_PORT": "8001"})
    assert environment.port("PORT", 8000) == 8001


def test_an_index_in_postgresql_wants_a_database_in_postgresql(tmp_path: Path) -> None:
    done = started(tmp_path, SEARCH_ENGINE="postgres", DATABASE_URL=f"sqlite:///{tmp_path}/exchange.sqlite3")
    said = "SEARCH_ENGINE can be postgres only where DATABASE_URL names a PostgreSQL database.\n"
    assert (done.returncode, done.stderr) == (1, f"The exchange cannot start: {said}")


@pytest.mark.parametrize(
    ("address", "engine", "name"),
    [
        ("sqlite:///exchange.sqlite3", "sqlite3", "exchange.sqlite3"),
        ("sqlite:////srv/exchange.sqlite3", "sqlite3", "/srv/exchange.sqlite3"),
        ("postgresql://me:w%40rd@db.example:5433/exchange", "postgresql", "exchange"),
    ],
)
def test_both_databases_are_named_by_an_address(address: str, engine: str, name: str) -> None:
    made = Environment({"DATABASE_URL": address}).database("DATABASE_URL", "")
    assert (made["ENGINE"].rsplit(".", 1)[1], str(made["NAME"])) == (engine, name)


def test_sqlite_survives_a_power_cut_and_keeps_its_references(tmp_path: Path) -> None:
    made = Environment({"DATABASE_URL": f"sqlite:///{tmp_path}/x"}).database("DATABASE_URL", "")
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert {"PRAGMA synchronous=FULL", "PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON"} <= {
        part.strip() for part in made["OPTIONS"]["init_command"].split(";")
    }


def test_a_socket_folder_reaches_postgresql() -> None:
    made = Environment({"DATABASE_URL": "postgresql://me@/exchange?host=/run/postgresql"}).database("DATABASE_URL", "")
    assert (made["HOST"], made["PORT"], made["USER"]) == ("/run/postgresql", "", "me")


@pytest.mark.parametrize(("said", "meant"), [("", 1), ("?prepare_threshold=5", 5), ("?prepare_threshold=never", None)])
def test_postgresql_plans_hot_statements_once_unless_a_pooler_is_between(said: str, meant: int | None) -> None:
    made = Environment({"DATABASE_URL": f"postgresql://me@db/exchange{said}"}).database("DATABASE_URL", "")
    assert made["OPTIONS"]["prepare_threshold"] == meant


def test_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL: prepare_threshold is a number or never"):
        Environment({"DATABASE_URL": "postgresql://me@db/exchange?prepare_threshold=²"}).database("DATABASE_URL", "")


def test_no_database_without_a_name() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL must look like"):
        Environment({"DATABASE_URL": "postgresql://host/"}).database("DATABASE_URL", "")


def started(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """``manage.py check`` in an environment that holds nothing else of ours."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean(**{"VAR_DIR": str(folder)} | variables),
        text=True,
        capture_output=True,
        check=False,
    )


def test_processes_that_start_at_one_instant_share_their_keys(tmp_path: Path) -> None:
    """Two keys would end each other's sessions, or no push would reach the browsers of the other."""
    ask = "import manage, exchange.settings as s; print(s.SECRET_KEY, s.VAPID_PRIVATE_KEY)"
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", ask], cwd=ROOT, env=clean(VAR_DIR=str(tmp_path)), stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in starting}
    assert len(keys) == 1
    secret, push = keys.pop().split(maxsplit=1)
    assert (len(secret), is_push_key(push.strip())) == (50, True)
    assert sorted(path.name for path in tmp_path.iterdir() if "key" in path.name) == ["secret_key", "vapid_key"]
