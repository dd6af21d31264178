"""The administration: what is saved there reaches the rooms, and what is sensitive is not in lists."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from partnerships.actions import change_partnership
from partnerships.models import Body, Membership, Network, Partnership
from partnerships.permissions import people_in
from partnerships.signals import access_changed
from tests.conftest import World

PAGES = ["user", "organisation", "network", "partnership", "body", "membership", "invitation"]


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(administrator)
    return client


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What ``access_changed`` says."""
    said: list[dict[str, Any]] = []

    def note(sender: type, **words: Any) -> None:
        said.append(words)

    access_changed.connect(note)
    yield said
    access_changed.disconnect(note)


def address(model: str, page: str, *args: object) -> str:
    return reverse(f"admin:{'accounts' if model == 'user' else 'partnerships'}_{model}_{page}", args=args)


@pytest.mark.parametrize("model", PAGES)
def test_every_list_is_searched_and_shown(admin: Client, world: World, model: str) -> None:
    response = admin.get(address(model, "changelist"), {"q": "karlskrona"})
    assert response.status_code == 200


def test_its_pages_run_no_foreign_and_no_inline_script(admin: Client, world: World) -> None:
    policy = admin.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "trusted-types" not in policy  # Select2 could not build its list


def test_the_policy_of_every_other_page_stays(admin: Client) -> None:
    assert "require-trusted-types-for 'script'" in admin.get("/accounts/me/")["Content-Security-Policy"]


def test_there_is_one_sign_in(client: Client, owner: User) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"
    client.force_login(owner)
    response = client.get("/admin/", follow=True)
    assert (response.status_code, "not yours to do" in response.content.decode()) == (403, True)


def test_a_seat_given_there_opens_the_room(
    admin: Client, world: World, stranger: User, told: list[dict[str, Any]]
) -> None:
    fields = {
        "person": stranger.pk,
        "function": "mentor",
        "organisation": world.icld.pk,
        "partnership": world.partnership.pk,
        "begins": "2025-01-01",
    }
    assert admin.post(address("membership", "add"), fields).status_code == 302
    assert stranger in people_in(world.partnership)
    assert [(each["people"], world.partnership in each["places"]) for each in told] == [({stranger.pk}, True)]


def test_a_seat_taken_back_there_closes_it(
    admin: Client, world: World, guest: User, told: list[dict[str, Any]]
) -> None:
    seat = guest.memberships.get()
    admin.post(address("membership", "delete", seat.pk), {"post": "yes"})
    assert not Membership.objects.filter(person=guest).exists()
    assert [each["people"] for each in told] == [{guest.pk}]


def test_a_partnership_is_founded_with_its_sides_and_groups(admin: Client, world: World) -> None:
    fields = {
        "network": world.network.pk,
        "name": "Karlskrona–Rombo",
        "slug": "karlskrona-rombo",
        "challenge": "Water",
        "status": "matched",
        "begins": "2026-01-01",
        **formset("sides", [{"organisation": world.karlskrona.pk, "which": "swedish"}]),
        **formset("bodies", [{"kind": "inception"}]),
        **formset("memberships", []),
    }
    assert admin.post(address("partnership", "add"), fields).status_code == 302
    made = Partnership.objects.get(slug="karlskrona-rombo")
    assert [side.organisation for side in made.sides.all()] == [world.karlskrona]
    assert [body.kind for body in made.bodies.all()] == [Body.Kind.INCEPTION]


def test_another_network_is_told_to_everybody_it_concerns(
    admin: Client, world: World, owner: User, told: list[dict[str, Any]]
) -> None:
    other = Network.objects.create(name="Water", slug="water", begins="2025-01-01")
    world.partnership.network = other
    change_partnership(world.partnership)
    assert {world.network, other, world.partnership} <= set(told[0]["places"])
    assert owner.pk in told[0]["people"]


def formset(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of an inline."""
    fields: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
    return fields | {f"{name}-{number}-{key}": value for number, row in enumerate(rows) for key, value in row.items()}


def test_the_political_side_stands_in_no_list_and_is_seen_by_few(
    admin: Client, world: World, councillor: User, officer: User, stranger: User
) -> None:
    seat = councillor.memberships.get()
    Membership.objects.filter(pk=seat.pk).update(political="opposition")
    for model, pk in (("membership", None), ("body", world.steering.pk)):
        page = admin.get(address(model, "change", pk) if pk else address(model, "changelist"))
        assert "pposition" not in page.content.decode()
    assert "opposition" in admin.get(address("membership", "change", seat.pk)).content.decode()
    stranger.is_staff = True
    stranger.save()
    stranger.user_permissions.add(*permissions())
    admin.force_login(stranger)
    page = admin.get(address("membership", "change", seat.pk))
    assert (page.status_code, "opposition" in page.content.decode()) == (200, False)


def permissions() -> Any:
    """Those that let somebody edit seats."""
    return Permission.objects.filter(content_type__app_label="partnerships")


def test_a_closed_account_is_closed_through_the_verb(admin: Client, world: World, guest: User) -> None:
    browser = Client()
    browser.force_login(guest)
    fields = {"name": guest.name, "email": guest.email, "language": "en", "zone": guest.zone}
    assert admin.post(address("user", "change", guest.pk), fields | formset("tokens", [])).status_code == 302
    guest.refresh_from_db()
    assert (guest.is_active, browser.get("/accounts/me/").status_code) == (False, 302)


def test_the_list_of_seats_asks_the_same_number_of_questions_with_more_rows(
    admin: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Membership.objects.exclude(pk=world.owner.memberships.all()[0].pk).delete()
    with django_assert_max_num_queries(40) as one:
        admin.get(address("membership", "changelist"))
    for person in (world.partner, world.guest):
        world.seat(person, "mentor", world.icld, body=world.project)
    with django_assert_max_num_queries(40) as three:
        admin.get(address("membership", "changelist"))
    assert len(one) == len(three)
