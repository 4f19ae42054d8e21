"""Going through a list page by page, as a reader who presses "older" does."""

from operator import attrgetter
from typing import Any

from django.test import Client


def walk(client: Client, url: str, rows: str = "articles", tell: str = "title") -> list[Any]:
    """What each of the ``rows`` of every page from ``url`` on is called."""
    seen: list[Any] = []
    while url:
        context = client.get(url).context
        seen += map(attrgetter(tell), context[rows])
        url = context["next_url"]
    return seen
