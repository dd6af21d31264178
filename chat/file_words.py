"""What each refusal of a file says to a person, and as what HTTP knows it."""

from django.utils.translation import gettext_lazy as _

from chat.forms import REFUSALS

SENTENCES = {
    **REFUSALS,
    "no_file": _("This file is not here any more. Attach it again."),
    "empty_file": _("This file is empty. Open it on your device to see whether it is the right one."),
    "too_large": _("This file is too large: at most 25 MB can be sent. Make it smaller, or send it in parts."),
    "too_many_files": _("You have many files begun and not sent. Send or cancel those first."),
    "quota": _("You have no room left for more files. Delete messages with files that nobody needs any more."),
    "no_space": _("The exchange has no room for files just now. Words still go through; try the file again later."),
    "bad_piece": _("A piece of the file has the wrong size. Attach it again."),
    "too_much": _("The file is larger than was said at first. Attach it again."),
    "out_of_order": _("A piece of the file is missing before this one. Go on from where it stopped."),
    "incomplete": _("The file is not whole yet. Go on from where it stopped."),
    "program": _("This is a program. Programs are not passed on here, whatever they are called."),
    "uncleanable": _(
        "A picture of this kind (HEIC, AVIF, TIFF) can say where it was taken, and that cannot be taken out here. "
        "Send it as JPEG."
    ),
    "too_many_pixels": _("This picture has too many pixels: at most 50 million. Make it smaller, then send it."),
    "bad_picture": _("This picture is damaged and cannot be opened. Save it again on your device, then send it."),
}

STATUSES = {
    "not_found": 404,
    "read_only": 403,
    "bad_frame": 400,
    "no_file": 404,
    "empty_file": 400,
    "too_large": 413,
    "too_many_files": 429,
    "quota": 413,
    "no_space": 507,
    "bad_piece": 413,
    "too_much": 413,
    "out_of_order": 409,
    "incomplete": 409,
    "program": 415,
    "uncleanable": 415,
    "too_many_pixels": 413,
    "bad_picture": 415,
}
