"""What people may do is asked of the database each time, and worked out anew exactly when an answer differs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from chat.standing import Standing, standings
from partnerships.models import Membership
from partnerships.permissions import Reach
from tests.conftest import World

pytestmark = pytest.mark.django_db


def standing(person: User) -> Standing:
    return standings([person.pk], timezone.now())[person.pk]


def test_it_is_what_the_person_reaches(world: World) -> None:
    for person in (world.owner, world.councillor, world.guest, world.officer, world.administrator, world.stranger):
        assert standing(person).reach == Reach.of(person)
        assert standing(person).person == person


def test_while_no_row_differs_it_is_the_very_same(world: World, django_assert_num_queries: object) -> None:
    first = standing(world.owner)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert standing(world.owner) is first


def test_who_has_no_seat_costs_a_second_question(world: World, django_assert_num_queries: object) -> None:
    standing(world.administrator)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert standing(world.administrator).seats == []


def test_another_name_is_seen_at_once(world: World) -> None:
    assert standing(world.owner).person.name != "Otherwise"
    User.objects.filter(pk=world.owner.pk).update(name="Otherwise")
    assert standing(world.owner).person.name == "Otherwise"


def test_a_seat_that_ends_opens_nothing_more(world: World) -> None:
    others = standing(world.partner)
    assert standing(world.owner).reach.partnerships
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(person=world.owner).update(begins=yesterday, ends=yesterday)
    assert standing(world.owner).reach == Reach(person=world.owner.pk)
    assert standing(world.partner) is others


def test_a_seat_ends_with_its_day_though_no_row_changed(world: World) -> None:
    noon = timezone.now().replace(hour=12)  # before midnight it is another day where the seat is
    Membership.objects.filter(person=world.owner).update(ends=noon.date())
    assert standings([world.owner.pk], noon)[world.owner.pk].reach.partnerships
    later = standings([world.owner.pk], noon + timedelta(days=2))[world.owner.pk]
    assert not later.reach.partnerships


def test_who_may_no_longer_sign_in_reaches_nothing(world: World) -> None:
    standing(world.owner)
    User.objects.filter(pk=world.owner.pk).update(is_active=False)
    assert standing(world.owner).reach == Reach()
