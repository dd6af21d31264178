"""Weeks go by, over both changes of Stockholm's clock, in many zones: each digest once, everything in exactly one."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from pytest_django.fixtures import Settings

import things
from accounts.models import User
from notifications import kinds
from notifications.actions import Why, notify
from notifications.kinds import Kind, Telling, When, Words
from notifications.models import Choice, Delivery, Preferences
from notifications.sending import send_due
from notifications.timing import next_digest
from tests.conftest import World, person
from tests.notifications.conftest import sample
from tests.notifications.test_timing import is_quiet

ZONES = [
    "Europe/Stockholm",
    "Africa/Kigali",
    "Africa/Johannesburg",
    "Africa/Dar_es_Salaam",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
]
HOURS = [7, 2, 0, 23, 12, 6, 3]
"""When each one's digest comes: among them the hour that Stockholm's clock leaves out or shows twice."""
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)]
DAYS = timedelta(days=1)
DIGEST = re.compile(r"^\d+ new: ")


@dataclass
class Reader:
    """Somebody, and what came: when, in a digest or not, and which causes it told."""

    person: User
    preferences: Preferences
    told: dict[int, datetime] = field(default_factory=dict)
    mails: list[tuple[datetime, bool, list[int]]] = field(default_factory=list)

    def digests(self) -> list[datetime]:
        """When one came."""
        return [at for at, digest, _causes in self.mails if digest]

    def day(self, moment: datetime) -> date:
        """Theirs."""
        return moment.astimezone(ZoneInfo(self.person.zone)).date()

    def sent_at(self, cause: int) -> datetime:
        """When they heard of it, once."""
        [at] = [at for at, _digest, causes in self.mails if cause in causes]
        return at


class TwoAtOnce(EmailBackend):
    """While one sender hands a mail over, another one looks for what is due."""

    meanwhile = False

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if not TwoAtOnce.meanwhile:
            TwoAtOnce.meanwhile = True
            send_due(limit=2)
            TwoAtOnce.meanwhile = False
        return int(super().send_messages(messages))


def readers(world: World) -> list[Reader]:
    """In each zone one with a digest a day and one with a digest a week; in some one who hears at once."""
    made = []
    for n, zone in enumerate(ZONES):
        for rhythm in ("daily", "weekly", "at_once")[: 2 + (n < 3)]:
            one = person(f"{rhythm}{n}", zone=zone)
            world.seat(one, "researcher", world.icld, partnership=world.partnership)
            fields = {"rhythm": rhythm} if rhythm != "at_once" else {}
            preferences = Preferences.objects.create(person=one, digest_hour=HOURS[n], digest_day=n, **fields)
            if fields:
                Choice.objects.create(person=one, kind="tick", when=When.DIGEST)
            made.append(Reader(one, preferences))
    return made


def words(telling: Telling) -> Words:
    """Says which cause it was."""
    return Words(f"Cause {telling.facts['n']}")


@pytest.fixture(autouse=True)
def tick(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A kind of these tests' own, and two senders."""
    monkeypatch.setitem(kinds.kinds, "tick", Kind("tick", "Ticks", words, sample))
    settings.EMAIL_BACKEND = f"{__name__}.TwoAtOnce"


def calls(chance: Random, begin: datetime, end: datetime) -> Iterator[datetime]:
    """When a sender looks: every few minutes, and now and then not for hours or days."""
    at = begin
    while at < end:
        yield at
        away = chance.random()
        minutes = chance.uniform(8 * 60, 90 * 60) if away < 0.006 else chance.uniform(3, 70)
        at += timedelta(minutes=minutes)


@dataclass
class Weeks:
    """What happened: the moments at which a sender looked, and what came of it."""

    readers: list[Reader]
    looked: list[datetime]

    def first_look(self, moment: datetime) -> datetime:
        """When a sender first looked, from then on."""
        return self.looked[bisect_left(self.looked, moment)]


def live_through(change: date, world: World) -> Weeks:
    """Eleven days to either side of a change of the clock, and what is told until everything has left."""
    chance = Random(change.toordinal())
    noon = datetime(change.year, change.month, change.day, 12, tzinfo=UTC)
    begin, over, end = noon - 11 * DAYS, noon + 11 * DAYS, noon + 24 * DAYS
    causes = sorted(begin + chance.random() * (over - begin) for _ in range(36))
    weeks = Weeks(readers(world), list(calls(chance, begin, end)))
    happening = sorted([(at, n) for n, at in enumerate(causes)] + [(at, -1) for at in weeks.looked])
    about = things.kinds["partnership"].card(world.partnership)
    people = [one.person for one in weeks.readers]
    with time_machine.travel(begin, tick=False) as clock:
        for at, n in happening:
            clock.move_to(at)
            if n < 0:
                look(at, weeks.readers)
            else:
                notify(people, about, Why("tick", f"tick:{n}", facts={"n": n}))
                for one in weeks.readers:
                    one.told[n] = at
    return weeks


def look(at: datetime, readers: list[Reader]) -> None:
    """A sender looks, and what leaves is read."""
    while send_due():
        pass
    by_address = {one.person.email: one for one in readers}
    for sent in mail.outbox:
        causes = [int(n) for n in re.findall(r"Cause (\d+)\b", str(sent.body))]
        by_address[sent.to[0]].mails.append((at, bool(DIGEST.match(str(sent.subject))), causes))
    mail.outbox.clear()


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_everything_is_told_once_at_the_readers_hour(change: date, world: World) -> None:
    weeks = live_through(change, world)
    assert not Delivery.objects.waiting().exists()
    for reader in weeks.readers:
        heard = [n for _at, _digest, causes in reader.mails for n in causes]
        assert sorted(heard) == sorted(reader.told)
        if Choice.objects.filter(person=reader.person).exists():
            digests_come_once(reader, weeks)
        else:
            mails_keep_quiet(reader, weeks)


def digests_come_once(reader: Reader, weeks: Weeks) -> None:
    """At most one a day, between two of the reader's moments at most one with what was told before; and where the
    senders were not away, at the first look after the moment."""
    days = [reader.day(at) for at in reader.digests()]
    assert len(days) == len(set(days)) == len(reader.mails)
    by_moment = defaultdict(set)
    for n, told_at in reader.told.items():
        due = next_digest(told_at, reader.preferences, reader.person.zone)
        by_moment[due].add(reader.sent_at(n))
        assert reader.sent_at(n) >= due
    for due, sent in by_moment.items():
        assert len(sent) == 1
        first = weeks.first_look(due)
        if first - due < timedelta(hours=1):
            assert sent == {first}


def mails_keep_quiet(reader: Reader, weeks: Weeks) -> None:
    """One mail a cause, at the first look after it that is not in the quiet hours."""
    for n, told_at in reader.told.items():
        looks = weeks.looked[bisect_left(weeks.looked, told_at) :]
        assert reader.sent_at(n) == next(at for at in looks if not is_quiet(at, reader.preferences, reader.person.zone))
