"""What each refusal of a file says to a person, and as what HTTP knows it."""

from django.utils.translation import gettext_lazy as _

from chat.forms import REFUSALS
from files import words

SENTENCES = {
    **REFUSALS,
    **words.SENTENCES,
    "no_file": _("This file is not here any more. Attach it again."),
    "too_many_files": _("You have many files begun and not sent. Send or cancel those first."),
    "quota": _("You have no room left for more files. Delete messages with files that nobody needs any more."),
    "bad_piece": _("A piece of the file has the wrong size. Attach it again."),
    "too_much": _("The file is larger than was said at first. Attach it again."),
    "out_of_order": _("A piece of the file is missing before this one. Go on from where it stopped."),
    "incomplete": _("The file is not whole yet. Go on from where it stopped."),
}

STATUSES = {
    **words.STATUSES,
    "not_found": 404,
    "read_only": 403,
    "bad_frame": 400,
    "no_file": 404,
    "too_many_files": 429,
    "quota": 413,
    "bad_piece": 413,
    "too_much": 413,
    "out_of_order": 409,
    "incomplete": 409,
}
