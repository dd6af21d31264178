"""The shared vocabulary."""

import pytest
from django.test import Client

from search.models import Theme
from search.vocabulary import load_themes

pytestmark = pytest.mark.django_db


def test_the_sixty_themes_are_there_after_migrate() -> None:
    assert Theme.objects.count() == 60


def test_a_theme_is_called_by_the_readers_word_and_else_by_the_english_one() -> None:
    waste = Theme.objects.get(slug="waste")
    assert [waste.label(language) for language in ("sv", "sw", "fr", "de")] == [
        "Avfallshantering",
        "Usimamizi wa taka",
        "Gestion des déchets",
        "Waste management",
    ]
    assert [waste.group_label("sv"), waste.group_label("en")] == ["Resurser och service", "Resources and services"]


def test_loading_again_adds_what_is_missing_and_leaves_what_was_mended() -> None:
    Theme.objects.filter(slug="waste").update(labels={"en": "Waste"})
    Theme.objects.filter(slug="biogas").delete()
    load_themes()
    assert Theme.objects.count() == 60
    assert Theme.objects.get(slug="waste").label("en") == "Waste"


def test_an_administrator_finds_and_mends_a_theme(admin_client: Client) -> None:
    waste = Theme.objects.get(slug="waste")
    assert b"Avfallshantering" in admin_client.get("/admin/search/theme/?q=landfill").content
    address = f"/admin/search/theme/{waste.pk}/change/"
    assert b'name="slug"' not in admin_client.get(address).content
    form = {"group": waste.group, "labels": '{"en": "Waste"}', "synonyms": "{}", "sdgs": "[11]", "position": "12"}
    assert admin_client.post(address, form).status_code == 302
    waste.refresh_from_db()
    assert (waste.slug, waste.label("en"), waste.label("sv")) == ("waste", "Waste", "Waste")
