"""The addresses of background work, for administrators."""

from django.urls import path

from work import views

app_name = "work"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:task>/retry/", views.retry, name="retry"),
    path("<uuid:task>/drop/", views.drop, name="drop"),
    path("<uuid:task>/cancel/", views.cancel, name="cancel"),
]
