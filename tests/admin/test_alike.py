"""Articles with nearly the same text are listed for editors, who look at two and keep both."""

from typing import Any

from django.test import Client

from articles.importing import alike
from articles.models import AlikePair
from tests.copies import body, edited, speech
from tests.factories import make_article

LIST = "/admin/articles/article/alike/"


def test_pairs_are_listed_looked_at_and_kept_apart_for_good(client: Client, editor: Any) -> None:
    make_article(html=body(speech(1)), title="On tariffs")
    make_article(html=body(edited(speech(1))), title="Trade and its foes")
    client.force_login(editor)
    page = client.get(LIST).content.decode()
    pair = AlikePair.objects.get()
    assert "<bdi>On tariffs</bdi> · <bdi>Trade and its foes</bdi>" in page
    seen = client.get(f"{LIST}{pair.pk}/").content.decode()
    assert "<ins>" in seen
    client.post(f"{LIST}{pair.pk}/")
    assert "On tariffs" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{pair.pk}/").status_code == 404


def test_the_list_goes_on_where_a_page_ends_in_as_many_queries(
    client: Client, editor: Any, count_queries: Any, monkeypatch: Any
) -> None:
    articles = [make_article(html=body(speech(1))) for _ in range(4)]
    while alike.reckon_owed(10):
        pass
    assert AlikePair.objects.count() == 6
    monkeypatch.setattr("articles.admin.alike_pages.PAGE", 4)
    client.force_login(editor)
    client.get(LIST)
    first = client.get(LIST)
    rest = client.get(f"{LIST}?after={first.context['after']}")
    seen = [pair.pk for page in (first, rest) for pair in page.context["pairs"]]
    assert sorted(seen) == sorted(AlikePair.objects.values_list("pk", flat=True))
    few = count_queries(client.get, f"{LIST}?after={first.context['after']}")
    assert count_queries(client.get, LIST) == few
    assert articles
