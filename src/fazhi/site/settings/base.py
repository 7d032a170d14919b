"""The settings of the project. What an operator may change goes through `env`; the rest is ours to decide."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from fazhi.site import keys
from fazhi.site.lines import LINES
from fazhi.site.postgres import Cluster
from fazhi.site.settings.databases import databases
from fazhi.site.settings.environment import Group, env, home

FAZHI_HOME = env(
    "FAZHI_HOME",
    home(),
    group=Group.PLACE,
    shown="`var` in the checkout",
    help="Folder of database, files, keys and logs. Read from the environment only. Back it up with `fazhi backup`.",
)

# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

KERNEL_APPS = (
    "fazhi.kernel.ground.core",
    "fazhi.kernel.ground.audit",
    "fazhi.kernel.ground.law",
    "fazhi.kernel.ground.calendar",
    "fazhi.kernel.ground.orgs",
    "fazhi.kernel.ground.access",
    "fazhi.kernel.casework.matters",
    "fazhi.kernel.casework.parties",
    "fazhi.kernel.casework.deadlines",
    "fazhi.kernel.casework.approvals",
    "fazhi.kernel.casework.files",
    "fazhi.kernel.casework.papers",
    "fazhi.kernel.records.measures",
    "fazhi.kernel.records.exchange",
)
DELIVERY_APPS: tuple[str, ...] = ("fazhi.web", "fazhi.api")

INSTALLED_APPS = [
    "fazhi.site.apps.LoginConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "procrastinate.contrib.django",
    *KERNEL_APPS,
    *DELIVERY_APPS,
    *LINES,
    "fazhi.demo",
    # Last, because its management commands replace those of the same name above.
    "fazhi.site",
]
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "fazhi.site.urls"
WSGI_APPLICATION = "fazhi.site.wsgi.application"

# ── Database ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FAZHI_POSTGRES_BIN = env(
    "FAZHI_POSTGRES_BIN",
    "",
    group=Group.DATABASE,
    help="Folder of PostgreSQL programs (15 or later) for the embedded server, in place of those of the pinned wheel. "
    "Data once made are always served by programs of the major version that made them.",
)
FAZHI_SYSTEM_FOLDER = env(
    "FAZHI_SYSTEM_FOLDER",
    Path("/var/lib/fazhi"),
    group=Group.DATABASE,
    help="Where root keeps the data of the embedded server, owned by the unprivileged account `fazhi`.",
)
FAZHI_DATABASE_URL = env(
    "FAZHI_DATABASE_URL",
    "",
    group=Group.DATABASE,
    help="External server: `postgresql://app-role:password@host:port/database?sslmode=verify-full`. The role owns "
    "nothing. Empty: the embedded server is used.",
)
FAZHI_OWNER_DATABASE_URL = env(
    "FAZHI_OWNER_DATABASE_URL",
    "",
    group=Group.DATABASE,
    help="External server, as the role that owns the tables: used by `migrate`, `backup` and `restore` only. Required "
    "with `FAZHI_DATABASE_URL`.",
)
FAZHI_DATABASE_CONNECTIONS = env(
    "FAZHI_DATABASE_CONNECTIONS",
    4,
    group=Group.DATABASE,
    help="Most connections one process keeps open.",
)

CLUSTER = Cluster(
    FAZHI_HOME,
    folder=Path(FAZHI_POSTGRES_BIN).expanduser().absolute() if FAZHI_POSTGRES_BIN else None,
    system=FAZHI_SYSTEM_FOLDER,
)
DATABASES: dict[str, dict[str, Any]] = databases(
    CLUSTER, app_url=FAZHI_DATABASE_URL, owner_url=FAZHI_OWNER_DATABASE_URL, connections=FAZHI_DATABASE_CONNECTIONS
)

# ── Web ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

FAZHI_HOST = env("FAZHI_HOST", "127.0.0.1", group=Group.WEB, help="Address the web server listens on.")
FAZHI_PORT = env("FAZHI_PORT", 8000, group=Group.WEB, help="Port the web server listens on.")
ALLOWED_HOSTS = list(
    env(
        "FAZHI_ALLOWED_HOSTS",
        ("127.0.0.1", "localhost", "[::1]"),
        group=Group.WEB,
        help="Names under which browsers reach the site; a request under any other name is refused.",
    )
)
FAZHI_HTTPS = env(
    "FAZHI_HTTPS",
    False,
    group=Group.SAFETY,
    help="Say yes when browsers reach the site over HTTPS only: cookies are then never sent in the clear, and browsers "
    "are told to stay with HTTPS.",
)
FAZHI_BEHIND_PROXY = env(
    "FAZHI_BEHIND_PROXY",
    False,
    group=Group.SAFETY,
    help="Say yes when a proxy you run ends HTTPS and always sets X-Forwarded-Proto; with no such proxy anybody could "
    "claim that header.",
)
DEBUG = env(
    "FAZHI_DEBUG", False, group=Group.SAFETY, help="Shows errors in full to whoever meets them: development only."
)
# Browsers keep cookies by host, not port: two sites on one machine must not share names.
SESSION_COOKIE_NAME = "fazhi_session"
CSRF_COOKIE_NAME = "fazhi_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FAZHI_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
FAZHI_SESSION_MINUTES = env(
    "FAZHI_SESSION_MINUTES",
    60,
    group=Group.SAFETY,
    help="Minutes without a request after which somebody must sign in again; after twelve hours they must in any case.",
)
SESSION_COOKIE_AGE = FAZHI_SESSION_MINUTES * 60
FAZHI_LOCK_AFTER = env(
    "FAZHI_LOCK_AFTER", 5, group=Group.SAFETY, help="Wrong passwords in a row after which an account is locked."
)
FAZHI_LOCK_MINUTES = env("FAZHI_LOCK_MINUTES", 15, group=Group.SAFETY, help="Minutes for which it is then locked.")
FAZHI_PASSWORD_DAYS = env(
    "FAZHI_PASSWORD_DAYS",
    0,
    group=Group.SAFETY,
    help="Days after which a password must be changed; 0: never, as long as nobody else knows it.",
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if FAZHI_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if FAZHI_BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECRET_KEY = env(
    "FAZHI_SECRET_KEY",
    "",
    group=Group.SAFETY,
    shown="made at first start, kept in `FAZHI_HOME/keys/session`",
    help="Signs sessions and links. Set it only where several machines serve one site.",
) or keys.secret(keys.folder(FAZHI_HOME) / "session")

FAZHI_CIPHER = env(
    "FAZHI_CIPHER",
    "aes",
    group=Group.SAFETY,
    help="Cipher of identity numbers, telephones and the like at rest: `aes` (AES-256-GCM) or `sm4` (SM4-GCM). Values "
    "already stored stay readable.",
)

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The style sheet draws its small icons as data addresses.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fazhi.web.middleware.Desk",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_FAILURE_VIEW = "fazhi.web.problems.forged"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "fazhi.site.supervision.beating.context",
            ]
        },
    }
]

# ── Language and time ────────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Compiled at start from the english.yaml of the web and of each line.
LOCALE_PATHS = [FAZHI_HOME / "locale"]
LANGUAGE_COOKIE_NAME = "fazhi_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
STATIC_ROOT = FAZHI_HOME / "static"
MEDIA_ROOT = FAZHI_HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FAZHI_FILE_MEGABYTES = env(
    "FAZHI_FILE_MEGABYTES", 50, group=Group.SAFETY, help="Largest file that may be put into a case, in megabytes."
)
FAZHI_FILE_CHECK = env(
    "FAZHI_FILE_CHECK",
    "",
    group=Group.SAFETY,
    help="Command that is given every file put into a case on its standard input, a virus scanner for instance; it ends "
    "with 0 when the file may be kept. Empty: files are checked by content only.",
)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# ── Processes ────────────────────────────────────────────────────────────────────────────────────────────────────────

FAZHI_WEB_PROCESSES = env(
    "FAZHI_WEB_PROCESSES",
    2,
    group=Group.PROCESSES,
    help="Web processes. Each answers one request at a time: about one per core.",
)
FAZHI_JOBS_AT_ONCE = env(
    "FAZHI_JOBS_AT_ONCE",
    1,
    group=Group.PROCESSES,
    help="Background jobs that run at the same time in the worker.",
)
FAZHI_LOG_LEVEL = env(
    "FAZHI_LOG_LEVEL",
    "INFO",
    group=Group.PROCESSES,
    help="Least level written to the log: DEBUG, INFO, WARNING, ERROR.",
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"fazhi": {"level": FAZHI_LOG_LEVEL}, "django": {"level": "WARNING"}},
}
