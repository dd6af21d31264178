"""The addresses of partnerships: invitations."""

from django.urls import path

from partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("invitations/", views.invitation_list, name="invitations"),
    path("invitations/new/", views.new_invitation, name="invite"),
    path("invitations/<int:pk>/resend/", views.resend, name="resend"),
    path("invitations/<int:pk>/link/", views.link, name="link"),
    path("invitations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("invitations/accept/<str:secret>/", views.accept, name="accept"),
]
