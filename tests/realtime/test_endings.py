"""An open socket ends with its session, at once or at the next look."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.actions import save_account, sign_out_elsewhere
from accounts.models import User
from partnerships.jobs import memberships
from partnerships.models import Membership
from realtime import hub
from realtime.sessions import still_signed_in
from tests.conftest import World
from tests.sockets import Browser, in_thread, session_of

pytestmark = pytest.mark.django_db(transaction=True)
ENDED = {"type": "close", "code": 4401}


async def two(world: World) -> tuple[Browser, Browser]:
    return await Browser.open(world.owner), await Browser.open(world.owner)


async def test_signing_out_ends_the_sockets_of_that_session_only(world: World) -> None:
    phone, laptop = await two(world)

    def sign_out() -> None:
        client = Client()
        client.cookies["sessionid"] = phone.session
        client.post("/accounts/logout/")

    await in_thread(sign_out)
    assert await phone.hear() == ENDED
    assert await laptop.silent()


async def test_a_changed_password_ends_the_sockets_of_all_sessions(world: World) -> None:
    phone, laptop = await two(world)
    partner = await Browser.open(world.partner)

    def change() -> None:
        user = User.objects.get(pk=world.owner.pk)
        user.set_password("another long secret")
        user.save(update_fields=["password"])

    await in_thread(change)
    assert [await phone.hear(), await laptop.hear()] == [ENDED, ENDED]
    assert await partner.silent()


async def test_switching_an_account_off_ends_its_sockets(world: World) -> None:
    phone, laptop = await two(world)

    def switch_off() -> None:
        user = User.objects.get(pk=world.owner.pk)
        user.is_active = False
        user.save()

    await in_thread(switch_off)
    assert [await phone.hear(), await laptop.hear()] == [ENDED, ENDED]


async def test_a_deleted_session_is_found_by_the_regular_look(world: World) -> None:
    phone, laptop = await two(world)
    await in_thread(Session.objects.filter(session_key=phone.session).delete)
    here = hub.here()
    await here.check_sessions(here.sockets)
    assert await phone.hear() == ENDED
    assert await laptop.silent()


@pytest.mark.parametrize("people", [1, 3])
def test_looking_at_all_sessions_takes_two_queries(world: World, people: int, django_assert_num_queries: Any) -> None:
    keys = {session_of(person) for person in [world.owner, world.partner, world.guest][:people]}
    with django_assert_num_queries(2):
        assert set(still_signed_in(keys)) == keys


async def test_signing_out_elsewhere_ends_the_sockets_at_once(world: World) -> None:
    phone, laptop = await two(world)
    await in_thread(sign_out_elsewhere, world.owner)
    assert [await phone.hear(), await laptop.hear()] == [ENDED, ENDED]


async def test_who_is_no_longer_administrator_hears_nothing_more_as_one(world: World) -> None:
    tab = await Browser.open(world.administrator)
    world.administrator.is_superuser = world.administrator.is_staff = False
    await in_thread(save_account, world.administrator)
    assert await tab.hear() == ENDED


async def test_a_seat_that_ends_with_its_day_closes_the_room_at_midnight(world: World) -> None:
    room = await in_thread(world.other_partnership.rooms.get)
    tab = await Browser.open(world.outsider, have={room.pk: None})
    await tab.hears("welcome")
    today = date(2031, 5, 5)
    seats = await in_thread(lambda: list(world.outsider.memberships.all()))
    await in_thread(Membership.objects.filter(pk=seats[0].pk).update, ends=today - timedelta(days=1))
    midnight = datetime(2031, 5, 4, 22, tzinfo=UTC)
    moments = [(midnight + timedelta(seconds=number)).isoformat() for number in (-900, -1, 1, 900)]
    assert await in_thread(memberships.call, since=moments[0], until=moments[1]) == 0
    with time_machine.travel(midnight + timedelta(seconds=1), tick=False):
        assert await in_thread(memberships.call, since=moments[1], until=moments[2]) == 1
        assert [(await tab.hear())["type"] for _room in range(3)] == ["gone", "gone", "gone"]
        assert await in_thread(memberships.call, since=moments[2], until=moments[3]) == 0
