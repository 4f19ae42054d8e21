"""The front page shows the archive on its own words, what is new, and ways in."""

from annotations import moderation
from annotations.models import Audience
from tests.factories import make_annotation, make_article, make_publisher

TEXT = (
    "<p>They met in spring. A promise kept on time needs no interpretation at all. "
    "They parted in autumn.</p>"
)


def test_the_most_answered_passage_is_shown_with_what_was_said(client, reader, second, editor):
    article = make_article(title="Trust", html=TEXT)
    words = "A promise kept on time needs no interpretation at all."
    make_annotation(
        article, by=reader, words="They met in spring. A promise kept on time", body="Later."
    )
    note = make_annotation(article, by=reader, words=words, body="Untrue.")
    make_annotation(note, by=second, body="You skipped two words.")
    make_annotation(note, by=second, body="Softly.", only_me=True)
    sample = client.get("/").context["sample"]
    assert (sample.before, sample.words) == ("They met in spring. ", words)
    assert sample.after == " They parted in autumn."
    assert (sample.note.body, sample.reply.body) == ("Untrue.", "You skipped two words.")
    moderation.hide(note, reason="Rude.", by=editor)
    client.force_login(editor)
    assert client.get("/").context["sample"].note.body == "Later."


def test_private_notes_are_never_shown_there_not_even_to_their_writer(client, reader):
    article = make_article(html=TEXT)
    words = "A promise kept on time needs no interpretation"
    make_annotation(article, by=reader, words=words, body="Mine.", audience=Audience.PRIVATE)
    client.force_login(reader)
    page = client.get("/")
    assert page.context["sample"] is None
    assert "Mine." not in page.content.decode()


def test_the_ways_in_lead_to_lists_with_as_many_articles(client, editor):
    for number in range(3):
        make_article(tags=("NATO",), publisher=make_publisher(), published_on="2012-01-01",
                     date_precision="year", title=f"Nr {number}")  # fmt: skip
    make_article()
    make_article(html=None, tags=("NATO",))
    client.force_login(editor)
    ways = {group.facet.name: group for group in client.get("/").context["ways"]}
    assert set(ways) >= {"tag", "publisher"}
    (nato,) = ways["tag"].shown
    assert nato.value.count == 3
    client.logout()
    assert client.get(nato.url).context["count"] == 3


def test_an_empty_archive_has_a_front_page_too(client, db):
    page = client.get("/")
    assert page.status_code == 200
    assert "What you can do here" in page.content.decode()
