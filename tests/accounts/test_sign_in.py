"""Signing in: by password, by code, back to where one wanted to go, in one's language, and never telling who exists."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts import demo
from accounts.actions import open_account, save_account
from accounts.models import User

LOCAL = {"Host": "localhost"}


def test_a_deep_link_survives_signing_in(client: Client, owner: User) -> None:
    page = client.get("/accounts/login/?next=/accounts/me/%23tokens")
    assert 'name="next" value="/accounts/me/#tokens"' in page.content.decode()
    response = client.post("/accounts/login/", {"login": owner.email, "password": "correct horse", "next": "/chat/7/"})
    assert (response.status_code, response["Location"]) == (302, "/chat/7/")


def test_nobody_is_sent_to_a_foreign_page(client: Client, owner: User) -> None:
    response = client.post(
        "/accounts/login/", {"login": owner.email, "password": "correct horse", "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def test_the_address_may_be_typed_in_capitals(client: Client, owner: User) -> None:
    response = client.post("/accounts/login/", {"login": owner.email.upper(), "password": "correct horse"})
    assert response.status_code == 302


def test_a_wrong_password_and_a_wrong_address_look_alike(client: Client, owner: User) -> None:
    answers = []
    for address in (owner.email, "nobody@test.example"):
        page = client.post("/accounts/login/", {"login": address, "password": "wrong"}).content.decode()
        answers.append(re.sub(r'value="[^"]*"', "", page))
    assert answers[0] == answers[1]
    assert "do not belong together" in answers[0]


def test_unticked_the_session_ends_with_the_browser(client: Client, owner: User) -> None:
    client.post("/accounts/login/", {"login": owner.email, "password": "correct horse"})
    assert client.session.get_expire_at_browser_close()
    client.logout()
    client.post("/accounts/login/", {"login": owner.email, "password": "correct horse", "remember": "on"})
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_a_code_by_mail_signs_in_and_leads_on(client: Client, owner: User) -> None:
    response = client.post("/accounts/login/code/", {"email": owner.email, "next": "/chat/7/"}, follow=True)
    assert "Enter the code" in response.content.decode()
    code = mail.outbox[0].body.split("\n    ")[1].split()[0]
    assert code in mail.outbox[0].subject
    response = client.post("/accounts/login/code/confirm/", {"code": code, "next": "/chat/7/"})
    assert (response.status_code, response["Location"]) == (302, "/chat/7/")
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_the_way_back_to_the_sign_in_page_keeps_the_code(client: Client, owner: User) -> None:
    client.post("/accounts/login/code/", {"email": owner.email})
    assert 'href="/accounts/login/code/confirm/"' in client.get("/accounts/login/").content.decode()
    code = mail.outbox[0].body.split("\n    ")[1].split()[0]
    assert client.post("/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_code_that_no_longer_works_says_so_where_a_new_one_is_sent(client: Client, owner: User) -> None:
    client.post("/accounts/login/code/", {"email": owner.email})
    client.post("/accounts/logout/")
    page = client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"}, follow=True).content.decode()
    assert "That code no longer works" in page
    assert "Send me a code" in page


def test_the_address_of_the_sign_in_page_is_taken_along_to_the_code(client: Client, owner: User) -> None:
    page = client.post("/accounts/login/", {"login": owner.email, "password": "wrong"}).content.decode()
    assert f'value="{owner.email}"' in page
    assert 'formaction="/accounts/login/code/"' in page
    sent = client.post("/accounts/login/code/", {"login": owner.email, "password": "wrong"}, follow=True)
    assert (owner.email in sent.content.decode(), len(mail.outbox)) == (True, 1)
    empty = Client().post("/accounts/login/code/", {"login": "", "password": ""}).content.decode()
    assert ("Sign in with a code" in empty, "needs another look" in empty) == (True, False)


def test_the_code_page_leads_to_the_mails_in_the_demonstration(client: Client, owner: User, settings: Settings) -> None:
    page = client.post("/accounts/login/code/", {"email": owner.email}, follow=True).content.decode()
    assert "/demo/mail/" not in page
    settings.DEMO = True
    assert 'href="/demo/mail/"' in client.get("/accounts/login/code/confirm/").content.decode()


def test_a_wrong_code_says_so_and_signs_nobody_in(client: Client, owner: User) -> None:
    client.post("/accounts/login/code/", {"email": owner.email})
    response = client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert "This is not the code" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_asking_for_a_code_does_not_tell_who_has_an_account(owner: User) -> None:
    pages = []
    for address in (owner.email, "nobody@test.example"):
        page = Client().post("/accounts/login/code/", {"email": address}, follow=True)
        pages.append(re.sub(r'value="[^"]*"', "", page.content.decode()).replace(address, ""))
    assert pages[0] == pages[1]
    assert [len(mail.outbox), "no account" in mail.outbox[1].body] == [2, True]


def test_a_refused_mail_is_said(client: Client, owner: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = client.post("/accounts/login/code/", {"email": owner.email}, follow=True).content.decode()
    assert "could not be sent just now" in page


def test_a_forgotten_password_is_chosen_anew_by_mail(client: Client, owner: User) -> None:
    client.post("/accounts/password/reset/", {"email": owner.email})
    link = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "nine green bottles", "password2": "nine green bottles"})
    owner.refresh_from_db()
    assert owner.check_password("nine green bottles")
    assert "no longer works" in client.get(link[1], follow=True).content.decode()


def test_guessing_is_stopped_with_a_plain_sentence(client: Client, owner: User) -> None:
    for _ in range(8):
        client.post("/accounts/login/", {"login": owner.email, "password": "wrong"})
    page = client.post("/accounts/login/", {"login": owner.email, "password": "correct horse"}).content.decode()
    assert "Too many attempts. Wait five minutes" in page


def test_codes_are_not_sent_without_end(owner: User) -> None:
    answers = [Client().post("/accounts/login/code/", {"email": owner.email}) for _ in range(5)]
    assert len(mail.outbox) == 3
    assert "Too many attempts" in answers[-1].content.decode()


def test_the_language_is_chosen_before_signing_in(client: Client, db: None) -> None:
    page = client.get("/accounts/login/?next=/chat/7/").content.decode()
    assert 'name="next" value="/accounts/login/?next=/chat/7/"' in page
    response = client.post("/accounts/language/", {"language": "sv", "next": "/accounts/login/?next=/chat/7/"})
    assert response["Location"] == "/accounts/login/?next=/chat/7/"
    assert '<html lang="sv"' in client.get(response["Location"]).content.decode()


def test_there_is_no_sign_up(client: Client, db: None) -> None:
    assert "Nobody signs up here" in client.get("/accounts/signup/").content.decode()
    assert client.post("/accounts/signup/", {"email": "new@test.example"}).status_code == 405
    assert client.get("/accounts/email/").status_code == 404


def test_an_old_address_no_longer_signs_in(client: Client, db: None) -> None:
    person = open_account("old@test.example", "correct horse", name="Moved")
    person.email = "new@test.example"
    save_account(person)
    client.post("/accounts/login/code/", {"email": "old@test.example"})
    assert "no account" in mail.outbox[0].body


def test_the_demonstration_lists_its_people_on_this_computer_only(client: Client, settings: Settings) -> None:
    def listed(**where: Any) -> list[bool]:
        page = client.get("/accounts/login/", headers=LOCAL, **where).content.decode()
        return [address in page for address in demo.ACCOUNTS]

    assert not any(listed())
    settings.DEMO = True
    assert all(listed())
    assert not any(listed(REMOTE_ADDR="192.0.2.7"))
    assert not any(listed(HTTP_X_FORWARDED_FOR="192.0.2.7"))
    settings.ALLOWED_HOSTS = ["*"]
    assert not any(address in client.get("/accounts/login/").content.decode() for address in demo.ACCOUNTS)


def test_mails_stand_on_a_page_in_the_demonstration_only(
    client: Client, owner: User, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    client.post("/accounts/login/code/", {"email": owner.email})
    assert client.get("/demo/mail/", headers=LOCAL).status_code == 404
    settings.DEMO = True
    page = client.get("/demo/mail/", headers=LOCAL).content.decode()
    link = re.search(r'href="(/demo/mail/[^"]+/)"', page)
    assert link
    assert "Your code for signing in" in client.get(link[1], headers=LOCAL).content.decode()
    assert client.get("/demo/mail/no-such-mail/", headers=LOCAL).status_code == 404
    assert client.get(link[1], headers=LOCAL, REMOTE_ADDR="192.0.2.7").status_code == 404


@pytest.mark.parametrize("path", ["/nothing-here/", "/accounts/me/tokens/999999/revoke/"])
def test_what_is_not_there_is_said_in_our_own_page(client: Client, owner: User, path: str) -> None:
    client.force_login(owner)
    response = client.post(path)
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_our_own_page(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example"})
    assert response.status_code == 403
    assert "This page is too old" in response.content.decode()


def test_the_known_password_of_the_demonstration_opens_nothing_elsewhere(
    client: Client, settings: Settings, db: None
) -> None:
    open_account("admin@icld.example", demo.PASSWORD, name="Admin")
    sent = {"login": "admin@icld.example", "password": demo.PASSWORD}
    settings.DEMO = False
    assert client.post("/accounts/login/", sent, headers=LOCAL).status_code == 200
    settings.DEMO = True
    assert client.post("/accounts/login/", sent, headers={"Host": "testserver"}).status_code == 200
    assert client.post("/accounts/login/", sent, headers=LOCAL).status_code == 302


def test_pages_of_one_person_are_kept_by_nobody(client: Client, owner: User) -> None:
    client.force_login(owner)
    for path in ("/chat/", "/knowledge/", "/events/", "/network/people/"):
        answer = client.get(path)
        assert (path, answer["Cache-Control"]) == (path, "private, no-cache")
        assert "Cookie" in answer["Vary"]
    assert "no-store" in client.get("/accounts/me/")["Cache-Control"]
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    assert client.post("/accounts/logout/", {"wiped": "yes"})["Clear-Site-Data"] == '"cache"'
