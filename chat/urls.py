"""The addresses of chat."""

from django.urls import URLPattern, path

from chat import api, api_threads, direct_pages, file_api, file_pages, keeping_urls, message_page, thread_page, views

app_name = "chat"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("ask/", views.ask, name="ask"),
    path("new/", direct_pages.new, name="new"),
    path("read/", views.read_all, name="read_all"),
    path("search/", views.search, name="search"),
    path("threads/", thread_page.followed, name="threads"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/<int:number>/", message_page.message, name="message"),
    path("<int:pk>/<int:number>/history/", message_page.history, name="history"),
    path("<int:pk>/leave/", direct_pages.leave, name="leave"),
    path("<int:pk>/<int:number>/thread/", thread_page.thread, name="thread"),
    path("<int:pk>/<int:number>/follow/", thread_page.follow, name="follow"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/telling/", views.telling, name="telling"),
    path("<int:pk>/verbs/", message_page.verbs, name="verbs"),
    path("<int:pk>/unread/", views.unread, name="unread"),
    path("files/<int:file>/small/", file_pages.thumbnail, name="thumbnail"),
    path("files/<int:file>/<str:name>", file_pages.download, name="download"),
    path("api/rooms/<int:pk>/files/", file_api.begin, name="api_begin_file"),
    path("api/files/<int:file>/", file_api.file, name="api_file"),
    path("api/files/<int:file>/finish/", file_api.finish, name="api_finish_file"),
    path("api/search/", api.search, name="api_search"),
    path("api/threads/", api_threads.followed, name="api_threads"),
    path("api/rooms/", api.rooms, name="api_rooms"),
    path("api/rooms/<int:pk>/people/", api.people, name="api_people"),
    path("api/rooms/<int:pk>/messages/", api.messages, name="api_messages"),
    path("api/rooms/<int:pk>/messages/<int:message>/", api.message, name="api_message"),
    path("api/rooms/<int:pk>/messages/<int:message>/undelete/", api.undelete, name="api_undelete"),
    path("api/rooms/<int:pk>/messages/<int:message>/pin/", api.pinned, name="api_pin"),
    path("api/rooms/<int:pk>/messages/<int:message>/reactions/<str:emoji>/", api.reaction, name="api_reaction"),
    path("api/rooms/<int:pk>/threads/<int:root>/", api_threads.thread, name="api_thread"),
    path("api/rooms/<int:pk>/threads/<int:root>/follow/", api_threads.follow, name="api_follow"),
    path("api/rooms/<int:pk>/changes/", api.changes, name="api_changes"),
    path("api/rooms/<int:pk>/read/", api.set_read, name="api_read"),
    path("api/rooms/<int:pk>/unread/", api.set_unread, name="api_unread"),
    *keeping_urls.urlpatterns,
]
