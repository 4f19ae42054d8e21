"""The demonstration starts, is shared, stops, and comes back after it was killed."""

import http.client
import os
import re
import signal
import socket
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import pytest

from tests.setup.driving import Archive, answers, wait_until

PARTS = ["keeper of the database", "web server", "job worker"]  # in the order of their start


def log_in(port: int, name: str, password: str) -> int:
    """The status that answers the log-in form; 302 for somebody who may come in."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/accounts/login/")
        with connection.getresponse() as page:
            cookie = page.headers["Set-Cookie"].split(";")[0]
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        form = {"csrfmiddlewaretoken": token, "login": name, "password": password}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", "/accounts/login/", urllib.parse.urlencode(form), headers)
        with connection.getresponse() as answer:
            return answer.status


@pytest.fixture
def nothing_is_left(used_archive: Archive) -> Callable[[int], bool]:
    """Whether no process of the archive runs and nothing holds the port."""

    def ask(port: int) -> bool:
        mine = f"VAR_DIR={used_archive.var}".encode()
        running = set()
        for environment in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mine in environment.read_bytes().split(b"\0"):
                    running.add(environment.parent.name)
            except OSError:
                continue
        return not running and not answers(port) and not used_archive.runs()

    return ask


def test_it_serves_the_known_accounts_also_after_it_was_killed_and_stops_cleanly(
    used_archive, free_port, nothing_is_left
) -> None:
    port = free_port()
    demo = used_archive.demo(port)
    for name in ("reader", "second", "editor", "admin"):
        assert log_in(port, name, name) == 302
    assert log_in(port, "admin", "another") == 200
    demo.kill()
    wait_until(lambda: nothing_is_left(port), seconds=10)
    again = used_archive.demo(port)
    assert log_in(port, "reader", "reader") == 302
    again.send_signal(signal.SIGINT)
    assert again.wait(15) == 0
    assert nothing_is_left(port)


def test_killed_while_it_prepares_it_leaves_nothing_running(
    used_archive, free_port, nothing_is_left
) -> None:
    port = free_port()
    demo = used_archive.demo(port, said="Preparing")
    wait_until(used_archive.runs)
    demo.kill()
    wait_until(lambda: nothing_is_left(port), seconds=15)


def test_killed_above_it_leaves_nothing_running(used_archive, free_port, nothing_is_left) -> None:
    port = free_port()
    used_archive.demo(port, through_uv=True).kill()
    wait_until(lambda: nothing_is_left(port), seconds=10)


def end(demo: Popen[str], part: str, log: Path) -> None:
    """Kill one part of a demo, which then ends as well and says why."""
    children = Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text().split()
    os.kill(int(children[PARTS.index(part)]), signal.SIGKILL)
    assert demo.wait(15) == 1
    assert f"{part} ended unexpectedly" in log.read_text()


def test_two_demos_share_the_database_and_the_last_one_stops_it(
    used_archive, free_port, nothing_is_left
) -> None:
    ports = [free_port(), free_port()]
    demos = [used_archive.demo(port) for port in ports]
    demos[0].terminate()
    assert demos[0].wait(15) == 0
    assert used_archive.runs()
    assert log_in(ports[1], "reader", "reader") == 302
    end(demos[1], "keeper of the database", used_archive.log(ports[1]))
    assert nothing_is_left(ports[1])


@pytest.mark.parametrize("part", PARTS[1:])
def test_it_stops_with_an_error_when_a_part_of_it_ends(
    used_archive, free_port, nothing_is_left, part
) -> None:
    port = free_port()
    end(used_archive.demo(port), part, used_archive.log(port))
    assert nothing_is_left(port)


def test_a_port_that_is_taken_is_said_before_anything_is_made(archive, tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = archive.manage("demo", "--port", str(port), "--no-browser")
    assert answer.returncode == 1
    assert str(port) in answer.stderr
    assert "--port" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not archive.data.exists()


def test_it_does_not_touch_a_database_named_by_address(archive, free_port) -> None:
    answer = archive.manage(
        *("demo", "--port", str(free_port()), "--no-browser"),
        DATABASE_URL="postgresql://nobody@192.0.2.1/nothing",
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS="localhost",
    )
    assert answer.returncode == 1
    assert "DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr
