"""One's own notes from every article, and what was said lately for everyone."""

import pytest

from annotations import moderation, writing
from annotations.models import Audience, Motivation
from tests.factories import make_annotation, make_article, make_group, make_revision
from tests.paging import walk


@pytest.fixture
def notes(client, reader, second):
    """Notes of the reader of every sort, and one of the second."""
    trust, tariffs = make_article(title="Trust"), make_article(title="Tariffs")
    group = make_group(reader, second, name="Seminar")
    make_annotation(trust, by=reader, words="speaks of trust", body="One.", tags=("NATO",))
    make_annotation(
        trust, by=reader, words="tariffs", body="Two.", audience=Audience.PRIVATE,
        motivation=Motivation.QUESTIONING,
    )  # fmt: skip
    make_annotation(tariffs, by=reader, body="Three.", audience=Audience.GROUP, group=group)
    first = make_annotation(tariffs, by=second, words="second", body="Theirs.", tags=("NATO",))
    make_annotation(first, by=reader, body="Four.")
    make_revision(trust, html="<p>The first paragraph speaks of trust.</p>")
    client.force_login(reader)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Four.", "Three.", "Two.", "One."]),
        ("tag=nato", ["One."]),
        ("audience=private&audience=group", ["Three.", "Two."]),
        ("kind=questioning", ["Two."]),
        ("state=gone", ["Two."]),
        ("state=noted&state=gone", ["Two.", "One."]),
        ("q=TRUST+speaks", ["One."]),
        ("q=nato", ["One."]),
        ("q=three&audience=group", ["Three."]),
        ("q=theirs", []),
        ("tag=nato&kind=questioning", []),
    ],
)
def test_my_notes_are_narrowed(client, notes, query, found):
    assert walk(client, f"/annotations/mine/?{query}", "notes", "body") == found


def test_every_count_beside_my_notes_is_the_number_of_rows(client, notes):
    panel = client.get("/annotations/mine/").context["panel"]
    counts = {
        (group.facet.name, one.value.label): one.value.count
        for group in panel
        for one in group.shown
    }
    assert counts["audience", "Only me"] == counts["state", "Words are gone"] == 1
    assert counts["article", "Trust"] == 2
    for group in panel:
        for choice in group.shown:
            assert len(walk(client, choice.url, "notes", "body")) == choice.value.count, choice


def test_a_note_leads_to_its_passage_and_a_reply_says_to_whom(client, notes, reader):
    page = client.get("/annotations/mine/?q=four").content.decode()
    assert 'name="q" value="four"' in page
    assert 'name="q" value=""' in client.get("/annotations/mine/").content.decode()
    assert f'#note-{reader.annotations.get(body="Four.").pk}"' in page
    assert "replying to second" in page
    assert "second" in page.split("form-quote", 1)[1]  # the words the thread stands on


def test_my_notes_are_mine_alone_and_empty_ones_say_how_to_begin(client, notes, stranger):
    client.logout()
    assert client.get("/annotations/mine/").status_code == 302
    client.force_login(stranger)
    page = client.get("/annotations/mine/").content.decode()
    assert "Open an article and select a sentence." in page
    assert "Nothing matches this filter." in client.get("/annotations/mine/?q=x").content.decode()


def test_recent_notes_are_those_for_everyone(client, notes, reader, editor):
    assert walk(client, "/annotations/recent/", "notes", "body") == ["Four.", "Theirs.", "One."]
    client.logout()
    assert walk(client, "/annotations/recent/?tag=nato", "notes", "body") == ["Theirs.", "One."]
    hidden = reader.annotations.get(body="One.")
    moderation.hide(hidden, reason="Rude.", by=editor)
    writing.delete(reader.annotations.get(body="Four."))
    for user in (None, editor):
        if user:
            client.force_login(user)
        assert walk(client, "/annotations/recent/", "notes", "body") == ["Theirs."]
        offered = client.get("/annotations/recent/?all=tag").context["choices"]
        assert [(one.value.label, one.value.count) for one in offered] == [("NATO", 1)]


def test_long_lists_of_notes_have_pages_without_gaps_or_doubles(client, reader):
    article = make_article()
    for number in range(70):
        make_annotation(article, by=reader, body=f"Nr {number}", tags=("NATO",))
    client.force_login(reader)
    for url in ("/annotations/mine/?tag=nato", "/annotations/recent/?q=nr"):
        assert walk(client, url, "notes", "body") == [
            f"Nr {number}" for number in reversed(range(70))
        ]


def test_lists_of_notes_cost_the_same_for_2_and_20_rows(client, reader, count_queries):
    def grow(count: int) -> None:
        for number in range(count):
            article = make_article()
            note = make_annotation(article, by=reader, words="trust", tags=(f"t {number}", "NATO"))
            make_annotation(note, by=reader)

    client.force_login(reader)
    pages = ["/annotations/mine/?tag=nato", "/annotations/recent/"]
    grow(2)
    few = [count_queries(client.get, page) for page in pages]
    grow(18)
    assert [count_queries(client.get, page) for page in pages] == few
    assert max(few) <= 20
