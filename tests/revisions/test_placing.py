"""People decide where a note stands: they attach it, check it, call its words gone, and undo."""

import pytest

from annotations.models import Anchor
from tests.factories import make_annotation, make_article, make_revision

STEADY = (
    "\n<p>The treaties that lasted were dull ones, written by clerks who had time, and read by "
    "ministers who had none; each side knew what the other counted, and how, and when.</p>"
)
FIRST = f"<p>Trust is won slowly and lost at once.</p>{STEADY}\n<p>Trust, again.</p>"
CUT = FIRST.replace("Trust is won slowly and lost", "An embassy was opened and closed")


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html=FIRST)


@pytest.fixture
def lost(article, reader):
    note = make_annotation(article, by=reader, words="Trust is won slowly", body="Said of old")
    make_revision(article, html=CUT)
    return note


@pytest.fixture
def waiting(article, reader):
    note = make_annotation(article, by=reader, words="written by clerks who had time")
    make_revision(article, html=FIRST.replace("Trust, again", "Trust, once more"))
    note.anchors.filter(revision__superseded_at=None).update(
        review="waiting", confidence=0.7, state="changed"
    )
    return note


def now(note) -> Anchor:
    return note.anchors.get(revision__superseded_at=None)


def send(client, note, act: str, **data):
    data = {"revision": 2, "act": act, **data}
    return client.post(f"/annotations/{note.pk}/words/", data)


def test_a_reader_attaches_their_own_note_to_other_words(client, lost, reader):
    client.force_login(reader)
    assert now(lost).state == "orphaned"
    page = client.get("/articles/on-trust/").content.decode()
    assert f'href="/articles/on-trust/?attach={lost.pk}#article-body"' in page
    assert "Attach to other words" in client.get("/annotations/mine/").content.decode()
    assert send(client, lost, "attach", words="An  embassy\nwas opened").status_code == 302
    anchor = now(lost)
    assert (anchor.exact, anchor.state, anchor.review) == (
        "An embassy was opened",
        "changed",
        "corrected",
    )
    assert anchor.overridden_by == reader
    assert "Notes whose words are gone" not in client.get("/articles/on-trust/").content.decode()


def test_words_that_stand_twice_are_offered_as_a_choice(client, article, lost, reader):
    client.force_login(reader)
    response = send(client, lost, "attach", words="time")
    assert response.status_code == 302
    response = send(client, lost, "attach", words="who had")
    page = response.content.decode()
    assert response.status_code == 422
    assert "These words stand 2 times." in page
    assert page.count('name="place"') == 2
    send(client, lost, "attach", words="who had", place=1)
    assert now(lost).exact == "who had"
    assert now(lost).suffix.startswith(" none")


@pytest.mark.parametrize(("words", "told"), [("", "Paste the words"), ("nowhere", "do not stand")])
def test_words_that_do_not_stand_in_the_text_are_refused(client, lost, reader, words, told):
    client.force_login(reader)
    response = send(client, lost, "attach", words=words)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert now(lost).start is None


def test_strangers_decide_nothing_and_editors_any_note_they_can_read(
    client, article, lost, second, editor
):
    client.force_login(second)
    assert client.get(f"/annotations/{lost.pk}/words/").status_code == 404
    assert send(client, lost, "attach", words="An embassy").status_code == 404
    assert "Attach to other words" not in client.get("/articles/on-trust/").content.decode()
    private = make_annotation(article, by=second, words="embassy", audience="private")
    client.force_login(editor)
    assert client.get(f"/annotations/{private.pk}/words/").status_code == 404
    assert send(client, lost, "attach", words="An embassy").status_code == 302
    assert now(lost).overridden_by == editor


