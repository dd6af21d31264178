"""Markdown in (markdown-it-py, raw HTML off), clean HTML out (nh3): the only way a person's words become HTML."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from prose.times import time

INLINE = {"a", "b", "br", "code", "del", "em", "i", "p", "s", "strong", "time"}
BLOCKS = {"blockquote", "hr", "li", "ol", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul"}
HEADINGS = {"h3", "h4"}

EXTENSIONS = ["table", "strikethrough", "linkify"]
full = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(EXTENSIONS)
short = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(EXTENSIONS)
full.disable(["image"])
full.inline.ruler.before("autolink", "time", time)
short.inline.ruler.before("autolink", "time", time)
short.disable(["heading", "lheading", "image"])
for parser in (full, short):  # "plan.se" in a sentence is most often no address: only what names its scheme is one
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # type: ignore[union-attr]


def show_hosts(state: StateCore) -> None:
    """Say where each named link leads: in talk, words alone must not lend a stranger's address their trust."""
    for block in state.tokens:
        if block.children:
            block.children = list(with_hosts(block.children))


def with_hosts(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line, each link followed by its host unless its words name it."""
    host = said = ""
    for token in tokens:
        yield token
        if token.type == "link_open":
            host, said = urlsplit(str(token.attrGet("href"))).netloc.rpartition("@")[2], ""
        elif token.type == "link_close" and host and host.casefold() not in said.casefold():
            yield Token("text", "", 0, content=f" ({host})")
        said += token.content


Mark = Callable[[str], Iterable[tuple[int, int]]]
"""Where in a stretch of plain words something is to stand out: from, to, from left to right."""


def stand_out(state: StateCore) -> None:
    """Mark what the caller of ``render`` finds, in running text only: not in code, not in a link."""
    mark: Mark | None = state.env.get("mark")
    for block in state.tokens if mark else []:
        if mark and block.children:
            block.children = list(with_marks(block.children, mark))


def with_marks(tokens: Sequence[Token], mark: Mark) -> Iterator[Token]:
    """The tokens of a line, each text cut at its marks."""
    in_link = 0
    for token in tokens:
        in_link += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and not in_link:
            yield from cut(token.content, mark)
        else:
            yield token


def cut(text: str, mark: Mark) -> Iterator[Token]:
    """One text as the tokens it becomes."""
    done = 0
    for start, end in mark(text):
        yield Token("text", "", 0, content=text[done:start])
        yield Token("mark_open", "b", 1, attrs={"class": "mention"})
        yield Token("text", "", 0, content=text[start:end])
        yield Token("mark_close", "b", -1)
        done = end
    yield Token("text", "", 0, content=text[done:])


short.core.ruler.before("text_join", "stand_out", stand_out)  # while an escaped sign is still a token of its own
short.core.ruler.push("show_hosts", show_hosts)


def render(source: str, *, headings: bool = True, mark: Mark | None = None, zone: str = "") -> SafeString:
    """Clean HTML of a Markdown text. Without ``headings`` (chat) a ``#`` stays a sign, a line break stays one, a link
    with a name shows its host, and what ``mark`` finds becomes ``<b class="mention">``. Times are those of ``zone``."""
    made = (full if headings else short).render(source, {"mark": mark, "zone": zone})
    for level, name in [("h1", "h3"), ("h2", "h3"), ("h5", "h4"), ("h6", "h4")]:
        made = made.replace(f"<{level}>", f"<{name}>").replace(f"</{level}>", f"</{name}>")
    clean = nh3.clean(
        made,
        tags=INLINE | BLOCKS | (HEADINGS if headings else set()),
        attributes={"a": {"href", "title"}, "ol": {"start"}, "time": {"datetime"}},
        allowed_classes={"b": {"mention"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)


def plain(source: str) -> str:
    """The words alone, for snippets, mails and the index."""
    return " ".join(unescape(strip_tags(full.render(source))).split())
