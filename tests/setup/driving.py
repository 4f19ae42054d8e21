"""An archive of its own in a temporary folder, driven from outside as an operator does it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path("/var/lib/commonplace")


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{true} was not true within {seconds} seconds"
        time.sleep(0.05)


def answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Archive:
    """One var folder and the processes a test started on it."""

    var: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **extra: str) -> dict[str, str]:
        """Ours, without what would lead to another database."""
        ours = {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "UV_RUN_RECURSION_DEPTH"}
        return {k: v for k, v in os.environ.items() if k not in ours} | {
            "VAR_DIR": str(self.var),
            "PYTHONPATH": str(ROOT),
            **extra,
        }

    def python(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run Python to its end."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(**extra),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def manage(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *arguments, **extra)

    def sql(self, statement: str, **extra: str) -> Any:
        """The one value ``statement`` yields, asked while a process uses the server."""
        member = self.member(**extra)
        where = f"host={self.data} user=commonplace dbname=commonplace"
        with psycopg.connect(where, autocommit=True) as connection:
            value = connection.execute(statement).fetchone()[0]
        member.communicate()
        return value

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        """Start Python and go on."""
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(**extra),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def log(self, port: int) -> Path:
        return self.var.with_name(f"demo-{port}.log")

    def demo(
        self, port: int, *, through_uv: bool = False, said: str = "http://127.0.0.1:"
    ) -> subprocess.Popen[str]:
        """A demo that has ``said`` its address, or something else."""
        log = self.log(port)
        program = [shutil.which("uv"), "run"] if through_uv else [sys.executable]
        with log.open("w") as file:
            process = subprocess.Popen(
                [*program, "manage.py", "demo", "--port", str(port), "--no-browser"],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.started.append(process)
        # The first start migrates, which takes long where others want the processors too.
        wait_until(lambda: said in log.read_text() or process.poll() is not None, seconds=120)
        assert process.poll() is None, log.read_text()
        return process

    def member(self, **extra: str) -> subprocess.Popen[str]:
        """A process that uses the server until its input ends."""
        process = self.start(
            "-c",
            "import pathlib, sys; from archive import cluster;"
            f"cluster.join(pathlib.Path({str(self.var)!r})); print('joined', flush=True);"
            "sys.stdin.read()",
            **extra,
        )
        assert process.stdout.readline() == "joined\n", process.communicate()[0]
        return process

    @property
    def home(self) -> Path:
        pointer = self.var / "postgres.path"
        return Path(pointer.read_text().strip()) if pointer.exists() else self.var

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    def runs(self) -> bool:
        """Whether the database server runs."""
        try:
            pid = (self.data / "postmaster.pid").read_text().split()[0]
            return "postgres" in Path(f"/proc/{pid}/cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError, IndexError):
            return False

    def end_processes(self) -> None:
        """End whatever was started here, and with it the server."""
        for process in self.started:
            process.kill()
            process.communicate()
        self.started.clear()
        if self.runs():
            self.member().communicate()  # the last one to leave stops the server

    def clean_up(self) -> None:
        self.end_processes()
        if self.home != self.var:
            assert self.home.parent == SHARED
            shutil.rmtree(self.home)
