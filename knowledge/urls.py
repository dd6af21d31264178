"""The addresses of knowledge."""

from django.urls import URLPattern, path

from knowledge import api
from knowledge.views import finding, quoting, reading, writing

app_name = "knowledge"
urlpatterns: list[URLPattern] = [
    path("", finding.home, name="home"),
    path("api/search/", api.search, name="api_search"),
    path("new/", writing.new, name="new"),
    path("mine/", writing.mine, name="mine"),
    path("themes/", finding.themes, name="themes"),
    path("tags/<str:slug>/", finding.tag, name="tag"),
    path("quotes/<int:pk>/", quoting.quote, name="quote"),
    path("<int:pk>/", reading.lesson, name="lesson"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/step/", reading.step, name="step"),
    path("<int:pk>/versions/", reading.versions, name="versions"),
    path("<int:pk>/versions/<int:version>/restore/", reading.restore, name="restore"),
]
