"""My notes tell which of them a person has to check after a correction."""

from tests.factories import make_annotation, make_article, make_revision

FIRST = "<p>Trust is won slowly, by clerks who had time.</p>\n<p>Trust, again.</p>"


def test_my_notes_say_how_many_wait_to_be_checked_and_lead_to_them(client, reader, second):
    article = make_article(html=FIRST)
    waiting = make_annotation(article, by=reader, words="by clerks who had time")
    make_annotation(article, by=reader, words="won slowly", body="Stays.")
    make_revision(article, html=FIRST.replace("Trust, again", "Trust, once more"))
    now = waiting.anchors.filter(revision__superseded_at=None)
    now.update(review="waiting", confidence=0.7, state="changed")
    told = "1 of your notes stands on words that may not be the ones you meant"
    client.force_login(second)
    assert told not in client.get("/annotations/mine/").content.decode()
    client.force_login(reader)
    page = client.get("/annotations/mine/").content.decode()
    assert told in page
    assert 'href="?state=check"' in page
    assert list(client.get("/annotations/mine/?state=check").context["notes"]) == [waiting]
    sent = {"revision": 2, "act": "accept"}
    assert client.post(f"/annotations/{waiting.pk}/words/", sent).status_code == 302
    assert told not in client.get("/annotations/mine/").content.decode()
    assert not client.get("/annotations/mine/?state=check").context["notes"]
