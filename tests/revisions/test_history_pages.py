"""The history of an article and any two of its revisions compared, by their addresses."""

import re

import pytest

from tests.factories import make_annotation, make_article, make_revision

FIRST = (
    "<p>Trust is won slowly and lost at once.</p>\n<p>Nobody keeps count of the favours done.</p>\n"
    "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>\n<p>Five.</p>"
)
SECOND = FIRST.replace("won slowly", "won very slowly")
THIRD = re.sub(r"^(<p>.*?</p>)\n(<p>.*?</p>)", r"\2\n\1", SECOND)


@pytest.fixture
def article(db, editor):
    article = make_article(slug="on-trust", html=FIRST)
    make_revision(article, html=SECOND, reason="A word was missing", made_by=editor)
    make_revision(article, html=THIRD)
    return article


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_the_history_tells_number_reason_who_and_how_much(client, article):
    page = plain(client.get("/articles/on-trust/revisions/").content.decode())
    assert re.search("Revision 3.*current.*Revision 2.*Revision 1", page)
    assert "A word was missing" in page
    assert "by editor" in page
    assert "0 words deleted, 1 inserted" in page
    assert "0 words deleted, 0 inserted" in page, "a moved paragraph is no change of words"


def test_the_history_counts_the_notes_its_reader_may_see(client, article, reader, second):
    for words, who, audience in (
        ("won very slowly", reader, "public"),
        ("count of the favours", reader, "public"),
        ("Nobody keeps", reader, "private"),
    ):
        make_annotation(article, by=who, words=words, audience=audience)
    make_revision(article, html=THIRD.replace("very slowly", "late").replace("favours", "gifts"))
    page = plain(client.get("/articles/on-trust/revisions/").content.decode())
    assert "Of 2 notes: 2 stand as noted" in page, "revision 3"
    assert "Of 2 notes: 0 stand" in page or "1 changed" in page or "1 lost" in page
    client.force_login(second)
    assert "Of 2 notes" in plain(client.get("/articles/on-trust/revisions/").content.decode())
    client.force_login(reader)
    assert "Of 3 notes" in plain(client.get("/articles/on-trust/revisions/").content.decode())


def test_two_revisions_are_compared_with_signs_and_words(client, article):
    page = client.get("/articles/on-trust/revisions/1..2/").content.decode()
    assert '<ins><span class="visually-hidden">[inserted: </span>very ' in page
    assert "1 word inserted" in page
    assert "5 paragraphs without a change" in page, "one stays visible beside the change"


def test_a_moved_paragraph_is_told_to_have_moved(client, article):
    for address in ("2..3/", "2..3/?side"):
        page = client.get(f"/articles/on-trust/revisions/{address}").content.decode()
        assert "1 paragraph moved" in page
        assert "Moved here from" in page
        away, back = re.search(
            r'id="(line-\d+)" data-fate="moved-away".*?href="#(line-\d+)"', page, re.S
        ).groups()
        assert f'id="{back}" data-fate="moved-here"' in page
        assert f'href="#{away}"' in page


def test_side_by_side_shows_each_text_whole(client, article):
    page = client.get("/articles/on-trust/revisions/1..2/?side").content.decode()
    old = re.search(r'data-fate="changed">\s*<p[^>]*class="old">(.*?)</p>', page, re.S)[1]
    assert plain(old).strip() == "Trust is won slowly and lost at once."


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("revisions/?old=1&new=3", "revisions/1..3/"),
        ("revisions/3..1/", "revisions/1..3/"),
        ("revisions/2..2/", "revisions/2/"),
    ],
)
def test_each_comparison_has_one_address(client, article, asked, given):
    response = client.get(f"/articles/on-trust/{asked}")
    assert response.headers["Location"] == f"/articles/on-trust/{given}"


def test_revisions_that_do_not_exist_are_not_found(client, article):
    for address in ("revisions/1..9/", "revisions/9/", "revisions/?before=1"):
        assert client.get(f"/articles/on-trust/{address}").status_code == 404


def test_drafts_have_a_history_for_editors_only(client, article, editor):
    article.state = "draft"
    article.save()
    addresses = ["/articles/on-trust/revisions/", "/articles/on-trust/revisions/1..2/"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.force_login(editor)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_the_reading_page_leads_to_the_history_and_an_old_text_to_the_current(client, article):
    page = client.get("/articles/on-trust/").content.decode()
    assert page.count('href="/articles/on-trust/revisions/"') == 2, "head line and Cite"
    old = client.get("/articles/on-trust/revisions/1/").content.decode()
    assert re.search("This is revision 1 of .*; the current one is 3", old)
    assert "/articles/on-trust/revisions/1..3/" in old


def test_a_long_history_costs_as_many_queries_as_a_short_one(client, count_queries):
    def asked(revisions: int) -> int:
        article = make_article(slug=f"with-{revisions}", html=FIRST)
        for number in range(revisions):
            make_revision(article, html=FIRST.replace("One", f"{revisions}-{number}"))
        return count_queries(client.get, f"/articles/{article.slug}/revisions/")

    assert asked(2) == asked(30) <= 11
