"""Addresses of what people are told, and of how they want to be told."""

from django.urls import URLPattern, URLResolver, path

from notifications import api
from notifications.views import bell, choices, deliveries, digest, pausing, push, stopping, texts

app_name = "notifications"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bell.home, name="home"),
    path("<int:pk>/", bell.go, name="go"),
    path("news/", bell.news, name="news"),
    path("read/", bell.read_all, name="read_all"),
    path("unread/", bell.unread_again, name="unread_again"),
    path("push/", push.device, name="push"),
    path("push/<int:pk>/remove/", push.remove, name="remove_device"),
    path("mail/resume/", pausing.resume_mail, name="resume_mail"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("choices/", choices.choices, name="choices"),
    path("choices/mute/", choices.mute, name="mute"),
    path("choices/places/", choices.forget_place, name="forget_place"),
    path("choices/defaults/", choices.defaults, name="defaults"),
    path("api/", api.lines, name="api_lines"),
    path("api/count/", api.count, name="api_count"),
    path("api/seen/", api.seen, name="api_seen"),
    path("api/read/", api.read, name="api_read"),
    path("texts/", texts.home, name="texts"),
    path("texts/<str:name>/<str:language>/", texts.html, name="text"),
    path("digest/<str:token>/", digest.digest, name="digest"),
    path("unsubscribe/<str:token>/", stopping.unsubscribe, name="unsubscribe"),
]
