"""The addresses of chat."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

app_name = "chat"
urlpatterns: list[URLPattern] = [
    path("", TemplateView.as_view(template_name="exchange/empty.html"), name="home"),
    path("<int:pk>/", TemplateView.as_view(template_name="exchange/empty.html"), name="room"),
]
