"""An editor changes a text in the admin: sees what that does, says why, and records a revision."""

import re
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.utils.html import strip_tags

from annotations.models import Anchor
from articles.importing import markdown
from articles.models import Revision
from tests.factories import make_annotation, make_article, make_revision

TEXTS = sorted((Path(__file__).parents[2] / "fixtures/texts").glob("*.md"))
STEADY = (
    "<p>The treaties that lasted were dull ones, written by clerks who had time, and read by "
    "ministers who had none; each side knew what the other counted, and how, and when.</p>"
)
FIRST = f"<p>Trust is won slowly and lost at once.</p>\n<p>Nobody counts favours.</p>\n{STEADY}"
RICH = (
    '<dl><dt id="text-a">Trust</dt>\n<dd>See <a href="#text-n1"><sup>1</sup></a></dd></dl>\n'
    "<table><caption>Costs</caption>\n<thead><tr><th>Year</th>\n<th>Cost</th></tr></thead>\n"
    '<tbody><tr><td colspan="2">None</td></tr></tbody></table>\n'
    '<p dir="rtl" lang="ar">كلمات <q>هنا</q></p>\n<p><abbr title="World">W</abbr> H<sub>2</sub>O '
    'and&nbsp;so</p>\n<section role="doc-endnotes"><ol><li id="text-n1">A note.</li></ol></section>'
)


@pytest.fixture
def article(db, reader):
    article = make_article(slug="on-trust", title="On trust", html=FIRST)
    make_annotation(article, by=reader, words="The treaties that lasted")
    make_annotation(article, by=reader, words="won slowly and lost at once")
    make_annotation(article, by=reader, words="Nobody counts favours.")
    return article


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def address(article):
    return f"/admin/articles/article/{article.pk}/text/"


