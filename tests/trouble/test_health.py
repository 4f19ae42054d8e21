"""What an orchestrator asks: whether the process answers, and whether readers can be served."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

pytestmark = pytest.mark.django_db


def heartbeat(seconds_ago: int) -> None:
    """What a worker leaves in the database, as long ago as that."""
    when = timezone.now() - timedelta(seconds=seconds_ago)
    table = ProcrastinateWorker._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (last_heartbeat) VALUES (%s)", [when])  # noqa: S608


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("heartbeats", "worker"), [((), False), ((600,), False), ((5,), True), ((600, 5), True)]
)
def test_readers_are_served_without_a_worker_and_it_is_told(
    client: Client, heartbeats: tuple[int, ...], worker: bool
) -> None:
    for seconds in heartbeats:
        heartbeat(seconds)
    status = "ok" if worker else "degraded"
    checks = {"database": True, "migrations": True, "worker": worker}
    assert ready(client) == (200, {"status": status, **checks})


def test_an_archive_whose_tables_are_older_than_its_code_is_not_ready(client: Client) -> None:
    heartbeat(1)
    last = MigrationRecorder.Migration.objects.filter(app="archive").latest("pk")
    last.delete()
    checks = {"database": True, "migrations": False, "worker": True}
    assert ready(client) == (503, {"status": "unavailable", **checks})


def test_the_process_answers_without_asking_the_database(
    client: Client, reader: Any, count_queries: Any
) -> None:
    client.force_login(reader)
    assert count_queries(client.get, "/healthz") == 0
    assert client.get("/healthz").json() == {"status": "ok"}


def test_machines_ask_over_plain_http_where_people_may_not(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/articles/").status_code == 301
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
