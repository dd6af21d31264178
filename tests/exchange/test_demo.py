"""The demonstration as it stands in a database: who is there, who says what where, and that a day decides it all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Max
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import User
from chat.models import Message, ReadMarker, Room
from events.models import Answer, Event
from exchange.demo.seed import seed
from exchange.demo.source import pages
from knowledge.models import Lesson
from notifications.models import Delivery, Notification
from notifications.telling import tell
from partnerships.models import Body, Function, Membership, Network, Organisation, Partnership
from partnerships.permissions import people_in
from search.models import Change, Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
THE_PAIR = "karlskrona-saldanha-bay"


@pytest.fixture(scope="module", autouse=True)
def digests(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Seeds twice and keeps the second, until the module is done; what each filling came to."""
    with django_db_blocker.unblock(), transaction.atomic():
        with transaction.atomic():
            seed(DAY, 1, say=str)
            first = digest()
            transaction.set_rollback(True)
        seed(DAY, 1, say=str)
        yield [first, digest()]
        transaction.set_rollback(True)


def digest() -> str:
    """Everything that anybody could read, in an order of its own."""
    place = ("network__slug", "partnership__slug", "body__partnership__slug", "body__kind")
    tables = [
        Membership.objects.values_list("person__email", "person__name", "person__title", "function", "ends", *place),
        Message.objects.values_list(
            "room__kind", "number", "version", "author__email", "client_id", "body", "written_at", "posted_at"
        ),
        ReadMarker.objects.values_list("room__kind", "user__email", "last_read_number"),
        Lesson.objects.values_list("title", "author__email", "visibility", "status", "tag_names", "published_at"),
        Event.objects.values_list("uid", "title", "state", "starts_at", "ends_at", "sequence", "organiser__email"),
        Answer.objects.values_list("event__uid", "person__email", "choice", "answered_at"),
        Notification.objects.values_list("person__email", "kind", "position", "created_at", "opened_at"),
        Delivery.objects.values_list("person__email", "kind", "state", "due_at", "ended_at"),
    ]
    lines = [line for table in tables for line in sorted(map(repr, table))]
    return sha256("\n".join(lines).encode()).hexdigest()


def account(name: str) -> User:
    """The account whose address begins so."""
    return User.objects.get(email__startswith=f"{name}@")


def test_two_fillings_for_one_day_are_alike(digests: list[str]) -> None:
    assert digests[0] == digests[1]


def test_networks_are_in_their_second_or_third_year() -> None:
    assert {network.slug: DAY.year - network.begins.year + 1 for network in Network.objects.all()} == {
        "climate": 3,
        "human-rights": 2,
        "agenda-2030": 2,
    }


def test_rombo_is_in_the_climate_network_and_two_old_pairs_are_closed() -> None:
    assert Partnership.objects.get(slug="alvsbyn-rombo").network == Network.objects.get(slug="climate")
    closed = {pair.slug for pair in Partnership.objects.all() if pair.is_closed}
    assert closed == {"malmo-swakopmund", "goteborg-nelson-mandela-bay"}
    assert Organisation.objects.filter(demo=False).count() == 0


def test_about_two_hundred_people_of_more_than_five_countries_sit_in_bodies_of_both_sides() -> None:
    assert 180 <= User.objects.count() <= 260
    assert len(set(Membership.objects.values_list("organisation__country", flat=True))) >= 5
    for body in Body.objects.filter(kind=Body.Kind.PROJECT):
        for side in body.partnership.sides.values("which", "partnership").distinct():
            homes = Organisation.objects.filter(sides__partnership=side["partnership"], sides__which=side["which"])
            seats = Membership.objects.current(NOW).filter(body=body, organisation__in=homes)
            assert 3 <= seats.values("person").distinct().count() <= 5, (body, side)


