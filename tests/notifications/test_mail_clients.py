"""What people write in the mail programs of our municipalities arrives as they wrote it, without the rest."""

from base64 import b64encode
from quopri import encodestring

import pytest

from notifications.incoming.cutting import own_words
from notifications.incoming.parts import Mail
from tests.notifications.client_mails import LEFT, MAILS

HEAD = "From: Anna Lind <anna@karlskrona.test>\nTo: exchange@test.example\nSubject: Sv: Avfall\nMIME-Version: 1.0\n"


def said(raw: str | bytes) -> str:
    """What is left of a mail."""
    whole = raw if isinstance(raw, bytes) else (HEAD + raw.lstrip("\n").replace("\r\n", "\n")).encode()
    return own_words(Mail(whole.replace(b"\n", b"\r\n")).text)


@pytest.mark.parametrize("name", list(MAILS))
def test_only_what_was_written_now_is_left(name: str) -> None:
    assert said(MAILS[name]) == LEFT[name]


def one_part(data: bytes, charset: str, encoding: str) -> bytes:
    kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return (HEAD + kind).encode() + data


@pytest.mark.parametrize(
    ("charset", "encoding", "data"),
    [
        ("ISO-8859-1", "8bit", "Återvinning på ön: 20 €".replace("€", "kr").encode("latin-1")),
        ("ISO-8859-1", "8bit", "Återvinning på ön: 20 kr".encode("cp1252")),
        ("utf-8", "base64", b64encode("Återvinning på ön: 20 kr".encode())),
        ("utf-8", "quoted-printable", encodestring("Återvinning på ön: 20 kr".encode())),
        ("utf-8", "8bit", "Återvinning på ön: 20 kr".encode("latin-1")),
        ("us-ascii", "8bit", "Återvinning på ön: 20 kr".encode()),
        ("x-unknown", "8bit", "Återvinning på ön: 20 kr".encode()),
        ("utf-16", "base64", b64encode("Återvinning på ön: 20 kr".encode("utf-16"))),
        ("punycode", "8bit", "Återvinning på ön: 20 kr".encode()),
        ("zip", "8bit", "Återvinning på ön: 20 kr".encode()),
    ],
)
def test_the_alphabet_a_mail_claims_is_tried_and_then_others(charset: str, encoding: str, data: bytes) -> None:
    assert said(one_part(data, charset, encoding)) == "Återvinning på ön: 20 kr"


def test_words_between_photographs_are_all_there() -> None:
    raw = """
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Before.
--b
Content-Type: image/jpeg; name=a.jpg
Content-Disposition: inline; filename=a.jpg
Content-Transfer-Encoding: base64

AAAA
--b
Content-Type: text/plain; charset=utf-8

After.
--b--
"""
    assert said(raw) == "Before.\n\nAfter."
    assert Mail((HEAD + raw.lstrip()).encode()).has_attachments


def test_a_logo_within_the_words_is_no_file() -> None:
    raw = """
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>Yes.</p><img src="cid:logo">
--b
Content-Type: image/png
Content-ID: <logo>
Content-Transfer-Encoding: base64

AAAA
--b--
"""
    mail = Mail((HEAD + raw.lstrip()).encode())
    assert (mail.text.strip(), mail.has_attachments) == ("Yes.", False)


def test_nothing_of_a_page_is_run_or_fetched() -> None:
    raw = """
Content-Type: text/html; charset=utf-8

<script>alert(1)</script><style>p{}</style><p onclick="x()">Yes <img src="https://spy.example/p.gif"> &amp; no</p>\
<a href="javascript:alert(1)">here</a><!-- gone --><svg><script>2</script></svg>
"""
    assert said(raw) == "Yes & no\n\nhere"
