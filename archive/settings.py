"""Django's settings: constants, and the environment read strictly.

Without DATABASE_URL the archive serves this machine alone, from the PostgreSQL that comes
with it. With DATABASE_URL it is in production and nothing secret has a default.
Every variable read here is a row of the table in README.md.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from archive.cluster import DATABASE, PORT, ROLE
from archive.database.url import parse
from archive.env import env_bool, env_choice, env_int, env_list, env_path, env_rate, env_str

BASE_DIR = Path(__file__).resolve().parent.parent


def _kept_secret_key(path: Path) -> str:
    """The random key in ``path``, readable by its owner alone; made when absent."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(temporary, path)  # whole or not at all; fails if another process was first
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text(encoding="ascii")


# The environment ------------------------------------------------------------------------------

VAR_DIR = env_path("VAR_DIR", BASE_DIR / "var")
MEDIA_ROOT = env_path("MEDIA_ROOT", VAR_DIR / "media")
DATABASE_URL = env_str("DATABASE_URL", "")
DEBUG = env_bool("DEBUG", False)
LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env_choice("LOG_FORMAT", "text", ("text", "json"))
TIME_ZONE = env_str("TIME_ZONE", "UTC")
SIGNUP = env_choice(
    "SIGNUP", "invitation" if DATABASE_URL else "open", ("closed", "invitation", "open")
)
INVITATION_DAYS = env_int("INVITATION_DAYS", 14, minimum=1)
# How often one client or one person may do something. On this machine alone everybody is one
# client, programs that try the archive out included.
RATE_LOGIN = env_rate("RATE_LOGIN", "30/m" if DATABASE_URL else "1000/m")
RATE_LOGIN_FAILED = env_rate("RATE_LOGIN_FAILED", "10/5m" if DATABASE_URL else "30/m")
RATE_SIGNUP = env_rate("RATE_SIGNUP", "20/h" if DATABASE_URL else "1000/m")
RATE_RESET = env_rate("RATE_RESET", "5/h" if DATABASE_URL else "100/m")
RATE_WRITING = env_rate("RATE_WRITING", "60/m" if DATABASE_URL else "6000/m")
IMPORT_MAX_BYTES = env_int("IMPORT_MAX_BYTES", 50_000_000, minimum=1)
IMPORT_MAX_ARCHIVE_BYTES = env_int("IMPORT_MAX_ARCHIVE_BYTES", 1_000_000_000, minimum=1)
FETCH_SECONDS = env_int("FETCH_SECONDS", 60, minimum=1)
FETCH_MAX_WIRE_BYTES = env_int("FETCH_MAX_WIRE_BYTES", 20_000_000, minimum=1)
FETCH_PAUSE_SECONDS = env_int("FETCH_PAUSE_SECONDS", 1)
FETCH_MAX_LINKS = env_int("FETCH_MAX_LINKS", 500, minimum=1)
# How many reverse proxies stand before the archive; their X-Forwarded headers are believed.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)
EMAIL_HOST = env_str("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", 25, minimum=1)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "commonplace@localhost")

if DATABASE_URL:
    SECRET_KEY = env_str("SECRET_KEY")
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
    database = parse(DATABASE_URL)
else:
    SECRET_KEY = env_str("SECRET_KEY", "") or _kept_secret_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    database = {"NAME": DATABASE, "USER": ROLE, "PORT": PORT, "CLUSTER": VAR_DIR}

# Where the keepers of sites whose pages are fetched reach ours: the user agent says it.
FETCH_CONTACT = env_str("FETCH_CONTACT", "") or env_str(
    "DEFAULT_FROM_EMAIL",
    DEFAULT_FROM_EMAIL if "*" in ALLOWED_HOSTS[0] else f"https://{ALLOWED_HOSTS[0].lstrip('.')}/",
)

# Loopback speaks plain HTTP; anything else is expected to speak HTTPS.
HTTPS = env_bool("HTTPS", bool(DATABASE_URL))
HSTS_SECONDS = env_int("HSTS_SECONDS", 3600)

