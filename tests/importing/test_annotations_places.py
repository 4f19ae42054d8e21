"""Where the words of annotations from elsewhere stand: once and surely, or listed as gone."""

import pytest

from annotations import placing
from annotations.importing.door import bring
from annotations.models import Anchor, Annotation
from articles.text import Span
from tests.factories import make_article, make_revision
from tests.hypothesis_export import annotation, export_of

FIRST = (
    "<p>Trust 🤝 is won slowly. The treaties that lasted were dull ones, written by clerks.</p>\n"
    "<p>Each side counted. Each side counted. Nobody wrote “nothing at all” in the margin.</p>"
)
SECOND = FIRST.replace("The treaties that lasted were dull ones, written by clerks.", "No more.")
STEADY = "\n<p>Ministers read what clerks had written, and signed it, each in turn, and went.</p>"


@pytest.fixture
def article(db):
    return make_article(title="On trust", slug="on-trust", html=FIRST + STEADY)


def brought(*rows):
    return bring(export_of(*rows), by=None)


def anchor(body: str = "A note.") -> Anchor:
    return Anchor.objects.get(annotation__body=body, revision__superseded_at=None)


def test_a_quote_that_stands_once_is_placed_whatever_its_position(article) -> None:
    (result,) = brought(annotation("treaties that lasted", start=4000))
    found = anchor()
    assert (found.exact, found.state, found.review) == ("treaties that lasted", "unchanged", "none")
    assert (result.words_gone, result.note.made_on.number) == (False, 1)


@pytest.mark.parametrize(
    ("quote", "state"),
    [
        ('"nothing at\n   all"', "unchanged"),
        ("eaties that  lasted\nwere dull one", "unchanged"),
        ("treaties, that lasted were dull", "changed"),
    ],
)
def test_a_quote_spelt_otherwise_is_placed_and_other_words_are_shown(
    article, client, quote, state
) -> None:
    brought(annotation(quote))
    assert anchor().state == state
    page = client.get("/articles/on-trust/").content.decode()
    assert ("Wording changed." in page) == (state == "changed")
    assert "Wording changed on" not in page


def test_of_several_places_context_decides_else_a_position_that_others_bear_out(article) -> None:
    text = article.revisions.get().text
    second = text.rindex("Each side counted")
    header = 900  # what stands before the text on the page, in UTF-16 units with the emoji
    brought(
        annotation("Each side counted", text="In context", suffix=". Nobody"),
        annotation("Each side counted", text="By position", start=header + 1 + second),
        annotation("written by clerks", text="Sure", start=header + 1 + text.index("written by")),
    )
    assert [anchor(body).start for body in ("In context", "By position")] == [second, second]
    assert anchor("By position").review == "none"


def test_a_position_that_nothing_bears_out_makes_a_person_look(article) -> None:
    second = article.revisions.get().text.rindex("Each side counted")
    brought(annotation("Each side counted", start=second + 4))
    assert (anchor().start, anchor().review) == (second, "waiting")
    brought(annotation("Each side counted", text="Nowhere near"))
    assert anchor("Nowhere near").state == "orphaned"


def test_words_of_an_earlier_text_are_carried_on(article) -> None:
    make_revision(article, html=SECOND + STEADY)
    (result,) = brought(annotation("written by clerks"), *[])
    states = Anchor.objects.order_by("revision__number").values_list("revision__number", "state")
    assert list(states) == [(1, "unchanged"), (2, "orphaned")]
    assert (result.note.made_on.number, result.words_gone) == (1, False)


def test_words_of_before_publication_are_not_looked_for(article) -> None:
    make_revision(article, html=SECOND + STEADY)
    type(article).objects.filter(pk=article.pk).update(public_from=2)
    (result,) = brought(annotation("written by clerks"))
    assert result.words_gone


def test_words_never_found_are_listed_as_gone_and_follow_the_text(article, client, editor) -> None:
    (result,) = brought(annotation("words that nobody here wrote at all", text="Lost note"))
    assert result.words_gone
    for _ in range(2):
        page = client.get("/articles/on-trust/").content.decode()
        group = page[page.index('id="words-are-gone"') :]
        assert "words that nobody here wrote at all" in group
        assert "These words were not found in the text." in group
        assert "See it in revision" not in group
        assert "Lost note" in group
        make_revision(article, html=SECOND + STEADY + "\n<p>Once more.</p>" * (_ + 1))
    assert client.get(f"/annotations/{result.note.pk}/").status_code == 200
    client.force_login(editor)
    page = client.get("/articles/on-trust/").content.decode()
    assert "Lost note" in page[page.index('id="words-are-gone"') :]
    assert "Attach to other words" in page
    queue = client.get("/annotations/review/").content.decode()
    assert "These words were not found in the text." in queue
    words = f"/annotations/{result.note.pk}/words/"
    assert "Accept" not in client.get(words).content.decode()
    client.post(words, {"act": "gone", "revision": "3"})
    assert anchor("Lost note").review == "corrected"
    assert "Nothing waits" in client.get("/annotations/review/").content.decode()


def test_a_person_attaches_words_never_found_and_importing_again_leaves_that(
    article, editor
) -> None:
    row = annotation("words that nobody here wrote at all")
    (result,) = brought(row)
    placing.attach(result.note, span=Span(0, 5), revision=1, by=editor)
    assert [str(one.outcome) for one in brought(row)] == ["unchanged"]
    assert (anchor().exact, anchor().overridden_by) == ("Trust", editor)


def test_words_that_a_correction_brings_are_found_by_importing_again(article) -> None:
    row = annotation("An addition about inspections.")
    assert brought(row)[0].words_gone
    make_revision(article, html=f"{FIRST}{STEADY}\n<p>An addition about inspections.</p>")
    assert anchor().state == "orphaned"
    assert [str(one.outcome) for one in brought(row)] == ["updated"]
    assert (anchor().state, Annotation.objects.get().made_on.number) == ("unchanged", 2)
    assert [str(one.outcome) for one in brought(row)] == ["unchanged"]


@pytest.mark.parametrize(
    ("selector", "lost"),
    [
        ({"type": "PageSelector", "index": 3}, False),
        ({"type": "RangeSelector", "startContainer": "/p[1]"}, True),
        ({"type": "TextPositionSelector", "start": 0, "end": 5}, True),
    ],
)
def test_a_position_without_words_is_no_place_here(article, client, selector, lost) -> None:
    (result,) = brought(annotation(target=[{"source": "x", "selector": [selector]}]))
    assert result.words_gone == lost
    assert not Anchor.objects.exclude(start=None).exists()
    page = client.get("/articles/on-trust/").content.decode()
    assert ("words-are-gone" in page, "A note." in page) == (lost, True)