def test_each_steering_group_has_both_political_sides_from_both_places() -> None:
    for body in Body.objects.filter(kind=Body.Kind.STEERING):
        seats = Membership.objects.current(NOW).filter(body=body, function=Function.COUNCILLOR)
        assert sorted(seats.values_list("political", flat=True)) == ["majority"] * 2 + ["opposition"] * 2, body


def test_only_the_named_accounts_can_sign_in_with_a_password() -> None:
    able = {person.email for person in User.objects.all() if person.has_usable_password()}
    assert able == set(ACCOUNTS)
    assert all(User.objects.get(email=email).check_password(PASSWORD) for email in ACCOUNTS)


def test_the_named_accounts_have_the_seats_that_the_sign_in_page_says() -> None:
    pair = Partnership.objects.get(slug=THE_PAIR)
    assert account("coordinator") in people_in(pair)
    assert account("coordinator").memberships.filter(partnership=pair, function=Function.COORDINATOR).exists()
    assert account("councillor").memberships.get().body == pair.bodies.get(kind=Body.Kind.STEERING)
    assert User.objects.get(email="official@saldanhabay.example") in people_in(pair)
    outsider = User.objects.get(email="official@rombo.example")
    assert outsider not in people_in(pair)
    assert outsider in people_in(Network.objects.get(slug="climate"))
    researcher = account("researcher").memberships.get()
    assert (researcher.function, researcher.body) == (Function.RESEARCHER, pair.bodies.get(kind=Body.Kind.PROJECT))
    assert account("officer").memberships.filter(function=Function.PROGRAMME_OFFICER).exists()
    assert account("admin").is_superuser


def test_two_thousand_messages_stand_in_their_rooms_without_holes() -> None:
    assert Message.objects.count() >= 2000
    rooms = Room.objects.annotate(found=Count("messages"), last=Max("messages__number"))
    assert rooms.exclude(found=0).exclude(found=F("message_count"), last=F("message_count")).count() == 0
    assert (
        Message.objects.exclude(number=F("version"))
        .exclude(room__partnership__status__in=["closed", "archived"])
        .count()
        == 0
    )


def test_nobody_says_anything_later_than_eight_in_the_morning_or_at_night_or_on_a_sunday() -> None:
    latest = datetime.combine(DAY, time(8), UTC)
    for posted_at, zone, written_at in Message.objects.values_list("posted_at", "author__zone", "written_at"):
        local = posted_at.astimezone(ZoneInfo(zone))
        assert written_at is not None
        assert written_at < posted_at <= latest
        assert time(7, 29) <= local.time() < time(20, 31)
        assert local.weekday() < 6
    living = Message.objects.exclude(room__partnership__network=None, room__partnership__isnull=False)
    assert latest - living.order_by("posted_at")[0].posted_at <= timedelta(days=430)
    assert latest - living.latest("posted_at").posted_at <= timedelta(days=3, hours=12)


def test_no_placeholder_is_left_in_what_is_said() -> None:
    assert Message.objects.filter(body__regex=r"\{\w+\}").count() == 0


def test_something_but_not_everything_waits_for_everybody_who_may_sign_in() -> None:
    for email in ACCOUNTS:
        person = User.objects.get(email=email)
        rooms = Room.objects.visible_to(person)
        total = sum(rooms.values_list("message_count", flat=True))
        assert 0 < rooms.total_unread(person) < total / 5, email
    assert Room.objects.all().total_unread(User.objects.exclude(email__in=ACCOUNTS).earliest("pk")) == 0


def test_the_accounts_of_the_pair_take_part_in_its_rooms() -> None:
    for email in ("coordinator@karlskrona.example", "official@saldanhabay.example"):
        assert Message.objects.filter(author__email=email, room__partnership__slug=THE_PAIR).count() >= 10
    assert Message.objects.filter(author=account("councillor"), room__body__kind=Body.Kind.STEERING).count() >= 10
    assert Message.objects.filter(author=account("researcher")).count() >= 1


