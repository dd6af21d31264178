"""Asked but not found: the editors' list, and the press that makes a question of a search."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from knowledge.forms import Chosen
from knowledge.missing import add_synonym, forget, listed, looks_after, put_question
from knowledge.models.missed import LONGEST
from knowledge.questions import PER_PAGE
from partnerships.permissions import Reach
from search.models import Theme


class AskForm(forms.Form):
    """The question that a search becomes; ``once`` makes the same press twice one question."""

    words = forms.CharField(max_length=300)
    themes = Chosen(Theme.objects.all(), required=False)
    once = forms.UUIDField(required=False)


class SynonymForm(forms.Form):
    """Which theme some words mean; without one they are only taken off the list."""

    query = forms.CharField(max_length=LONGEST)
    language = forms.CharField(max_length=7)
    theme = forms.ModelChoiceField(Theme.objects.all(), to_field_name="slug", required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def missed(request: PersonRequest) -> HttpResponse:
    """What was looked for and not found, for those who look after lessons: name the theme that was meant."""
    if not looks_after(Reach.of(request.user)):
        raise Http404
    if request.method == "POST":
        return answered(request)
    page = Paginator(listed(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledge/missed.html", {"page": page, "themes": list(Theme.objects.all())})


def answered(request: PersonRequest) -> HttpResponse:
    """Take up what an editor says of one search."""
    form = SynonymForm(request.POST)
    if not form.is_valid():
        raise Http404
    told = form.cleaned_data
    if told["theme"]:
        add_synonym(told["query"], told["language"], told["theme"])
        said = {"words": told["query"], "theme": told["theme"].label()}
        messages.success(request, _("“%(words)s” now also finds lessons on %(theme)s.") % said)
    else:
        forget(told["query"], told["language"])
    return redirect("knowledge:missed")


@require_POST
@login_required
def ask(request: PersonRequest) -> HttpResponse:
    """Put the question where those who may know read it."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return redirect("knowledge:home")
    told = form.cleaned_data
    themes = [theme.slug for theme in told["themes"]]
    address = put_question(request.user, told["words"], themes, told["once"] or uuid.uuid4())
    return redirect(address or reverse("chat:ask"))
