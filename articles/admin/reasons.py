"""The page between an action and its effect that asks for a reason."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "id_reason_helptext"}),
    )


def ask_reason(
    request: HttpRequest,
    *,
    title: str,
    consequence: str,
    names: list[str],
    help_text: str,
    back: str,
) -> str | HttpResponse:
    """The reason that was given, or the page that asks for it.

    ``names`` are the things concerned, ``back`` the address of the list they are on.
    """
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = help_text
    if form.is_valid():
        return form.cleaned_data["reason"]
    context = {
        **admin.site.each_context(request),
        "title": title,
        "consequence": consequence,
        "names": names,
        "back": back,
        "form": form,
    }
    return render(request, "admin/reason.html", context, status=422 if form.is_bound else 200)
