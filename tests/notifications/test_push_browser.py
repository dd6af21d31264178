"""Push messages in a real browser: turned on by a press, received by the service worker, followed to the thing.

A headless Chromium cannot subscribe without a server of its maker's, so ``pushManager`` is replaced by one that
subscribes to a push service on this machine. Everything else is real: what the service gets is decrypted with the
browser's keys and handed to the service worker by the browser's own way (``ServiceWorker.deliverPushMessage``).
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, Worker, expect

from tests.browser import IN_A_BROWSER, Visits, opened
from tests.chromium import chromium
from tests.live import ROOT, Live, clean, running
from tests.notifications.push_service import Browser, PushService, push_service

pytestmark = IN_A_BROWSER
PATIENCE = 60
"""Seconds that the whole browser has for an answer, on a busy machine."""

PUSH_MANAGER = """
(said) => {
  const made = { toJSON: () => said, options: {}, unsubscribe: async () => localStorage.removeItem("subscribed") };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("subscribed") ? made : null);
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    localStorage.setItem("subscribed", `${userVisibleOnly} ${applicationServerKey}`);
    return made;
  };
}
"""
SEND = """
from django.utils import timezone
from notifications.models import Delivery, Preferences
from notifications.pushing import push_due
now = timezone.now()
for person in Delivery.objects.waiting().values_list("person", flat=True):
    Preferences.objects.update_or_create(pk=person, defaults={"quiet_from": now.time(), "quiet_until": now.time()})
Delivery.objects.waiting().update(due_at=now)
push_due()
"""
"""At any hour of the day, as no quiet hours hold it up."""
SHOWN = """
async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  let shown = [];
  for (let looks = 0; looks < 100 && !shown.length; looks++) {
    await new Promise((again) => setTimeout(again, 50));
    shown = await registration.getNotifications();
  }
  return shown.map(({ title, body, tag, lang, icon }) => ({ title, body, tag, lang, icon }));
}
"""
CLICK = """
async () => {
  const [notification] = await registration.getNotifications();
  const opened = [];
  clients.openWindow = async (address) => void opened.push(address);
  WindowClient.prototype.focus = async function () { opened.push("focus"); return this; };
  const event = new NotificationEvent("notificationclick", { notification });
  let done;
  event.waitUntil = (promise) => { done = promise; };
  dispatchEvent(event);
  await done;
  return opened;
}
"""
"""A press on the notification, which a headless browser shows nowhere: windows open only to a person's own."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Chromium]:
    """A whole one: a shell shows no notifications."""
    async with opened(chromium()) as found:
        yield found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    """The push service of these tests."""
    with push_service(Path(tmp_path_factory.mktemp("push"))) as service:
        yield service


def settings_for(service: PushService) -> dict[str, str]:
    """What an exchange has to be told to know it."""
    ours = {"PUSH_HOSTS": service.host, "REQUESTS_CA_BUNDLE": str(service.certificate)}
    return {**ours, "NO_PROXY": "127.0.0.1"}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Live]:
    """A server that knows it."""
    with running(Path(tmp_path_factory.mktemp("live")), **settings_for(service)) as found:
        yield found


async def chooses(visits: Visits, person: str, browser: Browser, width: int) -> Page:
    """The page of choices, in a browser that may be asked."""
    page = await visits.by(person, width=width)
    await page.context.grant_permissions(["notifications"], origin=visits.live.url)
    await page.add_init_script(f"({PUSH_MANAGER})({json.dumps(browser.subscription)})")
    await page.goto("/notifications/choices/")
    return page


async def turn_on(page: Page) -> None:
    await page.get_by_role("button", name="Turn on for this device").click()
    await expect(page.get_by_text("On for this device.")).to_be_visible()


def room(visits: Visits) -> int:
    """The partnership's room."""
    facts = json.loads((visits.live.folder / "facts.json").read_text())
    return int(facts["room"])


async def mention(visits: Visits, words: str) -> None:
    """The owner says something in the partnership's room."""
    asked = (await visits.by("owner")).context.request
    headers = {"X-CSRFToken": (await (await asked.get("/notifications/push/")).json())["token"]}
    said = {"client_id": str(uuid4()), "body": words}
    answer = await asked.post(f"/chat/api/rooms/{room(visits)}/messages/", data=said, headers=headers)
    assert answer.status == 201


async def send(live: Live, service: PushService) -> None:
    """What is due leaves, as a worker would have it."""
    environment = clean(VAR_DIR=str(live.folder), **settings_for(service))
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SEND]
    await asyncio.to_thread(subprocess.run, command, cwd=ROOT, env=environment, check=True)


async def deliver(page: Page, url: str, said: dict[str, Any]) -> Worker:
    """Hand a message to the page's service worker by the browser's own way, until something is shown: a browser
    under load may drop one, which nobody is told, and a second with the same tag takes the first one's place."""
    wire = await page.context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if one["scopeURL"] == f"{url}/" and not found.done():
                found.set_result(one["registrationId"])

    wire.on("ServiceWorker.workerRegistrationUpdated", note)
    await wire.send("ServiceWorker.enable")
    message = {"origin": url, "registrationId": await asyncio.wait_for(found, PATIENCE), "data": json.dumps(said)}
    for _ in range(5):
        await asyncio.wait_for(wire.send("ServiceWorker.deliverPushMessage", message), PATIENCE)
        if await shown_by(page):
            break
    await wire.detach()
    return page.context.service_workers[0]


