"""Whatever a browser or a program sends is answered, and never with an error of the server's own."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.conftest import World

HUGE = "99999999999999999999"


@pytest.fixture
def browser_of_owner(world: World) -> Client:
    client = Client()
    client.force_login(world.owner)
    return client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/chat/{HUGE}/", 404),
        (f"/chat/api/rooms/{HUGE}/messages/", 404),
        (f"/chat/api/rooms/{HUGE}/changes/", 404),
        ("/chat/?q=%00", 200),
        (f"/chat/search/?q=%00+pump&from=%00&in=%00{HUGE}&after=%00&has=%00&older={HUGE}", 200),
        (f"/chat/search/?after=9999-12-31&in={HUGE}", 200),
        ("/chat/search/?q=before:0001+after:9999-12-31", 200),
        (f"/chat/api/search/?q=pump&older={HUGE}", 400),
        (f"/knowledge/{HUGE}/", 404),
        (f"/knowledge/{HUGE}/versions/", 404),
        ("/knowledge/tags/%00/", 404),
        ("/knowledge/tags/a%FF/", 404),
        (f"/knowledge/?q=%00&theme=%00&tag=%00&country=%00&page={HUGE}", 200),
        ("/knowledge/api/search/?tag=%00", 400),
        (f"/knowledge/api/search/?page={HUGE}", 400),
        (f"/knowledge/mine/?page={HUGE}", 200),
        (f"/events/{HUGE}/", 404),
        (f"/events/{HUGE}.ics", 404),
        (f"/events/?page={HUGE}&place=network:{HUGE}&kind=%00&show=%00", 200),
        ("/events/new/?day=%00&for=%00", 200),
        ("/events/feed/%00.ics", 404),
        ("/events/api/events/?from=9999-12-31&to=9999-12-31", 400),
        ("/events/api/events/?from=0001-01-01&to=0001-01-02", 400),
        (f"/network/people/{HUGE}/", 404),
        (f"/network/people/?q=a%00b&page={HUGE}", 200),
        (f"/network/partnerships/{HUGE}/", 404),
        (f"/notifications/?before={HUGE}&show=%00&marked=%00", 404),
        ("/notifications/?show=%00&marked=2026-99-99T00:00:00Z", 200),
        (f"/notifications/{HUGE}/", 404),
        (f"/notifications/news/?after={HUGE}&from=x", 404),
        (f"/notifications/api/?before={HUGE}", 400),
        ("/partnerships/invitations/new/?place=%00", 200),
        ("/partnerships/invitations/accept/%00/", 404),
        ("/notifications/unsubscribe/%00/", 404),
        (f"/notifications/unsubscribe/{HUGE}.{HUGE}/", 404),
    ],
)
def test_an_address_that_nobody_made_is_answered(browser_of_owner: Client, path: str, status: int) -> None:
    assert browser_of_owner.get(path).status_code == status


@pytest.mark.parametrize("text", ["\0", HUGE, "a\0b", "\\"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/knowledge/new/", "title summary language place themes tags contact seen client_id core_areas did note"),
        ("/events/new/", "title kind audience first_day opens last_day closes zone place link answer_by uid read"),
        ("/partnerships/invitations/new/", "email place function organisation language"),
        ("/accounts/me/", "name title language zone theme"),
        ("/accounts/me/tokens/", "name"),
        ("/accounts/login/", "login password next"),
        ("/chat/read/", "number"),
        ("/notifications/choices/", "rhythm digest_day digest_hour quiet_from quiet_until kind_announcement"),
        ("/notifications/choices/mute/", "span"),
        ("/notifications/choices/places/", "kind place"),
        ("/notifications/read/", "upto"),
        ("/notifications/unread/", "marked"),
    ],
)
def test_a_form_of_nonsense_is_answered(browser_of_owner: Client, path: str, fields: str, text: str) -> None:
    assert browser_of_owner.post(path, dict.fromkeys(fields.split(), text)).status_code < 500


CLIENT_ID = "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d11"
"""Always the same: the workers of one run have to find tests of the same names."""


def post(**fields: Any) -> str:
    return json.dumps({"client_id": CLIENT_ID, "body": "x", **fields})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ("9" * 6000, 400),
        ("\xff", 400),
        (post(body="\ud800"), 400),
        (post(body="\0"), 400),
        (post(client_id="\ud800"), 400),
        (post(language="\ud800"), 400),
        (post(written_at="0001-01-01T00:00:00"), 201),
        (post(written_at="9999-12-31T23:59:59-12:00"), 201),
        (post(reply_to=10**30, thread=10**30), 201),
    ],
    ids=lambda value: str(value)[:120],
)
def test_json_of_nonsense_is_answered(browser_of_owner: Client, world: World, body: str, status: int) -> None:
    path = f"/chat/api/rooms/{world.partnership.rooms.get().pk}/messages/"
    sent = body.encode("latin-1" if body == "\xff" else "utf-8")
    assert browser_of_owner.post(path, sent, content_type="application/json").status_code == status


def test_a_post_to_a_room_beyond_all_numbers_is_not_found(browser_of_owner: Client) -> None:
    path = f"/chat/api/rooms/{HUGE}/messages/"
    assert browser_of_owner.post(path, post(), content_type="application/json").status_code == 404
