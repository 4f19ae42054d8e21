"""What is known of an article is corrected: the history tells from what to what, and to whom."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from articles import editing
from articles.importing.document import Contributor, Document
from articles.importing.record import record
from articles.models import Article, Person, Publisher
from tests.cast import make_editor, make_user
from tests.factories import make_article, make_publisher

# Each act is a transaction of its own, as each request is.
pytestmark = pytest.mark.django_db(transaction=True)

HISTORY = "/articles/on-trust/revisions/"


@pytest.fixture
def article():
    return make_article(slug="on-trust", title="On trust", people=("Ada Low",), tags=("arms",))


def correct(article, **values):
    for name, value in values.items():
        setattr(article, name, value)
    editing.save(article, changed=values, by=make_editor("someone"))


def plain(client, url=HISTORY):
    return re.sub(r"\s+", " ", strip_tags(client.get(url).content.decode()))


def test_what_was_entered_when_the_article_was_made_is_no_correction(client, article):
    assert "Corrected:" not in plain(client)
    assert "Corrected:" not in plain(client_of("editor"))


def client_of(name):
    client = Client()
    client.force_login(make_editor(name))
    return client


def test_a_correction_stands_in_the_list_with_old_and_new(client, article):
    publisher = make_publisher("The Ledger")
    correct(article, title="On trust and credit", publisher=publisher)
    told = plain(client)
    assert "Corrected: Title, Publisher" in told
    assert "On trust[inserted: and credit]" in told
    assert "[inserted: The Ledger]" in told
    assert told.index("Corrected:") < told.index("Revision 1 current"), "the newest first"


def test_editors_see_who_corrected_and_readers_do_not(article):
    desk = client_of("eddie")
    context = desk.get(f"/admin/articles/article/{article.pk}/change/").context
    data = {"act": ""}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        data |= {
            f.html_name: f.value()
            for f in form
            if f.value() not in (None, "") and f.value() is not False
        }
    data |= {"tags": "arms", "standfirst": "A standfirst."}
    assert desk.post(f"/admin/articles/article/{article.pk}/change/", data).status_code == 302
    correction = "Corrected: Standfirst"
    assert "by eddie" in plain(desk).partition(correction)[2].partition("Revision 1")[0]
    reader = client_of("other")
    reader.force_login(make_user("reader"))
    told = plain(reader).partition(correction)
    assert told[1]
    assert "by eddie" not in told[2].partition("Revision 1")[0]


def test_an_import_that_enriches_leaves_its_traces(client, article):
    article.identifiers.create(scheme="doi", value="10.5555/trust")
    document = Document(
        title="On trust",
        html=article.revisions.get().html,
        people=(Contributor("Ada Low", "author"), Contributor("Ben Ray", "translator")),
        tags=("arms", "trust"),
        identifiers=(("doi", "10.5555/trust"),),
    )
    record(document, raw=b"x", media_type="text/plain")
    told = plain(client)
    assert "Corrected: People, Tags" in told
    assert "Ada Low[inserted: ; Ben Ray (Translator)]" in told
    assert "arms[inserted: , trust]" in told


def test_names_that_were_merged_away_are_still_told(client, article):
    other = Person.objects.create(name="A. Low", slug="a-low")
    article.authorships.update(person=other)
    Person.objects.get(name="Ada Low").delete()
    assert "[deleted: Ada][inserted: A.] Low" in plain(client)


def test_changes_to_a_draft_are_not_public(client):
    draft = make_article(slug="on-trust", title="Draft title", state="draft")
    correct(draft, title="On trust")
    editing.publish(draft, by=make_editor("publisher"))
    assert "Corrected:" not in plain(client)
    assert "Draft title" not in plain(client)
    assert "Corrected: Title" in plain(client_of("eddie"))


def test_loading_a_fixture_makes_no_corrections(client, article, tmp_path):
    correct(article, title="On trust and credit")
    names = ["articles.Article", "articles.Revision", "articles.Person", "articles.Authorship"]
    file = tmp_path / "corpus.json"
    call_command("dumpdata", *names, "articles.Tag", "articles.TaggedArticle", output=str(file))
    for model in (Article, Person, Publisher):
        model.objects.all().delete()
    call_command("loaddata", str(file), verbosity=0)
    assert "On trust and credit" in plain(client)
    assert "Corrected:" not in plain(client)


def test_the_history_costs_the_same_for_many_corrections(client, article, count_queries):
    correct(article, title="On trust 0", publisher=make_publisher())
    client.get(HISTORY)
    few = count_queries(client.get, HISTORY)
    for number in range(1, 12):
        values = {"title": f"On trust {number}", "publisher": make_publisher()}
        Article.objects.update(**values)
    assert count_queries(client.get, HISTORY) == few <= 16
