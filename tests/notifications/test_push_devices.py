"""A browser is taken for a person at an address that is safe to go to, and let go when they leave it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.template import Context
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.actions import create_token, save_account
from accounts.models import User
from notifications.actions.subscribing import MOST_DEVICES
from notifications.models import Subscription
from notifications.push.devices import in_words, name_of
from notifications.push.hosts import is_known
from notifications.push.vapid import public_key
from notifications.templatetags.push import push_standing
from tests.conftest import World
from tests.notifications.push_service import Browser, PushService

API = "/notifications/push/"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
SERVICE = PushService("updates.push.services.mozilla.com", Path())


def signed_in(person: User, **options: Any) -> Client:
    """A browser of somebody's."""
    client = Client(headers={"User-Agent": FIREFOX}, **options)
    client.force_login(person)
    return client


def turn_on(client: Client, name: str = "one", **said: Any) -> Any:
    """What the page sends once the browser has subscribed."""
    return client.post(API, {**Browser(SERVICE, name).subscription, **said}, content_type="application/json")


def devices_of(person: User) -> list[str]:
    """The last parts of the addresses of somebody's devices."""
    return sorted(one.endpoint.rsplit("/", 1)[1] for one in Subscription.objects.filter(person=person))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dF:APA91b_x-y",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA=",
        "https://web.push.apple.com/QGu-x",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d%3d",
    ],
)
def test_the_services_of_the_makers_of_browsers_are_known(endpoint: str) -> None:
    assert is_known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/x",
        "https://[::1]/x",
        "https://evil.example/https://fcm.googleapis.com/",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.services.mozilla.com.evil.example/x",
        "https://evil-push.apple.com/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://evil.example\\.push.apple.com/x",
        "https://evil.example#.push.apple.com/x",
        "https://evil.example?.push.apple.com/x",
        "https://evil.example/.push.apple.com/x",
        "https://fcm.googleapis.com:22/x",
        "https://fcm.googleapis.com:0443/x",
        "https://fcm.googleapis.com./x",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\n",
        "\thttps://fcm.googleapis.com/x",
        "https:fcm.googleapis.com/x",
        "https://fcm.googleapis.com",
        "https://ｆcm.googleapis.com/x",
        "file:///etc/passwd",
        "",
    ],
    ids=ascii,
)
def test_no_other_address_is_gone_to(endpoint: str, owner: User) -> None:
    assert not is_known(endpoint)
    answer = turn_on(signed_in(owner), endpoint=endpoint)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_subscription")
    assert not Subscription.objects.exists()


def test_a_host_that_an_operator_adds_is_known_with_its_port_only(settings: Settings) -> None:
    settings.PUSH_HOSTS = ["push.example.org:8443", "*.more.example"]
    found = ["https://push.example.org:8443/x", "https://push.example.org/x", "https://a.b.more.example/x"]
    assert [is_known(endpoint) for endpoint in found] == [True, False, True]


def test_a_browser_that_subscribes_is_stored_with_its_keys_and_name(owner: User) -> None:
    answer = turn_on(signed_in(owner))
    assert (answer.status_code, answer.json()) == (201, {"device": "Firefox on Android"})
    stored = Subscription.objects.get()
    assert (stored.person, stored.endpoint, stored.device) == (owner, SERVICE.endpoint("one"), "Firefox/Android")
    assert (len(stored.p256dh), len(stored.auth)) == (87, 22)


def test_a_session_needs_the_token_of_its_page_which_the_worker_can_ask_for(owner: User) -> None:
    client = signed_in(owner, enforce_csrf_checks=True)
    assert turn_on(client).status_code == 403
    told = client.get(API).json()
    assert told["key"] == public_key()
    said = json.dumps(Browser(SERVICE, "one").subscription)
    headers = {"X-CSRFToken": told["token"]}
    assert client.post(API, said, content_type="application/json", headers=headers).status_code == 201
    assert client.delete(API).status_code == 403


def test_a_program_is_no_browser(client: Client, owner: User) -> None:
    _token, secret = create_token(owner, "script")
    answer = client.get(API, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "browser_only")


