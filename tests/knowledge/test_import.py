"""A folder of real-looking Markdown comes in, is found, and comes in again without a double."""

import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions import revise_lesson, withdraw_lesson
from knowledge.importing.files import UnreadableError, read
from knowledge.models import Lesson, Tag
from partnerships.models import Network
from search import work_off
from tests.conftest import World

SENTENCES = {
    "en": "The council weighed every truck. Nobody had asked the drivers. The fee was paid by the month and the "
    "market stayed clean. We would begin with the women who sell there. It was not the plan that we had written.",
    "sv": "Kommunen vägde varje bil. Ingen hade frågat förarna. Avgiften betalades per månad och torget höll sig rent. "
    "Vi skulle börja med dem som säljer där. Det var inte den plan som vi hade skrivit.",
    "fr": "La commune a pesé chaque camion. Personne ne l'avait demandé aux chauffeurs. La taxe est payée par mois et "
    "le marché reste propre. Nous commencerions avec les femmes qui y vendent.",
    "sw": "Halmashauri ilipima kila lori. Hakuna aliyewauliza madereva. Ada ililipwa kwa mwezi na soko lilikuwa safi. "
    "Tulianza na wanawake ambao wanauza hapo, kwa sababu wao wanajua soko.",
}


def folder_of(path: Path, count: int = 230) -> Path:
    """Files in folders, in four languages, a third with front matter, with CRLF and byte-order marks among them."""
    chance = random.Random(7)
    for number in range(count):
        language = list(SENTENCES)[number % 4]
        sentences = SENTENCES[language].split(". ")
        text = "\n\n".join(
            f"## Part {part}\n\n" + ". ".join(chance.choices(sentences, k=8)) + "."
            for part in range(chance.randint(2, 6))
        )
        head = f"# Lesson number {number}\n\n"
        if number % 3 == 0:
            head = (
                f"---\ntitle: 'Lesson: number {number}'\nlanguage: {language}\ntags: [Market, 'Fees {number % 5}']\n"
                "themes:\n  - waste\n---\n\n"
            )
        made = head + text
        if number % 10 == 1:
            made = "\ufeff" + made.replace("\n", "\r\n")
        file = path / f"year-{number % 4}" / f"lesson-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.encode())
    return path


