"""The index follows the database, through rollbacks, rebuilds, several writers, damage and a killed process."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from search import Document, engine, find, health, keep_up, places, put, rebuild, register, remove, work_off
from search.document import sources
from search.engines import REBUILD
from search.engines import engine as keeper
from search.living import index
from search.models import Change, Entry, Theme
from search.segment import DamagedError
from tests.search.conftest import ME, found, lesson

Index = Callable[..., None]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def source() -> Iterator[Callable[..., None]]:
    """Say where a rebuild gets the lessons from, for one test."""
    kept = dict(sources)
    sources.clear()
    yield lambda documents: register("lesson", documents=documents)
    sources.clear()
    sources.update(kept)


@pytest.mark.django_db
def test_changes_and_removals_follow(indexed: Index) -> None:
    indexed(lesson(1, "Water"), lesson(2, "Water"))
    put(lesson(1, "Soil"))
    remove("lesson", 2)
    assert work_off() == 2
    assert (found("water"), found("soil"), found("")) == ([], [1], [1])


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_many_changes_of_one_document_are_one() -> None:
    put(lesson(2, "Water"))
    work_off()
    for title in ("Soil", "Rain", "Clay"):
        put(lesson(1, title))
    assert work_off() == 1
    assert found("soil rain clay") == [1]
    assert Change.objects.filter(indexed_at=None).count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("engine")
def test_what_is_rolled_back_is_never_indexed() -> None:
    put(lesson(1, "Water"))
    work_off()

    def fail() -> None:
        with transaction.atomic():
            put(lesson(2, "Water"))
            remove("lesson", 1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert work_off() == 0
    assert found("water") == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("engine")
def test_two_writers_and_two_indexers_lose_nothing() -> None:
    def write(numbers: range) -> None:
        for number in numbers:
            put(lesson(number, "Water"))
            if not number % 5:
                work_off()
        connection.close()

    threads = [Thread(target=write, args=(numbers,)) for numbers in (range(1, 21), range(21, 41))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_off()
    assert sorted(found("water", limit=100)) == list(range(1, 41))


@pytest.mark.django_db
def test_a_worker_that_comes_too_soon_lets_the_index_rest(indexed: Index) -> None:
    indexed(lesson(1, "Water"))
    put(lesson(2, "Water"))
    work_off()
    put(lesson(3, "Water"))
    assert keep_up() == 0
    assert work_off() == 1


@pytest.mark.django_db
def test_a_rebuild_asks_the_apps_and_searches_go_on_meanwhile(indexed: Index, source: Callable[..., None]) -> None:
    indexed(lesson(1, "Old water"), lesson(4, "Water that is no more"))
    seen: list[list[int]] = []

    def documents() -> Iterator[Document]:
        yield lesson(1, "New water")
        yield lesson(2, "Water")
        yield lesson(3, "Water that is removed meanwhile")
        put(lesson(2, "Soil put meanwhile"))
        put(lesson(5, "Water put meanwhile"))
        remove("lesson", 3)
        seen.append(sorted(found("water")))

    source(documents)
    rebuild(ask=True)
    assert seen == [[1, 4]]
    assert sorted(found("water")) == [1, 5]
    assert (found("new"), found("old"), found("soil")) == ([1], [], [2])


@pytest.mark.django_db
def test_what_changes_while_the_index_is_written_is_in_it(indexed: Index) -> None:
    """The lines that came while the new index was made are played back onto it, done ones included."""
    indexed(lesson(1, "Water"))
    with keeper().locked(REBUILD, wait=False) as mine:
        assert mine
        assert rebuild(wait=False) == 0
    put(lesson(2, "Water"))
    assert rebuild() == 2
    assert sorted(found("water")) == [1, 2]
    assert work_off() == 0


@pytest.mark.django_db
def test_the_command_says_what_it_did(
    indexed: Index, source: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    source(lambda: [lesson(1, "Water"), lesson(2, "Water")])
    call_command("index")
    call_command("index", rebuild=True)
    put(lesson(3, "Water"))
    call_command("index")
    assert [line.split(" documents")[0] for line in capsys.readouterr().out.splitlines()] == ["0", "2", "1"]


@pytest.mark.django_db
def test_a_changed_vocabulary_makes_the_index_anew_by_itself(indexed: Index) -> None:
    indexed(lesson(1, "Garbology"), lesson(2, "Avfall", language="sv"))
    before = keeper().living()
    assert found("avfall", "sv") == [2]
    waste = Theme.objects.get(slug="waste")
    waste.synonyms["en"].append("garbology")
    waste.save()
    work_off()
    assert keeper().living() != before
    assert found("avfall", "sv") == [2, 1]


def cut(folder: Path) -> None:
    """A full disk or a bad copy: every file half as long."""
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(folder: Path) -> None:
    """Every segment other bytes."""
    for file in folder.glob("*.seg"):
        file.write_bytes(b"\x80" * file.stat().st_size)


def lose(pattern: str) -> Callable[[Path], None]:
    """Files gone."""

    def damage(folder: Path) -> None:
        for file in folder.glob(pattern):
            file.unlink()

    return damage


@pytest.mark.django_db
@pytest.mark.parametrize("engine", ["whoosh"], indirect=True)
@pytest.mark.parametrize(
    "damage", [cut, overwrite, lose("*.toc"), lose("*.seg"), lose("vocabulary.json"), shutil.rmtree]
)
def test_a_damaged_index_answers_from_the_database_and_heals(
    indexed: Index, settings: Settings, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """The damage is done to a copy that a fresh start would open: a running process has its files open."""
    indexed(lesson(1, "Water"), lesson(2, "Soil"))
    settings.INDEX_DIR = Path(shutil.copytree(settings.INDEX_DIR, tmp_path / "copy"))
    folder = places.living()
    assert folder
    damage(folder)
    results = find("water", scopes=ME)
    assert [hit.id for hit in results.hits] == [1]
    assert results.degraded
    assert health() != "ok"
    assert work_off() == 2
    healed = find("water", scopes=ME)
    assert ([hit.id for hit in healed.hits], healed.degraded, health()) == ([1], "", "ok")


@pytest.mark.django_db
def test_damage_found_in_the_middle_of_a_search_is_answered_from_the_database(indexed: Index) -> None:
    indexed(lesson(1, "Water"))
    index.broken(DamagedError("a block"))
    assert find("water", scopes=ME).degraded
    assert work_off() == 1
    assert not find("water", scopes=ME).degraded


WRITER = """
import sys
from pathlib import Path
from search import engine
folder = Path(sys.argv[1])
for number in range(100000):
    text = {f"word{number % 50}": [0], "water": [1, 2]}
    engine.write(folder, [{"key": f"lesson:{number}", "numbers": {}, "text": text, "scope": ["member"]}])
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 4, 9])
def test_a_killed_writer_leaves_an_index_that_is_read_and_written_on(tmp_path: Path, commits: int) -> None:
    folder = tmp_path / "killed"
    engine.create(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
    )  # fmt: skip
    assert process.stdout
    done = [int(process.stdout.readline()) for _ in range(commits)][-1]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = sum(segment.count for segment, _deleted in engine.segments(folder, {}))
    assert kept > done
    engine.write(folder, [{"key": "lesson:0", "numbers": {}, "text": {"water": [0]}}], ["lesson:0"])
    parts = engine.segments(folder, {})
    assert sum(segment.count - len(deleted) for segment, deleted in parts) == kept


@pytest.mark.django_db
def test_a_document_too_many_for_one_batch_is_in_the_next(indexed: Index) -> None:
    put(lesson(0, "Soil"))
    work_off()
    Entry.objects.bulk_create(
        Entry(kind="lesson", key=number, **Entry.fields_of(lesson(number, "Water"))) for number in range(1, 1202)
    )
    Change.objects.bulk_create(Change(kind="lesson", key=number) for number in range(1, 1202))
    assert work_off() == 1201
    assert find("water", scopes=ME).total == 1201
