"""Rooms with members, and what was said in them."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Room(models.Model):
    """A place to talk."""

    members = models.ManyToManyField(User, related_name="rooms")

    objects: ClassVar[models.Manager["Room"]] = models.Manager()

    def __str__(self) -> str:
        return f"room {self.pk}"


class Message(models.Model):
    """One message; its id is its number."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.CASCADE, related_name="messages")
    client_id = models.UUIDField(unique=True)
    body = models.TextField()
    html = models.TextField()
    posted_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    def __str__(self) -> str:
        return f"message {self.pk}"
