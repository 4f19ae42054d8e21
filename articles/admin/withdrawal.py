"""The page that asks why articles are withdrawn, and then withdraws them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.reasons import ask_reason
from articles.given import whole_numbers
from articles.models import Article


def withdrawal_address(ids: Iterable[int]) -> str:
    """Where to withdraw these articles."""
    query = urlencode({"ids": ",".join(str(pk) for pk in ids)})
    return f"{reverse('admin:articles_article_withdraw')}?{query}"


@require_http_methods(["GET", "POST"])
def withdrawal_page(request: HttpRequest) -> HttpResponse:
    """Ask for a reason and withdraw the published ones among ``?ids=``."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    back = reverse("admin:articles_article_changelist")
    ids = whole_numbers(request.GET.get("ids", ""))
    articles = list(Article.objects.published().filter(pk__in=ids))
    if not articles:
        messages.error(request, _("None of these articles is published."))
        return HttpResponseRedirect(back)
    reason = ask_reason(
        request,
        title=_("Withdraw"),
        consequence=_(
            "Readers will get the citation and your reason instead of the text. "
            "Notes stay, and you can publish it again."
        ),
        names=[article.title for article in articles],
        help_text=_("Shown to readers in place of the text."),
        back=back,
    )
    if isinstance(reason, HttpResponse):
        return reason
    for article in articles:
        editing.withdraw(article, reason=reason, by=request.user)
    told = ngettext("%d article is withdrawn.", "%d articles are withdrawn.", len(articles))
    messages.success(request, told % len(articles))
    return HttpResponseRedirect(back)
