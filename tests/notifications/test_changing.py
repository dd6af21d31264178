"""Whatever people change while things happen, wait and leave, in whatever order: nothing is lost or comes twice."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as run
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from pytest_django.fixtures import Settings

import things
from accounts.actions import save_account
from accounts.models import User
from notifications import kinds
from notifications.actions import (
    Why,
    choose_place,
    forget_choices,
    mute,
    mute_place,
    notify,
    opened,
    replan,
    save_choices,
    unmute_place,
)
from notifications.kinds import Kind, Telling, When, Words
from notifications.models import Choice, Delivery, Notification, Preferences, Subscription
from notifications.models.choice import nearest, wish
from notifications.sending import send_due
from tests.conftest import World
from tests.notifications.conftest import sample
from tests.notifications.test_timing import is_quiet

BEGIN = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)
"""Two days before Stockholm's clock is changed."""
PLACES = ["room:1", "room:2"]
ONE_LETTER = [Delivery.Channel.MAIL, Delivery.Channel.DIGEST]
kind_names = st.sampled_from(["quick", "slow", "rare"])
places = st.sampled_from(PLACES)
whens = st.sampled_from(When.values)
spans = st.one_of(st.integers(1, 90), st.integers(60, 60 * 24 * 4)).map(lambda n: timedelta(minutes=n))
hours = st.integers(0, 23)
clocks = st.sampled_from([time(0), time(2, 30), time(7), time(13), time(20), time(23, 59)])


class Meddling(EmailBackend):
    """While a mail is handed over, its reader changes their mind."""

    meanwhile: ClassVar[list[Callable[[], object]]] = []

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        while Meddling.meanwhile:
            Meddling.meanwhile.pop()()
        return int(super().send_messages(messages))


def words(telling: Telling) -> Words:
    """Says which cause it was."""
    return Words(f"Cause {telling.facts['n']}")


