"""Which socket address leads where."""

from channels.routing import URLRouter

sockets = URLRouter([])