def sent_back(response, act, **changes):
    """What a browser would send from the form of ``response``."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return {**values, "act": act, **changes}


def look(desk, article, html, **changes):
    page = desk.get(address(article))
    return desk.post(address(article), sent_back(page, "look", text=html, **changes))


def record(desk, article, html, reason="A slip of the pen"):
    seen = look(desk, article, html)
    return desk.post(address(article), sent_back(seen, "record", reason=reason), follow=True)


def plain(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


CHANGED = FIRST.replace("won slowly", "won very slowly").replace(
    "<p>Nobody counts favours.</p>", ""
)


def test_the_consequence_comes_first_and_then_the_revision(desk, article, editor):
    anchors = Anchor.objects.count()
    seen = look(desk, article, CHANGED)
    told = plain(seen)
    assert "Of 3 notes: 1 stays, 1 changes, 1 loses its words" in told
    assert "[inserted: very ]" in told
    assert (Revision.objects.count(), Anchor.objects.count()) == (1, anchors), "it only looked"
    done = desk.post(address(article), sent_back(seen, "record", reason="Too short"), follow=True)
    assert "Revision 2 of “On trust” is recorded." in plain(done)
    made = article.revisions.get(superseded_at=None)
    assert (made.number, made.reason, made.made_by) == (2, "Too short", editor)
    assert made.metadata["title"] == "On trust"
    assert article.field_origins.get(field="text").locked, "no import takes it back"
    assert "Too short" in LogEntry.objects.get(user=editor).change_message


def test_nothing_is_recorded_that_was_not_looked_at(desk, article):
    page = desk.get(address(article))
    data = sent_back(page, "record", text=CHANGED, reason="In haste")
    assert "Of 3 notes" in plain(desk.post(address(article), data))
    seen = look(desk, article, CHANGED)
    other = sent_back(seen, "record", text=CHANGED.replace("dull", "long"), reason="In haste")
    assert "long" in plain(desk.post(address(article), other))
    assert article.revisions.count() == 1


def test_a_reason_is_asked_for_and_the_text_kept(desk, article):
    seen = look(desk, article, CHANGED)
    refused = desk.post(address(article), sent_back(seen, "record", reason=" "))
    assert refused.status_code == 422
    assert "Say why the text changes." in plain(refused)
    assert refused.context["form"]["text"].value() == seen.context["form"]["text"].value()
    assert article.revisions.count() == 1


def test_of_two_editors_the_second_is_told_and_loses_nothing(desk, article, editor):
    seen = look(desk, article, CHANGED, reason="Mine")
    make_revision(article, html=FIRST.replace("dull", "long"), made_by=editor)
    late = desk.post(address(article), sent_back(seen, "record"))
    told = plain(late)
    assert late.status_code == 412
    assert "editor recorded revision 2 at" in told
    assert "[deleted: long]" in told, "compared with theirs"
    assert "won very slowly" in late.context["form"]["text"].value()
    assert late.context["form"]["reason"].value() == "Mine"
    assert article.revisions.count() == 2
    desk.post(address(article), sent_back(late, "record"))
    assert "won very slowly" in article.revisions.get(superseded_at=None, number=3).text


def test_the_same_text_makes_no_revision_and_the_page_says_so(desk, article):
    seen = look(desk, article, FIRST.replace("\n", "\r\n"))
    assert "There is nothing to record." in plain(seen)
    assert "Record revision" not in plain(seen)
    desk.post(address(article), sent_back(seen, "record", reason="Nothing"))
    assert article.revisions.count() == 1


def test_a_mended_link_is_a_revision_in_which_every_note_stays(desk, article):
    linked = FIRST.replace("favours", '<a href="https://example.org/">favours</a>')
    assert "Every word stays." in plain(look(desk, article, linked))
    record(desk, article, linked, "A link added")
    made = article.revisions.get(superseded_at=None)
    assert made.number == 2
    assert 'href="https://example.org/"' in made.html
    assert set(made.anchors.values_list("state", flat=True)) == {"unchanged"}
    assert "Every word stays;" in plain(desk.get("/articles/on-trust/revisions/"))


def test_what_a_text_cannot_hold_is_taken_out_and_told(desk, article):
    html = (
        FIRST + '<script>alert(1)</script><p onclick="x()">A <u>word</u>, a '
        '<a href="javascript:x()">trap</a><img src="https://example.org/x.png" alt="x"></p>'
    )
    told = plain(look(desk, article, html))
    assert "<script> (1)" in told.replace("&lt;", "<").replace("&gt;", ">")
    assert "onclick (1)" in told
    assert "img" in told
    record(desk, article, html)
    made = article.revisions.get(superseded_at=None)
    assert made.text.endswith("\nA word, a trap")
    assert "javascript" not in made.html
    assert "alert" not in made.html


def test_an_article_without_a_text_gets_its_first(desk):
    article = make_article(html=None)
    record(desk, article, "<p>At last.</p>")
    assert article.revisions.get().text == "At last."


def test_only_editors_change_texts(client, article, reader, editor):
    data = {"text": CHANGED, "reason": "Mine", "replacing": 1, "act": "look"}
    assert client.get(address(article)).status_code == 302
    client.force_login(reader)
    assert client.post(address(article), data).status_code in {302, 403}
    assert "edit text" not in client.get("/articles/on-trust/").content.decode()
    client.force_login(editor)
    assert address(article) in client.get("/articles/on-trust/").content.decode()
    assert (
        address(article)
        in client.get(address(article)[: -len("text/")] + "change/").content.decode()
    )
    assert client.post(address(article), data).status_code == 200


def test_opening_and_sending_a_text_changes_nothing_of_it(desk, article):
    bodies = [markdown.read(path.read_text()).html for path in TEXTS]
    for number, html in enumerate([RICH, *bodies]):
        text = make_article(slug=f"text-{number}", html=html)
        page = desk.get(address(text))
        again = desk.post(address(text), sent_back(page, "look", reason="No change"))
        assert again.context["same"], html[:200]
        assert not any(again.context["left_out"].values())


def test_looking_costs_the_same_for_many_notes(desk, article, reader, count_queries):
    def see():
        look(desk, article, CHANGED)

    see()
    few = count_queries(see)
    for _ in range(10):
        make_annotation(article, by=reader, words="won slowly and lost at once")
    assert count_queries(see) == few <= 30
