"""What a load balancer asks: is the process alive, and which part fails when it is not ready."""

from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from django.test import Client
from pytest_django.fixtures import Settings

import search

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_every_part_is_named_when_all_are_ready(client: Client) -> None:
    search.work_off()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "bus": "ok", "index": "ok"})


def test_a_lost_bus_is_named(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "ok"
    assert answer.json()["bus"].startswith("Redis does not answer: ")


def test_a_bus_that_answers_is_ready(client: Client, settings: Settings, redis_url: str) -> None:
    settings.REDIS_URL = redis_url
    assert client.get("/readyz").json()["bus"] == "ok"


def test_a_lost_index_is_named(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "gone"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["index"] == f"the search index is away: {tmp_path / 'gone'} is no folder"


def test_a_lost_database_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real connection, to a folder that is not there."""
    nowhere = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/exchange"}})
    monkeypatch.setattr("exchange.health.connection", nowhere["default"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"].startswith("the database does not answer: ")
