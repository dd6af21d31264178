"""The mark of a delivery: short, in any case of letters, of this installation only, and good for thirty days."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from notifications.marks import delivery_of_mark, mark, message_id, reply_address
from notifications.models import Delivery
from tests.conftest import World
from tests.notifications.conftest import Tell


@pytest.fixture
def delivery(world: World, tell_of: Tell, settings: Settings) -> Delivery:
    """One that has just left."""
    settings.REPLY_ADDRESS = "exchange@example.org"
    tell_of(world.partnership, [world.owner])
    Delivery.objects.update(state="sent", ended_at=datetime.now(UTC))
    return Delivery.objects.get()


def test_it_is_known_from_an_address_a_message_id_and_a_thread(delivery: Delivery) -> None:
    texts = [
        mark(delivery),
        reply_address(delivery),
        f"Exchange <{reply_address(delivery)}>",
        message_id(delivery),
        f"<room-7.thread@localhost>\r\n {message_id(delivery)}",
        f"{message_id(delivery)} <another@mail.example>",
    ]
    assert [delivery_of_mark(text) for text in texts] == [delivery] * len(texts)


def test_it_survives_another_case_of_letters(delivery: Delivery) -> None:
    assert delivery_of_mark(reply_address(delivery).upper()) == delivery


def test_it_leaves_room_in_the_name_of_a_mailbox(delivery: Delivery) -> None:
    delivery.pk = 2**63 - 1
    assert len(mark(delivery)) == 34
    assert re.fullmatch(r"[a-z0-9-]+", mark(delivery))
    assert len(f"{'x' * 29}+{mark(delivery)}") == 64


@pytest.mark.parametrize(
    "forge",
    [
        lambda own: own.replace("-", "x-", 1),
        lambda own: "2" + own,
        lambda own: own[:-1] + ("a" if own[-1] != "a" else "b"),
        lambda own: own[:-1],
        lambda own: own + "a",
        lambda own: own.split("-")[0],
        lambda own: "",
        lambda own: "-".join(["z" * 13, own.split("-")[1]]),
        lambda own: "\0" + own[1:] + "\ud800",
    ],
    ids=["number", "longer number", "last sign", "short", "long", "bare", "empty", "huge", "broken"],
)
def test_a_forged_one_is_nobodys(delivery: Delivery, forge: object) -> None:
    assert delivery_of_mark(forge(mark(delivery))) is None  # type: ignore[operator]


def test_one_that_is_no_more_is_nobodys(delivery: Delivery) -> None:
    own = mark(delivery)
    delivery.delete()
    assert delivery_of_mark(own) is None


def test_the_last_of_a_thread_counts(world: World, tell_of: Tell, delivery: Delivery) -> None:
    tell_of(world.partnership, [world.owner], 2)
    later = Delivery.objects.latest("pk")
    assert delivery_of_mark(f"{message_id(delivery)} {message_id(later)}") == later
    assert delivery_of_mark(f"{message_id(later)} {message_id(delivery)} <1-aaaaaaaaaaaaaaaaaaaa@x>") == delivery


def test_it_runs_out_thirty_days_after_the_mail_left(delivery: Delivery) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=29)):
        assert delivery_of_mark(mark(delivery)) == delivery
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert delivery_of_mark(mark(delivery)) is None


def test_a_flood_of_marks_is_not_looked_through(delivery: Delivery) -> None:
    assert delivery_of_mark(message_id(delivery) + " <1-aaaaaaaaaaaaaaaaaaaa@x>" * 20) is None


def test_another_installation_has_other_marks(delivery: Delivery, settings: Settings) -> None:
    own = mark(delivery)
    settings.SECRET_KEY = "another"
    assert delivery_of_mark(own) is None


def test_without_a_mailbox_for_answers_there_is_no_address(delivery: Delivery, settings: Settings) -> None:
    settings.REPLY_ADDRESS = ""
    assert reply_address(delivery) == ""
