"""The administration finds and corrects gatherings; what it changes counts like any other change."""

from datetime import time

import pytest
from django.test import Client

from events.actions import answer_event, feed_of
from events.models import Event
from tests.conftest import World
from tests.events.conftest import Call


@pytest.fixture
def desk(world: World) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(world.administrator)
    return client


def test_a_correction_is_a_revision_and_keeps_the_old_time(world: World, call: Call, desk: Client) -> None:
    event = call()
    answer_event(event, world.owner, "yes")
    path = f"/admin/events/event/{event.pk}/change/"
    fields = desk.get(path).context["adminform"].form.initial
    sent = {name: value for name, value in fields.items() if value is not None} | {"opens": "09:00"}
    inlines = {
        f"{name}-{part}": count
        for name, counts in {"answers": (0, 0), "moves": (0, 0)}.items()
        for part, count in zip(("TOTAL_FORMS", "INITIAL_FORMS"), counts, strict=True)
    }
    response = desk.post(path, sent | inlines)
    assert response.status_code == 302, response.context["adminform"].form.errors
    event.refresh_from_db()
    assert (event.sequence, event.opens, event.moves.get().opens) == (1, time(9), time(10))
    assert event.starts_at.minute == 0


def test_gatherings_are_found_by_their_words_and_addresses_are_never_shown(
    world: World, call: Call, desk: Client
) -> None:
    call(title="About bins")
    call(title="About water")
    found = desk.get("/admin/events/event/?q=bins").content.decode()
    assert "About bins" in found
    assert "About water" not in found
    feed = feed_of(world.owner)
    for path in ["/admin/events/feed/", f"/admin/events/feed/{feed.pk}/change/"]:
        assert feed.seed not in desk.get(path).content.decode()
    assert desk.get("/admin/events/event/add/").status_code == 403
    assert Event.objects.count() == 2
