"""HTML mail as plain text: paragraphs as lines, quotes after ``>``. Nothing is run or fetched.

nh3 goes first: it takes out scripts and styles, and what it gives is well-formed, so that reading it is plain.
"""

import re
from html.parser import HTMLParser

import nh3

LONGEST = 250_000
BLOCKS = {"address", "article", "blockquote", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
          "h6", "header", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}  # fmt: skip
SPACED = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
MARKED = ["blockquote", "div", "p", "pre", "span", "table"]
TAGS = BLOCKS | {"a", "br", "hr", "span", "td", "th"}
NOT_OURS = re.compile(
    r"gmail_(attr|signature)|moz-(cite-prefix|signature)|yahoo_quoted|protonmail_signature|applemailsignature"
    r"|ms-outlook-mobile-signature",
    re.IGNORECASE,
)
"""Classes and ids of what a mail program has written: who is quoted, and signatures."""
END = re.compile(r"^(x_)?(appendonsend|divrplyfwdmsg|mail-editor-reference-message-container)$", re.IGNORECASE)
"""Ids with which Outlook begins the mail that is answered: nothing below is new."""
HOST = re.compile(r"https?://([^/?#\s]+)", re.IGNORECASE)
LONGEST_LINK = 500
DEEPEST = 5
MOST_OPEN = 5000


def text_of_html(source: str) -> str:
    """The words that a reader would see."""
    clean = nh3.clean(
        bounded(source),
        tags=TAGS,
        attributes={"a": {"href"}} | {tag: {"class", "id"} for tag in MARKED},
        clean_content_tags={"script", "style", "title"},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    reader = Reader()
    reader.feed(clean)
    reader.close()
    return reader.text()


def bounded(source: str) -> str:
    """As much of it as is read quickly: cleaning takes the square of the elements that are open at once."""
    source = source[:LONGEST]
    left_open = len(re.findall(r"<[a-zA-Z]", source)) - source.count("</")
    return source[: LONGEST // 5] if left_open > MOST_OPEN else source


class Reader(HTMLParser):
    """Collects lines while the elements go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.open: list[tuple[str, bool]] = []
        self.quoted = self.hidden = self.preformatted = 0
        self.link, self.linked_from = "", 0
        self.ended = False

    def text(self) -> str:
        """What has been collected."""
        self.end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    @property
    def marks(self) -> str:
        """Before each line of a quote; deeper ones count alike."""
        return ">" * min(self.quoted, DEEPEST)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name = f"{facts.get('class') or ''} {facts.get('id') or ''}"
        self.ended = self.ended or END.match(facts.get("id") or "") is not None
        self.break_before(tag)
        if tag in {"br", "hr"}:
            return
        hides = NOT_OURS.search(name) is not None
        self.open.append((tag, hides))
        self.hidden += hides
        self.quoted += tag == "blockquote"
        self.preformatted += tag == "pre"
        if tag == "li":
            self.line += "- "
        elif tag == "a":
            self.link, self.linked_from = facts.get("href") or "", len(self.line)

    def handle_endtag(self, tag: str) -> None:
        if not self.open:
            return
        tag, hides = self.open.pop()
        if tag == "a":
            self.end_link()
        self.break_before(tag)
        self.hidden -= hides
        self.quoted -= tag == "blockquote"
        self.preformatted -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.hidden or self.ended:
            return
        if not self.preformatted:
            self.line += re.sub(r"\s+", " ", data)
            return
        first, *others = data.split("\n")
        self.line += first
        for other in others:
            self.end_line(forced=True)
            self.line = other

    def break_before(self, tag: str) -> None:
        """What an element does to the line that stands."""
        if tag == "br":
            self.end_line(forced=True)
        elif tag == "hr" or tag in BLOCKS:
            self.end_line()
            if tag in SPACED and self.lines and self.lines[-1].strip("> "):
                self.lines.append(self.marks)
        elif tag in {"td", "th"} and self.line:
            self.line += " "

    def end_line(self, *, forced: bool = False) -> None:
        """Put the line by; an empty one only where it was asked for."""
        words = self.line.strip()
        if (words or forced) and not (self.hidden or self.ended):
            self.lines.append(f"{self.marks} {words}" if self.quoted else words)
        self.line, self.linked_from = "", 0

    def end_link(self) -> None:
        """Say where a link leads unless its words do."""
        said, leads = self.line[self.linked_from :].lower(), HOST.match(self.link)
        if said.strip() and leads and leads.group(1).lower() not in said and len(self.link) <= LONGEST_LINK:
            self.line += f" ({self.link})"
        self.link = ""
