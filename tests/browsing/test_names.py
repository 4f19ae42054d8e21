"""A tag, a person and a publisher have pages of their own, and lists of all there are."""

import pytest

from annotations.models import Audience
from articles.models import Person, Publisher, Tag
from tests.factories import make_annotation, make_article, make_publisher


def titles(response) -> list[str]:
    return [article.title for article in response.context["articles"]]


@pytest.fixture
def named(db):
    return make_article(
        title="On trust",
        people=("Ada Marsh",),
        tags=("trust", "arms control"),
        publisher=make_publisher("The Notebook"),
    )


def test_each_name_leads_to_its_works(client, named):
    make_article(title="Another", people=("Bruno Dunn",), tags=("tariffs",))
    for name in (Tag.objects.get(name="trust"), Person.objects.get(name="Ada Marsh")):
        assert titles(client.get(name.get_absolute_url())) == ["On trust"]
    assert titles(client.get(Publisher.objects.get().get_absolute_url())) == ["On trust"]


def test_a_person_is_shown_with_roles_and_orcid(client, named):
    ada = Person.objects.get()
    ada.orcid = "0000-0002-1825-0097"
    ada.save()
    named.authorships.create(person=ada, position=1, role="editor")
    response = client.get(ada.get_absolute_url())
    assert response.context["roles"] == [("Author", 1), ("Editor", 1)]
    assert titles(response) == ["On trust"]
    assert b"https://orcid.org/0000-0002-1825-0097" in response.content


def test_a_tag_shows_what_it_means_what_stands_beside_it_and_its_notes(client, named, reader):
    Tag.objects.filter(name="trust").update(definition="Belief that is not checked.")
    make_annotation(named, by=reader, body="Said aloud.", tags=("trust",))
    make_annotation(
        named, by=reader, body="Said softly.", tags=("trust",), audience=Audience.PRIVATE
    )
    response = client.get("/tags/trust/")
    assert "Belief that is not checked." in response.content.decode()
    assert [(tag.name, tag.n) for tag in response.context["related"]] == [("arms control", 1)]
    assert [note.body for note in response.context["notes"]] == ["Said aloud."]
    client.force_login(reader)
    assert client.get("/tags/trust/").context["note_count"] == 2


def test_names_nobody_else_may_know_of_are_told_to_nobody_else(client, reader, editor, named):
    draft = make_article(
        html=None, people=("Secret Pen",), publisher=make_publisher("Hidden Press")
    )
    make_annotation(named, by=reader, tags=("my secret",), audience=Audience.PRIVATE)
    of_draft = [Person.objects.get(name="Secret Pen"), draft.publisher]
    private = Tag.objects.get(name="my secret")

    def known_to(user) -> list[bool]:
        if user:
            client.force_login(user)
        seen = []
        for name, index in zip([*of_draft, private], ("people", "publishers", "tags"), strict=True):
            found = client.get(name.get_absolute_url()).status_code == 200
            assert found == (name in client.get(f"/{index}/").context["names"])
            seen.append(found)
        return seen

    assert known_to(None) == [False, False, False]
    assert known_to(reader) == [False, False, True]
    assert known_to(editor) == [True, True, False]


def test_lists_of_names_are_in_order_with_counts_and_can_be_searched(client, named):
    make_article(tags=("trust", "Zebra", "apes"))
    page = client.get("/tags/")
    assert [(tag.name, tag.n) for tag in page.context["names"]] == [
        ("apes", 1), ("arms control", 1), ("trust", 2), ("Zebra", 1),
    ]  # fmt: skip
    assert [tag.name for tag in client.get("/tags/?find=RUS").context["names"]] == ["trust"]
    assert "Show all" in client.get("/tags/?find=nothing").content.decode()


def test_a_long_list_of_names_has_pages_without_gaps_or_doubles(client, db):
    Tag.objects.bulk_create(
        Tag(name=f"Tag {n:03}", slug=f"tag-{n}", curated=True) for n in range(250)
    )
    seen, after = [], ""
    while True:
        page = client.get("/tags/", {"after": after})
        seen += [tag.name for tag in page.context["names"]]
        after = page.context["page"].after
        if not after:
            break
    assert seen == [f"Tag {n:03}" for n in range(250)]


def test_a_tag_without_a_letter_has_a_page_too(client, db):
    make_article(tags=("?!", "💣"))
    pages = [client.get(tag.get_absolute_url()) for tag in Tag.objects.all()]
    assert [page.status_code for page in pages] == [200, 200]


def test_pages_of_names_cost_the_same_for_2_and_20_rows(client, reader, named, count_queries):
    pages = ["/tags/trust/", Person.objects.get().get_absolute_url(), "/tags/", "/people/"]

    def grow(count: int) -> None:
        for number in range(count):
            article = make_article(
                people=("Ada Marsh", f"P {number}"), tags=("trust", f"t {number}"),
                publisher=make_publisher(),
            )  # fmt: skip
            make_annotation(article, by=reader, words="trust", tags=("trust",))

    grow(2)
    few = [count_queries(client.get, page) for page in pages]
    grow(18)
    assert [count_queries(client.get, page) for page in pages] == few
    assert max(few) <= 12
