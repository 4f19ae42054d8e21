"""Every address of the archive, for everybody: what it answers, and what it must not tell."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from tests.audiences import DESK, EVERYBODY, SECRETS, marker
from tests.scene import Scene
from tests.walking import ROWS, Request, addresses, parameters, requests

pytestmark = pytest.mark.django_db
SESSION = 'django_session"'
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")


def ask(scene: Scene, who: str, request: Request) -> tuple[HttpResponse, str, list[str]]:
    """The answer, everything it says, and what asking wrote, which is taken back."""
    client, writes = scene.client(who), []

    def heard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(str(sql)) and SESSION not in sql:
            writes.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(heard):
        if request.sends is None:
            answer = client.get(request.url)
        else:
            answer = client.post(request.url, request.sends)
        said = answer.getvalue().decode("utf-8", "replace") + str(answer.headers)
        transaction.set_rollback(True)
    return answer, said, writes


def test_every_address_has_a_row() -> None:
    rows = {name.removeprefix("POST ") for name in ROWS}
    known = {address.name for address in addresses()}
    assert known - rows == set(), "add a line for each to tests/addresses.py or admin_addresses.py"
    assert rows - known == set(), "these addresses are gone: take their lines out of the tables"


def test_the_secrets_are_there_to_be_told(scene: Scene) -> None:
    group, item = scene.group.pk, parameters(scene)["batch_id"]
    places = {
        "/articles/on-trust/": ["private", "group", "hidden", "only_me"],
        "/articles/kept-back/": ["draft", "on_draft"],
        "/articles/taken-back/": ["withdrawn", "on_withdrawn"],
        f"/annotations/{scene.opened.pk}/history/": ["earlier"],
        f"/admin/articles/importbatch/{item}/items/": ["waiting"],
        "/admin/annotations/flag/": ["report"],
        f"/admin/annotations/group/{group}/change/": ["invitation"],
        "/admin/annotations/group/": ["group_name"],
        f"/admin/archive/user/{scene.people['reader'].pk}/change/": ["email"],
        "/admin/archive/apitoken/": ["token"],
    }
    for url, kinds in places.items():
        for who in sorted(DESK if url.startswith("/admin/") else EVERYBODY):
            _, said, _ = ask(scene, who, Request(url, "", None))
            told = [kind for kind in kinds if marker(kind) in said]
            assert told == [kind for kind in kinds if who in SECRETS[kind]], (who, url)


# The names of tags are one list for all who may change it.
SHARED = {"admin:articles_tag_changelist"}
# What texts have in common is reckoned when somebody looks, and kept.
RECKONED = {"admin:articles_article_alike"}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_an_address_answers_as_the_table_says_and_tells_nobody_too_much(
    scene: Scene, name: str
) -> None:
    wrong: list[Any] = []
    row = ROWS[name]
    for request in requests(scene, name):
        for who in sorted(EVERYBODY):
            answer, said, writes = ask(scene, who, request)
            if row.about == "slug":
                said = said.replace(request.subject, "")  # the log-in leads back to it
            about = (who, request.subject, request.url)
            expected = row.status(who, request.subject)
            if answer.status_code != expected:
                wrong.append((*about, f"{answer.status_code} instead of {expected}"))
            told = [
                kind for kind, may in SECRETS.items() if marker(kind) in said and who not in may
            ]
            if told and name not in SHARED:
                wrong.append((*about, f"tells {told}"))
            refused = answer.status_code in (401, 403, 404, 410)
            reckons = name in RECKONED and not refused
            if writes and not reckons and (request.sends is None or refused):
                wrong.append((*about, f"writes {writes}"))
    assert not wrong, "\n".join(map(str, wrong))