def test_the_bell_of_everybody_with_a_seat_has_something_read_or_not() -> None:
    accounts = [User.objects.get(email=email) for email in ACCOUNTS]
    seated = [one for one in accounts if one.memberships.exists()]
    assert {one.person for one in Notification.objects.all()} == set(seated)
    coordinator = Notification.objects.filter(person=account("coordinator"))
    assert 3 <= coordinator.count() <= 10
    assert {one.opened_at is None for one in coordinator} == {True, False}
    assert {one.kind for one in coordinator} >= {"mention", "reminder"}
    assert all(len(tell(Notification.objects.filter(person=one), one)) >= 1 for one in seated)
    assert max(Notification.objects.values_list("created_at", flat=True)) <= datetime.combine(DAY, time(8), UTC)


def test_a_handful_of_mails_waits() -> None:
    assert 3 <= Delivery.objects.waiting().count() <= 8
    assert Delivery.objects.exclude(person__email__in=ACCOUNTS).count() == 0


def test_lessons_are_shared_as_widely_as_each_says() -> None:
    assert Lesson.objects.count() == len(pages())
    assert set(Lesson.objects.values_list("visibility", flat=True)) == {"partnership", "network", "members"}
    assert Lesson.objects.filter(status="draft").exists()
    assert Lesson.objects.filter(translation_of=None).count() == sum(page.original for page in pages())
    for lesson in Lesson.objects.select_related("author"):
        home = set(lesson.author.memberships.values_list("organisation", flat=True))
        assert lesson.organisation_id in home or lesson.partnership


def test_an_outsider_finds_no_lesson_that_its_partnership_keeps() -> None:
    kept = Lesson.objects.filter(partnership__slug=THE_PAIR, visibility="partnership", status="published")
    outsider = User.objects.get(email="official@rombo.example")
    assert kept.count() >= 1
    assert set(kept) <= set(Lesson.objects.visible_to(account("coordinator")))
    assert not set(kept) & set(Lesson.objects.visible_to(outsider))
    assert Lesson.objects.visible_to(outsider).count() > 60


def test_the_index_is_told_of_every_lesson() -> None:
    keys = set(Lesson.objects.values_list("pk", flat=True))
    assert set(Entry.objects.filter(kind="lesson").values_list("key", flat=True)) == keys
    assert set(Change.objects.filter(kind="lesson").values_list("key", flat=True)) == keys


def test_forty_gatherings_of_every_kind_lie_around_the_day() -> None:
    events = Event.objects.all()
    assert len(events) >= 40
    assert {event.kind for event in events} == set(Event.Kind.values)
    assert all(-95 <= (event.first_day - DAY).days <= 155 for event in events)
    assert sum(event.moves.exists() for event in events) == 1
    assert sum(event.is_cancelled for event in events) == 1
    stockholm = ZoneInfo("Europe/Stockholm")
    spanning = [e for e in events if e.starts_at.astimezone(stockholm).dst() != e.ends_at.astimezone(stockholm).dst()]
    assert [event.kind for event in spanning] == [Event.Kind.VISIT]


def test_the_next_joint_training_is_within_two_weeks_and_waits_for_an_answer() -> None:
    coordinator = account("coordinator")
    training = Event.objects.visible_to(coordinator).upcoming(NOW).filter(kind=Event.Kind.TRAINING)[0]
    assert timedelta() < training.starts_at - NOW <= timedelta(days=14)
    assert training.answers.count() >= 5
    assert not training.answers.filter(person=coordinator).exists()
    assert Answer.objects.filter(person=coordinator).exists()


def test_the_command_leaves_a_database_alone_in_which_there_is_something(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    before = User.objects.count()
    call_command("seed_demo")
    assert "stays out of it" in capsys.readouterr().out
    assert User.objects.count() == before


def test_the_command_refuses_outside_demo_mode(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="set DEMO=1"):
        call_command("seed_demo")
