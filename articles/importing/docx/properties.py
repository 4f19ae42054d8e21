"""What Word wrote into a file about it: seldom looked after, so seldom more than a hint."""

import re
from typing import Any

from articles.importing.clues import looks_like_a_name
from articles.importing.document import Contributor
from articles.importing.drafting import GUESS, LIKELY, Draft, one_line
from articles.importing.reading_dates import parse_date

WHERE = "the file's properties"

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
# Titles that programs, templates and file names leave behind.
_NO_TITLE = re.compile(
    r"microsoft (?:office )?word\b.*|word[- ]dokument.*|(?:word )?document[\s_-]*\d*|"
    r"dokument[\s_-]*\d*|documento?[\s_-]*\d*|untitled.*|unbenannt.*|sans titre.*|sin título.*|"
    r"(?:document )?title|titel|template|vorlage|normal|new document|blank.*|no title|"
    r"powerpoint.presentation|presentation\d*|slide \d+|draft.{0,12}|final.{0,12}|"
    r".*\.(?:docx?|docm|dotx?|rtf|odt|pdf|txt|wpd)|doc\d+|[\W\d_]*|\[.*\]|click .*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:microsoft|windows|office|word|mac|pc|test|default)?[\s_-]*(?:office)?[\s_-]*(?:users?|"
    r"author|admin(?:istrator)?|owner|customer|unknown|home|office)?\d*|python-docx|apache poi|"
    r"unknown|none|anonymous|benutzer|utilisateur|usuario|пользователь|.*@.*",
    re.IGNORECASE,
)


def title_in(root: Any) -> str:
    """The title that the properties name, or "" where it is none."""
    title = "" if root is None else one_line(root.findtext(_DC + "title") or "")
    return "" if _NO_TITLE.fullmatch(title) else title


def put_properties(root: Any, draft: Draft) -> None:
    """Keep what the properties tell, but for the title.

    Their author is who set up the file, or its template: only suggested.
    """
    if root is None:
        return

    def words(name: str) -> str:
        return one_line(root.findtext(name) or "")

    made_by_program = "python-docx" in words(_DC + "description") + words(_DC + "creator")
    for name in re.split(r"\s*[;/]\s*|\s+and\s+", words(_DC + "creator")):
        if looks_like_a_name(name) and not _NOBODY.fullmatch(name):
            draft.suggested.append(Contributor(name))
    if not made_by_program:
        draft.put("date", parse_date(words(_TERMS + "created")), GUESS, WHERE)
    tags = [
        tag.strip()
        for name in (_CORE + "keywords", _DC + "subject")
        for tag in re.split(r"[,;،]", words(name))
        if 1 < len(tag.strip()) <= 60
    ]
    draft.add("tags", tags[:30], LIKELY, WHERE)
    draft.put_language(words(_DC + "language"), WHERE)
