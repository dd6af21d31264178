"""Many rooms with real sentences in them, and somebody who looks for what was said; for ``bench.finding``."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat import indexing
from chat.finding import find
from chat.models import Message, Room
from exchange.preparation import prepare
from partnerships.actions import found_network
from partnerships.models import Function, Membership, Network, Organisation
from search.analysis import WORD, term

SOURCES = Path("platform/exchange/demo/data/conversations")
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "1000000"))
ROOMS = {"mine": 60, "theirs": 140}
PEOPLE = 200
APART = timedelta(seconds=90)


def sentences() -> list[str]:
    """What people of the demonstration say, in their four languages."""
    lines = (line for file in sorted(SOURCES.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines())
    return [line.strip() for line in lines if len(line.split()) > 5]


def prepared() -> User:
    """Two networks with their rooms and people; the reader has a seat in one of them."""
    prepare(lambda step: None)
    today = timezone.localdate()
    agency = Organisation.objects.create(name="Bench", slug="bench", country="SE", zone="Europe/Stockholm")
    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(PEOPLE))
    for slug, rooms in ROOMS.items():
        network = found_network(name=slug.title(), slug=slug, begins=today)
        places = (Room(kind=Room.Kind.TOPIC, network=network, title=f"{slug} {n}") for n in range(rooms))
        Room.objects.bulk_create(places)
    seat = {"function": Function.PROJECT_MEMBER, "organisation": agency, "begins": today}
    Membership.objects.create(person=people[0], network=Network.objects.get(slug="mine"), **seat)
    return people[0]


def fill() -> None:
    """``BENCH_MESSAGES`` messages, room after room in turn, a minute and a half from each other."""
    left, size = invented(), 5000
    while some := list(islice(left, size)):
        Message.objects.bulk_create(some)
    for room in Room.objects.filter(kind=Room.Kind.TOPIC):
        count = Message.objects.filter(room=room).count()
        Room.objects.filter(pk=room.pk).update(version=count, message_count=count, last_posted_at=timezone.now())


def invented() -> Iterator[Message]:
    """One to three sentences each, by chance that can be repeated; a number that only few have is in each."""
    chance, said = Random(2026), sentences()
    rooms = list(Room.objects.filter(kind=Room.Kind.TOPIC).values_list("pk", flat=True))
    people = list(User.objects.filter(email__endswith="@bench.example").values_list("pk", flat=True))
    begins = timezone.now() - APART * MESSAGES
    for number in range(MESSAGES):
        yield Message(
            room_id=rooms[number % len(rooms)],
            number=number // len(rooms) + 1,
            version=number // len(rooms) + 1,
            author_id=people[chance.randrange(PEOPLE)],
            client_id=UUID(int=number),
            body=f"{' '.join(chance.choices(said, k=chance.randint(1, 3)))} Nr{chance.randrange(MESSAGES // 10)}",
            language=chance.choice(["en", "sv", "fr", "sw"]),
            posted_at=begins + APART * number,
        )


def taken_up() -> int:
    """Let search take up everything; PostgreSQL then counts its rows, as its autovacuum does within minutes."""
    done = indexing.work_off()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return done


def questions() -> list[str]:
    """Common words, rare ones, none; two together, phrases, with a person, a room, a time; and these without words."""
    counted = Counter(word.lower() for line in sentences() for word in WORD.findall(line) if len(word) > 3)
    known = [word for word, _times in counted.most_common() if term(word, "en") and term(word, "sv")]
    common, middling, rare = known[:8], known[200:208], known[-8:]
    lines = [WORD.findall(line) for line in Random(7).sample(sentences(), 8)]
    return [
        *common,
        *middling,
        *rare,
        *(f"Nr{number}" for number in range(8)),
        *(f"{one} {two}" for one, two in zip(common, middling, strict=True)),
        *(f'"{" ".join(words[1:4])}"' for words in lines),
        *(f"{word} from:12" for word in common[:4]),
        *(f'{word} in:"mine {n}" before:{timezone.localdate():%Y}' for n, word in enumerate(middling[:4])),
        *("from:34", "from:me", "after:2020", f"before:{timezone.localdate():%Y-%m}", "has:link", "nowheretobefound"),
    ]


def by_index(reader: User, question: str) -> int:
    """As the page asks: rights, index, messages and the pieces that show why. How many were found."""
    return len(find(reader, question).hits)


def by_like(reader: User, question: str) -> int:
    """As one begins: the newest of the reader's rooms whose text holds the words as they are typed."""
    rows = Message.objects.visible_to(reader).with_author().filter(body__icontains=question.strip('"'))
    return len(rows.order_by("-posted_at")[:20])
