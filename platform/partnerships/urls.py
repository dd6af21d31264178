"""The addresses of partnerships: invitations."""

from django.urls import URLPattern

app_name = "partnerships"
urlpatterns: list[URLPattern] = []
