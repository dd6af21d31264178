"""The named people of every test, and the small world they live in.

Network *Climate* has two partnerships. *Karlskrona–Saldanha Bay* has ``owner`` (coordinator, Karlskrona, also in its
project group), ``councillor`` (its steering group), ``partner`` (project manager, Saldanha Bay) and ``guest``
(researcher, only in its project group). *Älvsbyn–Rombo* has ``outsider``. ``officer`` runs the network,
``administrator`` the installation, ``stranger`` has an account and no seat.
"""

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from partnerships.actions import begin_membership, found_body, found_network, found_partnership
from partnerships.models import Body, Function, Membership, Network, Organisation, Partnership, Side
from tests.browser import browser, live, visits
from tests.emptying import Emptying
from tests.live import migrated
from tests.mould import Mould
from tests.servers import postgresql, redis

__all__ = ["browser", "live", "visits"]

BEGUN = date(2025, 1, 1)

gc.disable()
"""Until the tests are collected: what is made by then stays, and looking through it again and again costs seconds."""


@dataclass
class World:
    """Everything that ``world`` builds; also the fixtures below, one by one."""

    network: Network
    partnership: Partnership
    other_partnership: Partnership
    steering: Body
    project: Body
    karlskrona: Organisation
    saldanha_bay: Organisation
    alvsbyn: Organisation
    rombo: Organisation
    icld: Organisation
    owner: User
    partner: User
    councillor: User
    guest: User
    outsider: User
    officer: User
    administrator: User
    stranger: User

    def seat(self, person: User, function: str, organisation: Organisation, **place: object) -> Membership:
        """Give ``person`` one more seat, begun in 2025."""
        return begin_membership(person=person, function=function, organisation=organisation, begins=BEGUN, **place)


def person(name: str, **fields: object) -> User:
    """An account whose address is made of its name; the password is ``correct horse``."""
    return User.objects.create_user(f"{name.lower()}@test.example", "correct horse", name=f"{name} Test", **fields)


def organisation(name: str, country: str, zone: str, **fields: object) -> Organisation:
    """An organisation whose slug is made of its name."""
    return Organisation.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), country=country, zone=zone, **fields
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks the live server is marked, to be left out on the second database: it has its own. What does not ask the
    test's database is left out there too. What waits for processes goes first, so that two workers end together."""
    for item in items:
        if "live" in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.live)
    if os.environ.get("TEST_DATABASE_URL"):
        without = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if asks_the_database(item)]
    slow = {item.path for item in items if item.get_closest_marker("live") or "faults" in item.path.parts}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """From here on garbage is collected again, of what the tests make."""
    gc.freeze()
    gc.enable()


def asks_the_database(item: pytest.Item) -> bool:
    """By its mark or by a fixture, its own or one that a fixture of its stands on."""
    fixtures = {"db", "transactional_db", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or fixtures.intersection(getattr(item, "fixturenames", [])))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the test database is there already: on SQLite in a run that has made the tables once for all."""
    test = settings.DATABASES["default"]["TEST"]
    return connection.vendor == "sqlite" and migrated(Path(test["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database. Before it goes, PostgreSQL lets go of the connections that threads of the tests still hold."""
    with django_db_blocker.unblock():
        emptying = Emptying()
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda case: emptying.begin_again()):
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(scope="session")
def mould(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Mould[World]:
    """The world, built once."""
    with django_db_blocker.unblock():
        return Mould(build_world)


@pytest.fixture
def world(db: None, mould: Mould[World]) -> World:
    """The world of the docstring above."""
    return mould.cast()


def build_world() -> World:
    """Make it in the current database."""
    network = found_network(name="Climate", slug="climate", begins=BEGUN)
    karlskrona = organisation("Karlskrona", "SE", "Europe/Stockholm")
    saldanha_bay = organisation("Saldanha Bay", "ZA", "Africa/Johannesburg")
    alvsbyn = organisation("Alvsbyn", "SE", "Europe/Stockholm")
    rombo = organisation("Rombo", "TZ", "Africa/Dar_es_Salaam")
    icld = organisation("ICLD", "SE", "Europe/Stockholm", kind=Organisation.Kind.AGENCY)
    partnership = found_partnership(
        name="Karlskrona–Saldanha Bay",
        slug="karlskrona-saldanha-bay",
        network=network,
        challenge="Young people in climate work",
        status=Partnership.Status.RUNNING,
        begins=BEGUN,
    )
    other = found_partnership(
        name="Älvsbyn–Rombo",
        slug="alvsbyn-rombo",
        network=network,
        challenge="Biogas and water",
        status=Partnership.Status.RUNNING,
        begins=BEGUN,
    )
    for one, swedish, international in [(partnership, karlskrona, saldanha_bay), (other, alvsbyn, rombo)]:
        Side.objects.create(partnership=one, organisation=swedish, which=Side.Which.SWEDISH)
        Side.objects.create(partnership=one, organisation=international, which=Side.Which.INTERNATIONAL)
    made = World(
        network=network,
        partnership=partnership,
        other_partnership=other,
        steering=found_body(partnership=partnership, kind=Body.Kind.STEERING),
        project=found_body(partnership=partnership, kind=Body.Kind.PROJECT),
        karlskrona=karlskrona,
        saldanha_bay=saldanha_bay,
        alvsbyn=alvsbyn,
        rombo=rombo,
        icld=icld,
        owner=person("Owner", language="en", zone="Europe/Stockholm"),
        partner=person("Partner", zone="Africa/Johannesburg"),
        councillor=person("Councillor"),
        guest=person("Guest"),
        outsider=person("Outsider", zone="Africa/Dar_es_Salaam"),
        officer=person("Officer"),
        administrator=person("Administrator", is_staff=True, is_superuser=True),
        stranger=person("Stranger"),
    )
    made.seat(made.owner, Function.COORDINATOR, karlskrona, partnership=partnership)
    made.seat(made.owner, Function.PROJECT_MEMBER, karlskrona, body=made.project)
    made.seat(made.partner, Function.PROJECT_MANAGER, saldanha_bay, body=made.project)
    made.seat(made.councillor, Function.COUNCILLOR, karlskrona, body=made.steering)
    made.seat(made.guest, Function.RESEARCHER, icld, body=made.project)
    made.seat(made.outsider, Function.PROJECT_MANAGER, rombo, partnership=other)
    made.seat(made.officer, Function.PROGRAMME_OFFICER, icld, network=network)
    return made


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> None:
    """Every test begins without a search index; ``search.work_off()`` makes one of what the test has put."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.INDEX_DIR.mkdir()


@pytest.fixture(autouse=True)
def nobodys_zone() -> None:
    """Every test begins in the installation's zone, not in that of whom the last test's page was for."""
    timezone.deactivate()


def _named(name: str) -> object:
    def give(world: World) -> object:
        return getattr(world, name)

    give.__doc__ = f"``world.{name}``"
    return pytest.fixture(name=name)(give)


owner = _named("owner")
partner = _named("partner")
councillor = _named("councillor")
guest = _named("guest")
outsider = _named("outsider")
officer = _named("officer")
administrator = _named("administrator")
stranger = _named("stranger")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis of this run's own."""
    with redis() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL of this run's own, with one empty database."""
    with postgresql() as url:
        yield url