def run(folder: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("import_lessons", str(folder), *options, stdout=out)
    return out.getvalue().splitlines()


def test_230_documents_come_in_are_found_and_come_in_again_without_a_double(
    world: World, tmp_path: Path, client: Client
) -> None:
    folder = folder_of(tmp_path / "papers")
    told = run(folder, "--publish", "network")
    assert len(told) == 231
    assert ": 230 new" in told[-1]
    assert set(Lesson.objects.values_list("language", flat=True)) == {"en", "fr", "sv", "sw"}
    assert Lesson.objects.get(source="year-0/lesson-0.md").title == "Lesson: number 0"
    assert Lesson.objects.get(source="year-1/lesson-1.md").title == "Lesson number 1"
    assert (Lesson.history.count(), Tag.objects.count()) == (230, 6)
    work_off()
    client.force_login(world.outsider)
    answer = client.get("/knowledge/api/search/", {"q": "Halmashauri", "words": "mine", "limit": "100"}).json()
    assert answer["total"] == Lesson.objects.filter(body__contains="Halmashauri").count() > 10
    assert {one["source"].split("/")[0] for one in answer["results"]} == {"year-3"}
    again = run(folder, "--publish", "network")
    assert ": 230 unchanged" in again[-1]
    assert (Lesson.objects.count(), Lesson.history.count()) == (230, 230)


def test_a_hundred_files_take_few_statements(world: World, tmp_path: Path) -> None:
    """What makes fifty files a second possible, in a figure that does not depend on who else uses the machine."""
    folder = folder_of(tmp_path / "papers", 100)
    with CaptureQueriesContext(connection) as made:
        run(folder)
    assert len(made) < 100


def test_a_changed_file_is_a_new_version(world: World, tmp_path: Path) -> None:
    file = tmp_path / "market.md"
    file.write_text("# The market\n\nIt was dirty and the council did not know.")
    run(tmp_path, "--publish", "members")
    file.write_text("# The market\n\nIt is clean and the council knows it.")
    assert run(tmp_path, "--publish", "members")[0] == "[1/1] changed    market.md"
    lesson = Lesson.objects.get()
    assert (lesson.version, lesson.title, lesson.body) == (2, "The market", "It is clean and the council knows it.")
    assert [record.body for record in lesson.history.all()] == [
        "It is clean and the council knows it.",
        "It was dirty and the council did not know.",
    ]


def test_what_people_changed_here_stays_while_the_file_is_the_same(world: World, tmp_path: Path) -> None:
    (tmp_path / "market.md").write_text("# The market\n\nIt was dirty and the council did not know.")
    run(tmp_path, "--publish", "network")
    lesson = Lesson.objects.get()
    revise_lesson(lesson, by=world.officer, title="Our market")
    assert ": 1 unchanged" in run(tmp_path, "--publish", "network")[-1]
    assert Lesson.objects.get().title == "Our market"
    withdraw_lesson(lesson, by=world.officer)
    assert run(tmp_path, "--publish", "network")[0] == "[1/1] skipped    market.md (withdrawn here)"


def test_drafts_of_an_earlier_import_are_published_by_a_later_one(world: World, tmp_path: Path) -> None:
    (tmp_path / "market.md").write_text("# The market\n\nIt was dirty and the council did not know.")
    run(tmp_path)
    assert [lesson.status for lesson in Lesson.objects.all()] == ["draft"]
    assert run(tmp_path, "--publish", "network")[0] == "[1/1] published  market.md"
    assert list(Lesson.objects.visible_to(world.outsider)) == list(Lesson.objects.all())


def test_each_file_is_told_what_became_of_it(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(" \n")
    (tmp_path / "b.md").write_bytes("# Föreläsning\n".encode("latin-1"))
    (tmp_path / "c.md").write_text("---\ntags: [one, 'two\n---\n# Broken\n\nThe text is still here and it is read.")
    (tmp_path / "d.md").write_text("---\nthemes: [Avfallshantering, Gardens]\ntags: Market, market\n---\nText.")
    (tmp_path / "e.txt").write_text("Not Markdown.")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "f.md").write_text("# Hidden")
    assert run(tmp_path)[:-1] == [
        "[1/4] skipped    a.md (empty)",
        "[2/4] skipped    b.md (not UTF-8)",
        "[3/4] new        c.md (its front matter is broken and stands in the text)",
        "[4/4] new        d.md (kept as tags, being no themes: Gardens)",
    ]
    broken = Lesson.objects.get(source="c.md")
    assert (broken.title, broken.body.splitlines()[:3]) == ("Broken", ["~~~~~~yaml", "tags: [one, 'two", "~~~~~~"])
    assert broken.body.endswith("The text is still here and it is read.")
    named = Lesson.objects.get(source="d.md")
    assert (named.title, list(named.tags.names()), [theme.slug for theme in named.themes.all()]) == (
        "d",
        ["Market", "Gardens"],
        ["waste"],
    )


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# One\n\nText", "One", "Text"),
        ("One\n===\n\nText", "One", "Text"),
        ("Text before\n\n## Two ##\n\nmore", "Two", "Text before\n\n## Two ##\n\nmore"),
        ("---\ntitle: Three\n---\n# Another\n\nText", "Three", "# Another\n\nText"),
        ("---\ntitle: Same\n---\n# Same\n\nText", "Same", "Text"),
        ("# With *stars* and [a link](https://example.org)\nText", "With stars and a link", "Text"),
        ("Only text", "the file", "Only text"),
        ("---\n\nA rule, no front matter\n", "the file", "---\n\nA rule, no front matter"),
        ("```sh\n# a comment\n```\n\n# Five\n\nText", "Five", "```sh\n# a comment\n```\n\n# Five\n\nText"),
        ("~~~\n```\n# no\nneither\n---\n~~~~\n\nText", "the file", "~~~\n```\n# no\nneither\n---\n~~~~\n\nText"),
        ("---\ntitle: 2020-01-01\n---\nText", "2020-01-01", "Text"),
        ('---\ntitle: "a\\0b\\uD800c"\n---\nText', "abc", "Text"),
        ("# " + "long " * 60 + "\n\nText", "long " * 39 + "long…", "# " + "long " * 60 + "\n\nText"),
        ("---\ntitle: " + "x" * 201 + "\n---\nText", "x" * 199 + "…", "# " + "x" * 201 + "\n\nText"),
        ("# C#\n\nText", "C#", "Text"),
        ("---\n- a list\n---\n# Four\n\nText", "Four", "---\n- a list\n---\n# Four\n\nText"),
    ],
)
def test_title_and_text_of_a_file(text: str, title: str, body: str) -> None:
    paper = read(text.encode(), "folder/the-file.md")
    assert (paper.title, paper.body) == (title, body)


