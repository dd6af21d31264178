"""The settings of the exchange. What an operator may change comes from the environment (see docs/operate.md)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from exchange.env import Environment
from exchange.keys import kept, make_push_key

BASE_DIR = Path(__file__).resolve().parents[2]

environment = Environment()
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")
"""Everything the exchange writes by itself where nothing else is said: database, media, index, secret."""


SECRET_KEY = environment.text("SECRET_KEY") or kept(VAR_DIR / "secret_key", get_random_secret_key)
DEBUG = environment.flag("DEBUG", False)
DEMO = environment.flag("DEMO", False)
"""True under ``make run``: invented people, their accounts on the sign-in page, mails on a page. Loopback only."""

PORT = environment.port("PORT", 8000)
PUBLIC_URL = environment.origin("PUBLIC_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_FAILURE_VIEW = "exchange.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
REDIS_URL = environment.redis("REDIS_URL")
INDEX_DIR = environment.folder("INDEX_DIR", VAR_DIR / "index")
MEDIA_ROOT = environment.folder("MEDIA_DIR", VAR_DIR / "media")
MEDIA_URL = "/media/"

INSTALLED_APPS = [
    "exchange",
    "network",
    "chat",
    "knowledge",
    "events",
    "partnerships",
    "notifications",
    "accounts",
    "search",
    "realtime",
    "things",
    "work",
    "allauth",
    "allauth.account",
    "channels",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "taggit",
    "exchange.admin_config.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
]

# Every part of this list can run asynchronously, so that a held request (a long poll) holds no thread.
MIDDLEWARE = [
    "exchange.serving.LeanFiles",
    "django.middleware.security.SecurityMiddleware",
    "exchange.serving.SmallPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "exchange.urls"
ASGI_APPLICATION = "exchange.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "exchange.templatetags.fields",
                "exchange.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "exchange.shell.shell",
            ],
        },
    },
]

DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'exchange.sqlite3'}")}
SEARCH_ENGINE = environment.search_engine("SEARCH_ENGINE", DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}
TASKS = {"default": {"BACKEND": "work.backend.Backend"}}

# People and sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "request_login_code": "accounts.forms.CodeForm",
    "confirm_login_code": "accounts.forms.ConfirmCodeForm",
    "reset_password": "accounts.forms.ForgottenForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,8/5m/key",
    "request_login_code": "20/m/ip,3/m/key,15/h/key",
    "reset_password": "20/m/ip,3/m/key,15/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
"""Guessing is slow, while a whole town hall behind one address still gets in. ``key`` is the e-mail address."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# Languages and zones: Swedish and English complete, French and Swahili for the interface
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sv", "Svenska"), ("fr", "Français"), ("sw", "Kiswahili")]
LOCALE_PATHS = [BASE_DIR / "platform" / "exchange" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_ZONE = "Europe/Stockholm"
SITE_NAME = _("Exchange")

# Static files: collected and compressed once at the start, then served by the process itself
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "exchange.staticfiles.HashedFiles"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = True
SERVESTATIC_ALLOW_ALL_ORIGINS = False  # nobody else's pages use our files; the header would go with each of them

# Tags: one spelling whatever the case
TAGGIT_CASE_INSENSITIVE = True

# Security
SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["exchange-message", "exchange-worker"],
    },
}

# Mail
DEFAULT_FROM_EMAIL = environment.text("FROM_EMAIL", "exchange@localhost")
REPLY_ADDRESS = environment.mailbox("REPLY_ADDRESS")
AUTHSERV_ID = environment.hosts("AUTHSERV_ID", [])
"""The operator's own mail servers, as they name themselves in ``Authentication-Results``: then answers need their
word."""
globals().update(environment.email("EMAIL_URL", f"file://{VAR_DIR / 'mail'}"))

# Push messages: the key that browsers are told, and the hosts of the push services that their makers run
VAPID_PRIVATE_KEY = environment.push_key("VAPID_PRIVATE_KEY") or kept(VAR_DIR / "vapid_key", make_push_key)
PUSH_HOSTS = [
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
    *environment.push_hosts("PUSH_HOSTS"),
]

# Talk: what one person may write in one room; a third of it at once
MESSAGES_A_MINUTE = environment.number("MESSAGES_A_MINUTE", 30)
FILES_A_PERSON_MB = environment.number("FILES_A_PERSON_MB", 2000)
CLAMD = environment.scanner("CLAMD")
"""Where the virus scanner listens; without one, files are passed on unscanned."""

# What operators see: logs as lines to read or as JSON, numbers for who bears the token
METRICS_TOKEN = environment.text("METRICS_TOKEN")
LOG_FORMAT = environment.one_of("LOG_FORMAT", "plain", "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "exchange.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"exchange": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