def test_a_decision_is_shown_with_what_was_before_and_can_be_put_back(client, lost, reader):
    client.force_login(reader)
    before = Anchor.objects.values().get(pk=now(lost).pk)
    send(client, lost, "attach", words="An embassy")
    page = client.get(f"/annotations/{lost.pk}/words/").content.decode()
    assert "Attached to other words" in page
    assert "before: words were gone" in page
    version = now(lost).versions.get()
    send(client, lost, "undo", version=version.pk)
    assert Anchor.objects.values().get(pk=now(lost).pk) == before
    again = now(lost).versions.first()
    send(client, lost, "undo", version=again.pk)
    assert now(lost).exact == "An embassy", "an undo can be undone"
    assert send(client, lost, "undo", version=10**9).status_code == 404


def test_a_decision_about_an_older_text_is_not_taken(client, article, lost, reader):
    client.force_login(reader)
    make_revision(article, html=CUT + "\n<p>More.</p>")
    response = send(client, lost, "attach", words="An embassy")
    assert response.status_code == 412
    assert "Revision 3 was recorded meanwhile" in response.content.decode()
    assert now(lost).start is None


def test_the_next_text_follows_what_a_person_decided(client, article, lost, waiting, reader):
    client.force_login(reader)
    number = now(lost).revision.number
    send(client, lost, "attach", words="Trust, once", revision=number)
    send(client, waiting, "gone", revision=number)
    make_revision(article, html=now(lost).revision.html + "\n<p>More, and more of it.</p>")
    assert (now(lost).exact, now(lost).state) == ("Trust, once", "changed")
    assert now(waiting).start is not None, "the very words as noted stand there"
    send(client, waiting, "gone", revision=number + 1)
    changed = now(lost).revision.html.replace("clerks who had time", "clerks who had no time")
    make_revision(article, html=changed)
    assert now(waiting).start is None, "a person called them gone"


def test_editors_see_what_waits_and_accept_or_refuse(client, waiting, editor, reader):
    queue = "/annotations/review/"
    client.force_login(reader)
    assert client.get(queue).status_code == 404
    assert "Check the words" in client.get("/annotations/mine/").content.decode()
    client.force_login(editor)
    page = client.get(queue).content.decode()
    assert "70 % certain" in page
    assert "written by clerks who had time" in page
    assert send(client, waiting, "accept", next="queue").headers["Location"] == queue
    assert now(waiting).review == "accepted"
    assert "Nothing waits." in client.get(queue).content.decode()
    send(client, waiting, "gone")
    assert (now(waiting).state, now(waiting).exact) == (
        "orphaned",
        "written by clerks who had time",
    )


def test_an_open_page_learns_of_a_decision(client, lost, reader):
    client.force_login(reader)
    ask = {"HX-Request": "true"}
    ask["If-None-Match"] = client.get("/articles/on-trust/notes/", headers=ask).headers["ETag"]
    send(client, lost, "attach", words="An embassy")
    assert client.get("/articles/on-trust/notes/", headers=ask).status_code == 200


def test_the_queue_costs_the_same_for_2_and_20_notes(
    client, article, waiting, editor, reader, count_queries
):
    client.force_login(editor)
    few = count_queries(client.get, "/annotations/review/")
    for _ in range(10):
        make_annotation(article, by=reader, words="ministers")
    Anchor.objects.filter(revision__superseded_at=None).update(review="waiting")
    assert count_queries(client.get, "/annotations/review/") == few <= 8


def test_the_words_may_be_selected_on_the_page(client, lost, reader, stranger):
    url = f"/articles/on-trust/?attach={lost.pk}"
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    client.force_login(reader)
    page = client.get(url).content.decode()
    assert "Select the words this note belongs to." in page
    assert "Annotate selection" not in page, "one thing at a time"
    text = lost.article.revisions.get(superseded_at=None).text
    start = text.rindex("Trust")
    send(client, lost, "attach", words="Trust", start=start, end=start + 5)
    assert (now(lost).start, now(lost).exact) == (start, "Trust")
    send(client, lost, "attach", words="clerks", start=start, end=start + 5)
    assert now(lost).exact == "clerks", "the words count where the place is another one"
