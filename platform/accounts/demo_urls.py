"""The addresses that only the demonstration has."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("mail/", views.mail_list, name="demo_mail"),
    path("mail/<slug:name>/", views.mail_detail, name="demo_mail_detail"),
    path("mail/<slug:name>/html/", views.mail_html, name="demo_mail_html"),
]
