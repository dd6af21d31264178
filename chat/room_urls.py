"""The addresses of rooms themselves: who begins, names, leaves and orders them, and who keeps order in them."""

from django.urls import URLPattern, path

from chat import direct_pages, list_pages, order_pages, topic_pages, visit_pages

urlpatterns: list[URLPattern] = [
    path("new/", direct_pages.new, name="new"),
    path("topics/new/", topic_pages.new, name="new_topic"),
    path("join/", topic_pages.join, name="join"),
    path("favourites/", list_pages.favourites, name="favourites"),
    path("visits/", visit_pages.visits, name="visits"),
    path("flags/", order_pages.flags, name="flags"),
    path("<int:pk>/moderation/", order_pages.moderation, name="moderation"),
    path("<int:pk>/<int:number>/flag/", order_pages.flag, name="flag"),
    path("<int:pk>/favourite/", list_pages.favourite, name="favourite"),
    path("<int:pk>/leave/", direct_pages.leave, name="leave"),
    path("<int:pk>/topic/", topic_pages.tend, name="topic"),
]
