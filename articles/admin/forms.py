"""Forms of the articles' admin."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext as _

from articles.models import ArticleSlug


class ArticleForm(forms.ModelForm):
    """The admin says for which model and fields."""

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
