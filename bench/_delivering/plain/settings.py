"""What the peer needs and nothing else. The database is set as the exchange sets its own; the layer by ``PLAIN_LAYER``:
``memory``, ``core`` or ``pubsub`` (the two of channels_redis), with room enough that nothing is dropped."""

import os

from exchange.env import Environment

environment = Environment()
LAYERS = {
    "memory": "channels.layers.InMemoryChannelLayer",
    "core": "channels_redis.core.RedisChannelLayer",
    "pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer",
}
LAYER = os.environ["PLAIN_LAYER"]
CAPACITY = {"capacity": 10_000} if LAYER != "pubsub" else {}
REDIS = {"address": environment.redis("REDIS_URL"), "socket_timeout": 60, "max_connections": 10_000}
"""redis-py 8 gives up reading after five seconds, as long as the core layer waits for a message, and has at most 100
connections, where that layer wants one a socket."""
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": LAYERS[LAYER],
        "CONFIG": CAPACITY | ({"hosts": [REDIS]} if LAYER != "memory" else {}),
    }
}
SECRET_KEY = "measured, not used"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": environment.database("DATABASE_URL", "sqlite:///plain.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "daphne",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "bench._delivering.plain",
]
ROOT_URLCONF = "bench._delivering.plain.urls"
ASGI_APPLICATION = "bench._delivering.plain.asgi.application"
USE_TZ = True
