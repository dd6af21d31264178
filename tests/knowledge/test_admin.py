"""The administration of lessons and tags keeps versions and the index in step."""

import pytest
from django.test import Client

from knowledge.actions import merge_tags
from knowledge.models import Lesson, Tag
from search.models import Entry
from tests.conftest import World
from tests.knowledge.conftest import Write


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.administrator)
    return client


def test_lists_search_and_filter(office: Client, write: Write) -> None:
    write(tags=["Market"])
    for address in ("lesson/?q=sorting&status__exact=published", "tag/?q=mark"):
        answer = office.get(f"/admin/knowledge/{address}")
        assert (answer.status_code, answer.context["cl"].result_count) == (200, 1)


def test_a_correction_is_a_version_and_reaches_the_index(office: Client, world: World, write: Write) -> None:
    lesson = write(tags=["Market"])
    address = f"/admin/knowledge/lesson/{lesson.pk}/change/"
    fields = office.get(address).context["adminform"].form.initial
    sent = {name: value for name, value in fields.items() if value not in (None, [], "")}
    sent |= {"title": "Corrected", "tags": "Market, Fees", "core_areas": "[]", "sdgs": "[]"}
    answer = office.post(address, sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    now = Lesson.objects.get()
    assert (now.title, now.version, now.tag_names) == ("Corrected", 2, ["Market", "Fees"])
    assert [(record.version, record.tag_names) for record in now.history.all()] == [
        (2, ["Market", "Fees"]),
        (1, ["Market"]),
    ]
    assert Entry.objects.get(key=lesson.pk).title == "Corrected"


def test_tags_are_merged_into_the_most_used(office: Client, write: Write) -> None:
    one, two = write(tags=["Refuse"]), write(tags=["Waste", "Refuse"])
    write(tags=["Waste"]), write(tags=["Waste"])
    chosen = list(Tag.objects.values_list("pk", flat=True))
    office.post("/admin/knowledge/tag/", {"action": "merge", "_selected_action": chosen})
    assert [list(lesson.tags.names()) for lesson in (one, two)] == [["Waste"], ["Waste"]]
    assert [tag.name for tag in Tag.objects.all()] == ["Waste"]


def test_merging_keeps_a_version(world: World, write: Write) -> None:
    lesson = write(tags=["Refuse"])
    kept = Tag.objects.create(name="Waste")
    assert merge_tags(kept, Tag.objects.filter(name="Refuse"), by=world.officer) == 1
    assert [record.tag_names for record in lesson.history.all()] == [["Waste"], ["Refuse"]]