async def shown_by(page: Page) -> list[dict[str, Any]]:
    """The notifications that this browser shows, once there are any; none after five seconds."""
    found: list[dict[str, Any]] = await asyncio.wait_for(page.evaluate(SHOWN), PATIENCE)
    return found


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_push_is_received_and_leads_to_what_it_is_about(
    visits: Visits, service: PushService, width: int
) -> None:
    browser = Browser(service, f"partner-{width}")
    page = await chooses(visits, "partner", browser, width)
    await turn_on(page)
    await expect(page.locator("#push-devices .row").filter(has_text="this device")).to_have_count(1)
    key = await page.locator("[data-push]").get_attribute("data-push")
    assert await page.evaluate("localStorage.subscribed") == f"true {key}"
    assert await page.evaluate("navigator.serviceWorker.controller !== null")

    await mention(visits, f"@Partner Test look at this at {width}")
    await send(visits.live, service)
    said = browser.got[-1]
    worker = await deliver(page, visits.live.url, said)
    shown = await shown_by(page)
    assert len(shown) == 1
    icon = shown[0].pop("icon")
    assert (await page.request.get(icon)).headers["content-type"] == "image/png"
    assert shown[0] == {
        "title": "Owner Test mentioned you in Karlskrona–Saldanha Bay",
        "body": f"@Partner Test look at this at {width}",
        "tag": said["tag"],
        "lang": "en",
    }

    opened = await worker.evaluate(CLICK)
    assert opened == [f"/notifications/{said['id']}/"]
    assert await worker.evaluate("async () => (await registration.getNotifications()).length") == 0
    await page.goto(opened[0])
    assert page.url.endswith(said["url"])
    await expect(page.get_by_role("log").get_by_text(f"look at this at {width}")).to_be_visible()
    assert visits.complaints == []


async def test_a_press_leads_the_tab_that_is_open_on_the_thing(visits: Visits, service: PushService) -> None:
    browser = Browser(service, "guest")
    page = await chooses(visits, "partner", browser, 1280)
    await turn_on(page)
    await mention(visits, "@Partner Test once more")
    await send(visits.live, service)
    said = browser.got[-1]
    await page.goto(f"/chat/{room(visits)}/")
    worker = await deliver(page, visits.live.url, said)
    assert await worker.evaluate(CLICK) == ["focus"]
    await page.wait_for_url(f"**{said['url']}")
    assert visits.complaints == []


async def test_what_cannot_be_read_is_shown_as_its_bare_fact(visits: Visits, service: PushService) -> None:
    page = await chooses(visits, "partner", Browser(service, "bare"), 1280)
    await turn_on(page)
    worker = page.context.service_workers[0]
    shown = """
    async () => {
      const event = new PushEvent("push", { data: "no JSON" });
      let done;
      event.waitUntil = (promise) => { done = promise; };
      dispatchEvent(event);
      await done;
      return (await registration.getNotifications()).map(({ title, body }) => [title, body]);
    }
    """
    assert await worker.evaluate(shown) == [["Exchange", ""]]
    assert await worker.evaluate(CLICK) == ["/notifications/"]


async def test_it_is_turned_off_where_it_was_turned_on(visits: Visits, service: PushService) -> None:
    page = await chooses(visits, "officer", Browser(service, "officer"), 360)
    await turn_on(page)
    await page.reload()
    await expect(page.get_by_text("On for this device.")).to_be_visible()
    await page.get_by_role("button", name="Turn off for this device").click()
    await expect(page.get_by_role("button", name="Turn on for this device")).to_be_focused()
    await expect(page.locator("#push-devices .row")).to_have_count(0)
    assert await page.evaluate("localStorage.subscribed ?? null") is None
    assert visits.complaints == []


async def test_a_browser_that_the_service_moves_subscribes_anew(visits: Visits, service: PushService) -> None:
    page = await chooses(visits, "guest", Browser(service, "guest"), 360)
    await turn_on(page)
    worker = page.context.service_workers[0]
    moved = Browser(service, "moved").subscription
    renew = """
    async (said) => {
      PushManager.prototype.subscribe = async () => said;
      const event = new ExtendableEvent("pushsubscriptionchange");
      let done;
      event.waitUntil = (promise) => { done = promise; };
      dispatchEvent(event);
      await done;
    }
    """
    await worker.evaluate(renew, moved)
    await page.reload()
    await expect(page.locator("#push-devices .row")).to_have_count(1)
    await expect(page.locator("#push-devices .row")).to_contain_text("this device")


async def test_nobody_is_asked_before_a_press_and_a_block_is_said(visits: Visits) -> None:
    page = await visits.by("owner", width=360)
    await page.add_init_script("Notification.requestPermission = () => { window.asked = true; return 'denied'; }")
    await page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'default' })")
    await page.goto("/notifications/choices/")
    await expect(page.get_by_role("button", name="Turn on for this device")).to_be_visible()
    assert await page.evaluate("window.asked ?? false") is False
    await page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    await page.reload()
    await expect(page.get_by_text("This browser blocks messages")).to_be_visible()
    await expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    assert visits.complaints == []


async def test_a_browser_without_push_says_so(visits: Visits) -> None:
    page = await visits.by("owner", width=360)
    await page.add_init_script("delete window.PushManager")
    await page.goto("/notifications/choices/")
    await expect(page.get_by_text("This browser cannot take push messages")).to_contain_text("Add to Home Screen")


async def test_signing_out_of_a_device_ends_it_there(visits: Visits, service: PushService) -> None:
    page = await chooses(visits, "outsider", Browser(service, "outsider"), 360)
    await turn_on(page)
    await page.goto("/accounts/me/")
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await page.wait_for_url("**/accounts/login/**")
    assert await page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
