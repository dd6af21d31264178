"""Markdown in (markdown-it-py, raw HTML off), clean HTML out (nh3): the only way a person's words become HTML."""

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

INLINE = {"a", "b", "br", "code", "del", "em", "i", "p", "s", "strong"}
BLOCKS = {"blockquote", "hr", "li", "ol", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul"}
HEADINGS = {"h3", "h4"}

EXTENSIONS = ["table", "strikethrough", "linkify"]
full = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(EXTENSIONS)
short = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(EXTENSIONS)
full.disable(["image"])
short.disable(["heading", "lheading", "image"])
for parser in (full, short):  # "plan.se" in a sentence is most often no address: only what names its scheme is one
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # type: ignore[union-attr]


def render(source: str, *, headings: bool = True) -> SafeString:
    """Clean HTML of a Markdown text. Without ``headings`` (chat) a ``#`` stays a sign and a line break stays one."""
    made = (full if headings else short).render(source)
    for level, name in [("h1", "h3"), ("h2", "h3"), ("h5", "h4"), ("h6", "h4")]:
        made = made.replace(f"<{level}>", f"<{name}>").replace(f"</{level}>", f"</{name}>")
    clean = nh3.clean(
        made,
        tags=INLINE | BLOCKS | (HEADINGS if headings else set()),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)


def plain(source: str) -> str:
    """The words alone, for snippets, mails and the index."""
    return " ".join(strip_tags(full.render(source)).split())
