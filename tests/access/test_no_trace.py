"""What somebody may not see leaves no trace: every page is the same with it and without it.

So no count, facet, order, suggestion, ETag or paging key tells of it either.
"""

import re

import pytest
from django.db import transaction

from tests.audiences import DESK, SECRETS
from tests.scene import Scene
from tests.walking import ROWS, requests

pytestmark = pytest.mark.django_db

# Made anew with every answer.
CHANCE = re.compile(
    r'name="(?:csrfmiddlewaretoken|submission)"[^>]*|hx-headers=\'[^\']*\'|[0-9.]+ seconds ago'
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b"
)
TIMES = {"Expires", "Last-Modified", "Content-Length", "X-Request-ID"}
# Their own trace is promised: a tombstone, a reopened note, a name or code that changed.
OPENLY = {"deleted", "earlier", "group_name", "invitation"}
# The page that closes an account counts all one wrote, also where the article is not to be read.
OWN = {"reader": {"draft", "withdrawn", "on_draft", "on_withdrawn"}}
BUT = {
    "admin:annotations_group_delete",  # a group with notes stays, and says so
    "admin:articles_tag_changelist",
}


def everything_for(scene: Scene, who: str, asked: list[str]) -> dict[str, str]:
    client = scene.client(who)
    pages = {}
    for url in asked:
        with transaction.atomic():
            answer = client.get(url)
            transaction.set_rollback(True)
        headers = {name: value for name, value in answer.headers.items() if name not in TIMES}
        said = CHANCE.sub("", answer.getvalue().decode("utf-8", "replace"))
        pages[url] = f"{answer.status_code} {headers}\n{said}"
    return pages


@pytest.mark.parametrize("who", ["nobody", "second", "reader", "editor"])
def test_what_somebody_may_not_see_changes_no_page_of_theirs(bare_scene: Scene, who: str) -> None:
    openly = OPENLY | OWN.get(who, set())
    secrets = [kind for kind, may in SECRETS.items() if who not in may and kind not in openly]
    names = [name for name, row in ROWS.items() if row.sends is None and name not in BUT]
    # A form for a new row shows none that exist.
    names = [name for name in names if not (name.startswith("admin:") and name.endswith("_add"))]
    with transaction.atomic():
        bare_scene.add(kind for kind in SECRETS if kind not in secrets)
        names = [name for name in names if who in DESK or not name.startswith("admin:")]
        asked = [r.url for name in names for r in requests(bare_scene, name)]
        without = everything_for(bare_scene, who, asked)
        bare_scene.add(secrets)
        with_them = everything_for(bare_scene, who, asked)
        transaction.set_rollback(True)
    bare_scene.forget()
    told = {}
    for url, page in without.items():
        before, after = page.splitlines(), with_them[url].splitlines()
        if before != after:
            told[url] = [(a, b) for a, b in zip(before, after, strict=False) if a != b][:2]
    assert len(asked) > 30
    if told:  # said here, because comparing whole pages takes minutes
        pytest.fail("\n".join(f"{url} {lines}" for url, lines in told.items()))
