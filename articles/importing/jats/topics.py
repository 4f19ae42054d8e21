"""What a JATS article is about, and what kind of work it is.

A subject such as "Research Article" is the label of a journal's section: it may tell the kind of
work, and is never a topic.
"""

import re
from collections.abc import Iterator
from typing import Any

from articles.importing.drafting import LIKELY, STATED, Draft
from articles.importing.safe_xml import local
from articles.importing.xml_walk import attribute, child, children, descendants, language_of, words

_KINDS = {
    "article-commentary": "commentary", "editorial": "commentary", "letter": "commentary",
    "reply": "commentary", "book-review": "commentary", "discussion": "commentary",
    "opinion": "commentary", "viewpoint": "commentary", "interview": "interview",
    "oration": "speech", "speech": "speech", "lecture": "speech", "essay": "essay",
    "report": "report", "working-paper": "report", "white-paper": "report",
}  # fmt: skip
_SECTION_KINDS = {
    "commentary": "commentary", "comment": "commentary", "editorial": "commentary",
    "opinion": "commentary", "perspective": "commentary", "perspectives": "commentary",
    "viewpoint": "commentary", "essay": "essay", "essays": "essay", "interview": "interview",
    "interviews": "interview", "policy brief": "report", "policy report": "report",
}  # fmt: skip
_SECTION = re.compile(
    r"(?:(?:original|short|brief|full|research|review|regular|special|invited|featured?|systematic|"
    r"mini|case|rapid|scientific|methods?|data|software|clinical|short original|long|free)[- ]*)*"
    r"(?:articles?|papers?|reports?|reviews?|communications?|research|advances?|stud(?:y|ies)|notes?|"
    r"correspondence|letters?(?: to the editor)?|comment(?:ary|aries|s)?|editorials?|essays?|"
    r"opinions?|perspectives?|viewpoints?|introduction|news|interviews?|reply|erratum|corrections?|"
    r"retractions?|book reviews?|resources?|tools and resources|discussion|forum|art[ií]culos?.*|"
    r"artigos?.*|articles? de recherche|policy briefs?|policy reports?|editorial note|miscellan.*|"
    r"rese[ñn]as?|resenhas?|ensayos?|ensaios?|dossi[eê]r?|themed? issue|original)",
    re.IGNORECASE,
)
_SECTION_TYPES = frozenset({"display-channel", "article-type", "toc-section", "section"})
_NO_TOPICS = frozenset({"abbreviations", "abbreviation", "abbr", "abr", "abk"})
_MOST_TAGS = 30


def put_kind(article: Any, meta: Any, draft: Draft) -> None:
    """Keep the kind of work that the article, or its section of the journal, states."""
    kind = _KINDS.get(attribute(article, "article-type").lower(), "")
    draft.put("kind", kind, STATED, "article-type")
    for subject in descendants(child(meta, "article-categories"), "subject"):
        draft.put(
            "kind", _SECTION_KINDS.get(words(subject).lower()), LIKELY, "the journal's section"
        )


def put_topics(meta: Any, draft: Draft) -> None:
    """Keep keywords and subjects as tags."""
    found = [*_keywords(meta, draft.values.get("language", "")), *_subjects(meta)]
    tags = [tag for one in found if (tag := one.strip(" .;,")) and len(tag) <= 100]
    draft.add("tags", list(dict.fromkeys(tags))[:_MOST_TAGS], STATED, "kwd-group, subj-group")


def _keywords(meta: Any, language: str) -> Iterator[str]:
    """The keywords in the language of the article; those it gives in others repeat them."""
    groups = list(children(meta, "kwd-group"))
    own = [one for one in groups if language_of(one).split("-")[0] in ("", language.split("-")[0])]
    for group in own or groups[:1]:
        if attribute(group, "kwd-group-type").lower() in _NO_TOPICS:
            continue
        for keyword in descendants(group, "kwd", "compound-kwd"):
            if local(keyword) == "compound-kwd":
                yield ", ".join(words(part) for part in children(keyword, "compound-kwd-part"))
            else:
                yield words(keyword)
        if not any(True for _ in descendants(group, "kwd", "compound-kwd")):
            yield from words(group).split(";")


def _subjects(meta: Any) -> Iterator[str]:
    """Subjects that are topics; of nested ones the innermost, which says most."""
    for group in children(child(meta, "article-categories"), "subj-group"):
        if attribute(group, "subj-group-type").lower() in _SECTION_TYPES:
            continue
        for inner in group.iter():
            if local(inner) == "subj-group" and next(children(inner, "subj-group"), None) is None:
                for subject in children(inner, "subject"):
                    if not _SECTION.fullmatch(words(subject)):
                        yield words(subject)
