"""The shared vocabulary, for those who keep it: all themes, one theme's words, and who changed them."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from knowledge.models import ThemeChange
from knowledge.vocabulary import ChangedMeanwhileError, change_theme, last_change, may_edit_vocabulary, undo_change
from knowledge.vocabulary_forms import ThemeForm
from partnerships.permissions import Reach
from search.models import Theme

LISTED = 20
"""Changes that are shown."""


def keeper(request: PersonRequest) -> None:
    """For anybody else these pages do not exist."""
    if not may_edit_vocabulary(Reach.of(request.user)):
        raise Http404


@require_safe
@login_required
def vocabulary(request: PersonRequest) -> HttpResponse:
    """Every theme by its group, and what was changed lately."""
    keeper(request)
    groups: dict[str, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.all():
        groups[theme.group_label()].append(theme)
    changes = ThemeChange.objects.select_related("theme", "by")[:LISTED]
    return render(request, "knowledge/vocabulary.html", {"groups": dict(groups), "changes": changes})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def theme(request: PersonRequest, slug: str) -> HttpResponse:
    """What a theme is called, in each language; and who changed that."""
    keeper(request)
    found = get_object_or_404(Theme, slug=slug)
    form = ThemeForm(request.POST or None, theme=found, initial={"seen": last_change(found)})
    if request.method == "POST" and form.is_valid():
        try:
            change_theme(found, by=request.user, seen=form.cleaned_data["seen"], **form.words())
        except ChangedMeanwhileError:
            form.add_error(None, _("Somebody changed this theme while you wrote. Open it again to see its words."))
        else:
            messages.success(request, _("Saved. The search follows within a minute."))
            return redirect("knowledge:theme", slug)
    changes = ThemeChange.objects.filter(theme=found).select_related("theme", "by")[:LISTED]
    return render(request, "knowledge/theme.html", {"theme": found, "form": form, "changes": changes})


@require_POST
@login_required
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the words from before a change stand again."""
    keeper(request)
    change = get_object_or_404(ThemeChange.objects.select_related("theme"), pk=pk)
    undo_change(change, by=request.user)
    messages.success(request, _("The words from before that change stand again."))
    return redirect("knowledge:theme", change.theme.slug)
