"""Every address of the exchange."""

from django.contrib import admin
from django.urls import include, path

from exchange import views
from exchange.manifest import manifest
from exchange.worker import worker

urlpatterns = [
    path("", views.today, name="today"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", worker, name="worker"),
    path("metrics", views.metrics, name="metrics"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in")),
    path("demo/", include("accounts.demo_urls")),
    path("chat/", include("chat.urls")),
    path("knowledge/", include("knowledge.urls")),
    path("events/", include("events.urls")),
    path("network/", include("network.urls")),
    path("notifications/", include("notifications.urls")),
    path("partnerships/", include("partnerships.urls")),
    path("work/", include("work.urls")),
    path("admin/", admin.site.urls),
]
