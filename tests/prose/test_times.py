"""``<time:2026-11-25T14:00>``: one moment, said by the clock of whoever reads."""

from datetime import datetime

import pytest

from prose import plain, render, retold


def said(source: str, zone: str = "Africa/Dar_es_Salaam") -> str:
    return render(source, headings=False, zone=zone).strip()


@pytest.mark.parametrize(
    ("source", "moment", "words"),
    [
        ("<time:2026-11-25T14:00>", "2026-11-25T11:00:00Z", "2026-11-25 14:00 Dar es Salaam"),
        ("<time:2026-11-25T14:00:30Z>", "2026-11-25T14:00:30Z", "2026-11-25 14:00 UTC"),
        ("<time:2026-11-25T14:00+05:30>", "2026-11-25T08:30:00Z", "2026-11-25 14:00 UTC+05:30"),
    ],
)
def test_a_time_becomes_a_moment_with_its_writers_words(source: str, moment: str, words: str) -> None:
    assert said(f"At {source}.") == f'<p>At <time datetime="{moment}">{words}</time>.</p>'


def test_a_clock_that_is_moved_is_read_as_in_the_calendar() -> None:
    made = said("<time:2026-03-29T02:30> <time:2026-10-25T02:30>", "Europe/Stockholm")
    assert ('"2026-03-29T01:30:00Z"' in made, '"2026-10-25T00:30:00Z"' in made) == (True, True)


@pytest.mark.parametrize("text", ["2026-06-31T10:00", "2026-11-25", "0001-01-01T00:00", "x", "2026-11-25T14:00>x"])
def test_what_is_no_time_stays_words_and_nothing_breaks(text: str) -> None:
    assert ("<time " in said(f"<time:{text}>")) == text.endswith(">x")


def test_in_code_and_without_a_zone_it_is_no_moment() -> None:
    assert "&lt;time:" in said("`<time:2026-11-25T14:00>`")
    assert plain("At <time:2026-11-25T14:00>, **sharp**") == "At 2026-11-25 14:00, sharp"
    assert '<time datetime="2026-11-25T14:00:00Z">' in render("<time:2026-11-25T14:00Z>")


def test_nobody_writes_the_tag_itself() -> None:
    assert "<time " not in said('<time datetime="2026-11-25T14:00:00Z" onclick="x()">now</time>')


def test_it_is_retold_and_how_it_was_written_stays() -> None:
    def tell(moment: datetime) -> str:
        return f"<{moment:%H:%M}>"

    made = retold(said("<time:2026-11-25T14:00>"), tell)
    assert made == (
        '<p><time datetime="2026-11-25T11:00:00Z" title="2026-11-25 14:00 Dar es Salaam">&lt;11:00&gt;</time></p>'
    )
    assert retold("<p>5 o'clock</p>", tell) == "<p>5 o'clock</p>"
