"""The addresses of chat."""

from django.urls import URLPattern, path

from chat import views

app_name = "chat"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/unread/", views.unread, name="unread"),
]
