"""Pages about articles that need no notes: the list, and the text as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import access
from articles.keyset import page_of
from articles.models import Article
from articles.numbers import whole_number

PAGE = 20


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The published articles, the last added first; ``?tag=`` narrows to a subject."""
    articles = Article.objects.published().for_lists()
    tag = request.GET.get("tag", "").replace("\x00", "").strip()
    if tag:
        articles = articles.filter(tags__name__iexact=tag)
    page = page_of(articles, by="published_at", after=request.GET.get("after", ""), size=PAGE)
    context = {"articles": page.rows, "page": page, "tag": tag, "count": articles.count()}
    return render(request, "articles/list.html", context)


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The canonical text and nothing else; ``?revision=N`` for an older one."""
    article = access.article_to_read(request.user, slug)
    number = request.GET.get("revision", "")
    revision = access.revision_to_read(article, whole_number(number), user=request.user)
    response = HttpResponse(revision.text, content_type="text/plain; charset=utf-8")
    response["ETag"] = f'"{revision.sha256}"'
    return response
