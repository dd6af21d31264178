"""What comes in, checked alike for page, socket and API."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.actions import Post, Refused, post_message
from chat.models import Room
from chat.text import encodable

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
    "bad_frame": _("This is not what was expected here."),
    "unavailable": _("This could not be stored just now. Send it again: it will not stand there twice."),
}
"""What each code of a refusal says to a person."""

STATUS = {
    "empty": 400,
    "bad_text": 400,
    "bad_frame": 400,
    "too_long": 413,
    "read_only": 403,
    "forbidden": 403,
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

    def clean_body(self) -> str:
        """Browsers send CR LF for a line break; some text (a lone surrogate, U+0000) is taken by no database."""
        body = str(self.cleaned_data["body"])
        if not encodable(body):
            raise forms.ValidationError(REFUSALS["bad_text"], code="bad_text")
        return body.replace("\r\n", "\n").rstrip()

    @property
    def code(self) -> str:
        """What is wrong with it, in the protocol's word."""
        return "bad_text" if "body" in self.errors else "bad_frame"

    def post(self, room_id: int, author: User) -> Post:
        """The cleaned form as the verb takes it; a form without a ``client_id`` gets one."""
        data = self.cleaned_data
        return Post(
            room_id=room_id,
            author_id=author.pk,
            client_id=data.get("client_id") or uuid4(),
            body=data["body"],
            language=data.get("language", ""),
            reply_to=data.get("reply_to"),
            thread=data.get("thread"),
            written_at=data.get("written_at"),
        )


def send(form: MessageForm, room: Room, author: User) -> str:
    """Post what the page's form holds. Returns the code of what is wrong, put on the form in words; else nothing."""
    form.full_clean()
    code = "bad_text" if "body" in form.errors else ""
    if not code:
        outcome = post_message(form.post(room.pk, author))
        code = outcome.code if isinstance(outcome, Refused) else ""
    if code:
        form.errors["body"] = form.error_class([str(REFUSALS[code])])
    return code


TEXTS = ("client_id", "body", "language", "written_at")
NUMBERS = ("reply_to", "thread")


def form_of(data: dict[str, Any]) -> MessageForm:
    """The form for a JSON object, whose values must be of their own type: a number is no text."""
    form = MessageForm({name: data[name] for name in (*TEXTS, *NUMBERS) if data.get(name) is not None})
    if not all(isinstance(data.get(name), str | None) for name in TEXTS) or not all(
        isinstance(data.get(name), int | None) and not isinstance(data.get(name), bool) for name in NUMBERS
    ):
        form.add_error(None, forms.ValidationError(REFUSALS["bad_frame"], code="bad_frame"))
    return form
