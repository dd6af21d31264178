"""The quick way to a text's words cuts what the exact way cuts."""

import pytest

from prose import bare, plain

TEXTS = [
    '# Title\n\n**bold**, *slanted* and [a link](https://a.example "with a name")\n\n- one\n- two\n\n1. three\n2) four',
    "Two\n===\n\nText\n\n---\n\nmore __words__ and ~~gone~~ ones",
    "> quoted\n> twice\n\n| a | b |\n|---|:-:|\n| 1 | 2 |",
    "```python\ncode = 1\n```\n\nand `inline` code",
    "Fees & taxes &amp; 5 \\* 3",
    "snake_case stays, 2 * 3 = 6 stays",
]


@pytest.mark.parametrize("text", TEXTS)
def test_quick_and_exact_agree(text: str) -> None:
    assert bare(text) == plain(text)


def test_tags_comments_pictures_and_references_are_cut() -> None:
    text = "<p align='x'>Words</p> <!-- not\nthese --> ![a picture](x.png) and [named][1]\n\n[1]: https://a.example 'x'"
    assert bare(text) == "Words a picture and named"


def test_a_long_hostile_text_takes_no_time_to_speak_of() -> None:
    for sign in ("[", "*", "<a ", "| ", "- ", "`", "!["):
        assert len(bare(sign * 50_000)) <= 50_000 * len(sign)
