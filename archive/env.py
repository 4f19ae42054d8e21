"""The environment, read strictly: the only file that looks at ``os.environ``.

A value that is set but odd stops the start with the variable's name: falling back to a
default would run the archive under settings nobody chose. A variable set to nothing
counts as not set, as in ``PORT= command``.
"""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def env_str(name: str, default: str | None = None) -> str:
    """The variable's text; without a default it is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is required: set it in the environment.")
    return default


def env_bool(name: str, default: bool) -> bool:
    """True or false, in one of the usual spellings."""
    value = env_str(name, "").lower()
    if not value:
        return default
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in _TRUE


def env_int(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number in decimal digits, not below ``minimum``."""
    value = env_str(name, "")
    if not value:
        return default
    # isdecimal alone accepts the digits of other scripts, which int would take too.
    if not (value.isascii() and value.isdecimal()) or int(value) < minimum:
        raise ImproperlyConfigured(
            f"{name} must be a whole number of at least {minimum}, not {value!r}."
        )
    return int(value)


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    """The parts between commas; without a default at least one is required."""
    value = env_str(name, None if default is None else "")
    if not value and default is not None:
        return default
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        raise ImproperlyConfigured(f"{name} has an empty part between its commas: {value!r}.")
    return parts


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``."""
    value = env_str(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def env_path(name: str, default: Path) -> Path:
    """A path made absolute, so that a later change of folder does not move it."""
    return Path(env_str(name, str(default))).absolute()


def env_rate(name: str, default: str) -> str:
    """How often, as ``30/m``, ``10/5m`` or ``100/h``: so many in so many s, m, h or d."""
    value = env_str(name, default)
    if not re.fullmatch(r"[1-9][0-9]*/(?:[1-9][0-9]*)?[smhd]", value, re.ASCII):
        raise ImproperlyConfigured(
            f"{name} must be a rate such as 30/m, 10/5m or 100/h, not {value!r}."
        )
    return value
