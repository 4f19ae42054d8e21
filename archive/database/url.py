"""DATABASE_URL, read strictly into Django's words."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Options that libpq takes and an operator has reason to set; a slip in a name must not
# silently connect without encryption.
_OPTIONS = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_idle",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
}


def parse(url: str) -> dict[str, Any]:
    """NAME, USER, PASSWORD, HOST, PORT and OPTIONS of ``postgresql://…``.

    A socket's folder is the percent-encoded host (``postgresql://me@%2Frun%2Fpg/name``) or
    the option ``host``. Raises ImproperlyConfigured, never repeating the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # Not Python's words for it: they may quote a piece of the password.
        raise ImproperlyConfigured(
            "DATABASE_URL is not an address: is there a #, / or ? to be written as %23, %2F, %3F?"
        ) from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://, as in "
            "postgresql://user:password@host:5432/name."
        )
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured("DATABASE_URL must end with the name of one database.")
    if parts.fragment:
        raise ImproperlyConfigured("DATABASE_URL has a '#': write it as %23.")
    try:
        pairs = parse_qsl(parts.query, strict_parsing=True) if parts.query else []
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL has an option without a value.") from None
    options = dict(pairs)
    if len(options) != len(pairs):
        raise ImproperlyConfigured("DATABASE_URL names an option twice.")
    host = options.pop("host", unquote(parts.hostname or ""))
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ImproperlyConfigured(f"DATABASE_URL has unknown options: {', '.join(unknown)}.")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }
