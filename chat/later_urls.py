"""The addresses of messages that wait for their time."""

from django.urls import URLPattern, path

from chat import later_api, later_pages

urlpatterns: list[URLPattern] = [
    path("later/", later_pages.waiting, name="waiting"),
    path("later/<int:pk>/", later_pages.one, name="scheduled"),
    path("<int:pk>/later/", later_pages.later, name="later"),
    path("api/later/", later_api.waiting, name="api_waiting"),
    path("api/later/<int:pk>/", later_api.one, name="api_scheduled"),
    path("api/later/<int:pk>/send/", later_api.send, name="api_send"),
    path("api/rooms/<int:pk>/later/", later_api.later, name="api_later"),
]
