"""The addresses of knowledge."""

from django.urls import URLPattern, path

from knowledge import api
from knowledge.views import attaching, finding, following, missing, quoting, reading, vocabulary, writing

app_name = "knowledge"
urlpatterns: list[URLPattern] = [
    path("", finding.home, name="home"),
    path("api/search/", api.search, name="api_search"),
    path("api/suggest/", api.suggest, name="api_suggest"),
    path("ask/", missing.ask, name="ask"),
    path("missed/", missing.missed, name="missed"),
    path("new/", writing.new, name="new"),
    path("mine/", writing.mine, name="mine"),
    path("vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("vocabulary/<slug:slug>/", vocabulary.theme, name="theme"),
    path("vocabulary/changes/<int:pk>/undo/", vocabulary.undo, name="undo_theme"),
    path("themes/", finding.themes, name="themes"),
    path("tags/<str:slug>/", finding.tag, name="tag"),
    path("saved/", following.saved, name="saved"),
    path("saved/new/", following.save, name="save"),
    path("saved/<int:pk>/", following.change, name="change"),
    path("feeds/new/", following.make_feed, name="make_feed"),
    path("feeds/<int:pk>/end/", following.end_feed, name="end_feed"),
    path("feeds/<str:secret>.atom", following.keyed_feed, name="keyed_feed"),
    path("quotes/<int:pk>/", quoting.quote, name="quote"),
    path("<int:pk>/", reading.lesson, name="lesson"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/files/", attaching.attachments, name="attachments"),
    path("files/<int:pk>/step/", attaching.step, name="attachment_step"),
    path("files/<int:pk>/small/", attaching.thumbnail, name="thumbnail"),
    path("files/<int:pk>/<str:name>", attaching.download, name="attachment"),
    path("<int:pk>/step/", reading.step, name="step"),
    path("<int:pk>/versions/", reading.versions, name="versions"),
    path("<int:pk>/versions/<int:version>/restore/", reading.restore, name="restore"),
]
