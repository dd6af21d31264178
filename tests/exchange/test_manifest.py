"""The manifest: what a telephone puts on its home screen."""

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import User
from tests.conftest import World


def of(client: Client) -> dict[str, object]:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    return dict(answer.json())


@pytest.mark.django_db
def test_it_opens_today_without_a_browser_around_it(client: Client) -> None:
    said = of(client)
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")


@pytest.mark.django_db
def test_its_icons_are_there_in_the_size_that_it_says(client: Client) -> None:
    picture = Path(str(finders.find("exchange/icon-192.png"))).read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (192, 192)
    icons = of(client)["icons"]
    assert isinstance(icons, list)
    assert [icon["sizes"] for icon in icons] == ["192x192", "any"]
    assert all(icon["src"].startswith("/static/exchange/icon") for icon in icons)


def test_it_speaks_the_readers_language(world: World, client: Client) -> None:
    User.objects.filter(pk=world.owner.pk).update(language="sv")
    client.force_login(world.owner)
    assert of(client)["lang"] == "sv"


@pytest.mark.django_db
def test_every_page_names_it(client: Client) -> None:
    assert 'href="/manifest.webmanifest"' in client.get("/accounts/login/").content.decode()
