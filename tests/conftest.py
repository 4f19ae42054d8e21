"""What every test has: a database, no network, fast passwords and a place for files."""

import gc
import itertools
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings

from archive import cluster
from tests.cast import make_administrator, make_editor, make_user
from tests.emptying import empty_tables
from tests.template import one_template

# Where the machine keeps no bytecode, each process would compile everything anew.
sys.dont_write_bytecode, os.environ["PYTHONDONTWRITEBYTECODE"] = False, ""
# What is imported and collected stays; looking through it for garbage would take a tenth.
gc.set_threshold(50_000, 20, 50)


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
    # What a test commits need not outlive a crash of the machine.
    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
    settings.WHITENOISE_AUTOREFRESH = True  # nothing was collected; else every request warns
    TransactionTestCase._fixture_teardown = lambda _test: empty_tables()


# What takes longest, so that no worker is still at it when the others have nothing left to do.
LONG = (
    *("browser/test_for_everyone.py", "access/test_no_trace.py", "importing/test_command.py"),
    *("setup/test_demo.py", "setup/test_database_gone.py", "setup/test_killed_worker.py"),
    "access/test_addresses.py",
)


@pytest.hookimpl(trylast=True)  # after the order was shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = [(path, number) for number, path in enumerate(LONG)]

    def place(item: pytest.Item) -> int:
        return next((n for path, n in places if item.path.as_posix().endswith(path)), len(LONG))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    gc.freeze()


def _with_room(call: Callable[..., Any], *args: Any) -> Any:
    return call(*args)


# Python keeps the frames of calls in pieces of 16 kB, and gives each piece back to the system when
# the calls in it have ended. Where a loop stands at the edge of one, each round maps memory anew:
# a tenth of all time. A frame this large brings a piece that holds whatever is called from it.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=100_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    runner = item.config.pluginmanager.get_plugin("runner")
    return _with_room(runner.pytest_runtest_protocol, item, nextitem)


def pytest_make_parametrize_id(val: Any, argname: str) -> str | None:
    """Bytes are not part of a name: packed ones hold the time, and all workers must agree."""
    return f"{argname}-in-bytes" if isinstance(val, bytes) else None


def pytest_unconfigure() -> None:
    # Not left to the interpreter's exit: the worker processes of a parallel run skip that.
    cluster.leave()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[None]:
    """The workers' databases are copies of that of the first."""
    if worker_id == "master":  # alone
        yield
        return
    with one_template(tmp_path_factory.getbasetemp().parent, django_db_blocker):
        yield


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, of which none is made before something is put into it."""
    base = tmp_path_factory.mktemp("media")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _files_of_the_test(_folders: Iterator[Path]) -> Iterator[None]:
    """Captures and images of a test go into a folder of its own."""
    with override_settings(MEDIA_ROOT=next(_folders)):
        yield


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


# The cast: a reader and a second one, an editor, an administrator, and one to be kept out.


@pytest.fixture
def reader(db: None) -> Any:
    return make_user("reader")


@pytest.fixture
def second(db: None) -> Any:
    return make_user("second")


@pytest.fixture
def stranger(db: None) -> Any:
    return make_user("stranger")


@pytest.fixture
def editor(db: None) -> Any:
    return make_editor()


@pytest.fixture
def admin_user(db: None) -> Any:
    return make_administrator()


@pytest.fixture
def count_queries(db: None) -> Callable[..., int]:
    """How many queries a call makes: ``count_queries(client.get, "/articles/")``."""

    def count(call: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
        # Django asks for each of these once in a process, whoever happens to be the first.
        ContentType.objects.get_for_models(*apps.get_models())
        with CaptureQueriesContext(connection) as queries:
            call(*args, **kwargs)
        return len(queries)

    return count


@pytest.fixture(scope="module")
def kept_rows(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Rows (and files) that a fixture of this scope makes stay for all tests of the module.

    What a test writes is taken back after it, as everywhere. Not for modules with tests that
    commit: those empty the tables.
    """
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        yield
        transaction.set_rollback(True)
