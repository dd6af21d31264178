"""The guess which language a text is in: right on the demonstration's lessons, silent where it is not clear."""

from pathlib import Path

import pytest

from prose import guess_language

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "platform" / "exchange" / "demo" / "data" / "lessons").glob("*.md"))


def test_there_are_lessons_to_guess() -> None:
    assert len(LESSONS) > 100


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_each_lesson_is_recognised(path: Path) -> None:
    words = path.read_text(encoding="utf-8").split("---", 2)[2]
    assert guess_language(words) == path.name.split(".")[-2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("When will the truck come to our street?", "en"),
        ("När kommer bilen till vår gata?", "sv"),
        ("Quand est-ce que le camion passe dans notre rue ?", "fr"),
        ("Gari la taka litakuja lini katika mtaa wetu?", "sw"),
    ],
)
def test_a_sentence_is_most_often_enough(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "412 t, 530 t", "Karlskrona Saldanha Bay", "OK!", "👍"])
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert guess_language(text) is None
