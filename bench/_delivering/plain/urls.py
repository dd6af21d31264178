"""One page, which says that the server is there."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def alive(request: HttpRequest) -> HttpResponse:
    """For whoever waits for the server."""
    return HttpResponse("alive")


urlpatterns = [path("healthz", alive)]
