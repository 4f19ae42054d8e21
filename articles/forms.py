"""The forms of an import: the files, and what an editor settles about one of them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.document import (
    ROLES,
    Contributor,
    Document,
    Origin,
    PublicationDate,
    Sureness,
)
from articles.importing.links import links_in
from articles.importing.reading_dates import parse_date
from articles.metadata import LABELS
from articles.models import Article, Authorship, ImportBatch
from articles.sanitize import clean
from articles.text import text_of

_ONE_PERSON = re.compile(r"(?P<name>.+?)(?:\s*\((?P<role>[^()]+)\))?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LONGEST_TAG = 100
DEFAULTS = ("publisher", "rights", "language", "tags")  # of a whole import


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """All the files that were chosen, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list:
        """Empty files pass: the import refuses them one by one, with the reason."""
        if not data and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data or ())


class LinesField(forms.CharField):
    """Text of several lines, which browsers send with CR LF."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class UploadForm(forms.Form):
    """The files and links of an import, and what an editor says of all of them."""

    files = FilesField(label=gettext_lazy("Files"), required=False)
    links = LinesField(
        label=gettext_lazy("Links"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("One or more addresses, also amid other text"),
    )
    # Shown only where something was left out.
    without_rest = forms.BooleanField(
        label=gettext_lazy("Go on without what is left out"), required=False
    )
    arrival = forms.ChoiceField(
        label=gettext_lazy("Documents"),
        choices=ImportBatch.Arrival.choices,
        initial=ImportBatch.Arrival.LOOK,
        required=False,
        widget=forms.RadioSelect,
    )
    split_chapters = forms.BooleanField(
        label=gettext_lazy("Each chapter of a book (EPUB) is an article"), required=False
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=300)
    rights = LinesField(
        label=gettext_lazy("Rights"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy("Such as en, pt-BR or zh-Hant"),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        help_text=gettext_lazy("Separated by commas; added to those of each document"),
    )

    shown_apart = ("files", "links", "without_rest")  # from what holds for all of them
    offers_without = False

    def clean_files(self) -> list:
        """Errors: a file that no import takes, before any of it is stored."""
        limit = settings.IMPORT_MAX_ARCHIVE_BYTES
        if large := [file.name for file in self.cleaned_data["files"] if file.size > limit]:
            raise forms.ValidationError(
                _("Larger than an import takes: %(names)s."), params={"names": ", ".join(large)}
            )
        return self.cleaned_data["files"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("links", "")
        cleaned["links"], left_out = links_in(text, at_most=settings.FETCH_MAX_LINKS)
        self.offers_without = bool(left_out and (cleaned["links"] or cleaned.get("files")))
        if left_out and not (self.offers_without and cleaned["without_rest"]):
            self.add_error("links", left_out)
        elif text.strip() and not cleaned["links"] and not left_out:
            self.add_error("links", _("There is no web address in this text."))
        elif not text.strip() and not cleaned.get("files") and not self.errors:
            self.add_error(None, _("Choose files, or paste links."))
        if self.errors and cleaned.get("files"):
            self.add_error("files", _("Choose the files again: browsers do not keep them."))
        return cleaned

    @property
    def is_plan_wrong(self) -> bool:
        """Whether what is said of all of them is to be corrected."""
        return bool(set(self.errors) - {*self.shown_apart, NON_FIELD_ERRORS})

    def clean_arrival(self) -> str:
        return self.cleaned_data["arrival"] or ImportBatch.Arrival.LOOK

    def clean_language(self) -> str:
        return language_tag(self.cleaned_data["language"])

    def clean_tags(self) -> list[str]:
        return short_tags(self.cleaned_data["tags"])

    def plan(self) -> dict[str, Any]:
        """The fields of the batch that these answers give. Only of a valid form."""
        given = self.cleaned_data
        return {
            "arrival": given["arrival"],
            "split_chapters": given["split_chapters"],
            "defaults": {field: given[field] for field in DEFAULTS if given[field]},
        }


class DocumentForm(forms.Form):
    """A document's fields, to be settled by an editor. A guess must be changed or ticked.

    ``document`` is what the reader found; ``settled()`` is the same after the editor's hand.
    """

    title = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    standfirst = LinesField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    people = LinesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line: Name, or Name (translator)"),
    )
    publisher = forms.CharField(required=False, max_length=300)
    publication = forms.CharField(required=False)
    date = forms.CharField(
        required=False, help_text=gettext_lazy("As much as is known: 2012-02-04, 2012-02 or 2012")
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        help_text=gettext_lazy("In words, where no date is known: 19th century"),
    )
    language = forms.CharField(
        required=False, max_length=35, help_text=gettext_lazy("Such as en, pt-BR or zh-Hant")
    )
    kind = forms.ChoiceField(choices=Article.Kind.choices)
    tags = forms.CharField(required=False, help_text=gettext_lazy("Separated by commas"))
    source = forms.CharField(required=False)
    source_url = forms.URLField(required=False, max_length=2000, assume_scheme="https")
    rights = LinesField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    text = LinesField(
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=gettext_lazy("HTML: p, h2, h3, blockquote, ul, ol, li, table, em, strong, a …"),
    )
    suggested = forms.MultipleChoiceField(
        label=gettext_lazy("Suggested people"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Guessed, and taken only when ticked"),
    )
    checked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    # Which new text of a known article the editor was told the consequences of.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, publishing: bool = False, **kw: Any) -> None:
        super().__init__(*args, initial=_initial(document), **kw)
        self.document = document
        self.publishing = publishing
        self.guesses = [
            field
            for field in self.fields
            if field in LABELS and _sureness(document, field) == Sureness.GUESS
        ]
        for field, label in LABELS.items():
            self.fields[field].label = label
        if document.is_record:
            self.fields["text"].required = False
            self.fields["text"].help_text = _(
                "Not known. Where you have it, paste it here as HTML."
            )
        self.fields["checked"].choices = [(field, field) for field in self.guesses]
        self.fields["suggested"].choices = [
            (str(index), _person_line(one)) for index, one in enumerate(document.suggested_people)
        ]
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def clean_people(self) -> tuple[Contributor, ...]:
        lines = (line.strip() for line in self.cleaned_data["people"].split("\n"))
        return tuple(_person(line) for line in lines if line)

    def clean_date(self) -> PublicationDate:
        text = self.cleaned_data["date"]
        found = parse_date(text) if text else PublicationDate()
        # 04/02/2012 is read as its year, because it may be two days.
        if found is None or (found.precision == "year" and len(text) > len("2012")):
            raise forms.ValidationError(
                _("Write a day as 2012-02-04, a month as 2012-02, a year as 2012.")
            )
        return found

    def clean_language(self) -> str:
        return language_tag(self.cleaned_data["language"])

    def clean_tags(self) -> tuple[str, ...]:
        return tuple(short_tags(self.cleaned_data["tags"]))

    def clean_text(self) -> str:
        html = clean(self.cleaned_data["text"])
        if self.document.is_record and not self.cleaned_data["text"].strip():
            return ""
        if not text_of(html).strip():
            raise forms.ValidationError(_("Nothing readable is left of this text."))
        return html

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        date = cleaned.get("date")
        if date and date.year is not None and cleaned.get("period"):
            self.add_error("period", _("A period stands where no date is known: empty one."))
        if self.publishing:
            for field in self.guesses:
                ticked = field in cleaned.get("checked", ())
                if field in cleaned and not ticked and not self._is_edited(field):
                    self.add_error(field, _("This is a guess: change it, or tick “Checked”."))
        return cleaned

    def edited_fields(self) -> list[str]:
        """The fields, as LABELS names them, to which the editor gave another value."""
        return [field for field in LABELS if self._is_edited(field)]

    def settled(self) -> Document:
        """The document as the editor left it. Only of a valid form."""
        origins = dict(self.document.origins)
        for field in self.cleaned_data["checked"]:
            where = _("%(where)s, checked by an editor") % {"where": origins[field].where}
            origins[field] = Origin(Sureness.STATED, where)
        for field in self.edited_fields():
            origins[field] = Origin(Sureness.STATED, _("an editor"))
        values = {_attribute(field): self._value(field) for field in LABELS}
        return replace(self.document, **values, origins=origins)

    def _is_edited(self, field: str) -> bool:
        # Not changed_data: the same date in other words is no edit, nor is "\r\n" for "\n".
        before = getattr(self.document, _attribute(field))
        return field in self.cleaned_data and self._value(field) != before

    def _value(self, field: str) -> Any:
        """What the document's attribute for ``field`` becomes."""
        given = self.cleaned_data
        if field == "people":
            ticked = [
                self.document.suggested_people[int(one)] for one in given.get("suggested", ())
            ]
            return tuple(dict.fromkeys((*given["people"], *ticked)))
        if field == "date":
            # A period that cannot stand beside the date has been reported.
            no_date = given["date"].year is None
            return replace(given["date"], period=given.get("period", "") if no_date else "")
        if field == "source_url":
            return given["source_url"] or None
        return given[field]


