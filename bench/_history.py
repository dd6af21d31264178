"""A room with a history of any length, and somebody who reads in it; for ``bench.history``."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client
from django.utils import timezone

from accounts.models import User
from chat.models import Mention, Message, ReadMarker, Room
from exchange.asgi import application
from exchange.preparation import prepare
from partnerships.actions import found_network
from partnerships.models import Function, Membership, Network, Organisation

PEOPLE = 50
UNREAD = 20
A_PAGE = 50
HOST = "127.0.0.1:8000"
UUIDS = {"sqlite": "printf('%%032x', {seed} + n)", "postgresql": "lpad(to_hex({seed} + n), 32, '0')::uuid"}
FILL = """
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < %s)
INSERT INTO chat_message (room_id, number, version, author_id, organisation_id, client_id, body, html, language,
    posted_at, reactions)
SELECT %s, n, n, %s + n %% %s, %s, {uuid}, 'Message ' || n || %s, CASE WHEN n %% 20 = 0 THEN %s ELSE '' END, 'en',
    {now}, '[]' FROM counted
"""
WORDS = (
    ", a message of about a hundred and twenty characters, as people write them to each other when they have a plan."
)
CALLING = '<p><b class="mention">@Person 0</b>, a message in which somebody is called by name.</p>'


@dataclass(frozen=True)
class Told:
    """What a socket said until nothing was missing. ``size`` is in bytes, before any compression."""

    seconds: float
    pages: int
    size: int
    queries: int


def prepared() -> Network:
    """An empty exchange with one network and its people."""
    prepare(lambda step: None)
    today = timezone.localdate()
    network = found_network(name="Bench", slug="bench", begins=today)
    agency = Organisation.objects.create(name="Bench", slug="bench", country="SE", zone="Europe/Stockholm")
    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(PEOPLE))
    seat = {"function": Function.PROJECT_MEMBER, "organisation": agency, "begins": today, "network": network}
    Membership.objects.bulk_create(Membership(person=one, **seat) for one in people)
    return network


def grow(reader: User, title: str, length: int) -> int:
    """A room with so many messages by all, each twentieth a mention of ``reader``, who has not read the last twenty.
    Its id."""
    network, agency = Network.objects.get(), Organisation.objects.get(slug="bench")
    counts = {"version": length, "message_count": length, "last_posted_at": timezone.now()}
    room = Room.objects.create(kind=Room.Kind.TOPIC, network=network, title=title, **counts)
    statement = FILL.format(uuid=UUIDS[connection.vendor].format(seed=room.pk * 10**9), now="%s")
    first = User.objects.order_by("pk")[0].pk
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # these rows need no look at what they point to
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, [length, room.pk, first, PEOPLE, agency.pk, WORDS, CALLING, now])
    called = Message.objects.filter(room=room).exclude(html="").values_list("pk", "number")
    Mention.objects.bulk_create(
        [Mention(message_id=pk, person=reader, room=room, number=number) for pk, number in called], batch_size=5000
    )
    ReadMarker.objects.create(user=reader, room=room, last_read_number=length - UNREAD)
    if connection.vendor == "postgresql":  # what autovacuum does within a minute
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT; ANALYZE")
    return room.pk


class Reader:
    """One of the network's people, with a browser."""

    def __init__(self, network: Network) -> None:
        self.person: User = User.objects.get(memberships__network=network, name="Person 0")
        self.client = Client(headers={"host": HOST})
        self.client.force_login(self.person)

    def opens(self, address: str) -> None:
        """A whole page, or an answer of the API."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    async def catches_up(self, room: int, missed: int) -> Told:
        """A new socket that lacks the last ``missed`` versions, until it lacks nothing."""
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        headers = [(b"host", HOST.encode()), (b"origin", f"http://{HOST}".encode())]
        cookie = (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())
        wire = WebsocketCommunicator(application, "/ws/chat/", [*headers, cookie])
        begun, queries = perf_counter(), counter.queries
        await wire.connect(timeout=60)
        head = (await Room.objects.aget(pk=room)).version
        await wire.send_to(text_data=json.dumps({"type": "hello", "have": {room: head - missed}}))
        pages = size = 0
        more = True
        while more:
            text = str(await wire.receive_from(timeout=60))
            frame = json.loads(text)
            size += len(text.encode())
            if frame["type"] != "changes":
                continue
            pages, more = pages + 1, frame["more"]
            if more:
                await wire.send_to(text_data=json.dumps({"type": "changes", "room": room, "since": frame["version"]}))
        told = Told(perf_counter() - begun, pages, size, counter.queries - queries)
        await wire.disconnect()
        return told


class Counter:
    """How many queries this process has asked, in any thread."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        """Around each query."""
        self.queries += 1
        return execute(*args)

    def watch(self, connection: Any, **signal: Any) -> None:
        """Count what a connection asks; it may have been connected before."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)


counter = Counter()
connection_created.connect(counter.watch)
