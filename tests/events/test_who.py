"""Who sees which gathering, who may call it, and what waits for whom."""

from datetime import time

import pytest

from accounts.models import User
from events.actions import NotAllowedError, answer_event, cancel_event, change_event, confirm_event
from events.agenda import with_answers
from events.attendance import attendance
from events.models import Answer, Event
from tests.conftest import World
from tests.events.conftest import Call, browser, in_days


def titles(person: User) -> set[str]:
    return set(Event.objects.visible_to(person).values_list("title", flat=True))


def test_a_gathering_is_seen_by_those_who_are_in_its_place(world: World, call: Call) -> None:
    call(title="network")
    call(title="partnership", audience=world.partnership, organiser=world.owner)
    call(title="project", audience=world.project, organiser=world.owner)
    call(title="steering", audience=world.steering, organiser=world.councillor)
    call(title="other", audience=world.other_partnership, organiser=world.outsider)
    assert titles(world.owner) == {"network", "partnership", "project"}
    assert titles(world.partner) == {"network", "partnership", "project"}
    assert titles(world.councillor) == {"network", "partnership", "steering"}
    assert titles(world.guest) == {"project"}
    assert titles(world.outsider) == {"network", "other"}
    assert titles(world.officer) == {"network", "partnership", "project", "other"}
    assert titles(world.administrator) == {"network", "partnership", "project", "steering", "other"}
    assert titles(world.stranger) == set()


def test_an_officer_calls_for_the_network_and_a_member_proposes_until_confirmed(world: World, call: Call) -> None:
    assert call().state == Event.State.CONFIRMED
    proposal = call(organiser=world.owner)
    assert proposal.state == Event.State.IDEA
    with pytest.raises(NotAllowedError):
        confirm_event(proposal, world.owner)
    assert confirm_event(proposal, world.officer).state == Event.State.CONFIRMED
    with pytest.raises(NotAllowedError):
        cancel_event(proposal, world.owner)


def test_nobody_calls_for_a_place_they_are_not_fully_in(world: World, call: Call) -> None:
    for person, place in [
        (world.guest, world.project),
        (world.guest, world.network),
        (world.outsider, world.partnership),
        (world.councillor, world.project),
        (world.officer, world.steering),
        (world.stranger, world.network),
    ]:
        with pytest.raises(NotAllowedError):
            call(organiser=person, audience=place)
    assert not Event.objects.exists()


def test_what_waits_is_what_one_is_invited_to_and_has_not_answered(world: World, call: Call) -> None:
    training = call()
    call(audience=world.partnership, organiser=world.owner)
    call(kind=Event.Kind.DEADLINE)
    call(organiser=world.partner)  # a proposal
    call(day=in_days(-10))
    cancel_event(call(), world.officer)
    own = Event.objects.unanswered_by(world.owner)
    assert list(own) == [training]
    assert Event.objects.unanswered_by(world.partner).count() == 2
    assert not Event.objects.unanswered_by(world.officer).exists()
    answer_event(training, world.owner, "maybe")
    assert not own.all().exists()


def test_lists_pages_and_today_ask_the_same_people_about_the_same_gatherings(world: World, call: Call) -> None:
    call()
    call(audience=world.partnership, organiser=world.owner)
    call(audience=world.project, organiser=world.owner)
    call(audience=world.steering, organiser=world.councillor)
    call(audience=world.partnership, organiser=world.officer)
    call(kind=Event.Kind.DEADLINE)
    call(organiser=world.partner)  # a proposal
    for person in (world.owner, world.partner, world.councillor, world.guest, world.officer, world.administrator):
        waiting = set(Event.objects.unanswered_by(person))
        lines = with_answers(Event.objects.visible_to(person), person)
        assert {event for event in lines if event.waits} == waiting
        client = browser(person)
        for event in lines:
            assert client.get(event.get_absolute_url()).context["asks"] is (event in waiting)


def test_whoever_calls_a_gathering_for_themselves_comes_to_it(world: World, call: Call) -> None:
    own = call(audience=world.partnership, organiser=world.owner)
    assert list(own.answers.values_list("person", "choice")) == [(world.owner.pk, Answer.Choice.YES)]
    foreign = call(audience=world.partnership, organiser=world.officer)
    deadline = call(kind=Event.Kind.DEADLINE)
    assert not Answer.objects.filter(event__in=[foreign, deadline]).exists()
    change_event(own, world.owner, {"opens": time(11)})
    assert not attendance(own, world.owner).stale
