"""What an editor says of many waiting documents at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms import LinesField, language_tag, short_tags, stated_date
from articles.metadata import LABELS
from articles.models import Article, ImportAct

Kind = ImportAct.Kind
_AS_NOW = ("", gettext_lazy("as it is"))


class BulkForm(forms.Form):
    """``act`` says what is done; what it does not need is passed over, and left empty stays."""

    act = forms.ChoiceField(choices=Kind.choices)
    publisher = forms.CharField(label=LABELS["publisher"], required=False, max_length=300)
    rights = LinesField(
        label=LABELS["rights"], required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.CharField(
        label=LABELS["language"],
        required=False,
        max_length=35,
        help_text=gettext_lazy("Such as en, pt-BR or zh-Hant"),
    )
    kind = forms.ChoiceField(
        label=LABELS["kind"], required=False, choices=[_AS_NOW, *Article.Kind.choices]
    )
    date = forms.CharField(
        label=LABELS["date"],
        required=False,
        help_text=gettext_lazy("As much as is known: 2012-02-04, 2012-02 or 2012"),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        help_text=gettext_lazy("In words, where no date is known: 19th century"),
    )
    tags_added = forms.CharField(
        label=gettext_lazy("Tags to add"),
        required=False,
        help_text=gettext_lazy("Separated by commas"),
    )
    tags_removed = forms.CharField(
        label=gettext_lazy("Tags to take away"),
        required=False,
        help_text=gettext_lazy("Separated by commas"),
    )
    checked = forms.ChoiceField(
        label=gettext_lazy("Field"), required=False, choices=[("", "—"), *LABELS.items()]
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="bulk_%s", **kwargs)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"bulk_{name}_helptext"

    def clean_language(self) -> str:
        return language_tag(self.cleaned_data["language"])

    def clean_date(self) -> str:
        return stated_date(self.cleaned_data["date"]).isoformat()

    def clean_tags_added(self) -> list[str]:
        return short_tags(self.cleaned_data["tags_added"])

    def clean_tags_removed(self) -> list[str]:
        return short_tags(self.cleaned_data["tags_removed"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        act = cleaned.get("act")
        if cleaned.get("date") and cleaned.get("period"):
            self.add_error("period", _("A period stands where no date is known: empty one."))
        if act == Kind.EDIT and not self.errors and not self.values():
            self.add_error(None, _("Say what is to change: every field was left empty."))
        if act == Kind.CHECK and not cleaned.get("checked"):
            self.add_error("checked", _("Choose the field that you looked at."))
        if act == Kind.REFUSE and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: others will ask."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What ``acts.begin`` needs for the act that was chosen. Only of a valid form."""
        given = self.cleaned_data
        wanted = {
            Kind.EDIT: set(given) - {"act", "checked", "reason"},
            Kind.CHECK: {"checked"},
            Kind.REFUSE: {"reason"},
        }.get(given["act"], set())
        return {name: value for name, value in given.items() if name in wanted and value}
