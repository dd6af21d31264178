"""Whatever comes in, it harms nothing: no mail raises, none is posted that should not be."""

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from chat.models import Room
from notifications.incoming import read
from notifications.incoming.boxes import LARGEST
from notifications.incoming.cutting import own_words
from notifications.incoming.parts import Mail
from notifications.incoming.reading import Reading, digest
from notifications.incoming.texts import tidy
from notifications.models import Delivery, Incoming
from tests.notifications.answering import asked, mailbox, room, told
from tests.notifications.mails import answer

__all__ = ["asked", "mailbox", "room", "told"]

HEADER = b"From: a@b.example\nSubject: x\n"
HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 10_000,
    "no header": b"\n\nwords",
    "no body": HEADER,
    "ten thousand headers": b"".join(b"X-%d: y\n" % n for n in range(10_000)) + HEADER + b"\nwords",
    "one endless header": b"From: " + b"a" * LARGEST,
    "one endless line": HEADER + b"\n" + b"On x wrote " * 90_000,
    "a thousand parts in each other": HEADER
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1000)),
    "mails in mails": HEADER + b"Content-Type: message/rfc822\n\n" * 150,
    "a part without an end": HEADER + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n",
    "a multipart without parts": HEADER + b"Content-Type: multipart/alternative; boundary=b\n\nwords",
    "a boundary of nothing": HEADER + b"Content-Type: multipart/mixed; boundary=\n\n--\nwords",
    "a name in broken pieces": HEADER
    + b"Content-Type: text/plain; name*0*=utf-8''%FF; name*x=1; charset*=x'y\n\nwords",
    "semicolons": HEADER + b"Content-Type: multipart/mixed" + b";" * 500_000 + b"\n\nwords",
    "broken base64": HEADER + b"Content-Transfer-Encoding: base64\n\nA=A=\xff==\nAAA",
    "broken uuencode": HEADER + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\nM!!!!\n",
    "an alphabet that is none": HEADER + b'Content-Type: text/plain; charset="\xff\0"\n\nwords',
    "half a character": HEADER + b"Content-Type: text/plain; charset=utf-16\n\n\xd8\x00a",
    "a page of nothing but depth": HEADER + b"Content-Type: text/html\n\n" + b"<blockquote>x" * 5_000,
    "a page that never closes": HEADER + b"Content-Type: text/html\n\n<p <b <!-- <script> <" + b"<!--" * 5_000,
    "two senders": b"From: a@b.example\n" + HEADER + b"\nwords",
    "a sender of brackets": b"From: " + b"(" * 50_000 + b"\n\nwords",
    "a report of nothing": HEADER + b"Content-Type: message/delivery-status\n\n\n\nAction\n\n",
    "a report that is no report": HEADER + b"X-Failed-Recipients: \n\n550 \xff\0",
    "vouched for by nobody": HEADER + b"Authentication-Results: ;;;=;a=;=b;\n\nwords",
    "a header of signs": b"From: =?utf-8?q?=?= =?x?b?\xff?= <a@b.example>\nMessage-ID: \xff\n\nwords",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_nothing_breaks_the_reading(room: Room, told: Delivery, name: str) -> None:
    assert isinstance(read(HOSTILE[name]), Incoming.Outcome)
    assert room.messages.count() == 1


@pytest.mark.parametrize("name", list(HOSTILE))
def test_nothing_breaks_the_reading_of_somebody_known(told: Delivery, name: str) -> None:
    """The same with the headers of a person who may answer."""
    known = answer(told).as_bytes().partition(b"\n\n")[0]
    headers = [line for line in known.split(b"\n") if not line.startswith((b"Content-", b"MIME"))]
    assert isinstance(read(b"\n".join(headers) + b"\n" + HOSTILE[name].removeprefix(HEADER)), Incoming.Outcome)


WORDS = st.sampled_from(
    ["From: a@b", "On Mon 10:12 a@b wrote:", "> ", ">", "--", "-- ", "", " ", "Best regards", "Mvh", "Skickat:",
     "Till: b", "Den 23 nov skrev", "a écrit :", "Sent from my iPhone", "_" * 32, "words", "\t", "Å" * 90]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=40), max_size=60).map("\n".join))
@effort(max_examples=150, deadline=None)
def test_cutting_adds_nothing(text: str) -> None:
    """What is left are words of the text, in their order; cutting once more takes no quote away."""
    left = own_words(tidy(text))
    found = iter("".join(tidy(text).split()))
    assert all(sign in found for sign in "".join(left.split()))
    assert not any(line.startswith(">") for line in left.split("\n"))


NAMES = st.sampled_from(
    [b"From", b"To", b"Message-ID", b"References", b"Content-Type", b"Content-Transfer-Encoding",
     b"Content-Disposition", b"Authentication-Results", b"Auto-Submitted",
     b"Return-Path", b"X-Failed-Recipients", b"Date", b"Subject", b"\xff"]
)  # fmt: skip
VALUES = st.binary(max_size=60) | st.sampled_from(
    [b"text/plain; charset=utf-8", b"text/html", b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=b",
     b"multipart/report; boundary=b", b"message/delivery-status", b"message/rfc822", b"base64", b"quoted-printable",
     b"a@b.example", b"<a@b.example>", b"attachment; filename=x", b"=?utf-8?b?w6U=?=", b"text/plain; format=flowed"]
)  # fmt: skip
REPORT = b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n"
PIECE = st.tuples(NAMES, VALUES).map(b": ".join) | st.sampled_from([b"", b"--b", b"--b--", b"> x", b"x"]) | st.binary()


@given(st.lists(PIECE, max_size=40).map(b"\n".join) | st.binary(max_size=2000))
@example(REPORT)
@effort(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_garbage_breaks_the_taking_apart(raw: bytes) -> None:
    mail = Mail(raw)
    reading = Reading(mail, digest(mail))
    reading.words.encode()
    assert "\0" not in reading.words
    assert len(reading.key) == 64
    assert mail.has_attachments in {True, False}
