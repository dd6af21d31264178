"""Knowledge for programs: the search page's JSON twin."""

from typing import Any

from accounts.api import ApiError, api
from accounts.requests import PersonRequest
from knowledge.finding import Finding, search_lessons
from knowledge.found_files import FoundPage
from knowledge.questions import SearchForm
from knowledge.suggesting import suggestions

LONGEST = 100
"""Letters that are looked at while somebody types."""


@api("GET")
def search(request: PersonRequest) -> dict[str, Any]:
    """``?q=&order=&words=&page=&limit=`` and the facets' names; an empty ``q`` lists all that one may read.

    Facets may be repeated. 400 with a sentence for what is no such parameter's value.
    """
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise ApiError(400, "bad_parameter", form.complaint(), fields=form.errors)
    return answer(search_lessons(request.user, form.question()))


@api("GET")
def suggest(request: PersonRequest) -> dict[str, Any]:
    """``?q=``: what one may mean by the letters typed so far."""
    found = suggestions(request.user, request.GET.get("q", "")[:LONGEST])
    return {"suggestions": [{"kind": one.kind, "text": one.text, "url": one.url} for one in found]}


def in_file(found: FoundPage) -> dict[str, Any]:
    """The file that answers, with the page of it."""
    return {
        "name": found.file.name,
        "url": found.file.get_absolute_url(),
        "page": found.page.name or found.page.number,
        "snippet": found.snippet,
    }


def answer(finding: Finding) -> dict[str, Any]:
    """The body: ``total``, ``results``, ``facets``, ``also``; ``degraded`` says why it is poorer, when it is."""
    return {
        "total": finding.results.total,
        "results": [
            {
                "id": one.lesson.pk,
                "title": one.lesson.title,
                "url": one.lesson.get_absolute_url(),
                "language": one.lesson.language,
                "snippet": one.snippet,
                "score": one.score,
                "source": one.lesson.source,
                **({"file": in_file(one.file)} if one.file else {}),
            }
            for one in finding.found
        ],
        "facets": finding.counts,
        "also": finding.results.also if finding.question.across else [],
        "did_you_mean": finding.results.did_you_mean,
        **({"degraded": finding.results.degraded} if finding.results.degraded else {}),
    }
