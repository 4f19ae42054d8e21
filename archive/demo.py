"""The demonstration: prepare the database, then serve until somebody stops it.

It makes accounts whose passwords everybody knows, so it serves loopback only and refuses
to touch a database named by DATABASE_URL.
"""

import fcntl
import hashlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess as Process
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from procrastinate.contrib.django import app

from archive import cluster
from archive.tether import end_with_parent

HOST = "127.0.0.1"
# Name and role; the password is the name.
ACCOUNTS = {"reader": "", "second": "", "editor": "Editors", "admin": "Administrators"}
# Forked children need not load everything anew; elsewhere forking is not safe.
_START = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 10


class DemoProblem(Exception):
    """The demonstration cannot start or go on; the message is a sentence for a person."""


def run(*, port: int, browser: bool, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop everything that was started."""
    if settings.DATABASE_URL:
        raise DemoProblem(
            _("The demo makes accounts with known passwords, so it does not use DATABASE_URL.")
        )
    _refuse_taken(port)
    # Everybody knows the passwords: slow hashing would protect nothing, and cost a second. Where
    # the same database is served in earnest, who logs in gets a slow hash in place of theirs.
    PBKDF2PasswordHasher.iterations = 1000
    # Started in the background by a shell, we would ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _database_server_ends_with_us() as keeper:
            _prepare(say)
            with _children(port) as children:
                _wait_for_answer(port, children)
                _tell(port, browser=browser, say=say)
                started_by = os.getppid()
                while os.getppid() == started_by or not _run_by_uv():
                    _refuse_ended([keeper, *children])
                    time.sleep(0.5)
    except KeyboardInterrupt:
        say(_("Stopped."))


def _tell(port: int, *, browser: bool, say: Callable[[str], None]) -> None:
    where = f"http://{HOST}:{port}/"
    say(_("The archive is at %(where)s, its admin at %(where)sadmin/.") % {"where": where})
    say(_("Log in as %(names)s; the password is the name.") % {"names": ", ".join(ACCOUNTS)})
    say(_("Stop with Ctrl-C."))
    if browser:
        _open_browser(where)


def _run_by_uv() -> bool:
    """Whether ``uv run`` started us: who kills it means us, and it cannot pass that on."""
    return "UV_RUN_RECURSION_DEPTH" in os.environ


def _refuse_taken(port: int) -> None:
    with socket.socket() as attempt:
        # As the server does, so that a port just given back counts as free.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
            attempt.listen()
        except (OSError, OverflowError) as problem:
            raise DemoProblem(
                _("Port %(port)s cannot be used (%(problem)s): choose another with --port.")
                % {"port": port, "problem": getattr(problem, "strerror", None) or problem}
            ) from problem


# The database server --------------------------------------------------------------------------


@contextmanager
def _database_server_ends_with_us() -> Iterator[Process]:
    """Have the server stopped also when we are killed: a process of its own waits for that.

    The others cannot promise it. Whichever is the last to end may itself have been killed.
    """
    keeper = _START.Process(target=_keep, name="keeper of the database")
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.kill()
        keeper.join()


def _keep() -> None:
    os.setsid()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    cluster.join(settings.VAR_DIR)
    multiprocessing.parent_process().join()
    cluster.leave(patience=_SECONDS_TO_STOP)


# Preparing ------------------------------------------------------------------------------------


def _prepare(say: Callable[[str], None]) -> None:
    """Bring the database, its content, the accounts and the static files up to date."""
    with _only_one_prepares():
        say(_("Preparing the database in %(folder)s …") % {"folder": settings.VAR_DIR})
        # On another processor, and begun before there is a connection to be shared by mistake.
        collecting = _START.Process(target=_collect_static_files, name="collectstatic")
        collecting.start()
        call_command("migrate", interactive=False, verbosity=0)
        _make_accounts()
        _load_fixtures()
        collecting.join()
        if collecting.exitcode:
            raise DemoProblem(_("The static files could not be collected."))
    connection.close()  # not to be shared with the children either


@contextmanager
def _only_one_prepares() -> Iterator[None]:
    """Two demos started at once prepare one after the other."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.VAR_DIR / "demo.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_accounts() -> None:
    for name, role in ACCOUNTS.items():
        user, made = get_user_model().objects.get_or_create(
            username=name, defaults={"password": make_password(name), "is_staff": bool(role)}
        )
        if made and role:
            user.groups.add(Group.objects.get(name=role))


def _load_fixtures() -> None:
    if apps.get_model("articles.Article").objects.exists():
        return
    if files := sorted((settings.BASE_DIR / "fixtures").glob("*.json")):
        call_command("loaddata", *files, verbosity=0)


def _collect_static_files() -> None:
    """Collect them unless they are the files collected last time; in a process of its own."""
    _become_child()
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            state.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT).with_name("staticfiles.state")
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    staticfiles_storage.compresses = False  # they go no further than this machine
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state.hexdigest())


# Serving --------------------------------------------------------------------------------------


@contextmanager
def _children(port: int) -> Iterator[list[Process]]:
    """The web server and the job worker; both have ended when this is left."""
    children = [
        _START.Process(target=_serve, args=[port], name="web server"),
        _START.Process(target=_work, name="job worker"),
    ]
    try:
        for child in children:
            child.start()
        yield children
    finally:
        # A second Ctrl-C must not leave half of them running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop([child for child in children if child.pid])


def _serve(port: int) -> None:
    _become_child()
    # One thread a worker was measured fastest; two, so that one slow page blocks none.
    Granian(
        "archive.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        workers_kill_timeout=3,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def _work() -> None:
    _become_child()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker()
    cluster.leave()  # multiprocessing ends a child without what is due at exit


def _become_child() -> None:
    os.setsid()  # Ctrl-C comes to the demo, which stops its children
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(grace_seconds=3)
    django.setup()  # for nothing in a forked process


def _stop(children: list[Process]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + _SECONDS_TO_STOP
    for child in children:
        child.join(max(0, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()


def _wait_for_answer(port: int, children: list[Process]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        _refuse_ended(children)
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise DemoProblem(_("The web server did not answer within a minute."))


def _refuse_ended(children: list[Process]) -> None:
    for child in children:
        if not child.is_alive():
            raise DemoProblem(
                _("The %(name)s ended unexpectedly (status %(status)s); everything was stopped.")
                % {"name": child.name, "status": child.exitcode}
            )


def _open_browser(where: str) -> None:
    """Open the start page, where there is a screen: elsewhere a text browser would block."""
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        return
    try:
        webbrowser.open(where)
    except webbrowser.Error:
        return
