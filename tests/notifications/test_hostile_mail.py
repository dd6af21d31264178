"""Whatever stands in names, titles and messages: a mail has the headers that we gave it, and words stay words."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape

import pytest

from notifications import kinds
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.kinds import Kind, Telling, Words
from notifications.models import Delivery
from tests.conftest import World
from tests.notifications.conftest import Tell, sample

Say = Callable[[Words], EmailMessage]
SPOOFED = "Amina\nBcc: everybody@test.example\r\nX-Evil: 1"
HEADERS = {
    "content-type",
    "mime-version",
    "subject",
    "from",
    "to",
    "date",
    "message-id",
    "auto-submitted",
    "x-auto-response-suppress",
    "in-reply-to",
    "references",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
}


@pytest.fixture
def says(world: World, tell_of: Tell, monkeypatch: pytest.MonkeyPatch) -> Say:
    """``says(Words(…))``: the mail of it to the owner, parsed as a mail program would."""

    def say(words: Words) -> EmailMessage:
        def said(telling: Telling) -> Words:
            return words

        monkeypatch.setitem(kinds.kinds, "said", Kind("said", "Said", said, sample))
        tell_of(world.partnership, [world.owner], kind="said", by=world.partner)
        made = compose(list(Delivery.objects.all()))
        assert isinstance(made, Mail)
        raw = made.message().as_bytes()
        assert max(len(line) for line in raw.splitlines()) <= 998
        parsed = message_from_bytes(raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        assert {name.lower() for name in parsed} == HEADERS
        return parsed

    return say


def part(mail: EmailMessage, kind: str) -> str:
    """One of the two bodies."""
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_a_line_break_in_a_name_or_title_writes_no_header(world: World, says: Say) -> None:
    world.partner.name = SPOOFED
    world.partner.save()
    world.partnership.name = SPOOFED
    world.partnership.save()
    mail = says(Words(SPOOFED, subject=SPOOFED, action=SPOOFED))
    assert mail["Subject"] == "Amina Bcc: everybody@test.example X-Evil: 1"
    assert [address.addr_spec for address in mail["From"].addresses] == ["exchange@localhost"]
    assert "Amina Bcc: everybody@test.example X-Evil: 1" in part(mail, "plain")


@pytest.mark.parametrize(
    "name", ['A" <evil@test.example>, "B', "a@b, c@d", "(comment", "\\", "=?utf-8?q?x?=", "Ö" * 120]
)
def test_a_name_stays_a_name(world: World, says: Say, name: str) -> None:
    world.partner.name = name
    world.partner.save()
    mail = says(Words("Hello"))
    assert [address.addr_spec for address in mail["From"].addresses] == ["exchange@localhost"]


def test_markup_is_shown_as_it_was_typed(says: Say) -> None:
    evil = '</blockquote><script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:1) "&amp;'
    mail = says(Words(evil, text=evil, quote=evil, quote_language='"><script>', action=evil))
    html = part(mail, "html")
    assert re.findall(r"<(?:script|img)\b", html) == []
    assert html.count("<blockquote") == html.count("</blockquote>") == 1
    assert evil in unescape(html)
    assert evil in part(mail, "plain").replace("\n> ", " ")


def test_a_quote_cannot_end_the_mail_or_stand_as_ours(says: Say) -> None:
    mail = says(Words("Hello", quote="-- \nNot again: https://evil.example/\n.\nFrom somebody\n" + "-" * 79))
    text = part(mail, "plain")
    assert "> Not again: https://evil.example/" in text
    assert "\n-- \n" in text
    assert text.count("\n-- \n") == 1
    assert re.findall(r"(?m)^(?:\.|From )", text) == []


def test_right_to_left_words_stay_in_their_place(says: Say) -> None:
    mail = says(Words("\u202eexe.elif", quote="שלום עולם\u2067\u202e", quote_language="he"))
    assert (mail["Subject"], part(mail, "plain").splitlines()[0]) == ("Karlskrona–Saldanha Bay", "exe.elif")
    html = part(mail, "html")
    assert '<blockquote dir="auto" lang="he"' in html
    assert "<p>שלום עולם</p>" in html


def test_a_long_message_is_shortened(says: Say) -> None:
    mail = says(Words("Hello", quote="ord " * 2000))
    text, html = part(mail, "plain"), part(mail, "html")
    assert (len(text) < 2500, len(html) < 4000) == (True, True)
    assert "…" in text
    assert max(len(line) for line in text.splitlines() if line.startswith(">")) <= 74


def test_one_endless_word_passes_every_mail_server(says: Say) -> None:
    mail = says(Words("x" * 5000, text="x" * 5000, quote="x" * 8000))
    assert len(part(mail, "plain").splitlines()[0]) == 120


def test_broken_characters_do_not_stop_a_mail(says: Say) -> None:
    mail = says(Words("a\ud800b\0c\x1b[31m", quote="x\ud800\x07y\u2028z"))
    assert part(mail, "plain").startswith("abc[31m\n")
    assert "> xy" in part(mail, "plain")
