"""What a message's words become."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chat.text import LINES, html_of, is_plain
from prose import render

SIGNS = st.sampled_from([*" \n\t#*_-+=~`<>&:/.)(!?'\"|\\[]@$%^;,019aåß", "\u00a0", "\u2028", "\u0085", "\x0b", "😀"])
WORDS = [
    "http:",
    "https://",
    "mailto:",
    "www.",
    "a@b.se",
    "x.se",
    "javascript:",
    "ftp://",
    "tel:",
    "1.",
    "    ",
    "\n\n",
]


@settings(deadline=None)
@given(st.lists(SIGNS | st.sampled_from(WORDS) | st.characters(), max_size=30).map("".join))
@example("12:30, as said: the plan (see p. 4) – 50 % done!\n\nSee you; “Anna” o'clock.")
@example("x\n    code")
@example("x  \ny")
def test_words_without_a_sign_of_markup_would_be_only_words(body: str) -> None:
    """The quick look says so only where the whole way says the same."""
    try:
        body.encode()
    except UnicodeEncodeError:
        return
    if is_plain(body):
        assert LINES.sub(" ", render(body, headings=False)).replace("&quot;", '"').split() == body.split()
        assert html_of(body) == ""


def test_an_ordinary_message_is_seen_to_be_plain() -> None:
    assert is_plain("Good morning! The meeting is on 3 March, in room 2: bring the plan (v. 4).\nThanks, Ana")
