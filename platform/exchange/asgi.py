"""The application that the server runs: pages and API through Django, sockets through realtime."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")
pages = get_asgi_application()

from exchange.sockets import sockets  # noqa: E402  (models may be imported only after Django is set up)

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
