"""The addresses of what a room asks and keeps: questions, lessons that came of it, exports, how long it is kept."""

from django.urls import URLPattern, path

from chat import keep_page, keeping_pages, question_api, question_pages

urlpatterns: list[URLPattern] = [
    path("<int:pk>/<int:number>/question/", question_pages.question, name="question"),
    path("<int:pk>/exports/<int:export>/", keeping_pages.export, name="export"),
    path("<int:pk>/keeping/", keeping_pages.keeping, name="keeping"),
    path("<int:pk>/keep/", keep_page.keep, name="keep"),
    path("<int:pk>/questions/", question_pages.questions, name="questions"),
    path("api/rooms/<int:pk>/questions/", question_api.questions, name="api_questions"),
    path("api/rooms/<int:pk>/messages/<int:message>/question/", question_api.question, name="api_question"),
    path("api/rooms/<int:pk>/messages/<int:message>/question/answer/", question_api.answer, name="api_answer"),
    path("api/rooms/<int:pk>/messages/<int:message>/question/closed/", question_api.closed, name="api_closed"),
]