# Applications and requests --------------------------------------------------------------------

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "annotations.apps.AnnotationsConfig",
    "articles.apps.ArticlesConfig",
    "taggit",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "archive.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

# No GZipMiddleware: it weakens ETags, so that If-Match would never match.
# The answer to an outage is made where the outage is met, so what guards pages stands outside.
MIDDLEWARE = [
    "archive.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "archive.middleware.SmallForms",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "archive.tokens.BearerToken",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "archive.middleware.ArticleFates",
    "archive.middleware.WhoEdits",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

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
                "archive.preferences.prefs",
            ]
        },
    }
]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Import and editing send whole texts; elsewhere archive.middleware.SmallForms allows less.
DATA_UPLOAD_MAX_MEMORY_SIZE = IMPORT_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # each is an open file meanwhile; more come in a zip
FORM_MAX_BYTES = 1_000_000

# Data -----------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        "ENGINE": "archive.database",
        # Kept connections were measured faster than a pool.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **database,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    # Captures and images. No URL of its own: they are served by views that ask the gate.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "archive.staticfiles.HashedStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

TAGGIT_CASE_INSENSITIVE = True

# Shared by all processes, or every one of them would count the rates for itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "archive_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "archive.sessions"

# A job that reads an import goes on until it is told to stop; the next worker takes it up.
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 2.0}

# Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]
FORMAT_MODULE_PATH = "archive.formats"
USE_TZ = True

# Accounts -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "archive.User"
AUTHENTICATION_BACKENDS = ["archive.permissions.PermissionsAtOnce"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "archive.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "archive.signup.SignupForm",
    "add_email": "archive.account_forms.AddEmailForm",
    "change_password": "archive.account_forms.ChangePasswordForm",
    "set_password": "archive.account_forms.SetPasswordForm",
    "reset_password": "archive.account_forms.ResetPasswordForm",
    "reset_password_from_key": "archive.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "archive.account_forms.ReauthenticateForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 3600  # the mail says so
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3  # this one too
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
# An address counts once its owner followed the link; without one there is no reset by mail.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
# No page tells whether an address has an account: two accounts may claim one, one can confirm it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Commonplace: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": f"{RATE_LOGIN}/ip",
    "login_failed": f"{RATE_LOGIN_FAILED}/key",
    "reauthenticate": f"{RATE_LOGIN_FAILED}/user",
    "change_password": f"{RATE_LOGIN_FAILED}/user",
    "signup": f"{RATE_SIGNUP}/ip",
    "reset_password": f"{RATE_RESET}/key,{RATE_LOGIN}/ip",
    "reset_password_from_key": f"{RATE_LOGIN}/ip",
    "manage_email": f"{RATE_RESET}/user",
    "confirm_email": f"{RATE_RESET}/key",
    # Ours, in archive/limits.py.
    "write": f"{RATE_WRITING}/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)

# Security -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
CSRF_FAILURE_VIEW = "archive.failures.form_too_old"
X_FRAME_OPTIONS = "SAMEORIGIN"  # DENY would blank the sidebars of annotation clients
SECURE_REFERRER_POLICY = "same-origin"

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Asked by machines on the same network.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    # Whether the domain's other hosts speak HTTPS is not the archive's to promise.
    "security.W005",
    "security.W021",
    # X_FRAME_OPTIONS is SAMEORIGIN for a good reason, said there.
    "security.W019",
]

# Logging --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "archive.logs.Text",
            "format": "{asctime} {levelname} {name}{request_id}: {message}",
            "style": "{",
        },
        "json": {"()": "archive.logs.Json"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would say everything twice.
        "django": {"handlers": [], "propagate": True},
        # It warns of every 404, which is the reader's matter.
        "django.request": {"level": "ERROR"},
        # Who calls the archive by a wrong name is answered with 400, and has a line of its own.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Queries hold what people wrote.
        "django.db.backends": {"level": "INFO"},
        # They report what they find at each start, before every command.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
