"""What a card tells of words that moved, changed or went: since when, and from where."""

from datetime import UTC, datetime

import pytest

from tests.factories import make_annotation, make_article, make_revision

BLOCKS = [
    "<p>The first paragraph speaks of trust, and of how slowly it is won by small steps.</p>",
    "<p>The second speaks of tariffs, which nobody has ever liked but which everybody keeps.</p>",
    "<p>The third asks who counts the warheads, and who counts those that count them.</p>",
]


@pytest.fixture
def corrected(reader, monkeypatch):
    """An article whose texts, one for each list of blocks, were recorded on 1 January and after."""

    def corrected(*texts, words):
        for day, blocks in enumerate(texts, 1):
            now = datetime(2020, 1, day, tzinfo=UTC)
            monkeypatch.setattr("articles.revisions.timezone.now", lambda now=now: now)
            html = "\n".join(blocks)
            if day == 1:
                article = make_article(slug="on-trust", html=html)
                make_annotation(article, words=words, by=reader)
            else:
                make_revision(article, html=html)
        monkeypatch.undo()
        return article

    return corrected


def test_moved_words_tell_the_paragraph_they_stood_in(client, corrected):
    first, second, third = BLOCKS
    added = "<p>An addition that is about nothing else.</p>"
    corrected(BLOCKS, [third, first, second], [third, first, second, added], words="who counts the")
    page = client.get("/articles/on-trust/").content.decode()
    assert "Moved: this passage stood in paragraph 3." in page
    earlier = client.get("/articles/on-trust/revisions/1/").content.decode()
    assert "Moved:" not in earlier


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (BLOCKS[1].replace("ever liked", "liked"), "Wording changed on 2 January 2020."),
        ("<p>Instead of it something wholly different.</p>", "gone since 2 January 2020."),
    ],
)
def test_a_later_correction_elsewhere_does_not_change_the_date(client, corrected, second, told):
    spared = [BLOCKS[0], second, BLOCKS[2].replace("asks", "demands to know")]
    words = "nobody has ever liked but which everybody keeps"
    corrected(BLOCKS, [BLOCKS[0], second, BLOCKS[2]], spared, words=words)
    assert told in client.get("/articles/on-trust/").content.decode()
