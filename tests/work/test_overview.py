"""What the staff see and do, in the terminal and on the page."""

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from tests.conftest import World
from tests.work import jobs
from tests.work.conftest import work_off
from work.models import Lease, Progress, Row
from work.views import PAGE
from work.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def four() -> dict[str, Row]:
    """A task in each state."""
    jobs.in_vain.enqueue()
    jobs.adds.enqueue(1, 1)
    work_off()
    Lease.objects.all().delete()
    jobs.counts.enqueue(9)
    running = DBTaskResult.objects.get(status="READY")
    running.claim("worker")
    Progress.objects.create(task=running, done=3, total=9, note="Karlskrona")
    jobs.adds.enqueue(2, 2)
    return {row.status: row for row in DBTaskResult.objects.all()}


@pytest.fixture
def staff(world: World) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(world.administrator)
    return client


def said(*arguments: str) -> str:
    """What ``manage.py tasks`` prints."""
    out = StringIO()
    call_command("tasks", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_counts_and_lists(four: dict[str, Row]) -> None:
    failed, running, waiting = four["FAILED"].pk, four["RUNNING"].pk, four["READY"].pk
    assert said() == (
        "failed: 1, running: 1, waiting: 1, done: 1; workers: 0\n"
        f"failed    {failed}  tests.work.jobs.in_vain  attempts 1  "
        "work.jobs.GivenUpError: The address does not exist.\n"
        f"running   {running}  tests.work.jobs.counts  attempts 1  3 of 9 Karlskrona\n"
        f"waiting   {waiting}  tests.work.jobs.adds  attempts 0\n"
    )
    assert said("--state", "done").splitlines()[1:] == [
        f"done      {four['SUCCESSFUL'].pk}  tests.work.jobs.adds  attempts 1"
    ]


def test_the_command_says_when_the_next_attempt_is_due() -> None:
    jobs.fails.enqueue("away")
    work_off()
    row = DBTaskResult.objects.get()
    assert said("--state", "waiting").splitlines()[1:] == [
        f"waiting   {row.pk}  tests.work.jobs.fails  attempts 1  "
        f"due {row.run_after:%Y-%m-%d %H:%M:%S} UTC  ValueError: away"
    ]


def test_the_command_retries_drops_and_cancels(four: dict[str, Row]) -> None:
    failed, waiting, running = four["FAILED"].pk, four["READY"].pk, four["RUNNING"].pk
    assert said("--retry", str(failed)) == f"{failed} is waiting for another round.\n"
    assert said("--drop", str(waiting)) == f"{waiting} is dropped.\n"
    assert said("--cancel", str(running)) == f"{running} is asked to end.\n"
    left = {row.pk: (row.status, row.worker_ids) for row in DBTaskResult.objects.exclude(status="SUCCESSFUL")}
    assert left == {failed: ("READY", []), running: ("RUNNING", ["worker"])}


@pytest.mark.parametrize("verb", ["retry", "drop", "cancel"])
def test_the_command_refuses_with_a_sentence(verb: str) -> None:
    with pytest.raises(CommandError, match="There is no task 00000000-0000-0000-0000-000000000007 that could be"):
        said(f"--{verb}", str(UUID(int=7)))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("failed", ["tests.work.jobs.in_vain", "The address does not exist.", "Retry", "Drop"]),
        ("running", ["tests.work.jobs.counts", "3 of 9: Karlskrona", 'value="3" max="9"', "Stop"]),
        ("waiting", ["tests.work.jobs.adds", "as soon as a worker is free", "Run now", "Drop"]),
        ("done", ["tests.work.jobs.adds", "1 attempt"]),
    ],
)
def test_the_page_shows_each_state(state: str, words: list[str], four: object, staff: Client) -> None:
    page = staff.get("/work/", {"state": state}).content.decode()
    assert [word for word in words if word not in page] == []


def test_the_page_begins_with_what_needs_somebody(four: dict[str, Row], staff: Client) -> None:
    assert staff.get("/work/").context["state"] == "failed"
    staff.post(f"/work/{four['FAILED'].pk}/drop/", {"state": "failed"})
    assert staff.get("/work/").context["state"] == "running"


def test_a_button_leads_back_to_its_list_and_twice_harms_nothing(four: dict[str, Row], staff: Client) -> None:
    address = f"/work/{four['FAILED'].pk}/retry/"
    first = staff.post(address, {"state": "failed"}, follow=True)
    assert first.redirect_chain == [("/work/?state=failed", 302)]
    assert "The task runs as soon as a worker is free." in first.content.decode()
    assert "Nothing was given up" in first.content.decode()
    drop = f"/work/{four['FAILED'].pk}/drop/"
    assert [str(m) for m in staff.post(drop, follow=True).context["messages"]] == ["The task is dropped."]
    again = staff.post(drop, {"state": "waiting"}, follow=True)
    assert "Nothing was changed: the task has moved on meanwhile." in again.content.decode()


def test_the_page_says_that_no_worker_runs(staff: Client) -> None:
    assert "No worker runs" in staff.get("/work/").content.decode()
    Worker().live()
    page = staff.get("/work/").content.decode()
    assert ("No worker runs" in page, "1 worker runs." in page) == (False, True)


@pytest.mark.parametrize("state", ["failed", "running", "waiting", "done"])
def test_each_list_says_what_would_stand_there(state: str, staff: Client) -> None:
    assert 'class="empty"' in staff.get("/work/", {"state": state}).content.decode()


def test_there_is_a_second_page(staff: Client) -> None:
    for number in range(PAGE + 1):
        jobs.adds.enqueue(number, 1)
    first, second = (staff.get("/work/", {"state": "waiting", "page": page}) for page in "12")
    assert (len(first.context["lines"]), len(second.context["lines"])) == (PAGE, 1)
    assert "state=waiting&amp;page=2" in first.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    rows: int, staff: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        jobs.adds.enqueue(number, 1)
    own_clock = connection.vendor == "postgresql"  # which is asked for the time
    with django_assert_num_queries(10 + own_clock):
        staff.get("/work/", {"state": "waiting"})


def test_outsiders_change_nothing(world: World, four: dict[str, Row]) -> None:
    client = Client()
    client.force_login(world.officer)
    assert client.post(f"/work/{four['FAILED'].pk}/drop/").status_code == 404
    assert DBTaskResult.objects.filter(pk=four["FAILED"].pk).exists()
    assert 'href="/work/"' not in client.get("/accounts/me/").content.decode()
    client.force_login(world.administrator)
    assert 'href="/work/"' in client.get("/accounts/me/").content.decode()