def test_a_heading_of_very_many_spaces_is_read_at_once() -> None:
    assert read(("# a" + " " * 500_000 + "b\n\nText").encode(), "a.md").title == "a b"


def test_a_name_with_signs_that_do_not_print_makes_no_double(world: World, tmp_path: Path) -> None:
    (tmp_path / "a\u00a0b\u200b.md").write_text("# The market\n\nIt was dirty and the council did not know.")
    assert [run(tmp_path)[-1].rpartition(": ")[2] for _time in range(2)] == ["1 new.", "1 unchanged."]


@pytest.mark.parametrize(
    ("front", "language"), [("language: sv", "sv"), ("lang: sv-SE", "sv"), ("language: Svenska", "sv"), ("x: y", "en")]
)
def test_the_language_is_told_or_guessed(front: str, language: str) -> None:
    assert read(f"---\n{front}\n---\n{SENTENCES['en']}".encode(), "a.md").language == language


def test_a_language_that_is_none_of_ours_is_guessed_with_a_warning() -> None:
    paper = read(f"---\nlanguage: de\n---\n{SENTENCES['sv']}".encode(), "a.md")
    assert (paper.language, paper.warnings) == ("sv", ["“de” is none of our languages, so it was guessed"])


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b"---\n---\n", b"\xff\xfe\x00"])
def test_what_holds_no_words_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(content, "a.md")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--network", "nowhere"], "There is no network nowhere. There are: climate."),
        (["--author", "nobody@test.example"], "There is no account nobody@test.example."),
        (["--publish", "partnership"], "Which partnership? Choose one with --partnership SLUG."),
        (["--partnership", "nowhere"], "There is no partnership nowhere."),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(world: World, tmp_path: Path, options: list[str], sentence: str) -> None:
    folder_of(tmp_path, 1)
    with pytest.raises(CommandError) as told:
        run(tmp_path, *options)
    assert str(told.value).startswith(sentence)


def test_nothing_comes_in_without_a_network_an_administrator_or_a_folder(db: None, tmp_path: Path) -> None:
    folder_of(tmp_path, 1)
    for folder, sentence in [
        (tmp_path / "nowhere", "There is no folder"),
        (tmp_path, "There is no administrator yet."),
    ]:
        with pytest.raises(CommandError) as told:
            run(folder)
        assert str(told.value).startswith(sentence)
    assert not Network.objects.exists()


def test_the_authors_partnership_is_theirs(world: World, tmp_path: Path) -> None:
    folder_of(tmp_path, 1)
    run(tmp_path, "--publish", "partnership", "--author", world.owner.email)
    lesson = Lesson.objects.get()
    assert (lesson.author, lesson.partnership, lesson.organisation) == (
        world.owner,
        world.partnership,
        world.karlskrona,
    )
    assert not Lesson.objects.visible_to(world.outsider).exists()
