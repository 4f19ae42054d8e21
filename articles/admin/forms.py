"""Forms of the articles' admin."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms import LONGEST_TAG, parse_tags, tag_line
from articles.models import ArticleSlug


class TagsInput(AdminTextInputWidget):
    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else tag_line([tag.name for tag in value or ()])


class TagsField(forms.CharField):
    """Names between commas. Taggit's own field would take "arms control" for two tags."""

    widget = TagsInput

    def clean(self, value: str) -> list[str]:
        tags = parse_tags(super().clean(value))
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("A tag has at most 100 characters."))
        return tags

    def has_changed(self, initial: Any, data: str | None) -> bool:
        return {tag.name for tag in initial or ()} != set(parse_tags(data or ""))


class ArticleForm(forms.ModelForm):
    """The admin says for which model and fields."""

    tags = TagsField(
        label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("Separated by commas")
    )

    class Meta:
        widgets = {
            "title": AdminTextareaWidget(attrs={"rows": 2}),
            "standfirst": AdminTextareaWidget(attrs={"rows": 4}),
            "publication": AdminTextInputWidget,
            "period": AdminTextInputWidget,
            "source": AdminTextInputWidget,
            "rights": AdminTextareaWidget(attrs={"rows": 4}),
        }

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        former = ArticleSlug.objects.filter(slug=slug).exclude(article=self.instance.pk).first()
        if former is not None:
            raise forms.ValidationError(
                _("This address once led to “%(title)s” and still does."),
                params={"title": former.article.title},
            )
        return slug
