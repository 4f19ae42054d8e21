"""Odd values in an address are answered as any others are: with a page or a refusal."""

from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.scene import Scene
from tests.walking import ROWS, requests

# What breaks readers of numbers, dates, keys of paging, queries and text; %ED%A0%80 is half a
# character.
VALUES = [
    *("\x00", "%ED%A0%80", "9" * 30, "-1", "٣~٣", "NaN", "infinity~1", "0000-00-00", "²"),
    *("0001-01-01~1", "9999-12-31T23:59:59.999999~99999999999999999999", "2020-02-30", "~"),
    *("a" * 3000, "'\"<script>", "\"unclosed", "((((", "*:*", "\\", "999999999.0-999999999.abcdef"),
]  # fmt: skip
NAMES = (
    *("q", "tag", "author", "publisher", "person", "year", "kind", "language", "from", "to"),
    *("in", "sort", "after", "before", "page", "notes", "select", "revision", "start", "end"),
    *("paragraph", "whole", "ids", "next", "attach", "find", "outcome", "invitation", "group"),
)
CHOSEN = ["articles_article_withdraw", "articles_tag_merge", "articles_redaction_lift"]
READ = [name for name, row in ROWS.items() if row.sends is None and not name.startswith("admin:")]

pytestmark = pytest.mark.django_db


def ask(scene: Scene, who: str, url: str) -> HttpResponse:
    with transaction.atomic():
        answer = scene.client(who).get(url)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value[:12]))
def test_an_odd_value_is_answered(scene: Scene, value: str) -> None:
    """Each address is asked with the value under every name at once."""
    odd = value if value.startswith("%") else quote(value)
    query = "&".join(f"{name}={odd}" for name in NAMES)
    number = VALUES.index(value)
    for name in READ[number % 3 :: 3]:  # a third of the addresses each
        url = next(requests(scene, name)).url.partition("?")[0]
        answer = ask(scene, "reader", f"{url}?{query}")
        assert answer.status_code < 500, url


@pytest.mark.parametrize("ids", ["9" * 30, "9" * 5000, "²", ",,-2"], ids=lambda ids: ids[:5])
@pytest.mark.parametrize("page", CHOSEN)
def test_rows_chosen_by_odd_numbers_are_none(scene: Scene, page: str, ids: str) -> None:
    """The desk's pages for several rows lead back to their list."""
    answer = ask(scene, "administrator", f"{reverse(f'admin:{page}')}?ids={quote(ids)}")
    assert answer.status_code == 302
