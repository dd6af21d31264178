"""The addresses of accounts: Me, tokens, invitations. Sign-in itself is django-allauth's."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("me/", TemplateView.as_view(template_name="exchange/empty.html"), name="me"),
]
