"""What of a search may be kept where nobody should be found again: nothing that looks like a person."""

import re

from accounts.models import User

ADDRESS = re.compile(r"\S@\S|https?:|www\.")
NUMBER = re.compile(r"\d(?:[\s().+/-]*\d){5,}")
"""Six digits or more, however they are spaced: of a telephone, a birthday, an identity."""
LONGEST_NAME = 5
"""Words."""


def tells_of_somebody(query: str) -> bool:
    """Whether it may name a person: an address, a long number, the name of somebody who is here."""
    if ADDRESS.search(query) or NUMBER.search(query):
        return True
    words = query.split()
    if not 1 < len(words) <= LONGEST_NAME:
        return User.objects.filter(name__iexact=query).exists()
    named = User.objects.all()
    for word in words:
        named = named.filter(name__icontains=word)
    return named.exists()
