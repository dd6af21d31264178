"""Me: how one is spoken to, personal tokens, and the end of sessions."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.dispatch import Signal
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions import create_token, save_account
from accounts.models import Token, User
from accounts.signals import access_lost, signed_out

PROFILE = {"name": "Owner Test", "title": "", "language": "en", "zone": "Europe/Stockholm", "theme": ""}


Said = list[dict[str, Any]]


@pytest.fixture
def lost() -> Iterator[Said]:
    """What ``access_lost`` says."""
    yield from listen(access_lost)


@pytest.fixture
def ended() -> Iterator[Said]:
    """What ``signed_out`` says."""
    yield from listen(signed_out)


def listen(signal: Signal) -> Iterator[Said]:
    """Write down what is said until the test ends."""
    said: Said = []

    def note(sender: type, **words: Any) -> None:
        said.append(words)

    signal.connect(note)
    yield said
    signal.disconnect(note)


def test_a_new_language_is_seen_at_once(client: Client, owner: User) -> None:
    client.force_login(owner)
    response = client.post("/accounts/me/", PROFILE | {"language": "sv"}, follow=True)
    assert '<html lang="sv"' in response.content.decode()


def test_a_zone_is_found_by_its_city(client: Client, owner: User) -> None:
    client.force_login(owner)
    client.post("/accounts/me/", PROFILE | {"zone": "johannesburg"})
    owner.refresh_from_db()
    assert owner.zone == "Africa/Johannesburg"


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client: Client, owner: User) -> None:
    client.force_login(owner)
    page = client.post("/accounts/me/", PROFILE | {"title": "Planner", "zone": "Atlantis"}).content.decode()
    assert '<a href="#id_zone">Time zone: Atlantis is not a time zone.</a>' in page
    assert re.search(r'<input[^>]*name="zone"[^>]*aria-describedby="id_zone_helptext id_zone_error"', page)
    assert 'value="Planner"' in page
    owner.refresh_from_db()
    assert (owner.title, owner.zone) == ("", "Europe/Stockholm")


def test_a_token_is_shown_once(client: Client, owner: User) -> None:
    client.force_login(owner)
    first = client.post("/accounts/me/tokens/", {"name": "script"}, follow=True).content.decode()
    secret = re.search(r'id="secret" value="(dx_[^"]+)"', first)
    assert secret
    assert Token.objects.bearing(secret[1]) == Token.objects.get()
    again = client.get("/accounts/me/").content.decode()
    assert (secret[1] in again, "script" in again) == (False, True)


def test_a_revoked_token_is_gone(client: Client, owner: User) -> None:
    token, secret = create_token(owner, "script")
    client.force_login(owner)
    client.post(f"/accounts/me/tokens/{token.pk}/revoke/")
    assert Token.objects.bearing(secret) is None


def test_nobody_revokes_anothers_token(client: Client, owner: User, partner: User) -> None:
    token, secret = create_token(owner, "script")
    client.force_login(partner)
    assert client.post(f"/accounts/me/tokens/{token.pk}/revoke/").status_code == 404
    assert Token.objects.bearing(secret) == token


def test_signing_out_is_told_with_the_session(client: Client, owner: User, ended: Said) -> None:
    client.force_login(owner)
    key = client.session.session_key
    client.post("/accounts/logout/")
    assert [(each["user"], each["session_key"]) for each in ended] == [(owner, key)]


def test_signing_out_elsewhere_keeps_this_browser(client: Client, owner: User, lost: Said) -> None:
    other = Client()
    client.force_login(owner)
    other.force_login(owner)
    client.post("/accounts/me/sessions/end/")
    assert client.get("/accounts/me/").status_code == 200
    assert other.get("/accounts/me/").status_code == 302
    assert [each["user"] for each in lost] == [owner]


def test_a_new_password_ends_every_other_session(client: Client, owner: User, lost: Said) -> None:
    other = Client()
    client.force_login(owner)
    other.force_login(owner)
    words = {"oldpassword": "correct horse", "password1": "nine green bottles", "password2": "nine green bottles"}
    assert client.post("/accounts/password/change/", words)["Location"] == "/accounts/me/"
    assert (client.get("/accounts/me/").status_code, other.get("/accounts/me/").status_code) == (200, 302)
    assert [each["user"] for each in lost] == [owner]


def test_a_closed_account_loses_every_way_in_at_once(client: Client, owner: User, lost: Said) -> None:
    client.force_login(owner)
    owner.is_active = False
    save_account(owner)
    assert client.get("/accounts/me/").status_code == 302
    assert [each["user"] for each in lost] == [owner]


def test_me_asks_the_same_number_of_questions_with_more_tokens(
    client: Client, owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(owner)
    create_token(owner, "one")
    with django_assert_max_num_queries(30) as one:
        client.get("/accounts/me/")
    create_token(owner, "two")
    create_token(owner, "three")
    with django_assert_max_num_queries(30) as three:
        client.get("/accounts/me/")
    assert len(one) == len(three)


def test_days_on_me_are_written_as_everywhere_else(client: Client, owner: User) -> None:
    token, _secret = create_token(owner, "my calendar script")
    Token.objects.filter(pk=token.pk).update(created_at=datetime(2024, 1, 1, 23, 30, tzinfo=UTC))
    client.force_login(owner)
    assert '<time datetime="2024-01-02">2 January 2024</time>' in client.get("/accounts/me/").content.decode()


def test_tokens_are_folded_away_until_one_is_made_or_refused(client: Client, owner: User) -> None:
    client.force_login(owner)
    page = client.get("/accounts/me/").content.decode()
    assert "<details>" in page.partition("For programmers")[2]
    made = client.post("/accounts/me/tokens/", {"name": "script"}, follow=True).content.decode()
    refused = client.post("/accounts/me/tokens/", {"name": ""}).content.decode()
    for shown in (made, refused):
        assert "<details open>" in shown.partition("For programmers")[2]


def test_me_leads_straight_to_the_subscription(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert 'href="/events/subscribe/"' in client.get("/accounts/me/").content.decode()
