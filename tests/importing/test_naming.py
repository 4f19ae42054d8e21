"""Names are found again, and addresses made of titles are readable and never taken twice."""

import threading
from datetime import date

import pytest
from django.db import connection

from articles.models import Article, ArticleSlug, Person, Publisher
from articles.naming import people_named, publisher_named, save_new_article
from tests.factories import make_article, make_publisher


@pytest.mark.django_db
def test_publishers_and_people_are_found_whatever_the_case() -> None:
    ledger = make_publisher("THE LEDGER")
    ada = Person.objects.create(name="ada marsh", slug="ada")
    assert publisher_named(" The  Ledger") == ledger
    assert people_named(["Ada Marsh"]) == [ada]
    assert people_named(["Ada"]) != [ada]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Évian, 1962: «la paix»", "évian-1962-la-paix"),
        ("Ваша книга", "ваша-книга"),
        ("على حافة النهر", "على-حافة-النهر"),
        ("???", "article"),
        ("word " * 40, "-".join(["word"] * 18)),
    ],
)
def test_addresses_are_readable_in_every_script(title: str, slug: str) -> None:
    assert save_new_article(Article(title=title)).slug == slug


@pytest.mark.django_db
def test_a_taken_address_gets_the_year_and_then_a_number() -> None:
    make_article(slug="state-of-the-union")
    former = make_article()
    ArticleSlug.objects.create(article=former, slug="state-of-the-union-1999")
    titled = {"title": "State of the Union", "date_precision": "day"}
    slugs = [
        save_new_article(Article(**titled, published_on=date(1998, 1, 27))).slug,
        save_new_article(Article(**titled, published_on=date(1998, 1, 28))).slug,
        save_new_article(Article(**titled, published_on=date(1999, 1, 19))).slug,
        save_new_article(Article(title="State of the Union")).slug,
    ]
    assert slugs == [
        "state-of-the-union-1998",
        "state-of-the-union-1998-2",
        "state-of-the-union-1999-2",
        "state-of-the-union-2",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_publisher_and_two_addresses() -> None:
    start = threading.Barrier(4)
    found: list[tuple[int, str]] = []

    def run() -> None:
        start.wait()
        publisher = publisher_named("The Ledger")
        found.append((publisher.pk, save_new_article(Article(title="On tariffs")).slug))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Publisher.objects.count() == 1
    assert {pk for pk, _slug in found} == {Publisher.objects.get().pk}
    assert {slug for _pk, slug in found} == {
        "on-tariffs",
        "on-tariffs-2",
        "on-tariffs-3",
        "on-tariffs-4",
    }
