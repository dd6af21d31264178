"""The addresses of knowledge."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

app_name = "knowledge"
urlpatterns: list[URLPattern] = [
    path("", TemplateView.as_view(template_name="exchange/empty.html"), name="home"),
]
