"""Dates no more precise than they were written, and documents that hold together."""

import datetime

import pytest

from articles.importing.document import (
    Contributor,
    Document,
    ImportRefused,
    PublicationDate,
)
from articles.importing.drafting import GUESS, LIKELY, STATED, Draft
from articles.importing.languages import language_of
from articles.importing.reading_dates import parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2012-02-04", "2012-02-04"),
        ("2012-02-04T23:30:00+05:00", "2012-02-04"),
        ("20120204", "2012-02-04"),
        ("2012/2/4", "2012-02-04"),
        ("2012-02", "2012-02"),
        ("2012", "2012"),
        ("February 4, 2012", "2012-02-04"),
        ("FEBRUARY 4TH 2012", "2012-02-04"),
        ("4 february 2012", "2012-02-04"),
        ("Sat, 04 Feb 2012 10:00:00 GMT", "2012-02-04"),
        ("Saturday, Feb. 4, 2012 at 10:30 AM EST", "2012-02-04"),
        ("February 2012", "2012-02"),
        ("Sept. 2001", "2001-09"),
        ("4. Februar 2012", "2012-02-04"),
        ("1er mars 2012", "2012-03-01"),
        ("février 2012", "2012-02"),
        ("4 de febrero de 2012", "2012-02-04"),
        ("4 февраля 2012 г.", "2012-02-04"),
        ("٤ فبراير ٢٠١٢", "2012-02-04"),
        ("4 בפברואר 2012", "2012-02-04"),
        ("2012年2月4日", "2012-02-04"),
        ("2012年2月", "2012-02"),
        ("04.02.2012", "2012-02-04"),
        ("13/02/2012", "2012-02-13"),
        ("02/13/2012", "2012-02-13"),
        ("04/02/2012", "2012"),  # April or February: only the year is sure
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(text, iso):
    assert parse_date(text).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    ["", "may", "19th century", "1945-1952", "the end of 2012", "30 February 2012", "2012-13-01",
     "In 2012 the harbour froze", "10:30", "0204", "9999-01-01", "x" * 500],
)  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


def test_precision_says_how_much_is_known():
    assert PublicationDate(2012, 2, 4).precision == "day"
    assert PublicationDate(2012, 2).precision == "month"
    assert PublicationDate(2012, 2).as_date() == datetime.date(2012, 2, 1)
    assert PublicationDate(2012).precision == "year"
    assert PublicationDate(period="19th century").precision == "none"
    assert PublicationDate().as_date() is None


@pytest.mark.parametrize(
    "parts",
    [
        {"day": 4},
        {"month": 2},
        {"year": 2012, "day": 4},
        {"year": 2012, "month": 13},
        {"year": 2011, "month": 2, "day": 29},
        {"year": 2012, "period": "long ago"},
        {"year": 0},
    ],
)
def test_a_date_with_a_gap_or_off_the_calendar_cannot_be_made(parts):
    with pytest.raises(ValueError, match=r"needs|period|month|day|year"):
        PublicationDate(**parts)


def test_a_document_needs_a_title_and_words():
    with pytest.raises(ImportRefused, match="no title"):
        Document(title=" ", html="<p>a</p>")
    with pytest.raises(ImportRefused, match="no text"):
        Document(title="Ice", html="<hr>")
    assert Document(title="Ice", html="<p>a&amp;<em>b</em></p>").text == "a&b"


def test_a_contributor_has_a_name_and_a_known_role():
    with pytest.raises(ValueError, match="not a contributor"):
        Contributor("Ann Lee", "owner")
    with pytest.raises(ValueError, match="not a contributor"):
        Contributor(" ")


def test_a_surer_finding_replaces_a_less_sure_one_and_never_back():
    draft = Draft()
    assert draft.put("title", "Guess", GUESS, "a")
    assert draft.put("title", "Stated", STATED, "b")
    assert not draft.put("title", "Likely", LIKELY, "c")
    assert not draft.put("title", "Other", STATED, "d")
    assert draft.values["title"] == "Stated"
    assert draft.origins["title"].where == "b"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The harbour was frozen and the letters of it are not what they were. " * 3,
            "en",
        ),
        ("Der Hafen ist zugefroren, und niemand hat dem anderen ein Wort davon gesagt. " * 3, "de"),
        (
            "Le port est gelé et personne ne dit un mot de cela aux autres pour rien. " * 3,
            "fr",
        ),
        ("Гавань замёрзла, и никто не сказал об этом ни слова, но не из страха. " * 3, "ru"),
        ("تحت الرمل ماء لا يتجدد، وكل ما يخرج منه لا يعود.", "ar"),
        ("משבר האמון ביחסים הגיע למבוי סתום.", "he"),
        ("信任赤字。莫斯科与联盟之间的关系已经停滞不前。", "zh"),
        ("信頼の欠如。モスクワと同盟の関係は停滞している。", "ja"),
        ("Xyz qwr tlp mnk brr vzz qqt wwr ttp llk", ""),
        ("Ice", ""),
    ],
)
def test_the_language_is_told_from_the_words_where_it_can_be(text, language):
    assert language_of(text) == language
