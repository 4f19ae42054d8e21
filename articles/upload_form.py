"""The form that takes the files of an import, and what an editor says of all of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms import LinesField, language_tag, short_tags
from articles.importing.completing import report_on, sheet_as_json
from articles.importing.document import ImportRefused
from articles.importing.handlers import fields_for, handler_of
from articles.importing.links import links_in
from articles.importing.sheets import MOST_BYTES, Sheet, read_sheet
from articles.importing.sheets.pairing import paired
from articles.importing.zipped import files_in
from articles.models import ImportBatch

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
    sheet = forms.FileField(
        label=gettext_lazy("Metadata sheet"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV or Excel (XLSX): a row for each file, a column “file” with its name, further "
            "columns such as title, author, date, publisher, tags"
        ),
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

    offers_without = False

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handed = fields_for(user) if user is not None else {}
        for fields in self.handed.values():
            self.fields |= fields
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def fields_of_others(self) -> list[forms.BoundField]:
        """What is asked for the files that other apps bring in."""
        return [self[name] for fields in self.handed.values() for name in fields]

    def own_defaults(self) -> list[forms.BoundField]:
        """What is said of all documents."""
        return [self[name] for name in ("arrival", "split_chapters", *DEFAULTS)]

    def clean_files(self) -> list:
        """Errors: a file that no import takes, before any of it is stored."""
        limit = settings.IMPORT_MAX_ARCHIVE_BYTES
        if large := [file.name for file in self.cleaned_data["files"] if file.size > limit]:
            raise forms.ValidationError(
                _("Larger than an import takes: %(names)s."), params={"names": ", ".join(large)}
            )
        return self.cleaned_data["files"]

    def clean_arrival(self) -> str:
        return self.cleaned_data["arrival"] or ImportBatch.Arrival.LOOK

    def clean_language(self) -> str:
        return language_tag(self.cleaned_data["language"])

    def clean_tags(self) -> list[str]:
        return short_tags(self.cleaned_data["tags"])

    def clean_sheet(self) -> Sheet | None:
        """Errors: a sheet that cannot be read, before anything is stored."""
        file = self.cleaned_data["sheet"]
        if file is None:
            return None
        try:
            return read_sheet(file.read(MOST_BYTES + 1), name=file.name)
        except ImportRefused as refusal:
            raise forms.ValidationError(
                _("“%(name)s” is of no use as a metadata sheet. %(reason)s"),
                params={"name": file.name, "reason": refusal.reason},
            ) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_links(cleaned)
        if (sheet := cleaned.get("sheet")) and (files := cleaned.get("files")):
            names = [name for one in files for name in files_in(one.file, name=one.name)]
            cleaned["pairing"] = paired(sheet, names)
            if cleaned["pairing"].is_empty:
                self.add_error("sheet", _("None of its rows names a file of this upload."))
        cleaned["handed"] = {}
        for format in self.handed:
            try:
                told = handler_of(format).told(cleaned)
            except forms.ValidationError as error:
                self.add_error(None, error)
            else:
                cleaned["handed"] |= {format: told} if told else {}
        if self.errors and cleaned.get("files"):
            self.add_error("files", _("Choose the files again: browsers do not keep them."))
        return cleaned

    def _clean_links(self, cleaned: dict[str, Any]) -> None:
        text = cleaned.get("links", "")
        cleaned["links"], left_out = links_in(text, at_most=settings.FETCH_MAX_LINKS)
        self.offers_without = bool(left_out and (cleaned["links"] or cleaned.get("files")))
        if left_out and not (self.offers_without and cleaned["without_rest"]):
            self.add_error("links", left_out)
        elif text.strip() and not cleaned["links"] and not left_out:
            self.add_error("links", _("There is no web address in this text."))
        elif not text.strip() and not cleaned.get("files") and not self.errors:
            self.add_error(None, _("Choose files, or paste links."))

    @property
    def is_plan_wrong(self) -> bool:
        """Whether what is said of all of them is to be corrected."""
        return bool(set(self.errors) & {"arrival", "split_chapters", *DEFAULTS})

    def plan(self) -> dict[str, Any]:
        """The fields of the batch that these answers give. Only of a valid form."""
        given = self.cleaned_data
        sheet, pairing = given["sheet"], given.get("pairing")
        return {
            "sheet": sheet_as_json(sheet, pairing) if sheet else {},
            "sheet_report": report_on(sheet, pairing) if sheet else {},
            "handed": given["handed"],
            "arrival": given["arrival"],
            "split_chapters": given["split_chapters"],
            "defaults": {field: given[field] for field in DEFAULTS if given[field]},
        }
