"""Where the addresses of an article lead that was merged into another."""

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from archive.failures import problem_as_json, wants_json
from articles.models import Article

# What speaks of its texts goes on speaking of them: the number of a revision is not the other's.
_ITS_OWN = {
    "articles:revision": "articles:merged_revision",
    "articles:passage": "articles:merged_passage",
}
_ITS_HISTORY = {"articles:comparison", "articles:restore", "articles:history"}
_OF_A_REVISION = {"articles:text", "articles:passage_address"}
# The rest leads to the same page of the other, with these of the query. Others name places in
# the text, or pages of lists.
_AS_BEFORE = {"q", "notes", "side"}


def follow(request: HttpRequest, article: Article) -> HttpResponse:
    """301 to what the address means now; a form is not sent on, for it speaks of another text."""
    if request.method not in ("GET", "HEAD"):
        return _refused(request, article)
    return HttpResponsePermanentRedirect(_address(request, article))


def _address(request: HttpRequest, article: Article) -> str:
    match, slug = request.resolver_match, article.merged_into.slug
    kwargs = match.kwargs | {"slug": slug}
    if match.view_name in _ITS_OWN:
        return reverse(_ITS_OWN[match.view_name], kwargs=kwargs | {"merged": article.slug})
    if match.view_name in _ITS_HISTORY:
        return f"{reverse('articles:history', args=[slug])}#merged-{article.slug}"
    kept = {name: request.GET.getlist(name) for name in _AS_BEFORE & request.GET.keys()}
    if match.view_name in _OF_A_REVISION and "revision" in request.GET:
        kept = {"merged": article.slug} | request.GET.dict()
    query = f"?{urlencode(kept, doseq=True)}" if kept else ""
    return reverse(match.view_name, kwargs=kwargs) + query


def _refused(request: HttpRequest, article: Article) -> HttpResponse:
    known = {"title": article.title, "other": article.merged_into.title}
    told = gettext("“%(title)s” was merged into “%(other)s” meanwhile. Nothing was changed.")
    if wants_json(request):
        return problem_as_json(409, told % known)
    messages.warning(request, told % known)
    return HttpResponseRedirect(article.merged_into.get_absolute_url())
