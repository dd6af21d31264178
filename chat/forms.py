"""What comes in, checked alike for page, socket and API."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from chat.actions import Ask, Post, Refused, post_message
from chat.models import Draft, Room
from chat.question_forms import ask_of
from chat.text import encodable
from realtime.frames import is_whole

REFUSALS = {
    "empty": _("Write something first."),
    "too_long": _("This is too long. At most 8,000 characters go into one message; send the rest in a second one."),
    "bad_text": _(
        "There is a character in this text that cannot be stored. Type the text again, or paste it as plain."
    ),
    "read_only": _("You may read here, but not write."),
    "not_found": _("This room is no longer open to you."),
    "rate_limited": _("You write faster than others can read. Wait a little, then send it again; it is not lost."),
    "forbidden": _("This message is somebody else's: only they can change it."),
    "too_late": _("It is too late to undo this: what was deleted is kept for ten seconds only."),
    "asks_first": _("This would tell many people at once. Send it again if you mean it."),
    "bad_files": _("A file of this message is not here any more, or not whole. Take it out, or attach it again."),
    "bad_question": _("Choose municipalities and themes from the lists, and a day that is still to come."),
    "past": _("This time has passed."),
    "skipped": _("The clock is put forward over this time: it does not exist. Choose another."),
    "too_far": _("This is more than a year away. Check the year."),
    "too_many": _("Fifty messages of yours wait already. Send or cancel one first."),
    "bad_frame": _("This is not what was expected here."),
    "unavailable": _("This could not be stored just now. Send it again: it will not stand there twice."),
}
"""What each code of a refusal says to a person."""

STATUS = {
    "empty": 400,
    "bad_text": 400,
    "bad_files": 400,
    "bad_frame": 400,
    "bad_question": 400,
    "too_long": 413,
    "read_only": 403,
    "forbidden": 403,
    "past": 400,
    "skipped": 400,
    "too_far": 400,
    "too_many": 409,
    "too_late": 410,
    "asks_first": 409,
    "rate_limited": 429,
    "not_found": 404,
    "unavailable": 503,
}

SOON = 2
"""Seconds after which it is worth trying again what nobody knows the end of."""


class MessageForm(forms.Form):
    """A message on its way in. ``client_id`` makes a double submit harmless. Whether there is anything in it, and not
    too much, is looked at by the verb, once it knows that the message is not stored already."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(label=_("Message"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 1}))
    language = forms.SlugField(required=False, max_length=7, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    thread = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    written_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput)
    asks = 0
    """How many people it would tell, when that is asked first."""
    draft: Draft | None = None
    """What its writer had begun before, where the page shows that."""
    brought = ""
    """Words of the address that stand in it, behind the draft."""
    attachments: Sequence[int] = ()
    """Ids of the files that it brings."""

    @property
    def since(self) -> int:
        """The version of the draft that the page knows."""
        return whole_number(self.data.get("draft")) or (self.draft.version if self.draft else 0)

    def clean_body(self) -> str:
        """The words as they are kept."""
        return clean_body(self.cleaned_data["body"])


def clean_body(body: str) -> str:
    """Browsers send CR LF for a line break; some text (a lone surrogate, U+0000) is taken by no database. Raises
    ``ValidationError``."""
    if not encodable(body):
        raise forms.ValidationError(REFUSALS["bad_text"], code="bad_text")
    return body.replace("\r\n", "\n").rstrip()


def send(form: MessageForm, room: Room, author: User, asks: Ask | None = None) -> str:
    """Post what the page's form holds, as a question where it ``asks``. Returns the code of what is wrong, put on the
    form in words; else nothing."""
    form.full_clean()
    if "body" in form.errors:
        return refuse(form, "bad_text")
    outcome = post_message(as_post(form.cleaned_data | {"attachments": form.attachments}, room.pk, author, asks))
    return refuse(form, outcome.code, outcome.people) if isinstance(outcome, Refused) else ""


def refuse(form: MessageForm, code: str, people: int = 0) -> str:
    """Put what is wrong on the form in words, if something is; ``people`` is how many it would tell."""
    if code:
        form.asks = people
        form.errors["body"] = form.error_class([refused_because(Refused(code, people=people))])
    return code


def whole_number(text: str | None) -> int | None:
    """A positive number out of an address or a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 19 and int(text) else None


def refused_because(refused: Refused) -> str:
    """What a refusal says to a person."""
    if refused.code == "asks_first":
        return ngettext("This would tell %(n)s person.", "This would tell %(n)s people.", refused.people) % {
            "n": refused.people
        }
    return str(REFUSALS[refused.code])


TEXTS = ("client_id", "body", "language", "written_at")
NUMBERS = ("reply_to", "thread")
FIELDS = {name: field for name, field in MessageForm.base_fields.items() if name != "body"}
NOTHING = {name: field.clean(None) for name, field in FIELDS.items() if not field.required}
"""What is said where nothing is: most frames leave most of it out."""


def post_of(data: dict[str, Any], room_id: int, author: User) -> Post | Refused:
    """A JSON object as the verb takes it."""
    said = cleaned(data)
    if isinstance(said, Refused):
        return said
    asks = ask_of(data.get("question"))
    return asks if isinstance(asks, Refused) else as_post(said, room_id, author, asks)


def body_of(data: dict[str, Any]) -> str | Refused:
    """The words alone, of a JSON object that changes a message."""
    said = cleaned({"body": data.get("body"), "client_id": str(uuid4())})
    return said if isinstance(said, Refused) else str(said["body"])


def cleaned(data: dict[str, Any]) -> dict[str, Any] | Refused:
    """What a JSON object says, cleaned by the form's own fields; one by one, since a form of them all would cost more
    than to store the message. Each value must be of its own type: a number is no text."""
    if not is_typed(data):
        return Refused("bad_frame")
    code = "bad_frame"
    try:
        asked = [name for name in FIELDS if name not in NOTHING or data.get(name) is not None]
        said = NOTHING | {name: FIELDS[name].clean(data.get(name)) for name in asked}
        code = "bad_text"
        said["body"] = clean_body(MessageForm.base_fields["body"].clean(data.get("body")))
        said["attachments"] = data.get("attachments")
    except forms.ValidationError:
        return Refused(code)
    return said


def is_typed(data: dict[str, Any]) -> bool:
    """False where there is a number for a text, or a text for a number."""
    if not isinstance(data.get("confirm", False), bool):
        return False
    texts = all(isinstance(data.get(name), str | None) for name in TEXTS)
    numbers = all(isinstance(data.get(name), int | None) and not isinstance(data.get(name), bool) for name in NUMBERS)
    return texts and numbers and are_ids(data.get("attachments"))


def are_ids(value: Any) -> bool:
    """A list of whole numbers, or nothing."""
    return value is None or (isinstance(value, list) and all(is_whole(one) for one in value))


def as_post(said: dict[str, Any], room_id: int, author: User, asks: Ask | None = None) -> Post:
    """What was cleaned, as the verb takes it; without a ``client_id`` it gets one."""
    return Post(
        room_id=room_id,
        author_id=author.pk,
        client_id=said.get("client_id") or uuid4(),
        body=said["body"],
        language=said.get("language", ""),
        reply_to=said.get("reply_to"),
        thread=said.get("thread"),
        written_at=said.get("written_at"),
        confirm=bool(said.get("confirm")),
        attachments=tuple(dict.fromkeys(said.get("attachments") or ())),
        asks=asks,
    )
