"""Files at lessons: taken by what they are, read behind the pages, found by their words, seen by whom the lesson is."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from files import clamd
from knowledge import file_round
from knowledge.actions import withdraw_lesson
from knowledge.models import Attachment, Lesson
from knowledge.models.attachment import Page
from knowledge.shelf import shelf
from search import work_off
from tests.chat.uploading import located, picture
from tests.conftest import World
from tests.files import documents
from tests.knowledge.conftest import WORDS, Visit, Write

State = Attachment.State


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path


def bring(client: Any, lesson: Lesson, *files: tuple[str, bytes]) -> Any:
    """Send the form of a lesson's files."""
    sent = {"files": [SimpleUploadedFile(name, data) for name, data in files]}
    return client.post(f"{lesson.get_absolute_url()}files/", sent, follow=True)


def read_all() -> None:
    """As a worker does, until nothing waits; then the index follows."""
    while file_round.work_off():
        pass
    work_off()


REPORT = documents.pdf("Introduction", "Composting latrines in Saldanha")


def test_a_page_of_a_file_is_found_and_named(world: World, write: Write, visit: Visit) -> None:
    lesson = write()
    client = visit(world.owner)
    assert "1 file is attached" in bring(client, lesson, ("Report 2026.pdf", REPORT)).content.decode()
    assert Attachment.objects.get().state == State.QUEUED
    read_all()
    row = Attachment.objects.get()
    assert (row.state, row.length) == (State.DONE, 2)
    found = visit(world.partner).get("/knowledge/?q=composting latrines").content.decode()
    assert f'href="{row.get_absolute_url()}"' in found.replace(" ", "%20") or "Report%202026.pdf" in found
    assert ", page 2:" in found
    assert "<mark>Composting</mark>" in found
    answer = visit(world.partner).get("/knowledge/api/search/?q=latrines").json()["results"][0]
    assert (answer["file"]["name"], answer["file"]["page"]) == ("Report 2026.pdf", 2)


def test_nobody_else_fetches_finds_or_changes_it(world: World, write: Write, visit: Visit) -> None:
    lesson = write()
    bring(visit(world.owner), lesson, ("Report.pdf", REPORT), ("Market.jpg", picture(exif=located())))
    read_all()
    outsider = visit(world.outsider)
    for row in Attachment.objects.all():
        assert visit(world.partner).get(row.get_absolute_url()).status_code == 200
        assert outsider.get(row.get_absolute_url()).status_code == 404
        assert outsider.post(f"/knowledge/files/{row.pk}/step/", {"step": "remove"}).status_code == 404
        assert outsider.get(f"/knowledge/files/{row.pk}/small/").status_code == 404
    assert outsider.get(f"{lesson.get_absolute_url()}files/").status_code == 404
    assert bring(outsider, lesson, ("Mine.pdf", documents.pdf("Mine"))).status_code == 404
    assert outsider.get("/knowledge/api/search/?q=latrines").json()["total"] == 0
    withdraw_lesson(lesson, by=world.owner)
    work_off()
    assert visit(world.partner).get("/knowledge/api/search/?q=latrines").json()["total"] == 0


def test_a_download_is_never_a_page_and_a_picture_tells_no_place(world: World, write: Write, visit: Visit) -> None:
    client = visit(world.owner)
    bring(client, write(), ("Market.jpg", picture(exif=located())))
    row = Attachment.objects.get()
    answer = client.get(row.get_absolute_url())
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"Secret Phone" not in answer.content
    assert row.state == State.KEPT
    assert client.get(f"/knowledge/files/{row.pk}/small/")["Content-Type"] == "image/webp"


