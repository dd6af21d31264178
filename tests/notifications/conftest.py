"""A kind of notification of the tests' own, so that nothing here depends on what the apps have to tell."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

import things
from accounts.models import User
from notifications import kinds
from notifications.actions import Why, notify
from notifications.kinds import Kind, Telling, Words
from partnerships.models import Partnership
from tests.notifications.push_service import PushService, push_service
from tests.postbox import Postbox, postbox
from things import Thing


def words(telling: Telling) -> Words:
    """Speaks of the thing, and of the fact ``n``."""
    about = telling.about
    title = f"News of {about.title if about else 'nothing'}"
    return Words(title, f"Number {telling.facts.get('n')}.", quote="Habari za asubuhi", quote_language="sw")


def sample() -> Telling:
    """An invented one."""
    return Telling(None, Thing("partnership", 0, "Vik–Lindi", "/"), {"n": 1})


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """``note``: at once, mail and all."""
    note = Kind("note", "News", words, sample)
    monkeypatch.setitem(kinds.kinds, "note", note)
    return note


@pytest.fixture
def slow_kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """``slow``: its mail waits ten minutes for the person to read it first."""
    slow = Kind("slow", "Slow news", words, sample, mail_after=timedelta(minutes=10))
    monkeypatch.setitem(kinds.kinds, "slow", slow)
    return slow


Tell = Callable[..., int]


@pytest.fixture
def tell_of(kind: Kind) -> Tell:
    """``tell_of(partnership, [owner, …], n=1)``: the same ``n`` is the same cause."""

    def tell(partnership: Partnership, people: list[User], n: int = 1, kind: str = "note", **why: object) -> int:
        about = things.kinds["partnership"].card(partnership)
        return notify(people, about, Why(kind, f"note:{n}", facts={"n": n}, **why))  # type: ignore[arg-type]

    return tell


@pytest.fixture
def box(settings: Settings) -> Iterator[Postbox]:
    """A mail server to which the exchange's mail goes."""
    with postbox() as box:
        for name, value in box.settings().items():
            setattr(settings, name, value)
        yield box


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PushService]:
    """A push service that this installation knows."""
    with push_service(tmp_path) as service:
        settings.PUSH_HOSTS = [*settings.PUSH_HOSTS, service.host]
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.certificate))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield service
