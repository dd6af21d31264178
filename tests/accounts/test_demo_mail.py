"""The mails of the demonstration stand on a page, many of one connection too, and whatever is in them."""

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from pytest_django import Settings

from accounts import demo_mail

LOCAL = {"host": "127.0.0.1"}


@pytest.fixture(autouse=True)
def demonstration(settings: Settings, tmp_path: Path) -> None:
    """Mails go to a folder of the test's own."""
    settings.DEMO = True
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path


def send(*subjects: str, text: str = "Text", html: str = "<p>HTML</p>") -> None:
    """Over one connection."""
    with get_connection() as connection:
        for subject in subjects:
            mail = EmailMultiAlternatives(subject, text, None, ["a@test.example"], connection=connection)
            mail.attach_alternative(html, "text/html")
            mail.send()


def test_all_mails_of_one_connection_are_listed_and_read(client: Client) -> None:
    send("First")
    send("Second", "Third", "Fourth")
    page = client.get("/demo/mail/", headers=LOCAL).content.decode()
    assert re.findall(r"First|Second|Third|Fourth", page) == ["Fourth", "Third", "Second", "First"]
    links = re.findall(r'href="(/demo/mail/[^"]+/)"', page)
    read = [client.get(link, headers=LOCAL).content.decode() for link in links]
    assert [re.findall(r"<h1>(.*)</h1>", each) for each in read] == [["Fourth"], ["Third"], ["Second"], ["First"]]


def test_a_connection_that_carried_nothing_is_no_mail(client: Client, tmp_path: Path) -> None:
    with get_connection():
        pass
    (tmp_path / "empty.log").touch()
    assert demo_mail.mails() == []
    assert "There is none yet" in client.get("/demo/mail/", headers=LOCAL).content.decode()


def test_a_line_of_dashes_in_a_mail_does_not_end_it() -> None:
    send("One", "Two", text="before\n" + "-" * 79 + "\nafter")
    assert [mail.subject for mail in demo_mail.mails()] == ["Two", "One"]
    assert all(mail.text.strip().endswith("after") for mail in demo_mail.mails())


def test_words_of_a_mail_are_never_code_on_its_page(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    send(evil, text=evil, html=evil)
    name = demo_mail.mails()[0].name
    pages = [client.get(f"/demo/mail/{each}", headers=LOCAL).content.decode() for each in ("", f"{name}/")]
    assert not any(evil in page for page in pages)
    document = client.get(f"/demo/mail/{name}/html/", headers=LOCAL)
    assert document.content.decode().strip() == evil
    assert "default-src 'none'" in document["Content-Security-Policy"]
    assert "script" not in document["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["x", "x-0", "-", "20260101-120000-1-0"])
def test_what_is_no_mail_is_not_found(client: Client, name: str) -> None:
    send("One")
    for path in (f"/demo/mail/{name}/", f"/demo/mail/{name}/html/"):
        assert client.get(path, headers=LOCAL).status_code == 404
