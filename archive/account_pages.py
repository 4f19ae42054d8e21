"""The account: its name, its tokens, its end. Log-in, password and e-mail are allauth's pages."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive import closing, limits
from archive.account_forms import ClosingForm, NameForm, TokenForm
from archive.models import ApiToken
from archive.roles import role_of


def _own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Pages for whoever is logged in, kept by no cache."""
    return wraps(view)(never_cache(login_required(view)))


@_own
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's account; POST changes the display name."""
    form = NameForm(_sent(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, _("From now on you are called %(name)s.") % {"name": form.instance}
        )
        return redirect("account")
    return _page(request, name_form=form, status=422 if form.is_bound else 200)


@_own
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its text, this once; whoever had to log in first begins anew."""
    if request.method != "POST":
        return redirect("account")
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form, status=422)
    if limits.too_often(request):
        form.add_error(None, limits.refusal("write"))
        return limits.ask_to_wait(_page(request, token_form=form), "write")
    label = form.cleaned_data["label"]
    context = {"text": ApiToken.objects.issue(user=request.user, label=label), "label": label}
    response = render(request, "account/token.html", context, status=201)
    response["Cache-Control"] = "no-store"
    return response


@_own
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of one's tokens back, for good."""
    if request.method != "POST":
        return redirect("account")
    token = request.user.api_tokens.filter(pk=pk).first()
    if token is None:
        raise Http404
    token.delete()
    messages.success(request, _("The token “%(label)s” works no more.") % {"label": token.label})
    return redirect("account")


@_own
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What closing the account would do; POST with the password does it."""
    form = ClosingForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        if not get_adapter().reauthenticate(request.user, form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password."))
        else:
            try:
                closing.close(request.user, keep_notes=form.cleaned_data["notes"] == "keep")
            except closing.LastAdministrator:
                told = _("You are the only administrator. Make somebody else one first.")
                form.add_error(None, told)
            else:
                get_adapter().logout(request)
                messages.success(request, _("Your account is closed."))
                response = redirect("home")
                response["Clear-Site-Data"] = '"storage"'  # drafts kept on this device
                return response
    context = {"form": form, "consequences": closing.consequences(request.user)}
    return render(request, "account/close.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    """The form that was sent, also an empty one; None where the page is asked for."""
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, *, status: int = 200, **forms) -> HttpResponse:
    """Cost: 5 queries."""
    user = request.user
    context = {
        "name_form": NameForm(instance=user),
        "token_form": TokenForm(),
        "role": role_of(user),
        "email": EmailAddress.objects.get_verified(user),
        "new_email": EmailAddress.objects.get_new(user),
        "tokens": user.api_tokens.order_by("-created_at"),
        "memberships": user.memberships.select_related("group").order_by("group__name"),
        **forms,
    }
    return render(request, "account/account.html", context, status=status)
