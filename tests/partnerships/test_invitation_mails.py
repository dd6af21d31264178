"""The mail of an invitation: stored with its cause, its link kept no longer than it must, its fate on the page."""

import re

import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from notifications.models import Delivery
from notifications.sending import send_due
from partnerships.invitations import invite
from partnerships.models import Function, Invitation
from tests.conftest import World
from tests.partnerships.inviting import LIST, NEW, asked, invited, mailed, path_of


def test_the_link_stands_in_the_outbox_only_until_it_has_left(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    assert "/accept/" in Delivery.objects.get().facts["link"]
    mailed("nomsa@test.example")
    assert Delivery.objects.get().facts == {}


@time_machine.travel("2026-11-23T09:00:00Z", tick=False)
def test_the_mail_says_who_what_and_until_when(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    send_due()
    text = str(mail.outbox[0].body)
    assert mail.outbox[0].subject == "Owner Test invites you to the exchange"
    assert "Your seat: Mentor, Karlskrona–Saldanha Bay" in text
    assert "The link works once, until 7 December 2026." in text
    assert "Write to Owner Test, owner@test.example." in text
    assert "How I want to be told" not in text


def test_the_page_says_what_became_of_each_mail(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    assert "Mail leaves now" in client.get(LIST).content.decode()
    send_due()
    assert "Mail sent" in client.get(LIST).content.decode()
    for state, words in {
        "refused": "Mail refused: 550 nobody",
        "bounced": "Mail came back: 550 nobody",
        "given_up": "Mail given up after three days: 550 nobody",
    }.items():
        Delivery.objects.update(state=state, reason="550 nobody")
        assert words in client.get(LIST).content.decode()


def test_a_mail_server_that_is_away_is_said_and_the_mail_waits(
    client: Client, world: World, owner: User, settings: Settings
) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_due()
    page = client.get(LIST).content.decode()
    assert "Mail did not get through yet" in page
    assert "the mail server does not answer" in page


def test_a_link_to_hand_over_is_shown_once_and_no_mail_leaves(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    page = client.post(f"{LIST}{Invitation.objects.get().pk}/link/", follow=True).content.decode()
    link = re.search(r'id="link" value="([^"]+)"', page)
    assert link
    assert Client().get(path_of(link[1])).status_code == 200
    assert "no mail" in page
    assert link[1] not in client.get(LIST).content.decode()
    assert (send_due(), Delivery.objects.get().state, Delivery.objects.get().facts) == (0, "dropped", {})


def test_what_is_taken_back_is_not_mailed(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    client.post(f"{LIST}{Invitation.objects.get().pk}/revoke/")
    assert (send_due(), Delivery.objects.get().facts) == (0, {})


def test_nothing_is_mailed_of_an_invitation_that_was_not_stored(world: World) -> None:
    fields = {"function": Function.MENTOR, "organisation": world.icld}
    with transaction.atomic():
        invite("nomsa@test.example", world.owner, world.partnership, by_mail=True, **fields)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_sending_again_gives_a_new_link_and_one_mail(client: Client, world: World, owner: User) -> None:
    old = invited(world)
    client.force_login(owner)
    for _again in range(2):
        client.post(f"{LIST}{Invitation.objects.get().pk}/resend/")
    assert (Client().get(old).status_code, Client().get(mailed("nomsa@test.example")).status_code) == (404, 200)


def test_a_name_with_a_line_break_cannot_write_a_header(world: World) -> None:
    world.owner.name = "Owner\nBcc: everybody@test.example"
    fields = {"function": Function.MENTOR, "organisation": world.icld}
    invite("nomsa@test.example", world.owner, world.partnership, by_mail=True, **fields)
    send_due()
    assert mail.outbox[0].subject == "Owner Bcc: everybody@test.example invites you to the exchange"
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_second_click_sends_no_second_mail(client: Client, world: World, owner: User) -> None:
    client.force_login(owner)
    client.post(NEW, asked(world))
    client.post(NEW, asked(world))
    assert Invitation.objects.count() == 1
    assert Client().get(mailed("nomsa@test.example")).status_code == 200
