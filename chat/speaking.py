"""In which language a message is: guessed when it is posted, and put right by its author."""

from babel import Locale
from django.conf import settings
from django.utils import translation

from accounts.models import User
from prose import guess_language

GUESSED_FROM = 400
"""Characters: more would be no surer, and posting waits for it."""
NEIGHBOURS = ("af", "lg", "pt", "rw", "so", "st", "xh", "zu")
"""What is also spoken where partnerships are, to choose from beside the site's own languages."""
LANGUAGES = (*(code for code, _name in settings.LANGUAGES), *NEIGHBOURS)


def language_of(body: str, author: User) -> str:
    """One of the site's languages where the words say so clearly, otherwise the author's own."""
    return guess_language(body, GUESSED_FROM) or author.language


def names() -> dict[str, str]:
    """The languages that one may choose, by code: the site's first, each called as the reader calls it."""
    reader = Locale.parse(translation.get_language() or "en", sep="-")
    return {code: str(reader.languages.get(code, code)) for code in LANGUAGES}
