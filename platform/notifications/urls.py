"""Addresses of what people are told, and of how they want to be told."""

from django.urls import URLPattern, URLResolver, path

from notifications.views import stopping

app_name = "notifications"

urlpatterns: list[URLPattern | URLResolver] = [
    path("unsubscribe/<str:token>/", stopping.unsubscribe, name="unsubscribe"),
]
