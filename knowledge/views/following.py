"""The pages on which one keeps what one looks for: saved searches, and feeds with their keys."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.requests import PersonRequest
from knowledge.feeds import feed_of
from knowledge.following import (
    SearchForm,
    TooManyError,
    change_search,
    fitting,
    make_key,
    query_name,
    revoke_key,
    save_search,
)
from knowledge.models import FeedKey, SavedSearch
from knowledge.questions import forgiving


def saved_page(request: PersonRequest, secret: str = "", secret_of: FeedKey | None = None) -> HttpResponse:
    """The page; with the address of a feed that was just made, once."""
    searches = [(one, SearchForm(instance=one, prefix=str(one.pk))) for one in SavedSearch.objects.of(request.user)]
    address = settings.PUBLIC_URL + reverse("knowledge:keyed_feed", args=[secret]) if secret else ""
    keys = FeedKey.objects.alive().filter(person=request.user)
    context = {"searches": searches, "keys": keys, "address": address, "made": secret_of}
    response = render(request, "knowledge/saved.html", context)
    if secret:
        add_never_cache_headers(response)
    return response


@require_safe
@login_required
def saved(request: PersonRequest) -> HttpResponse:
    """One's saved searches and feeds."""
    return saved_page(request)


@require_POST
@login_required
def save(request: PersonRequest) -> HttpResponse:
    """Keep the search of ``query`` under ``name``, telling as ``pace`` says."""
    query = asked(request)
    form = SearchForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        search = save_search(request.user, query, **form.cleaned_data)
    except TooManyError:
        messages.error(request, _("You keep fifty searches already. Delete one of them first."))
        return redirect("knowledge:saved")
    messages.success(request, _("Saved as “%(name)s”.") % {"name": search.name})
    return redirect("knowledge:saved")


@require_POST
@login_required
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it another name or pace, or delete it."""
    search = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    if "delete" in request.POST:
        search.delete()
        messages.success(request, _("“%(name)s” is no longer saved.") % {"name": search.name})
        return redirect("knowledge:saved")
    form = SearchForm(request.POST, instance=search, prefix=str(pk))
    if form.is_valid():
        change_search(SavedSearch.objects.get(pk=pk), **form.cleaned_data)
        messages.success(request, _("Changed."))
    return redirect("knowledge:saved")


@require_POST
@login_required
def make_feed(request: PersonRequest) -> HttpResponse:
    """A private address for the feed of ``query``; the page shows it once."""
    query = asked(request)
    key, secret = make_key(request.user, query, query_name(query))
    return saved_page(request, secret, key)


@require_POST
@login_required
def end_feed(request: PersonRequest, pk: int) -> HttpResponse:
    """The address stops."""
    key = get_object_or_404(FeedKey.objects.alive(), person=request.user, pk=pk)
    revoke_key(key)
    messages.success(request, _("The feed “%(name)s” no longer answers.") % {"name": key.name})
    return redirect("knowledge:saved")


@require_safe
@conditional_page
def keyed_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A feed for a feed reader: the key in its address is what opens it, and what it shows is what its owner sees;
    304 to who has that already."""
    key = FeedKey.objects.bearing(secret)
    if key is None:
        raise Http404
    key.note_use()
    with override(key.person.language):
        return feed_of(key.person, key.query, key.name)


def asked(request: HttpRequest) -> str:
    """The search that a form names, in the one form in which it is kept: what is wrong in it is left out."""
    search = SavedSearch(query=request.POST.get("query", ""))
    query = forgiving(search.params).address(page=1, order="")
    if not fitting(query) or "\0" in query:
        raise Http404
    return query
