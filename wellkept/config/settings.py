"""Settings of one process, for one operator, under one role. What an operator may change is in its pack."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wellkept.cli.cluster import ClusterError, parameters, state_folder
from wellkept.policy import entrances, packs

WELLKEPT_OPERATOR = os.environ.get("WELLKEPT_OPERATOR", "")
if not WELLKEPT_OPERATOR:
    sentence = (
        "Say which operator this process serves: WELLKEPT_OPERATOR=umr, or the name of another folder of operators/."
    )
    raise ImproperlyConfigured(sentence)
WELLKEPT_ROLE = os.environ.get("WELLKEPT_ROLE", "web")
WELLKEPT_STATE = state_folder()
PACK = packs.named(WELLKEPT_OPERATOR)


def database(role: str, which: str, *, pooled: bool) -> dict[str, Any]:
    """Django's entry for one role's connection to the ``records`` or the ``keys``.

    Values travel apart from the statement, so that no log and no view of the server holds one. Where no cluster was
    started yet the entry names no server: commands that need none still work, and those that do say so.
    """
    try:
        parts = parameters(operator=WELLKEPT_OPERATOR, role=role, database=which)
    except ClusterError:
        parts = {
            "host": str(WELLKEPT_STATE / "postgres"),
            "port": 5432,
            "dbname": "not-started",
            "user": role,
            "password": "",
        }
    transport = {name: parts[name] for name in parts if name not in ("host", "port", "dbname", "user", "password")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts["host"],
        "PORT": parts["port"],
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "PASSWORD": parts["password"],
        "CONN_MAX_AGE": 0 if pooled else None,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, "application_name": "wellkept", **transport}
        | ({"pool": POOL} if pooled else {}),
    }


# What DISCARD ALL does, but for the plans: they hold no value, and without them every function of the gate is planned
# anew on every page (59 pages a second so, 129 without). Statements prepared by name stay for the driver's own use.
FORGET = (
    "close all; reset session authorization; reset all; unlisten *; select pg_advisory_unlock_all();"
    " discard temp; discard sequences"
)


def forget(connection: Any) -> None:  # noqa: ANN401  (psycopg's connection, not imported for one name)
    """Leave nothing behind for whoever gets this connection next: a cursor WITH HOLD outlives its transaction."""
    connection.autocommit = True
    connection.execute(FORGET)
    connection.autocommit = False


# A stopped database is known as such after three seconds: a page that waits longer holds a thread that others need.
POOL = {"min_size": 1, "max_size": int(os.environ.get("WELLKEPT_CONNECTIONS", "6")), "reset": forget, "timeout": 3.0}
POOLED = WELLKEPT_ROLE == "web"
DATABASES = {
    "default": database(WELLKEPT_ROLE, "records", pooled=POOLED),
    "keys": database(WELLKEPT_ROLE, "keys", pooled=POOLED),
}
# Where the entrance is a process of its own, the others hold no secret of it and no connection.
ENTRANCE = os.environ.get("WELLKEPT_ENTRANCE", entrances.WITH)
if ENTRANCE not in entrances.KINDS:
    raise ImproperlyConfigured(f"WELLKEPT_ENTRANCE is one of {', '.join(entrances.KINDS)}.")
if WELLKEPT_ROLE == "web" and ENTRANCE != entrances.APART:
    DATABASES["entrance"] = database("entrance", "records", pooled=POOLED)
DATABASE_ROUTERS = ["wellkept.config.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
# Django's own signing is not used for anything a person holds; sessions are rows under a hash of their secret.
SECRET_KEY = os.environ.get("WELLKEPT_SECRET", "no process signs anything with this")
ALLOWED_HOSTS = [*PACK.hosts, "localhost", "127.0.0.1", "[::1]"] if not PACK.production else list(PACK.hosts)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("WELLKEPT_TRUSTED_PROXY") else None
ROOT_URLCONF = "wellkept.web.urls"
WSGI_APPLICATION = "wellkept.config.wsgi.application"
APPEND_SLASH = True

ROOMS = (
    "people", "accounts", "organisations", "consent", "access", "benefits", "service", "ledger", "vault", "notices",
    "intake", "rights", "proof", "files", "statistics", "links", "disclosures", "inquiries",
)  # fmt: skip
DOORS = (
    "shell", "site", "entrance", "account", "member", "provider", "employer", "agent", "partner", "colleagues", "desk",
    "privacy", "operations", "staff",
)  # fmt: skip
INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    *(f"wellkept.{room}" for room in ROOMS),
    *(f"wellkept.web.{door}" for door in DOORS),
]
MIDDLEWARE = [
    "wellkept.web.shell.logs.RequestLog",
    "wellkept.web.shell.headers.Headers",
    "wellkept.web.shell.counting.Counting",
    "wellkept.web.shell.kept_pages.KeptPages",
    "wellkept.web.shell.compressed.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wellkept.web.shell.language.Language",
    "wellkept.web.shell.apart.Apart",
    "wellkept.web.shell.origin.SameOrigin",
    "wellkept.web.shell.visitor.Visitor",
    "wellkept.web.shell.typed.Typed",
    "wellkept.web.shell.lasting.Lasting",
    "wellkept.web.shell.unread.Unread",
    "wellkept.web.shell.preferences.Preferences",
    "wellkept.web.shell.errors.Answers",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["wellkept.web.shell.context.frame"]},
    }
]
PASSWORD_HASHERS = ["wellkept.accounts.passwords.Argon2id"]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86400
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["wellkept.cli.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(packs.__file__).parent / "locale"]
FORMAT_MODULE_PATH = "wellkept.web.shell.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# A file is read where a view takes it, as the view's mark says, and lies in no temporary file.
FILE_UPLOAD_HANDLERS = ["wellkept.web.shell.uploads.handler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "wellkept": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Django's request logger writes the path of each refused or failed request; ours writes the route instead.
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