REFUSED = {
    "a page called PDF": ("Plan.pdf", b"<!doctype html><script>alert(1)</script>", "This is something else"),
    "a program": ("Plan.docx", b"MZ\x90\x00" + b"x" * 99, "This is a program"),
    "an archive": ("Plan.zip", documents.packed({"../../etc/passwd": "x"}), "This is something else"),
    "nothing": ("Plan.pdf", b"", "This file is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_gets_a_sentence_and_leaves_nothing(
    world: World, write: Write, visit: Visit, name: str
) -> None:
    called, data, sentence = REFUSED[name]
    assert sentence in bring(visit(world.owner), write(), (called, data)).content.decode()
    assert not Attachment.objects.exists()
    assert list(shelf.everything()) == []


READ = {
    "a scan": (documents.pdf(""), State.SCAN, "A scan without text"),
    "entities": (documents.word("&f;", head="<!DOCTYPE a [<!ENTITY f 'x'>]>"), State.FAILED, "no office program"),
    "half": (documents.pdf("Words")[:60], State.FAILED, "It is damaged"),
}


@pytest.mark.parametrize("name", READ)
def test_what_cannot_be_read_says_why(world: World, write: Write, visit: Visit, name: str) -> None:
    data, state, sentence = READ[name]
    lesson = write()
    bring(visit(world.owner), lesson, ("../../Plan", data))
    read_all()
    row = Attachment.objects.get()
    assert (row.state, row.name.partition(".")[0]) == (state, "Plan")
    assert sentence in visit(world.partner).get(lesson.get_absolute_url()).content.decode()
    client = visit(world.owner)
    client.post(f"/knowledge/files/{row.pk}/step/", {"step": "again"})
    row.refresh_from_db()
    assert (row.state == State.QUEUED) == (state == State.FAILED)


def test_sent_twice_it_is_one_and_removed_it_can_be_put_back(world: World, write: Write, visit: Visit) -> None:
    lesson, client = write(), visit(world.owner)
    for _time in range(2):
        bring(client, lesson, ("Report.pdf", REPORT))
    row = Attachment.objects.get()
    assert len(list(shelf.everything())) == 1
    read_all()
    address = f"/knowledge/files/{row.pk}/step/"
    client.post(address, {"step": "remove"})
    work_off()
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get("/knowledge/api/search/?q=latrines").json()["total"] == 0
    client.post(address, {"step": "put_back"})
    work_off()
    assert client.get("/knowledge/api/search/?q=latrines").json()["total"] == 1
    assert client.post(address, {"step": "burn"}).status_code == 400


def test_it_comes_with_the_form_of_a_lesson(world: World, write: Write, visit: Visit) -> None:
    client, lesson = visit(world.owner), write()
    form = client.get(f"{lesson.get_absolute_url()}edit/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"themes": [], "core_areas": [], "sdgs": []}
    sent["files"] = [SimpleUploadedFile("Plan.docx", documents.word("Words")), SimpleUploadedFile("x.pdf", b"MZ")]
    page = client.post(f"{lesson.get_absolute_url()}edit/", sent, follow=True)
    assert [row.name for row in lesson.attachments.all()] == ["Plan.docx"]
    assert "x.pdf: This is a program" in page.content.decode()


def test_a_file_waits_for_the_scanner_and_goes_when_it_holds_a_virus(
    world: World, write: Write, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.CLAMD = f"unix://{tmp_path}/nobody.ctl"
    client = visit(world.owner)
    bring(client, write(), ("Report.pdf", REPORT))
    row = Attachment.objects.get()
    with pytest.raises(clamd.ScannerAwayError):
        file_round.work_off()
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.QUEUED, 0)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_file_that_kills_every_reader_is_given_up(world: World, write: Write, visit: Visit) -> None:
    bring(visit(world.owner), write(), ("Report.pdf", REPORT))
    Attachment.objects.update(tries=file_round.MOST_TRIES)
    file_round.work_off()
    assert Attachment.objects.get().state == State.FAILED


def test_what_nobody_will_miss_is_tidied(world: World, write: Write, visit: Visit) -> None:
    client = visit(world.owner)
    bring(client, write(), ("Report.pdf", REPORT), ("Plan.pdf", documents.pdf("Plan")))
    read_all()
    gone = Attachment.objects.first()
    assert gone is not None
    client.post(f"/knowledge/files/{gone.pk}/step/", {"step": "remove"})
    shelf.write(gone.key.__class__(int=7), 0, b"without a row")
    file_round.tidy_attachments.call("2099-01-01T00:00:00+00:00", "2099-01-01T01:00:00+00:00")
    assert [row.name for row in Attachment.objects.all()] == ["Plan.pdf"]
    assert Page.objects.count() == 1


def test_lessons_with_files_take_no_more_queries(
    world: World, write: Write, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    client = visit(world.owner)
    counted = []
    for number in range(3):
        bring(client, write(title=f"{WORDS['title']} {number}"), ("Report.pdf", REPORT + b"%" * number))
        read_all()
        client.get("/knowledge/?q=latrines")
        with django_assert_max_num_queries(20) as queries:
            client.get("/knowledge/?q=latrines")
        counted.append(len(queries))
    assert len(set(counted)) == 1
