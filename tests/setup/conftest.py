"""Archives in temporary folders; what happens to them happens to no other."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.setup.driving import Archive


@pytest.fixture
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as attempt:
            attempt.bind(("127.0.0.1", 0))
            port: int = attempt.getsockname()[1]
            return port

    return find


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new archive, whose database does not exist yet."""
    archive = Archive(tmp_path / "var")
    yield archive
    archive.clean_up()


@pytest.fixture(scope="session")
def _archive_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = Archive(tmp_path_factory.mktemp("used") / "var")
    archive.member().communicate()
    yield archive
    archive.clean_up()


@pytest.fixture
def used_archive(_archive_of_the_session: Archive) -> Iterator[Archive]:
    """An archive with a database, in which no process of an earlier test goes on."""
    yield _archive_of_the_session
    _archive_of_the_session.end_processes()
