"""The addresses of accounts: Me and personal tokens. Sign-in stands in ``sign_in.py``, under django-allauth's names."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/tokens/", views.new_token, name="new_token"),
    path("me/tokens/<int:pk>/revoke/", views.end_token, name="end_token"),
    path("me/sessions/end/", views.end_sessions, name="end_sessions"),
]
