"""EPUB: what a program wrote where a person would have said something is no fact."""

import pytest

from articles.importing.document import PublicationDate
from articles.importing.epub import read, read_chapters
from tests.books import METADATA, epub, page

GERMAN = "Der Hafen ist zu, und die Schiffe sind nicht auf dem Weg, den das Eis mit sich nahm. "
SPANISH_LIKE = "La pau no es una de las que per al su, y no es la de los que se por el. "


def book(metadata, text="It froze."):
    return read(epub({"a.xhtml": page(f"<h1>A</h1><p>{text}</p>")}, METADATA + metadata))


def test_a_mail_address_is_no_part_of_a_name_nor_unknown_a_standfirst():
    document = book(
        "<dc:creator>Cy Ma &lt;cy@baltic.example&gt;; Bo Li</dc:creator>"
        '<dc:description>unknown</dc:description><dc:date opf:event="published">2015</dc:date>'
    )
    assert [person.name for person in document.people] == ["Ann Lee", "Cy Ma", "Bo Li"]
    assert document.standfirst == ""
    assert document.date == PublicationDate(2015)


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("en", GERMAN * 3, "de"),
        ("de-AT", GERMAN * 3, "de-AT"),
        ("ca", SPANISH_LIKE * 3, "ca"),
        ("en", "Eis.", "en"),
    ],
)
def test_a_stated_language_counts_unless_the_words_are_surely_in_another(stated, text, language):
    document = book(f"<dc:language>{stated}</dc:language>", text)
    assert document.language == language
    assert bool(document.warnings) is (stated != language)


def test_a_chapter_without_a_title_has_its_first_words_as_a_guess():
    found = read_chapters(epub({"a.xhtml": page("<p>It froze.</p><p>It snowed.</p>")}))
    document = next(found).document
    assert (document.title, document.text) == ("It froze.", "It froze.\nIt snowed.")
    assert document.warnings == ("It names no title: its first words stand for one.",)
