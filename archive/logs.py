"""What the log says, and what it never says.

One line per request: method, path, status, duration, account and request id. Never a query
string (what people search for is theirs), a key that opens something, or the values of a row
the database refused, which may be the words of a private note.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse
from pythonjsonlogger.json import JsonFormatter

logger = logging.getLogger("archive.requests")

# The request that is being answered.
_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Parts of an address that open something to whoever knows them.
_KEYS = frozenset({"key", "code", "token"})
# Asked for all the time by machines; told only where something is wrong.
_QUIET = ("/healthz", "/readyz", settings.STATIC_URL)
# Kinds of database errors whose first line names tables and constraints, never values.
_NAMES_ONLY = ("08", "23", "25", "40", "42", "53", "55", "57")
_FIELDS = (
    *("time", "level", "logger", "message", "request_id"),
    *("method", "path", "status", "duration_ms", "user_id", "exc_info"),
)


class RequestLog:
    """Middleware around all others: gives each request an id and writes its line.

    The id is the one a trusted proxy sent as X-Request-ID, and goes back under that name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        request.id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        token = _current.set(request)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            self._write(request, response, round(1000 * (time.monotonic() - began)))
        finally:
            _current.reset(token)
        return response

    def _write(self, request: HttpRequest, response: HttpResponse, duration: int) -> None:
        path, status = discreet_path(request), response.status_code
        quiet = status < 400 and request.path.startswith(_QUIET)
        logger.log(
            logging.DEBUG if quiet else logging.INFO,
            "%s %s %s %s ms user %s",
            *(request.method, path, status, duration, _user_id(request) or "-"),
            extra={
                "method": request.method,
                "path": path,
                "status": status,
                "duration_ms": duration,
                "user_id": _user_id(request),
            },
        )


def discreet_path(request: HttpRequest) -> str:
    """The path of ``request`` without its query and without keys that open something."""
    path = request.path
    match = request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if name in _KEYS:
            path = path.replace(str(value), "…")
    return path


def _user_id(request: HttpRequest) -> int | None:
    """Whose request it is, where that is known already: the log asks the database nothing."""
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    if user is not None and "_wrapped" not in user.__dict__:
        return user.pk
    session = getattr(getattr(request, "session", None), "_session_cache", {})
    return int(session[SESSION_KEY]) if SESSION_KEY in session else None


def _discreet(text: str, record: logging.LogRecord) -> str:
    """``text`` of the log without what it must not say."""
    problems = [arg for arg in _arguments(record) if isinstance(arg, BaseException)]
    if record.exc_info and record.exc_info[1]:
        problems.append(record.exc_info[1])
    for problem in _with_causes(problems):
        if isinstance(problem, DatabaseProblem | psycopg.Error) and str(problem):
            text = text.replace(str(problem), _names_only(problem))
    request = _current.get()
    if request is not None and request.path != (path := discreet_path(request)):
        text = text.replace(request.path, path)
    return text


def _arguments(record: logging.LogRecord) -> tuple[Any, ...]:
    return record.args if isinstance(record.args, tuple) else ()


def _with_causes(problems: list[BaseException]) -> Iterator[BaseException]:
    waiting, seen = list(problems), set()
    while waiting:
        problem = waiting.pop()
        if id(problem) in seen:
            continue
        seen.add(id(problem))
        yield problem
        waiting += [one for one in (problem.__cause__, problem.__context__) if one is not None]
        waiting += getattr(problem, "exceptions", ())


def _names_only(problem: BaseException) -> str:
    """What the database said, as far as it cannot hold values of a row."""
    source = problem if isinstance(problem, psycopg.Error) else problem.__cause__
    state = getattr(source, "sqlstate", None)
    if state is None:
        return str(problem)  # said by the driver, of the connection rather than of a row
    if state.startswith(_NAMES_ONLY):
        return f"[{state}] {str(problem).splitlines()[0]}"
    return f"[{state}] (left out: it may quote what was sent)"


class Text(logging.Formatter):
    """A line for people, with the id of the request."""

    def format(self, record: logging.LogRecord) -> str:
        request = _current.get()
        record.request_id = f" {request.id[:8]}" if request is not None else ""
        return _discreet(super().format(record), record)


class Json(JsonFormatter):
    """One JSON object a line, with the fields we chose and no others."""

    def add_fields(self, log_data: dict, record: logging.LogRecord, message_dict: dict) -> None:
        super().add_fields(log_data, record, message_dict)
        request = _current.get()
        log_data |= {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": _discreet(record.message, record),
            "request_id": request.id if request is not None else None,
        }
        if record.exc_info:
            log_data["exc_info"] = _discreet(log_data["exc_info"], record)

    def process_log_record(self, log_data: dict) -> dict:
        return {name: log_data[name] for name in _FIELDS if log_data.get(name) is not None}
