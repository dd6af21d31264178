"""The staff page of texts: every kind in every language, without a row in the database, and its HTML run by nobody."""

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications import kinds
from notifications.kinds import Kind, Telling, Words
from notifications.texts import names, text
from tests.notifications.conftest import sample

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def staff(client: Client, administrator: User) -> Client:
    """An administrator's browser."""
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_texts_in_every_language(language: str) -> None:
    """No database: a sample is invented."""
    for name in names():
        found = text(name, language)
        assert found.label
        assert found.subject
        assert f'<html lang="{language}">' in found.html
        assert "None" not in found.plain
        assert found.plain.count("\n-- \n") == 1


def test_the_page_lists_them_beside_the_original(staff: Client, kind: Kind) -> None:
    page = staff.get("/notifications/texts/?language=sv").content.decode()
    for name in ("note", "digest", "invitation", "announcement"):
        assert f'<h2 id="{name}">' in page
        for language in ("en", "sv"):
            assert f'href="/notifications/texts/{name}/{language}/"' in page
    assert "News of Vik–Lindi" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", ["en", "sv"]), ("?language=en", ["en"]), ("?language=sw", ["en", "sw"]), ("?language=%00", ["en", "sv"])],
)
def test_a_language_is_chosen_by_a_tab(staff: Client, kind: Kind, asked: str, shown: list[str]) -> None:
    page = staff.get(f"/notifications/texts/{asked}").content.decode()
    assert re.findall(r'href="/notifications/texts/note/(\w+)/"', page) == shown


def test_it_asks_no_more_with_more_kinds(
    staff: Client, monkeypatch: pytest.MonkeyPatch, kind: Kind, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked = []
    for more in range(3):
        monkeypatch.setitem(kinds.kinds, f"more{more}", kind)
        with django_assert_max_num_queries(10) as queries:
            staff.get("/notifications/texts/")
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_the_html_of_a_mail_runs_and_loads_nothing(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(telling: Telling) -> Words:
        return Words("<script>alert(1)</script>", quote="<img src=x onerror=alert(1)>")

    monkeypatch.setitem(kinds.kinds, "evil", Kind("evil", "<b>Evil</b>", said, sample))
    response = staff.get("/notifications/texts/evil/en/")
    policy = response["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "script-src" in policy, "sandbox" in policy) == (True, False, True)
    for page in (response.content.decode(), staff.get("/notifications/texts/").content.decode()):
        assert re.findall(r"<script>alert|<img src=x|<b>Evil", page) == []


@pytest.mark.parametrize("path", ["nothing/en", "note/xx", "note/%00"])
def test_what_is_no_text_is_not_found(staff: Client, kind: Kind, path: str) -> None:
    assert staff.get(f"/notifications/texts/{path}/").status_code == 404
