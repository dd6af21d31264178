"""What comes in from the room's page."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.actions import Post, Refused, post_message
from chat.models import Room

REFUSALS = {
    "empty": _("Write something first."),
    "too_long": _("This is too long. At most 8,000 characters go into one message; send the rest in a second one."),
    "bad_text": _(
        "There is a character in this text that cannot be stored. Type the text again, or paste it as plain."
    ),
    "read_only": _("You may read here, but not write."),
    "not_found": _("This room is no longer open to you."),
}

STATUS = {"empty": 400, "bad_text": 400, "too_long": 413, "read_only": 403, "not_found": 404}


class MessageForm(forms.Form):
    """A message as the page without a script sends it. ``client_id`` makes a double submit harmless."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(label=_("Message"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 1}))

    def clean_body(self) -> str:
        """Browsers send CR LF for a line break."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").rstrip()


def send(form: MessageForm, room: Room, author: User) -> str:
    """Post what the form holds. Returns the code of what is wrong, with its sentence on the form; else nothing."""
    form.full_clean()
    code = "bad_text" if "body" in form.errors else ""
    if not code:
        outcome = post_message(
            Post(
                room_id=room.pk,
                author_id=author.pk,
                client_id=form.cleaned_data.get("client_id") or uuid4(),
                body=form.cleaned_data["body"],
            )
        )
        code = outcome.code if isinstance(outcome, Refused) else ""
    if code:
        form.errors["body"] = form.error_class([str(REFUSALS[code])])
    return code