@pytest.mark.parametrize(
    "said",
    [
        {"keys": None},
        {"keys": []},
        {"keys": {}},
        {"keys": {"p256dh": "BA", "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"keys": {"p256dh": "A" * 87, "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"keys": {"p256dh": public_key(), "auth": "AAAA"}},
        {"keys": {"p256dh": public_key(), "auth": "!" * 22}},
        {"keys": {"p256dh": ["x"], "auth": {"x": 1}}},
        {"endpoint": None},
        {"endpoint": 7},
        {"endpoint": "\ud800"},
        {"endpoint": SERVICE.endpoint("x" * 500)},
    ],
    ids=lambda said: ascii(said).replace(public_key(), "key")[:60],
)
def test_what_no_browser_says_is_refused(owner: User, said: dict[str, Any]) -> None:
    assert turn_on(signed_in(owner), **said).status_code == 400
    assert not Subscription.objects.exists()


def test_a_browser_that_is_given_another_address_stays_one_device(owner: User) -> None:
    client = signed_in(owner)
    turn_on(client, "one")
    turn_on(client, "two")
    assert devices_of(owner) == ["two"]


def test_an_eleventh_device_is_refused_and_known_ones_may_renew(owner: User) -> None:
    browsers = [signed_in(owner) for _ in range(MOST_DEVICES)]
    assert [turn_on(client, str(n)).status_code for n, client in enumerate(browsers)] == [201] * MOST_DEVICES
    answer = turn_on(signed_in(owner), "more")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")
    assert answer.json()["detail"] == "You have 10 devices already. Remove one of them first."
    assert turn_on(browsers[0], "fresh").status_code == 201
    assert len(devices_of(owner)) == MOST_DEVICES


def test_a_browser_on_a_shared_computer_goes_over_to_who_turns_it_on(world: World) -> None:
    client = signed_in(world.owner)
    turn_on(client)
    client.cookies.pop("sessionid")  # the session has run out, nobody has signed out
    client.cookies.pop("push")
    client.force_login(world.partner)
    turn_on(client)
    assert (devices_of(world.owner), devices_of(world.partner)) == ([], ["one"])


def test_turning_it_off_ends_this_browsers_only(owner: User) -> None:
    here, there = signed_in(owner), signed_in(owner)
    turn_on(here, "here")
    turn_on(there, "there")
    assert (here.delete(API).status_code, here.delete(API).status_code) == (204, 204)
    assert devices_of(owner) == ["there"]


def test_signing_out_ends_it_in_this_browser_only(owner: User) -> None:
    here, there = signed_in(owner), signed_in(owner)
    turn_on(here, "here")
    turn_on(there, "there")
    here.post("/accounts/logout/")
    assert devices_of(owner) == ["there"]


def test_nothing_of_who_was_here_before_comes_once_somebody_else_signs_in(world: World) -> None:
    client = signed_in(world.owner)
    turn_on(client)
    client.cookies.pop("sessionid")
    client.post("/accounts/login/", {"login": world.owner.email, "password": "correct horse"})
    assert devices_of(world.owner) == ["one"]
    client.cookies.pop("sessionid")
    client.post("/accounts/login/", {"login": world.partner.email, "password": "correct horse"})
    assert (devices_of(world.owner), devices_of(world.partner)) == ([], [])


def test_signing_out_everywhere_else_ends_it_everywhere_else(world: World) -> None:
    here, there, others = signed_in(world.owner), signed_in(world.owner), signed_in(world.partner)
    for name, client in [("here", here), ("there", there), ("others", others)]:
        turn_on(client, name)
    here.post("/accounts/me/sessions/end/")
    assert (devices_of(world.owner), devices_of(world.partner)) == (["here"], ["others"])


def test_a_new_password_ends_it_everywhere_else(owner: User) -> None:
    here, there = signed_in(owner), signed_in(owner)
    turn_on(here, "here")
    turn_on(there, "there")
    words = {"oldpassword": "correct horse", "password1": "nine green bottles", "password2": "nine green bottles"}
    here.post("/accounts/password/change/", words)
    assert devices_of(owner) == ["here"]


def test_a_closed_account_has_no_devices(owner: User) -> None:
    turn_on(signed_in(owner))
    owner.is_active = False
    save_account(owner)
    assert devices_of(owner) == []


def test_a_device_is_removed_from_any_other_but_by_nobody_else(world: World) -> None:
    turn_on(signed_in(world.owner))
    path = f"{API}{Subscription.objects.get().pk}/remove/"
    signed_in(world.partner).post(path)
    assert devices_of(world.owner) == ["one"]
    client = signed_in(world.owner)
    assert "No more push messages go to that device." in client.post(path, follow=True).content.decode()
    assert client.post(path).status_code == 302
    assert devices_of(world.owner) == []


def test_the_list_names_devices_and_marks_this_one(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(owner)
    turn_on(client)
    page = client.get("/notifications/choices/").content.decode()
    assert (page.count("Firefox on Android</b>"), page.count("this device</span>")) == (1, 1)
    context = Context({"request": client.get("/notifications/choices/").wsgi_request})
    with django_assert_num_queries(2):
        assert [device.is_here for device in push_standing(context).devices] == [True]
    turn_on(signed_in(owner), "two")
    turn_on(signed_in(owner), "three")
    with django_assert_num_queries(2):
        assert [device.is_here for device in push_standing(context).devices] == [False, False, True]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Android"),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 Chrome/130.0.0.0", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) something", "Android"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
    ids=lambda value: value if " on " in value else "",
)  # fmt: skip
def test_a_device_has_a_name_in_words(agent: str, name: str) -> None:
    assert in_words(name_of(agent)) == name
