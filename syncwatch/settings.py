"""Every setting of SyncWatch, from the environment. The table in docs/operations.md explains each.

Unset means the embedded default: SQLite, a folder for media and a Redis of our own, all under
one data folder. `DEBUG=0` says "this is production" and then asks for a secret of your own.
"""

import re
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from syncwatch import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("SYNCWATCH_DATA", str(BASE_DIR / "var"))).resolve()
VERSION = "0.0.0"
_changes = (BASE_DIR / "CHANGELOG.md").read_text()
if match := re.search(r"^## \[?(\d+\.\d+\.\d+)", _changes, re.MULTILINE):
    VERSION = match[1]

DEBUG = env.flag("DEBUG", default=False)
PRODUCTION = env.text("DEBUG") != "" and not DEBUG


def _own_secret(name: str) -> str:
    """A key of this installation, made at first use. Production must bring its own."""
    value = env.secret(name)
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(
            f"DEBUG=0 needs {name} (or {name}_FILE): at least 50 random characters, for example "
            f'from: python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    path = DATA_DIR / "keys" / name.lower().replace("_", "-")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(fresh)  # only the first of two starting processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = _own_secret("SECRET_KEY")
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")
_public = urlsplit(PUBLIC_URL)
SERVED_OVER_TLS = _public.scheme == "https"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [
    "localhost", "127.0.0.1", "[::1]", *([_public.hostname] if _public.hostname else []),
]  # fmt: skip
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
EXTERNAL_SOURCES = env.flag("EXTERNAL_SOURCES", default=True)

# --- the house -----------------------------------------------------------------------------
ROOT_URLCONF = "syncwatch.urls"
ASGI_APPLICATION = "syncwatch.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    # Before staticfiles: it brings an ASGI runserver. Nothing else asks for it, and loading Twisted
    # would be a fifth of every other start.
    *(["daphne"] if "runserver" in sys.argv[1:2] else []),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "syncwatch.apps.SyncWatchConfig",
    "accounts.apps.AccountsConfig",
    "rooms.apps.RoomsConfig",
    "videos.apps.VideosConfig",
    "playback.apps.PlaybackConfig",
    "chat.apps.ChatConfig",
    "voice.apps.VoiceConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # While developing, files are looked for anew each time; else see syncwatch.lib.static_first.
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if DEBUG else []),
    "corsheaders.middleware.CorsMiddleware",
    "syncwatch.lib.csp.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",  # /admin/ only
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.SessionMiddleware",
    "accounts.middleware.StaffDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data ----------------------------------------------------------------------------------
DATABASE_URL = env.secret("DATABASE_URL")
DATABASES: dict[str, Any]
if DATABASE_URL:
    DATABASES = {"default": {**dj_database_url.parse(DATABASE_URL, conn_health_checks=True)}}
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"]["ENGINE"] = "syncwatch.lib.postgresql"
else:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "syncwatch.sqlite3",
            # Write-ahead log and immediate transactions: writers queue instead of failing
            # with "database is locked".
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        },
    }
DATABASE_SPARE = env.number("DATABASE_SPARE", 8)  # open ones for a web process' next requests


def _redis_url() -> str:
    """REDIS_URL, else the address the supervisor wrote down for its embedded Redis."""
    written = DATA_DIR / "run" / "redis-url"
    return env.secret("REDIS_URL") or (
        written.read_text().strip() if written.exists() else f"unix://{DATA_DIR}/run/redis.sock"
    )


REDIS_URL = _redis_url()
WEB_PROCESSES = env.number("WEB_PROCESSES", 2)  # of `manage.py serve`, on one listening socket
REDIS_SERVER_PATH = env.text("REDIS_SERVER_PATH")  # of the embedded one
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "syncwatch.lib.channel_layer.ChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- storage -------------------------------------------------------------------------------
S3_BUCKET = env.text("S3_BUCKET")
S3_ENDPOINT_URL = env.text("S3_ENDPOINT_URL")
S3_PUBLIC_ENDPOINT_URL = env.text("S3_PUBLIC_ENDPOINT_URL")
S3_ACCESS_KEY_ID = env.secret("S3_ACCESS_KEY_ID")
S3_SECRET_ACCESS_KEY = env.secret("S3_SECRET_ACCESS_KEY")
S3_REGION = env.text("S3_REGION", "us-east-1")
MEDIA_CDN_URL = env.text("MEDIA_CDN_URL").rstrip("/")
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
_folder = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def _bucket() -> dict[str, Any]:
    from botocore.config import Config  # a fifth of a second that folders need not pay

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL or None,
            "access_key": S3_ACCESS_KEY_ID or None,
            "secret_key": S3_SECRET_ACCESS_KEY or None,
            "region_name": S3_REGION,
            "file_overwrite": True,
            "default_acl": None,
            # One client for all threads that deliver films; ten connections would queue them up.
            # A bucket that is away must not hold a thread for minutes: work is tried again.
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                max_pool_connections=50,
                connect_timeout=5,
                read_timeout=30,
                retries={"total_max_attempts": 3, "mode": "standard"},
            ),
        },
    }


_plain_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
_hashed_static = "syncwatch.lib.lean_static.LeanStaticFilesStorage"
STORAGES = {
    "default": _bucket() if S3_BUCKET else _folder,
    "staticfiles": {"BACKEND": _plain_static if DEBUG else _hashed_static},
}

# --- video ---------------------------------------------------------------------------------
FFMPEG_PATH = env.text("FFMPEG_PATH")
FFPROBE_PATH = env.text("FFPROBE_PATH")
TRANSCODE_CONCURRENCY = env.number("TRANSCODE_CONCURRENCY", 1)
MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_BYTES", 20 * 1000**3)
MAX_DURATION_S = env.number("MAX_DURATION_S", 8 * 3600)
USER_QUOTA_BYTES = env.number("USER_QUOTA_BYTES", 0)  # 0: no limit but the disk
HLS_TOKEN_TTL_S = env.number("HLS_TOKEN_TTL_S", 600 if MEDIA_CDN_URL else 4 * 3600)

