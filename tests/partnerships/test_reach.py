"""The access table, read in both directions."""

import pytest

from partnerships.models import Body, Function
from partnerships.permissions import Reach, people_in, people_visible_to
from tests.conftest import World


def names(people: object) -> set[str]:
    return {p.name.split()[0].lower() for p in people}


def test_each_place_holds_those_of_the_access_table(world: World) -> None:
    assert names(people_in(world.network)) == {"owner", "partner", "councillor", "outsider", "officer"}
    assert names(people_in(world.partnership)) == {"owner", "partner", "councillor", "officer"}
    assert names(people_in(world.project)) == {"owner", "partner", "guest", "officer"}
    assert names(people_in(world.steering)) == {"councillor"}
    assert names(people_in(world.other_partnership)) == {"outsider", "officer"}


def test_people_are_seen_only_through_what_they_share(world: World) -> None:
    assert names(people_visible_to(world.guest)) == {"guest", "owner", "partner", "officer"}
    assert names(people_visible_to(world.stranger)) == {"stranger"}
    assert names(people_visible_to(world.outsider)) == {
        "outsider",
        "owner",
        "partner",
        "councillor",
        "officer",
    }
    assert "guest" in names(people_visible_to(world.officer))
    assert "stranger" in names(people_visible_to(world.administrator))


@pytest.mark.parametrize("function", Function.values)
def test_both_directions_are_one_table(world: World, function: str) -> None:
    """Whatever the function and the place it is held in, whoever reaches a place is among its people."""
    for place in ("network", "partnership", "body"):
        held = {"network": world.network, "partnership": world.other_partnership, "body": world.steering}[place]
        seat = world.seat(world.stranger, function, world.icld, **{place: held})
        reach = Reach.of(world.stranger)
        for body in Body.objects.all():
            inside = body.pk in reach.bodies or (
                body.partnership.network_id in reach.officer and body.kind != Body.Kind.STEERING
            )
            assert (world.stranger in people_in(body)) == inside
        for partnership in (world.partnership, world.other_partnership):
            inside = partnership.pk in reach.partnerships or partnership.network_id in reach.officer
            assert (world.stranger in people_in(partnership)) == inside
        assert (world.stranger in people_in(world.network)) == (world.network.pk in reach.networks)
        seat.delete()
