"""Mails are read from a pipe, an mbox or a Maildir, as a mail server would hand them over, and again without harm."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from chat.models import Room
from notifications import replies
from notifications.incoming.boxes import LARGEST, from_mbox, from_path, from_pipe
from notifications.models import Delivery, Incoming
from notifications.tidy import forget_incoming
from tests.live import ROOT, Live, clean
from tests.notifications.answering import asked, mailbox, room, told
from tests.notifications.mails import answer

__all__ = ["asked", "mailbox", "room", "told"]

MBOX = b"""From a@b.example Mon Nov 23 10:12:00 2026
Subject: one

From the beginning it was so.

>From here on too.
>>From there.

From c@d.example Mon Nov 23 10:13:00 2026
Subject: two

words
"""


def mbox(*mails: EmailMessage) -> bytes:
    return b"".join(b"From x Mon Nov 23 10:12:00 2026\n" + mail.as_bytes() + b"\n" for mail in mails)


def run(*files: Path) -> str:
    out = StringIO()
    call_command("read_mail", *map(str, files), stdout=out)
    return out.getvalue().strip()


def test_an_mbox_is_parted_where_its_mails_begin() -> None:
    one, two = from_mbox(BytesIO(MBOX))
    assert one == b"Subject: one\n\nFrom the beginning it was so.\n\nFrom here on too.\n>From there.\n\n"
    assert two == b"Subject: two\n\nwords\n"


def test_of_a_huge_mail_only_the_beginning_is_held() -> None:
    huge = b"Subject: one\n\n" + b"x" * 79 * LARGEST
    pipe = BytesIO(huge)
    assert len(from_pipe(pipe)) == LARGEST
    assert pipe.read() == b""
    first, second = from_mbox(BytesIO(b"From a 10:12\n" + huge[: 3 * LARGEST] + b"\n\nFrom b 10:13\nSubject: two\n\n"))
    assert (len(first), second) == (LARGEST, b"Subject: two\n\n")


def test_a_pipe_may_begin_with_an_envelope() -> None:
    assert from_pipe(BytesIO(b"From a@b Mon\nSubject: x\n\n")) == b"Subject: x\n\n"


def test_a_maildir_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name, words in [("cur/2.a:2,S", b"old"), ("new/3.b", b"newest"), ("new/1.c", b"oldest"), ("tmp/4.d", b"half")]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(words)
    assert list(from_path(tmp_path)) == [b"oldest", b"old", b"newest"]


def test_a_file_read_again_changes_nothing(told: Delivery, room: Room, tmp_path: Path) -> None:
    file = tmp_path / "mbox"
    first, second = answer(told, "One."), answer(told, "Two.")
    file.write_bytes(mbox(first))
    assert run(file) == "1 mail: 1 posted"
    first["Status"] = "RO"  # another program has opened it meanwhile
    file.write_bytes(mbox(first, second))
    assert run(file) == "2 mails: 1 posted, 1 known"
    assert run(file, file) == "4 mails: 4 known"
    assert list(room.messages.order_by("number").values_list("body", flat=True))[1:] == ["One.", "Two."]


def test_what_lies_in_a_mailbox_for_months_is_left_alone(told: Delivery, tmp_path: Path) -> None:
    long_ago = format_datetime(timezone.now() - timedelta(days=31))
    old = answer(told, headers={"From": "a@b.example", "Date": long_ago})
    slow = answer(told, headers={"Date": long_ago})
    slow["Received"] = f"from x by y; {format_datetime(timezone.now())}"
    (tmp_path / "mbox").write_bytes(mbox(old, slow))
    assert run(tmp_path / "mbox") == "1 mail: 1 posted"


@pytest.mark.parametrize("name", ["nothing", "folder"])
def test_what_is_no_mailbox_is_said_in_a_sentence(db: None, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match="cannot be read") as refused:
        run(tmp_path / name)
    assert refused.value.returncode == os.EX_NOINPUT


def test_a_mail_that_cannot_be_stored_is_for_the_server_to_keep(
    told: Delivery, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = replies.handlers["message"]

    def broken(*arguments: object) -> str:
        raise RuntimeError("out of order")

    (tmp_path / "mbox").write_bytes(mbox(answer(told)))
    monkeypatch.setitem(replies.handlers, "message", broken)
    with pytest.raises(CommandError) as failed:
        run(tmp_path / "mbox")
    assert failed.value.returncode == os.EX_TEMPFAIL
    assert not Incoming.objects.exists()
    monkeypatch.setitem(replies.handlers, "message", handler)
    assert run(tmp_path / "mbox") == "1 mail: 1 posted"


def test_that_a_mail_came_in_is_forgotten_after_thirteen_months(db: None) -> None:
    now = timezone.now()
    for days in (390, 400):
        Incoming.objects.create(digest=str(days), outcome="answered", read_at=now - timedelta(days=days))
    assert forget_incoming.func(since=now.isoformat(), until=now.isoformat()) == 1
    assert [row.digest for row in Incoming.objects.all()] == ["390"]


def piped(folder: Path, mail: bytes) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as a mail server starts it."""
    command = [sys.executable, "manage.py", "read_mail"]
    return subprocess.run(
        command, cwd=ROOT, env=clean(VAR_DIR=str(folder)), input=mail, capture_output=True, check=False
    )


def test_the_command_takes_a_mail_of_any_size_from_a_pipe(live: Live) -> None:
    done = piped(live.folder, b"From: a@b.example\r\n\r\nHello?\r\n" + b"x" * 50 * 2**20)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    with closing(sqlite3.connect(live.folder / "exchange.sqlite3")) as database:
        assert list(database.execute("SELECT outcome FROM notifications_incoming")) == [("answered",)]


def test_a_mail_server_keeps_the_mail_while_the_database_is_away(tmp_path: Path) -> None:
    done = piped(tmp_path, b"From: a@b.example\r\n\r\nHello?\r\n")
    assert (done.returncode, b"Traceback" in done.stderr) == (os.EX_TEMPFAIL, False)
