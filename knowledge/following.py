"""What people do to hear of what is new: save a search, call it something else, let it tell more or less often; make a
key to a feed and revoke it."""

import secrets
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.token import digest
from knowledge.models import FeedKey, SavedSearch
from knowledge.models.saved import LONGEST, MOST
from knowledge.questions import forgiving

SECRET_BYTES = 32
MARK = "dxf_"
"""Begins every key, so that scanners for leaked secrets can tell what they found."""


class SearchForm(forms.ModelForm[SavedSearch]):
    """What a saved search is called and how often it tells."""

    class Meta:
        model = SavedSearch
        fields = ["name", "pace"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = False
        for control in self.fields.values():
            control.widget.attrs["class"] = "input"


class TooManyError(Exception):
    """A person keeps at most ``MOST`` searches."""


def save_search(person: User, query: str, *, name: str = "", pace: str = SavedSearch.Pace.AT_ONCE) -> SavedSearch:
    """Keep a search from now on; the same again is the one that is kept, telling as it is told now."""
    now = timezone.now()
    found = SavedSearch.objects.of(person).filter(query=query).first()
    if found is None:
        if SavedSearch.objects.of(person).count() >= MOST:
            raise TooManyError
        found = SavedSearch(person=person, query=query, looked_at=now)
    found.name, found.pace = name.strip() or found.name or query_name(query), pace
    found.next_at = found.after(now)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:  # the same form twice at once
        return SavedSearch.objects.of(person).get(query=query)
    return found


def change_search(search: SavedSearch, *, name: str, pace: str) -> SavedSearch:
    """Call it otherwise, or let it tell otherwise; what came while it never told stays untold."""
    now = timezone.now()
    if search.pace == SavedSearch.Pace.NEVER:
        search.looked_at = now
    search.name, search.pace = name.strip() or search.name, pace
    search.next_at = search.after(now)
    search.save()
    return search


def make_key(person: User, query: str, name: str) -> tuple[FeedKey, str]:
    """A key to the feed of a search, and its secret, which is shown once and stored nowhere."""
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    return FeedKey.objects.create(person=person, query=query, name=name[:120], digest=digest(secret)), secret


def revoke_key(key: FeedKey) -> None:
    """The address stops at once."""
    FeedKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def query_name(query: str) -> str:
    """What a search is called until somebody says otherwise: its words, or its filters."""
    question = forgiving(SavedSearch(query=query).params)
    filters = ", ".join(value for values in question.filters.values() for value in values)
    return Truncator(" ".join(filter(None, [question.q, filters]))).chars(120) or str(_("Every lesson"))


def fitting(query: str) -> bool:
    """Whether an address is short enough to be kept."""
    return len(query) <= LONGEST
