"""The pages on which one looks for a lesson: the search, the themes, the tags."""

import uuid
from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from knowledge.finding import search_page
from knowledge.missing import looks_after, note
from knowledge.models import Lesson, Tag
from knowledge.models.access import may_propose
from knowledge.questions import PER_PAGE, forgiving
from knowledge.vocabulary import may_edit_vocabulary
from partnerships.permissions import Reach
from search.models import Theme


@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """The search; every state of it is in the address."""
    finding = search_page(request.user, forgiving(request.GET))
    note(finding)
    context = {
        "finding": finding,
        "may_write": may_propose(finding.reader),
        "looks_after": looks_after(finding.reader),
        "once": uuid.uuid4(),
    }
    return render(request, "knowledge/home.html", context)


@require_safe
@login_required
def themes(request: PersonRequest) -> HttpResponse:
    """The vocabulary by groups, with how many lessons one may read on each; and the tags most used."""
    lessons = Lesson.objects.visible_to(request.user).listed()
    counts = dict(lessons.order_by().values_list("themes__slug").annotate(Count("pk", distinct=True)))
    groups: dict[str, list[tuple[Theme, int]]] = defaultdict(list)
    for theme in Theme.objects.all():
        groups[theme.group_label()].append((theme, counts.get(theme.slug, 0)))
    used = Tag.objects.filter(tagged__content_object__in=lessons).annotate(used=Count("tagged")).order_by("-used")
    context = {"groups": dict(groups), "tags": used[:60], "may_keep": may_edit_vocabulary(Reach.of(request.user))}
    return render(request, "knowledge/themes.html", context)


@require_safe
@login_required
def tag(request: PersonRequest, slug: str) -> HttpResponse:
    """The lessons with a tag; a tag that only others' lessons have does not exist."""
    if "\0" in slug:  # PostgreSQL does not even take the question
        raise Http404
    reach = Reach.of(request.user)
    lessons = Lesson.objects.visible_to(request.user, reach).listed().filter(tags__slug=slug).with_marks()
    found = get_object_or_404(Tag.objects.filter(tagged__content_object__in=lessons).distinct(), slug=slug)
    page = Paginator(lessons.order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledge/tag.html", {"tag": found, "page": page})
