"""What operators see: numbers for who bears the token, and logs that machines read."""

import json
import logging
import sys

from django.test import Client
from pytest_django.fixtures import Settings

from exchange.logs import JsonFormatter

TOKEN = "a long word"


def test_numbers_are_for_who_bears_the_token(settings: Settings, client: Client, db: None) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert b"\nexchange_sockets " in answer.content
    for wrong in ["", TOKEN, "Bearer", "Bearer a long words", "Bearer é"]:
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 404


def test_without_a_token_there_are_no_numbers(settings: Settings, client: Client, db: None) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_line_of_the_log_is_one_object_with_its_facts_and_its_fault() -> None:
    try:
        raise ValueError("no such room")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("realtime.bus", logging.WARNING, __file__, 1, "Away for %s s.", (3,), fault)
    record.pause = 3
    line = JsonFormatter().format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert (said["event"], said["level"], said["logger"], said["pause"]) == (
        "Away for 3 s.",
        "warning",
        "realtime.bus",
        3,
    )
    assert "ValueError: no such room" in said["exception"]
