"""The addresses of the network: its partnerships, people and organisations."""

from django.urls import path

from network import views

app_name = "network"
urlpatterns = [
    path("", views.home, name="home"),
    path("partnerships/<int:pk>/", views.partnership, name="partnership"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
]
