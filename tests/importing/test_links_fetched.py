"""Links of an import are fetched by a job; what comes back is kept, read, held or refused."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import strip_tags

from articles.importing import batches
from articles.importing.warc import read_all
from articles.models import Article, Capture, ImportBatch, ImportItem, UrlAlias
from tests.linked_site import HTML, article, linked_site
from tests.web_site import Site, page

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/importbatch/import/"


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.FETCH_PAUSE_SECONDS = 0
    settings.FETCH_MAX_WIRE_BYTES = 50_000
    with linked_site() as site:
        yield site


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def items_of(batch: ImportBatch) -> dict[str, ImportItem]:
    return {re.sub(r"^http://[^/]+", "", item.name): item for item in batch.items.all()}


def received(site: Site, by: Any, *paths: str, **plan: Any) -> ImportBatch:
    return batches.receive([], [site.url(path) for path in paths], by=by, **plan)


def test_each_link_has_its_outcome_and_nothing_but_an_article_becomes_one(
    site: Site, editor: Any
) -> None:
    paths = [path for path in site.answers if path != "/robots.txt"]
    batch = received(
        site, editor, "/absent", *paths, "/ice?late", arrival=ImportBatch.Arrival.DRAFT
    )
    assert (batch.state, site.asked) == ("running", [])
    batches.read(batch)
    assert batch.state == "done"
    found = items_of(batch)
    reasons = {path: item.reason for path, item in found.items() if item.outcome == "refused"}
    assert reasons == {
        "/absent": "The page was not found (404).",
        "/closed/ice": "page.example asks programs not to fetch this page (robots.txt).",
        "/huge": "It is larger than 0.05 MB, the most that is fetched.",
        "/log-in": "It is a form to log in with, and little text.",
    }
    held = {path: item.reason for path, item in found.items() if item.outcome == "pending"}
    assert held == {
        "/consent": "Its text is a notice about cookies, not an article.",
        "/nowhere": "The page says that it was not found, though the server does not.",
    }
    outcomes = {path: found[path].outcome for path in ("/ice", "/old-ice", "/cafe", "/paper")}
    assert list(outcomes.values()) == ["new", "unchanged", "new", "new"]
    assert "/closed/ice" not in site.paths
    assert site.paths.count("/robots.txt") == 1
    failed = batch.sources.filter(state="failed")
    assert [one.url for one in failed] == [site.url("/busy"), site.url("/ice?late")]
    for one in failed:  # the second is not asked: its host wants to be left alone
        assert "page.example could not answer (503). It asks to be left alone until" in one.reason
    assert site.paths[-1] == "/busy"


def test_what_was_fetched_is_kept_whole_and_read_with_its_address_and_charset(
    site: Site, editor: Any
) -> None:
    batch = received(site, editor, "/old-ice", "/cafe", arrival=ImportBatch.Arrival.DRAFT)
    batches.read(batch)
    ice, cafe = Article.objects.order_by("-title")
    assert (ice.title, cafe.title) == ("On ice", "On cafés")
    aliases = set(UrlAlias.objects.filter(article=ice).values_list("url", flat=True))
    assert aliases == {site.url(path, scheme="https") for path in ("/ice", "/old-ice")}
    assert ice.source_url == site.url("/ice")
    source = batch.sources.get(name=site.url("/old-ice"))
    answered = ice.revisions.get().capture
    assert (source.capture, answered.source_url) == (answered, site.url("/ice"))
    with answered.file.open("rb") as file:
        assert file.read() == article("On ice", about="Ice.")
    exchange = source.exchange
    assert (exchange.source_url, exchange.captured_at) == (site.url("/ice"), answered.captured_at)
    with exchange.file.open("rb") as file:
        [kept] = read_all(file, max_bytes=10**6)
        assert (kept.document.title, kept.document.url) == ("On ice", site.url("/ice"))
        file.seek(0)
        assert f"WARC-Target-URI: {site.url('/old-ice')}".encode() in file.read()


def test_a_pdf_behind_a_link_is_read_whatever_its_server_calls_it(site: Site, editor: Any) -> None:
    batches.read(batch := received(site, editor, "/paper"))
    item = batch.items.get()
    assert (item.outcome, item.document["document"]["url"]) == ("pending", site.url("/paper"))
    assert item.document["document"]["media_type"] == "application/pdf"


def test_what_failed_or_was_refused_is_fetched_again(site: Site, desk: Client, editor: Any) -> None:
    batch = received(site, editor, "/absent", "/ice", "/busy")
    batches.read(batch)
    shown = f"/admin/articles/importbatch/{batch.pk}/items/"
    said = words(desk.get(shown))
    assert f"{site.url('/busy')} Could not be fetched page.example could not answer" in said
    assert "Read the 2 that failed or were refused again" in said
    assert [s.url for s in desk.get(f"{shown}?outcome=failed").context["unread"].sources] == [
        site.url("/busy")
    ]
    for path in ("/busy", "/absent"):
        site.answers[path] = page(article(f"On {path}", about=path), HTML)
    desk.post(f"/admin/articles/importbatch/{batch.pk}/steer/", {"act": "retry"})
    assert "To be read 2" in words(desk.get(shown))
    batches.read(batch)
    assert [item.outcome for item in batch.items.all()] == ["pending"] * 3
    assert site.paths.count("/ice") == 1


def test_links_are_pasted_beside_files_and_never_fetched_by_the_page(
    site: Site, desk: Client
) -> None:
    note = SimpleUploadedFile("note.txt", b"A note\n\nIts text.\n")
    text = f"Dear all,\r\nsee {site.url('/ice')}, and\r\nftp://page.example/old\r\n"
    refused = desk.post(PAGE, {"links": text, "files": [note]})
    assert refused.status_code == 422
    assert "only addresses that begin with http or https are fetched" in words(refused)
    assert "Choose the files again" in words(refused)
    assert refused.context["form"]["links"].value() == text
    note.seek(0)
    data = {"links": text, "files": [note], "without_rest": "on"}
    said = words(desk.post(PAGE, data, follow=True))
    assert "0 of about 2 documents, 0 of 2 files and links" in said
    assert f"{site.url('/ice')} Waiting" in said
    assert str(ImportBatch.objects.get()) == "1 file and 1 link"
    assert not site.asked
    nothing = desk.post(PAGE, {"links": "Dear all, nothing here"})
    assert "There is no web address in this text." in words(nothing)


def test_scripts_fetch_links_in_the_foreground(site: Site, tmp_path: Any) -> None:
    listed = tmp_path / "links.txt"
    listed.write_text(f"{site.url('/cafe')}\n{site.url('/nowhere')}\nme@page.example\n")
    out, err = io.StringIO(), io.StringIO()
    arguments = [site.url("/ice"), "--from-links", str(listed)]
    with pytest.raises(CommandError, match="Refused: 1"):
        call_command("import_articles", *arguments, "--dry-run", stdout=out, stderr=err)
    assert not Capture.objects.exists()
    with pytest.raises(CommandError, match="Refused: 1"):
        call_command("import_articles", *arguments, stdout=out, stderr=err)
    assert "3 documents: 2 new, 0 updated, 0 unchanged, 1 refused." in out.getvalue()
    assert "me@page.example: it is a mail address." in err.getvalue()
    assert "/nowhere: refused. The page says that it was not found" in err.getvalue()
    assert Capture.objects.filter(media_type="application/warc").count() == 3
    assert Article.objects.filter(state="draft").count() == 2