class Reader(RuleBasedStateMachine):
    """One person, with a telephone, for whom things happen."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.now = self.clock.start()
        self.person = User.objects.get(pk=self.world.owner.pk)
        Subscription.objects.create(person=self.person, endpoint="https://push.example/1", p256dh="k", auth="a")
        self.causes = 0
        self.silent = False
        self.mails: Counter[int] = Counter()
        self.digests: list[datetime] = []
        mail.outbox = []

    def teardown(self) -> None:
        """In the end everything has left or says why not."""
        try:
            one_letter = Delivery.objects.waiting().filter(channel__in=ONE_LETTER)
            for _ in range(60):  # each time to the moment that is next: hours may leave one minute a day
                next_due = one_letter.order_by("due_at").values_list("due_at", flat=True).first()
                if next_due is None:
                    break
                self.wait(max(next_due - timezone.now(), timedelta()))
                self.send()
            assert not Delivery.objects.waiting().filter(channel__in=ONE_LETTER).exists()
            self.nothing_comes_twice()
        finally:
            self.clock.stop()
            transaction.savepoint_rollback(self.before)

    @rule(kind=kind_names, place=st.sampled_from(["", *PLACES]))
    def tell(self, kind: str, place: str) -> None:
        """Something happens."""
        self.causes += 1
        about = things.kinds["partnership"].card(self.world.partnership)
        notify([self.person], about, Why(kind, f"cause:{self.causes}", place, facts={"n": self.causes}))

    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        """Time goes by."""
        self.now.shift(span)

    @rule()
    def read(self) -> None:
        """They look in the app."""
        opened(self.person, things.kinds["partnership"].card(self.world.partnership))

    @rule(kind=kind_names, place=st.sampled_from(["", *PLACES]), when=whens)
    def choose(self, kind: str, place: str, when: str) -> None:
        """One kind, everywhere or in a place."""
        self.silent |= when == When.OFF
        choose_place(self.person, place, when, kind)
        self.everything_is_in_place()

    @rule(place=places, when=st.sampled_from(["", *When.values]))
    def choose_room(self, place: str, when: str) -> None:
        """A whole place, or as everywhere."""
        self.silent |= when == When.OFF
        choose_place(self.person, place, when)
        self.everything_is_in_place()

    @rule()
    def forget(self) -> None:
        """As it comes."""
        forget_choices(self.person)
        self.everything_is_in_place()

    @rule(place=places, span=spans)
    def mute_room(self, place: str, span: timedelta) -> None:
        """Quiet for a while."""
        self.silent = True
        mute_place(self.person, place, timezone.now() + span)

    @rule(place=places)
    def unmute_room(self, place: str) -> None:
        """No longer so."""
        unmute_place(self.person, place)

    @rule(span=st.one_of(st.none(), spans))
    def mute(self, span: timedelta | None) -> None:
        """Nothing but the bell, for a while or no longer."""
        self.silent = True
        mute(self.person, timezone.now() + span if span else None)

    @rule(
        rhythm=st.sampled_from(Preferences.Rhythm.values),
        hour=hours,
        day=st.sampled_from(Preferences.Day.values),
        begin=clocks,
        end=clocks,
        weekends=st.booleans(),
    )
    def keep_hours(self, rhythm: str, hour: int, day: int, begin: time, end: time, weekends: bool) -> None:
        """The page of choices is saved."""
        preferences = Preferences(
            person=self.person,
            rhythm=rhythm,
            digest_hour=hour,
            digest_day=day,
            quiet_from=begin,
            quiet_until=end,
            quiet_weekends=weekends,
        )
        save_choices(preferences, {})
        self.everything_is_in_place()

    @rule(zone=st.sampled_from(["Europe/Stockholm", "Africa/Kigali", "Pacific/Apia", "America/Sao_Paulo"]))
    def travel(self, zone: str) -> None:
        """They live elsewhere."""
        self.person.zone = zone
        save_account(self.person)
        self.everything_is_in_place()

    @rule()
    def send(self) -> None:
        """A sender looks."""
        while send_due():
            pass
        self.take_in()

    @precondition(lambda self: self.causes)
    @rule(kind=kind_names, when=whens)
    def send_while_they_choose(self, kind: str, when: str) -> None:
        """They change their mind while a mail is on its way."""
        self.silent |= when == When.OFF
        Meddling.meanwhile.append(lambda: choose_place(self.person, "", when, kind))
        self.send()
        Meddling.meanwhile.clear()

    def take_in(self) -> None:
        """What came: at what hour, and which causes it told."""
        now, preferences = timezone.now(), Preferences.of(self.person)
        for sent in mail.outbox:
            causes = [int(n) for n in re.findall(r"Cause (\d+)\b", str(sent.body))]
            assert causes
            self.mails.update(causes)
            if " new: " in str(sent.subject):
                assert self.day(now) not in {self.day(at) for at in self.digests}
                self.digests.append(now)
            else:
                assert not is_quiet(now, preferences, self.person.zone)
        mail.outbox.clear()

    def day(self, moment: datetime) -> object:
        """Theirs."""
        return moment.astimezone(ZoneInfo(self.person.zone)).date()

    def everything_is_in_place(self) -> None:
        """After a change each waits where it is wanted, and no second look would move anything."""
        now, choices = timezone.now(), list(Choice.objects.in_force().filter(person=self.person))
        for one in Delivery.objects.waiting().filter(due_at__gt=now, attempts=0).select_related("notification"):
            place = one.notification.place if one.notification else ""
            concerning = [choice for choice in choices if choice.concerns(one.kind, place)]
            near = nearest(concerning)
            if near is None or not near.is_mute:
                wanted = {When.AT_ONCE: {"mail", "push"}, When.DIGEST: {"digest"}}
                assert one.channel in wanted[wish(one.kind, concerning)]
            if one.channel != Delivery.Channel.DIGEST:
                assert not is_quiet(one.due_at, Preferences.of(self.person), self.person.zone)
        assert replan(self.person) == 0

    @invariant()
    def nothing_comes_twice(self) -> None:
        """A cause has at most one row that is to be a mail, and what is sent came, once."""
        letters = Delivery.objects.filter(channel__in=ONE_LETTER)
        assert not letters.values("notification").annotate(n=Count("pk")).filter(n__gt=1).exists()
        sent = letters.filter(state="sent").values_list("notification__cause", flat=True)
        assert self.mails == Counter(int(cause.partition(":")[2]) for cause in sent)

    @invariant()
    def nothing_is_lost(self) -> None:
        """What did not come was read or not wanted, and says so."""
        dropped = Delivery.objects.filter(state="dropped", channel__in=ONE_LETTER)
        assert self.silent or not dropped.filter(reason="choice").exists()
        assert set(dropped.values_list("reason", flat=True)) <= {"read", "choice"}
        assert not dropped.filter(reason="read", notification__opened_at=None).exists()
        assert Notification.objects.count() == self.causes


A_FEW = run(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
)


@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_comes_twice(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Meddling"
    for kind in (
        Kind("quick", "Quick", words, sample),
        Kind("slow", "Slow", words, sample, mail_after=timedelta(minutes=10)),
        Kind("rare", "Rare", words, sample, when=When.DIGEST),
    ):
        monkeypatch.setitem(kinds.kinds, kind.name, kind)
    monkeypatch.setattr(Reader, "world", world, raising=False)
    run_state_machine_as_test(Reader, settings=A_FEW)
