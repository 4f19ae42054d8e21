"""A changed source comes in again: the editor reads what it does to the notes, then records it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from articles.models import Article, ImportItem
from tests.factories import make_annotation

PAGE = "/admin/articles/importbatch/import/"
FIRST = b"""---
title: On tariffs
doi: 10.5555/tariffs
---

Tariffs are taxes, and they are paid at home by people who were never asked about them.

A second paragraph says so again, at length, and with figures that nobody disputes.
"""
CHANGED = FIRST.replace(b"Tariffs are taxes", b"Tariffs are heavy taxes")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def upload(desk, content, name="on-tariffs.md"):
    return desk.post(PAGE, {"files": [SimpleUploadedFile(name, content)]}, follow=True)


def decide(desk, response, act, **changes):
    form = response.context["form"]
    values = {
        name: form[name].value() or ""
        for name in form.fields
        if name not in {"suggested", "checked"}
    }
    values |= {"seen": response.context["seal"], "act": act} | changes
    return desk.post(response.request["PATH_INFO"], values, follow=True)


def plain(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


@pytest.fixture
def article(desk, reader):
    decide(desk, upload(desk, FIRST), "publish")
    article = Article.objects.get()
    make_annotation(article, by=reader, words="Tariffs are taxes")
    make_annotation(article, by=reader, words="figures that nobody disputes")
    return article


def test_what_becomes_of_the_notes_is_shown_before_the_revision_is_recorded(desk, article):
    preview = upload(desk, CHANGED)
    assert "Of 2 notes: 1 stays, 1 changes, 0 lose their words" in plain(preview)
    assert "[inserted: heavy ]" in plain(preview)
    assert "Record revision" in plain(preview)
    assert article.revisions.count() == 1
    done = decide(desk, preview, "publish")
    assert "Revision 2 of “On tariffs” is recorded." in plain(done)
    assert article.revisions.get(superseded_at=None).number == 2


def test_a_text_changed_on_the_way_is_shown_anew(desk, article):
    preview = upload(desk, CHANGED)
    html = preview.context["form"]["text"].value()
    asked = decide(desk, preview, "publish", text=html.replace("figures", "numbers"))
    assert asked.status_code == 422
    assert "Of 2 notes: 0 stay" in plain(asked)
    assert article.revisions.count() == 1
    decide(desk, asked, "publish")
    assert "numbers" in article.revisions.get(superseded_at=None).text


def test_a_correction_recorded_meanwhile_is_not_overwritten_unseen(desk, article, editor):
    preview = upload(desk, CHANGED)
    again = upload(desk, CHANGED.replace(b"heavy", b"light"), "other.md")
    decide(desk, again, "publish")
    late = decide(desk, preview, "publish")
    assert late.status_code == 422
    assert "[deleted: light]" in plain(late)
    assert article.revisions.count() == 2


def test_changed_texts_are_not_published_among_those_without_doubts(desk, article):
    files = [SimpleUploadedFile("a.md", CHANGED), SimpleUploadedFile("b.md", FIRST + b"\nMore.\n")]
    other = FIRST.replace(b"tariffs\n", b"trust\n").replace(b"10.5555/tariffs", b"10.5555/trust")
    files[1] = SimpleUploadedFile("b.md", other.replace(b"Tariffs", b"Trust"))
    batch = desk.post(PAGE, {"files": files}, follow=True)
    assert "Please check: Text." in plain(batch)
    desk.post(batch.request["PATH_INFO"].replace("/items/", "/publish/"))
    assert article.revisions.count() == 1
    assert ImportItem.objects.get(outcome="pending").name == "a.md"


def test_a_new_article_has_no_consequences_to_look_at(desk):
    preview = upload(desk, FIRST)
    assert "Before it is recorded" not in plain(preview)
    decide(desk, preview, "publish")
    assert Article.objects.get().state == "published"
