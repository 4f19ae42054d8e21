"""What every test has: a database, no network, fast passwords and a place for files."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from archive import cluster


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # The tests' client speaks plain HTTP, as a browser does to a test server.
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.ACCOUNT_RATE_LIMITS = False


def pytest_unconfigure() -> None:
    # Not left to the interpreter's exit: the worker processes of a parallel run skip that.
    cluster.leave()


@pytest.fixture(autouse=True)
def _files_of_the_test(tmp_path: Path) -> Iterator[None]:
    """Captures and images of a test go where the test's files go."""
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path / "media"
    yield
    settings.MEDIA_ROOT = before


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails, wherever it runs."""
    connect = socket.socket.connect

    def connect_at_home(self: socket.socket, address: Any) -> None:
        at_home = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        if not at_home:
            raise RuntimeError(f"A test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_at_home)
