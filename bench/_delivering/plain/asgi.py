"""The peer's application: sessions and people by Channels' own middleware."""

import os
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench._delivering.plain.settings")
pages = get_asgi_application()

from bench._delivering.plain.consumers import RoomConsumer  # noqa: E402  (models, once Django is set up)

consumer: Any = RoomConsumer.as_asgi()
sockets = URLRouter([path("ws/<int:room>/", consumer)])
application = ProtocolTypeRouter({"http": pages, "websocket": AuthMiddlewareStack(sockets)})
