"""What each refusal of a file says to a person, and as what HTTP knows it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty_file": _("This file is empty. Open it on your device to see whether it is the right one."),
    "too_large": _("This file is too large: at most 25 MB can be sent. Make it smaller, or send it in parts."),
    "no_space": _("The exchange has no room for files just now. Words still go through; try the file again later."),
    "program": _("This is a program. Programs are not passed on here, whatever they are called."),
    "uncleanable": _(
        "A picture of this kind (HEIC, AVIF, TIFF) can say where it was taken, and that cannot be taken out here. "
        "Send it as JPEG."
    ),
    "too_many_pixels": _("This picture has too many pixels: at most 50 million. Make it smaller, then send it."),
    "bad_picture": _("This picture is damaged and cannot be opened. Save it again on your device, then send it."),
}

STATUSES = {
    "empty_file": 400,
    "too_large": 413,
    "no_space": 507,
    "program": 415,
    "uncleanable": 415,
    "too_many_pixels": 413,
    "bad_picture": 415,
}
