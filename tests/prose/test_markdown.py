"""Markdown becomes HTML that can do no harm, and keeps what was meant."""

import re

import pytest

from prose import plain, render

HARMFUL = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    "![picture](https://tracker.example/pixel.png)",
    '<a href="https://a.example" onclick="x()">a</a>',
    '<p style="position:fixed">over everything</p>',
    "<iframe src=https://a.example></iframe>",
    "<svg><script>alert(1)</script></svg>",
    "`<script>`",
    "> <b><script>x</script></b>",
    "<" * 5000 + "script>",
]


@pytest.mark.parametrize("source", HARMFUL)
@pytest.mark.parametrize("headings", [True, False])
def test_nothing_that_acts_comes_through(source: str, headings: bool) -> None:
    made = render(source, headings=headings).casefold()
    for tag in re.findall("<[a-z][^>]*>", made):
        assert re.match(r"<(a|p|code|blockquote|b|strong|em|pre)\b", tag)
        assert not re.search(r"\son\w+=|\sstyle=|javascript:|vbscript:|data:", tag)


def test_lists_tables_quotes_and_links_are_kept() -> None:
    made = render("# One\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n[us](https://a.example/b)")
    assert "<h3>One</h3>" in made
    assert "<li>a</li>" in made
    assert "<td>1</td>" in made
    assert "<blockquote>" in made
    assert '<a href="https://a.example/b" rel="noopener noreferrer nofollow">us</a>' in made


def test_a_number_sign_in_talk_is_a_number_sign_and_a_line_break_stays() -> None:
    made = render("# 7 is ours\nsecond line", headings=False)
    assert "<h" not in made
    assert "# 7 is ours<br>" in made


def test_bare_addresses_become_links_in_both() -> None:
    for headings in (True, False):
        assert '<a href="https://a.example/plan?x=1"' in render("See https://a.example/plan?x=1.", headings=headings)


def test_the_plain_words_are_left_without_signs() -> None:
    assert plain("# Title\n\n**bold** and [a link](https://a.example)\n\n- one\n- two") == (
        "Title bold and a link one two"
    )


def test_the_plain_words_are_not_escaped() -> None:
    assert plain('Fees & "taxes" < 5 %') == 'Fees & "taxes" < 5 %'
    assert plain("`<script>` is a word here") == "<script> is a word here"


@pytest.mark.parametrize(
    ("source", "host"),
    [
        ("[our bank](https://bank.evil.example/x)", " (bank.evil.example)"),
        ("[our bank](https://bank.example@evil.example/x)", " (evil.example)"),
        ("**[bold](https://a.example)**", " (a.example)"),
        ("[a.example/plan](https://a.example/plan)", ""),
        ("<https://a.example/plan>", ""),
        ("https://a.example/plan", ""),
        ("[write](mailto:a@a.example)", ""),
    ],
)
def test_a_named_link_in_talk_shows_where_it_leads(source: str, host: str) -> None:
    assert re.findall(r"</a>(.*?)<", render(source, headings=False)) == [host]
    assert "</a> (" not in render(source)
