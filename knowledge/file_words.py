"""What is said of a lesson's file that was not taken, or could not be read."""

from django.utils.translation import gettext_lazy as _

from files import words

SENTENCES = {
    **words.SENTENCES,
    "no_document": _(
        "Lessons take PDF, Word, PowerPoint, Excel and OpenDocument files, and pictures. This is something else, "
        "whatever it is called: save it as one of these."
    ),
    "enough_files": _("A lesson has at most 20 files. Remove one first."),
    "full": _("You have no room left for more files. Remove some from your lessons."),
}

TROUBLES = {
    "protected": _("It wants a password. Save it without one and attach it again; until then only its name is found."),
    "damaged": _("It is damaged. Open it on your device, save it again, and attach that."),
    "unsafe": _("It is built in a way that no office program does, so it was not opened."),
    "heavy": _("Reading it takes more memory than one file may have. Save it as PDF, or in parts."),
    "slow": _("Reading it takes longer than one file may take. Save it in parts."),
    "lost": _("Its bytes are gone from the disk. Attach it again."),
}
