"""Invitations: who may invite whom to what, what the link opens, and what every other link says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from partnerships.invitations import ClosedError, accept_as_new
from partnerships.models import Function, Invitation, Membership
from partnerships.permissions import people_in
from tests.conftest import World
from tests.partnerships.inviting import LIST, NEW, PROFILE, asked, invited, mailed, path_of


def test_a_coordinator_invites_to_the_partnership_and_the_person_begins(
    client: Client, world: World, owner: User
) -> None:
    client.force_login(owner)
    assert "on its way" in client.post(NEW, asked(world), follow=True).content.decode()
    link = mailed("nomsa@test.example")
    newcomer = Client()
    assert "Owner Test invites you" in newcomer.get(link).content.decode()
    response = newcomer.post(link, PROFILE | {"password": "nine green bottles"})
    assert response["Location"] == "/"
    person = User.objects.get(email="nomsa@test.example")
    assert (person.name, person.zone, person.check_password("nine green bottles")) == (
        "Nomsa Dlamini",
        "Africa/Johannesburg",
        True,
    )
    assert person in people_in(world.partnership)
    assert newcomer.session["_auth_user_id"] == str(person.pk)


def test_without_a_password_one_signs_in_by_code(world: World) -> None:
    Client().post(invited(world), PROFILE | {"password": ""})
    assert not User.objects.get(email="nomsa@test.example").has_usable_password()


def test_a_weak_password_is_told_at_its_field_and_nothing_happens(client: Client, world: World) -> None:
    page = client.post(invited(world), PROFILE | {"password": "short"}).content.decode()
    assert 'id="id_password_error"' in page
    assert 'value="Nomsa Dlamini"' in page
    assert not User.objects.filter(email="nomsa@test.example").exists()


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("owner", {"partnership"}),
        ("partner", {"project"}),
        ("guest", set()),
        ("officer", {"network", "partnership", "other_partnership", "steering", "project"}),
        ("administrator", {"network", "partnership", "other_partnership", "steering", "project"}),
    ],
)
def test_everybody_invites_where_the_table_says(client: Client, world: World, who: str, places: set[str]) -> None:
    client.force_login(getattr(world, who))
    page = client.get(NEW).content.decode()
    keys = {
        name: f"{type(getattr(world, name)).__name__.lower()}:{getattr(world, name).pk}"
        for name in ("network", "partnership", "other_partnership", "steering", "project")
    }
    assert {name for name, key in keys.items() if f'value="{key}"' in page} == places


def test_another_place_is_not_taken_from_the_form(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    for place in (world.network, world.other_partnership, world.steering):
        key = f"{type(place).__name__.lower()}:{place.pk}"
        assert client.post(NEW, asked(world, place=key)).status_code == 200
    assert not Invitation.objects.exists()


def test_a_coordinator_makes_nobody_a_programme_officer(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    page = client.post(NEW, asked(world, function="programme_officer")).content.decode()
    assert "Nobody has this function there" in page
    assert not Invitation.objects.exists()


def test_nobody_invites_themself(client: Client, world: World, officer: User) -> None:
    """An officer seats the politicians of a steering group that they do not read."""
    client.force_login(officer)
    place = f"body:{world.steering.pk}"
    page = client.post(NEW, asked(world, email="Officer@test.example", place=place, function="councillor"))
    assert "This is your own address" in page.content.decode()
    assert not Invitation.objects.exists()


def test_of_two_first_acceptances_at_once_the_later_one_signs_in_instead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited(world)
    invitation = Invitation.objects.get()

    def too_late(*_args: Any, **_fields: Any) -> User:
        raise IntegrityError

    monkeypatch.setattr("partnerships.invitations.open_account", too_late)
    with pytest.raises(ClosedError):
        accept_as_new(invitation, None, **PROFILE)
    assert Invitation.objects.get().accepted_at is None


def test_one_sees_only_invitations_to_ones_own_places(
    client: Client, world: World, owner: User, partner: User, officer: User
) -> None:
    invited(world)
    invited(world, email="politician@test.example", place=world.steering, function=Function.COUNCILLOR)
    call_command("invite", "boss@test.example", "--role", "administrator")
    seen = {}
    for person in (owner, partner, officer, world.administrator):
        client.force_login(person)
        page = client.get(LIST).content.decode()
        seen[person.name] = [name for name in ("nomsa", "politician", "boss") if f"{name}@test.example" in page]
    assert seen == {
        "Owner Test": ["nomsa"],
        "Partner Test": [],
        "Officer Test": ["nomsa", "politician"],
        "Administrator Test": ["nomsa", "politician", "boss"],
    }


def test_inviting_again_renews_and_the_old_link_ends(world: World) -> None:
    old = invited(world)
    new = invited(world, function=Function.EXPERT)
    assert Invitation.objects.get().function == Function.EXPERT
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"revoked_at": timezone.now()}, 410, "taken back"),
        ({"expires": timezone.now() - timedelta(seconds=1)}, 410, "has run out"),
        ({"accepted_at": timezone.now()}, 410, "is accepted"),
        ({"digest": "0" * 64}, 404, "opens nothing"),
    ],
)
def test_a_link_that_opens_nothing_says_why(
    client: Client, world: World, change: dict[str, Any], status: int, words: str
) -> None:
    link = invited(world)
    Invitation.objects.update(**change)
    for response in (client.get(link), client.post(link, PROFILE)):
        assert (response.status_code, words in response.content.decode()) == (status, True)
    assert not User.objects.filter(email="nomsa@test.example").exists()


def test_who_has_an_account_signs_in_and_accepts(client: Client, world: World, stranger: User) -> None:
    link = invited(world, email=stranger.email.upper())
    page = client.get(link).content.decode()
    assert f"/accounts/login/?next={link}" in page
    assert client.post(link).status_code == 200
    assert not stranger.memberships.exists()
    client.force_login(stranger)
    assert client.post(link)["Location"] == "/"
    assert client.post(link)["Location"] == "/"
    assert [(seat.function, seat.place) for seat in stranger.memberships.all()] == [("mentor", world.partnership)]


def test_nobody_accepts_for_somebody_else(client: Client, world: World, stranger: User, guest: User) -> None:
    link = invited(world, email=stranger.email)
    client.force_login(guest)
    assert "the invitation is for" in client.post(link).content.decode()
    assert not Membership.objects.filter(function="mentor").exists()


def test_the_first_administrator_comes_in_by_the_command(client: Client, db: None, capsys: Any) -> None:
    call_command("invite", "first@test.example", "--role", "administrator")
    client.post(path_of(capsys.readouterr().out), PROFILE)
    assert User.objects.get().is_superuser


def test_the_command_names_what_is_missing(world: World) -> None:
    with pytest.raises(CommandError, match="whom the person represents"):
        call_command("invite", "a@test.example", "--role", "mentor", "--network", "climate")
    with pytest.raises(CommandError, match="no partnership nowhere"):
        call_command("invite", "a@test.example", "--role", "mentor", "--partnership", "nowhere")
    with pytest.raises(CommandError, match="not an e-mail"):
        call_command("invite", "a", "--role", "administrator")


def test_the_list_asks_the_same_number_of_questions_with_more_rows(
    client: Client, world: World, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer)
    invited(world)
    with django_assert_max_num_queries(40) as one:
        client.get(LIST)
    invited(world, email="b@test.example", place=world.project)
    invited(world, email="c@test.example", place=world.network)
    with django_assert_max_num_queries(40) as three:
        client.get(LIST)
    assert len(one) == len(three)