# --- voice ---------------------------------------------------------------------------------
TURN_URLS = env.words("TURN_URLS")
TURN_SECRET = env.secret("TURN_SECRET")
STUN_URLS = env.words("STUN_URLS")
VOICE_MAX_PEERS = int(env.number("VOICE_MAX_PEERS", 8))

# --- background work -----------------------------------------------------------------------
# Celery spells a unix socket differently from redis-py.
CELERY_BROKER_URL = re.sub(r"^unix://", "redis+socket://", REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 12 * 3600}  # longer than the longest task
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"videos.tasks.transcode*": {"queue": "video"}}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "run" / "beat")
CELERY_BEAT_SCHEDULE = {
    "videos-sweep": {"task": "videos.tasks.sweep", "schedule": 30.0},
    "chat-sweep": {"task": "chat.tasks.sweep", "schedule": 10.0},
    "evenings-remind": {"task": "rooms.tasks.remind_evenings", "schedule": 30.0},
    "rooms-sweep": {"task": "rooms.tasks.sweep", "schedule": 600.0},
    "accounts-sweep": {"task": "accounts.tasks.sweep", "schedule": 3600.0},
}

# --- sign-in -------------------------------------------------------------------------------
JWT_SIGNING_KEY = _own_secret("JWT_SIGNING_KEY")
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": JWT_SIGNING_KEY,
    "ISSUER": "syncwatch",
    "AUDIENCE": "syncwatch",
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "LEEWAY": 0,
    "UPDATE_LAST_LOGIN": False,
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator",
                 "CommonPasswordValidator", "NumericPasswordValidator")
]  # fmt: skip
AUTHENTICATION_BACKENDS = ["accounts.backends.StaffBackend"]  # /admin/ only
LOGIN_URL = "/login"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "syncwatch.errors.too_old"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SERVED_OVER_TLS
SESSION_COOKIE_NAME = "staff"
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = "Strict"

# --- HTTP ----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.auth.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["syncwatch.lib.api.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["syncwatch.lib.api.ReadWriteThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "syncwatch.lib.api.CursorPage",
    "EXCEPTION_HANDLER": "syncwatch.lib.api.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SyncWatch",
    "DESCRIPTION": "Watch your own films together, in step. The socket: docs/protocol.md.",
    "VERSION": VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ReportKindEnum": "chat.api.order_forms.KINDS",
        "ReportStateEnum": "chat.api.order_forms.STATES",
    },
}
CORS_ALLOWED_ORIGINS = env.words("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/(api|media)/.*$"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_TLS
SECURE_SSL_REDIRECT = SERVED_OVER_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # lib.csp.PolicyMiddleware sets X-Frame-Options
    "security.W021",  # the preload list binds a whole domain: its owner decides
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
APPEND_SLASH = False

# --- limits: name → (how many, per how many seconds, burst) ------------------------------------
RATE_LIMIT_FACTOR = env.number("RATE_LIMIT_FACTOR", 1)
RATE_LIMITS: dict[str, tuple[float, float, int]] = {
    "login": (5, 60, 5),
    "login_ip": (30, 60, 30),
    "register": (10, 3600, 5),
    "guest": (10, 3600, 5),
    "guest_invited": (60, 3600, 60),
    "refresh": (30, 60, 30),
    "staff_login": (5, 60, 5),
    "api_read": (20, 1, 60),
    "api_write": (5, 1, 20),
    "uploads": (20, 3600, 20),
    "invite_lookup": (10, 60, 10),
    "room_password": (10, 60, 10),
    "friend_ask": (30, 3600, 10),
    "friend_invite": (60, 3600, 10),
    "knock": (20, 3600, 5),
    "evening_plan": (20, 3600, 10),
    "evening_answer": (60, 3600, 10),
    "socket_connect": (20, 60, 20),
    "chat": (1, 1, 5),
    "sync": (4, 1, 12),
    "ask": (6, 60, 3),
    "typing": (1, 1, 3),
    "read": (1, 1, 6),
    "search": (2, 1, 10),
    "chat_export": (6, 3600, 3),
    "own_export": (12, 3600, 6),
    "picture": (20, 3600, 10),
    "rename": (20, 3600, 10),
    "clear": (10, 60, 5),
    "report": (20, 3600, 10),
    "emote": (60, 3600, 30),
    "poll_open": (6, 60, 3),
    "react": (4, 1, 12),
    "react_room": (30, 1, 60),
    "status": (4, 1, 20),
    "signal": (60, 1, 200),
    "ping": (5, 1, 60),
    "frame": (10, 1, 30),
}

# --- the room socket -----------------------------------------------------------------------
SOCKET_FRAME_MAX_BYTES = 64 * 1024
SOCKET_BACKLOG_MAX_MESSAGES = 256
SOCKET_BACKLOG_MAX_BYTES = 256 * 1024
RECENT_EVENTS_KEPT = 400
PRESENCE_LEASE_S = 24

# --- words ---------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
PSEUDO_LANGUAGES = env.flag("PSEUDO_LANGUAGES", default=DEBUG)
if PSEUDO_LANGUAGES:  # nobody speaks them: they show what is not translated or does not fit
    LANGUAGES += [("en-xa", "[Éñğłîšĥ]"), ("ar-xb", "[\u202eÉñğłîšĥ\u202c]")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"hide_secrets": {"()": "syncwatch.lib.logs.HideSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_secrets"],
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
