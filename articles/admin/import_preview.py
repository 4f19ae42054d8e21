"""What the preview of one document shows: its original, its text, its fields with their doubts."""

import re
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from articles import metadata
from articles.admin import originals
from articles.forms import DocumentForm
from articles.importing.document import Document, ImportRefused
from articles.importing.matching import Foreseen, foresee
from articles.importing.pending import same_as
from articles.models import Article, FieldOrigin, ImportItem
from articles.revisions import seal
from articles.sanitize import clean
from articles.signals import revision_foreseen
from articles.text import paragraphs, text_of

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*(?=\s|$)|[。！？]")


@dataclass(frozen=True)
class Row:
    """One field of the form, with where its value came from and how sure that is."""

    field: BoundField
    sureness: str = ""
    sureness_words: str = ""
    where: str = ""
    is_guess: bool = False
    is_checked: bool = False
    suggestions: BoundField | None = None


@dataclass(frozen=True)
class NewText:
    """The text that a document would give an article which has another one."""

    article: Article
    html: str

    @property
    def seal(self) -> str:
        """Names what an editor looked at. Cost: one query."""
        return seal(self.article.revisions.filter(superseded_at=None).first(), self.html)


def new_text(item: ImportItem, document: Document) -> NewText | None:
    """The text that recording ``document`` would give an article known here; None for no other.

    Errors: ImportRefused. Cost: at most 12 queries.
    """
    foreseen = foresee(document, digest=item.capture.sha256, same_as=same_as(item))
    return _new_text(foreseen, document)


def preview_context(
    item: ImportItem, form: DocumentForm, settled: Document, user: Any
) -> dict[str, Any]:
    """The context of the item page: ``settled`` is what ``user`` made of the document.

    Cost: at most 25 queries, and the capture is read where it is text.
    """
    html = clean(form["text"].value() or "") if form.is_bound else form.document.html
    try:
        foreseen = foresee(settled, digest=item.capture.sha256, same_as=same_as(item))
    except ImportRefused as refusal:
        foreseen, fate = None, refusal.reason
    else:
        fate = _fate(foreseen)
    change = _new_text(foreseen, settled) if foreseen else None
    told = []
    if change:
        told = revision_foreseen.send(Article, article=change.article, html=change.html, user=user)
    language = form["language"].value() or "und"
    is_framed = originals.is_framed(item.capture)
    return {
        "item": item,
        "batch": item.batch,
        "form": form,
        "rows": _rows(form),
        "summary": summary(html, language, form["rights"].value() or ""),
        "fate": fate,
        "known": foreseen.article if foreseen else None,
        "has_text": foreseen is not None and foreseen.has_text,
        "publishable": not settled.is_record or (foreseen is not None and foreseen.has_text),
        "seal": change.seal if change else "",
        "consequences": [fragment for _receiver, fragment in told],
        "warnings": form.document.warnings,
        "is_framed": is_framed,
        "letters": None if is_framed else originals.letters_of(item.capture),
        "body": html,
        "language": language,
        "direction": Article(language=language).direction,
    }


def summary(html: str, language: str, rights: str) -> str:
    """ "11 paragraphs, 781 words, English; 2 sentences set aside as rights."."""
    text = text_of(html)
    if not text.strip():
        return _("It has no text: this is a record of a work, whose text is elsewhere.")
    blocks, words = len(paragraphs(html)), len(text.split())
    parts = [
        ngettext("%d paragraph", "%d paragraphs", blocks) % blocks,
        ngettext("%d word", "%d words", words) % words,
        _language_name(language),
    ]
    said = ", ".join(parts)
    if not rights.strip():
        return f"{said}."
    count = len(_SENTENCE_END.findall(rights)) or 1
    aside = ngettext("%d sentence set aside as rights", "%d sentences set aside as rights", count)
    return f"{said}; {aside % count}."


def _language_name(code: str) -> str:
    if code == "und":
        return _("language unknown")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _rows(form: DocumentForm) -> list[Row]:
    """The fields to show, the guesses first."""
    names = [name for name in form.fields if name not in {"suggested", "checked", "seen"}]
    checked = form["checked"].value() or []
    rows = []
    for name in names:
        origin = form.document.origins.get("date" if name == "period" else name)
        filled = bool(form.initial.get(name))
        rows.append(
            Row(
                form[name],
                sureness=origin.sureness if origin and filled else "",
                sureness_words=FieldOrigin.Sureness(origin.sureness).label if origin else "",
                where=origin.where if origin else "",
                is_guess=name in form.guesses,
                is_checked=name in checked,
                suggestions=form["suggested"]
                if name == "people" and form.document.suggested_people
                else None,
            )
        )
    return sorted(rows, key=lambda row: not (row.is_guess or row.suggestions))


def _new_text(foreseen: Foreseen, document: Document) -> NewText | None:
    # The first text of an article replaces none.
    if foreseen.article is None or not foreseen.has_text or "text" not in foreseen.changed:
        return None
    return NewText(foreseen.article, document.html)


def _fate(foreseen: Foreseen) -> str:
    """What deciding would do, in a sentence."""
    if foreseen.article is None:
        return _("This is a new article.")
    known = {"title": foreseen.article.title, "fields": metadata.in_words(foreseen.changed)}
    if foreseen.changed:
        said = _("This is in the archive as “%(title)s”. What changes: %(fields)s.") % known
    else:
        said = _("This is in the archive as “%(title)s”. Nothing would change.") % known
    kept = metadata.in_words(foreseen.kept)
    return f"{said} {_('Protected, so not overwritten: %s.') % kept}" if kept else said