def _attribute(field: str) -> str:
    return {"text": "html", "source_url": "url"}.get(field, field)


def _initial(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "standfirst": document.standfirst,
        "people": "\n".join(_person_line(one) for one in document.people),
        "publisher": document.publisher,
        "publication": document.publication,
        "date": document.date.isoformat(),
        "period": document.date.period,
        "language": document.language,
        "kind": document.kind,
        "tags": tag_line(document.tags),
        "source": document.source,
        "source_url": document.url or "",
        "rights": document.rights,
        "text": document.html,
    }


def _sureness(document: Document, field: str) -> Sureness | None:
    origin = document.origins.get(field)
    return origin.sureness if origin else None


def _person_line(one: Contributor) -> str:
    return one.name if one.role == "author" else f"{one.name} ({one.role})"


def _person(line: str) -> Contributor:
    """The person of one line. Errors: ValidationError when the part is none we know."""
    found = _ONE_PERSON.fullmatch(line)
    assert found  # noqa: S101 (the pattern takes any line that is not empty)
    roles = {role: role for role in ROLES} | {
        str(label).casefold(): value for value, label in Authorship.Role.choices
    }
    role = roles.get((found["role"] or "author").casefold().strip())
    if role is None or len(found["name"]) > 300:
        raise forms.ValidationError(
            _("“%(line)s”: behind a name stands nothing, or one of (%(roles)s)."),
            params={"line": line, "roles": "), (".join(ROLES)},
        )
    return Contributor(found["name"], role)


def language_tag(language: str) -> str:
    """``language`` as it stands. Errors: ValidationError when it is no BCP 47 tag."""
    if language and not _LANGUAGE.fullmatch(language):
        raise forms.ValidationError(_("A language is a tag such as en, pt-BR or zh-Hant."))
    return language


def short_tags(line: str) -> list[str]:
    """The tags of one line, each once. Errors: ValidationError when one is too long."""
    tags = list(dict.fromkeys(parse_tags(line)))
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise forms.ValidationError(_("A tag has at most 100 characters."))
    return tags


def parse_tags(line: str) -> list[str]:
    """The tags of one line; one that holds a comma stands in quotation marks."""
    pieces = next(csv.reader([" ".join(line.split())], skipinitialspace=True), [])
    return [piece.strip() for piece in pieces if piece.strip()]


def tag_line(tags: Sequence[str]) -> str:
    """What ``parse_tags`` reads as ``tags``."""
    quoted = ('"' + tag.replace('"', '""') + '"' if set(tag) & set(',"') else tag for tag in tags)
    return ", ".join(quoted)
