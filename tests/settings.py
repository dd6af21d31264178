"""The exchange's settings for tests: a folder of their own, quick passwords, static files without their hashes."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="exchange-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for name in (
    "SECRET_KEY",
    "INDEX_DIR",
    "MEDIA_DIR",
    "REDIS_URL",
    "PORT",
    "PUBLIC_URL",
    "EMAIL_URL",
    "PUSH_HOSTS",
    "VAPID_PRIVATE_KEY",
    "DEMO",
    "DEBUG",
    "CLAMD",
    "FILES_A_PERSON_MB",
    "SEARCH_ENGINE",
):
    os.environ.pop(name, None)
os.environ["MESSAGES_A_MINUTE"] = "1000000"
os.environ["VAR_DIR"] = str(FOLDER)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{FOLDER}/exchange.sqlite3")

from exchange.settings import *  # noqa: E402, F403
from exchange.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "test.sqlite3"}
elif "TEST_RUN_FOLDER" in os.environ:  # then tests.suite has had the tables made
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
