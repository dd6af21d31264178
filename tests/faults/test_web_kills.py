"""kill -9 of the web process at seeded moments, while it takes announcements: what it has not acknowledged is posted
again, and each person gets one mail of each, whatever was stored when it died."""

import json
from contextlib import suppress
from datetime import date
from http.client import HTTPException
from pathlib import Path
from random import Random
from threading import Timer
from urllib.request import Request, urlopen
from uuid import UUID

import pytest

from accounts.actions import create_token
from accounts.models import User
from chat.models import Message, Room
from notifications.models import Delivery
from partnerships.actions import found_network
from partnerships.models import Function, Membership
from tests.conftest import organisation, person
from tests.faults.rounds import KILLS, MAILS, PATIENCE, SEEDS, never_quiet, nothing_waits, worker
from tests.live import free_port, server
from tests.postbox import Postbox
from tests.work.test_worker import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.live]  # once is enough for each `make test`
ANNOUNCEMENTS = 3 * KILLS
LONGEST = 0.2
"""Seconds after the beginning of a request within which its process is killed."""


def announcements_room() -> tuple[Room, str]:
    """A room where everybody is told of everything, and the token of an officer who may write there."""
    network = found_network(name="Climate", slug="climate", begins=date(2025, 1, 1))
    agency = organisation("ICLD", "SE", "Europe/Stockholm")
    number = MAILS // ANNOUNCEMENTS
    people = User.objects.bulk_create(User(email=f"person{n}@test.example", name=f"Person {n}") for n in range(number))
    officer = person("Officer")
    seat = {
        "function": Function.PROGRAMME_OFFICER,
        "organisation": agency,
        "network": network,
        "begins": network.begins,
    }
    Membership.objects.bulk_create(Membership(person=one, **seat) for one in [officer, *people])
    never_quiet(people)
    return Room.objects.get(network=network, kind=Room.Kind.ANNOUNCEMENTS), create_token(officer, "post")[1]


def nothing_prepared(environment: dict[str, str]) -> None:
    """As ``manage.py prepare`` leaves it, without any static file: here nobody asks for a page."""
    folder = Path(environment["VAR_DIR"]) / "static"
    folder.mkdir()
    (folder / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": {}}))


def is_posted(address: str, secret: str, client_id: UUID) -> bool:
    """Post one announcement; whether that was acknowledged."""
    body = json.dumps({"body": f"News number {client_id}", "client_id": str(client_id)}).encode()
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    with suppress(OSError, HTTPException), urlopen(Request(address, body, headers), timeout=PATIENCE) as answer:
        return answer.status in {200, 201}
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_the_web_process_is_killed_while_it_takes_announcements(
    seed: int, box: Postbox, environment: dict[str, str]
) -> None:
    chance, port = Random(seed), free_port()
    room, secret = announcements_room()
    nothing_prepared(environment)
    address = f"http://127.0.0.1:{port}/chat/api/rooms/{room.pk}/messages/"
    left = [UUID(int=chance.getrandbits(128), version=4) for _ in range(ANNOUNCEMENTS)]
    deadly = set(chance.sample(left, KILLS))
    with worker(environment):
        while left:
            with server(["serve", "--port", str(port)], port, environment) as web:
                while left and web.poll() is None:
                    killer = Timer(chance.uniform(0, LONGEST), web.kill) if left[0] in deadly else None
                    if killer:
                        deadly.discard(left[0])
                        killer.start()
                    if is_posted(address, secret, left[0]):
                        left.pop(0)
                    if killer:
                        web.wait(timeout=PATIENCE)
        until(nothing_waits, "all mail leaves", PATIENCE)
    assert (Message.objects.count(), deadly) == (ANNOUNCEMENTS, set())
    told = Delivery.objects.filter(kind="announcement", channel="mail", state="sent")
    assert told.count() == MAILS // ANNOUNCEMENTS * ANNOUNCEMENTS
    assert box.ids == dict.fromkeys(told.values_list("message_id", flat=True), 1)
