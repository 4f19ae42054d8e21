"""While the database is away, whoever comes is told so; when it is back, so is the archive."""

import json
import os
import signal
import subprocess
from typing import Any

from tests.setup.driving import Archive, wait_until

# One process that asks the whole list of addresses whenever it is sent a line.
ASKING = """
import json, sys
import django; django.setup()
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import close_old_connections
from django.test import Client

settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
call_command("migrate", verbosity=0)
user, _ = get_user_model().objects.get_or_create(username="somebody")
client = Client(raise_request_exception=False)
client.force_login(user)

def ask(path, method="get", **headers):
    answer = getattr(client, method)(path, headers=headers)
    close_old_connections()  # as a server does between requests; the client for tests does not
    said = answer.getvalue().decode()
    return [answer.status_code, answer.headers.get("Retry-After"), said]

for line in sys.stdin:
    print("ANSWERS", json.dumps({
        "page": ask("/articles/"),
        "admin": ask("/admin/"),
        "nowhere": ask("/nowhere/"),
        "form": ask("/annotations/preview/", "post"),
        "htmx": ask("/", **{"HX-Request": "true"}),
        "json": ask("/", Accept="application/json"),
        "token": ask("/", Authorization="Bearer cp_x"),
        "static": ask("/static/css/base.css"),
        "healthz": ask("/healthz"),
        "readyz": ask("/readyz"),
    }), flush=True)
"""


def asked(process: subprocess.Popen[str]) -> dict[str, Any]:
    process.stdin.write("now\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("ANSWERS "):
            return json.loads(line.removeprefix("ANSWERS "))
    raise AssertionError("it ended")


def test_an_outage_is_told_and_ends_by_itself(used_archive: Archive) -> None:
    used_archive.member()
    process = used_archive.start(
        *("-c", ASKING),
        DJANGO_SETTINGS_MODULE="archive.settings",
        DATABASE_URL=f"postgresql://commonplace@/commonplace?host={used_archive.data}",
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS="testserver",
        HTTPS="false",
    )
    before = asked(process)
    usual = {name: answer[0] for name, answer in before.items()}
    assert {usual[name] for name in ("page", "htmx", "static", "healthz", "readyz")} == {200}

    server = (used_archive.data / "postmaster.pid").read_text().split()[0]
    os.kill(int(server), signal.SIGQUIT)
    wait_until(lambda: not used_archive.runs())
    away = asked(process)
    assert {name: answer[0] for name, answer in away.items()} == dict.fromkeys(usual, 503) | {
        "static": 200,
        "healthz": 200,
    }
    for name in ("page", "admin", "nowhere", "form", "htmx", "token"):
        assert away[name][1] == "30"
        assert "It cannot reach its database" in away[name][2], name
    assert json.loads(away["json"][2]) == {"error": "The archive cannot reach its database."}
    assert json.loads(away["readyz"][2]) == {"status": "unavailable", "database": False}

    used_archive.member()  # whoever comes next starts the server
    assert {name: answer[0] for name, answer in asked(process).items()} == usual
