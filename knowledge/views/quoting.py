"""The page of a quote, for whoever said it: be named, or take the words back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import things
from accounts.requests import PersonRequest
from knowledge.models import Quote
from knowledge.quoting import name_author, withdraw_words
from knowledge.things import quote_card
from notifications.actions import opened


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def quote(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own words in a lesson, what stands beside them, and what one can do about it."""
    found = get_object_or_404(Quote.objects.said_by(request.user).with_people(), pk=pk)
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw_words(found)
            messages.success(request, _("Your words are gone from the lesson and all its versions."))
        elif "named" in request.POST:
            name_author(found, on=request.POST["named"] == "on")
            messages.success(request, _("Saved."))
        return redirect(found)
    opened(request.user, quote_card(found))
    context = {
        "quote": found,
        "lesson": things.find("lesson", found.lesson_id, request.user),
        "source": things.find(found.source, found.source_id, request.user),
    }
    return render(request, "knowledge/quote.html", context)
