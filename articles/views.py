"""What needs no notes: the text of an article as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import access
from articles.numbers import whole_number


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The canonical text and nothing else; ``?revision=N`` for an older one."""
    article = access.article_to_read(request.user, slug)
    number = request.GET.get("revision", "")
    revision = access.revision_to_read(article, whole_number(number), user=request.user)
    response = HttpResponse(revision.text, content_type="text/plain; charset=utf-8")
    response["ETag"] = f'"{revision.sha256}"'
    return response
