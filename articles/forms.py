"""What an editor settles about one document of an import, and what its fields take."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
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
from articles.importing.reading_dates import parse_date
from articles.metadata import LABELS
from articles.models import Article, Authorship
from articles.sanitize import clean
from articles.text import text_of

_ONE_PERSON = re.compile(r"(?P<name>.+?)(?:\s*\((?P<role>[^()]+)\))?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LONGEST_TAG = 100


class LinesField(forms.CharField):
    """Text of several lines, which browsers send with CR LF."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


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
        return stated_date(self.cleaned_data["date"])

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


def stated_date(text: str) -> PublicationDate:
    """The date that ``text`` is, none of "". Errors: ValidationError when it is not plainly one."""
    found = parse_date(text) if text else PublicationDate()
    # 04/02/2012 is read as its year, because it may be two days.
    if found is None or (found.precision == "year" and len(text) > len("2012")):
        raise forms.ValidationError(
            _("Write a day as 2012-02-04, a month as 2012-02, a year as 2012.")
        )
    return found


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
