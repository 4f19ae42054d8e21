"""What is missing on articles that readers see or will see, for editors to fill in."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Authorship, FieldOrigin

_DOUBTS = FieldOrigin.objects.filter(
    article=OuterRef("pk"), sureness=FieldOrigin.Sureness.GUESS, locked=False
)
LACKS: dict[str, tuple[object, Q]] = {
    "check": (_("a look at what was guessed"), Q(Exists(_DOUBTS))),
    "people": (_("people"), ~Q(Exists(Authorship.objects.filter(article=OuterRef("pk"))))),
    "publisher": (_("publisher"), Q(publisher=None)),
    "date": (_("date or period"), Q(published_on=None, period="")),
    "language": (_("language"), Q(language="und")),
}


def lacking(what: str, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of ``articles`` that lack ``what``, a key of LACKS; withdrawn ones lack nothing.

    Nor do those merged into another.
    """
    gone = [Article.State.WITHDRAWN, Article.State.MERGED]
    return articles.exclude(state__in=gone).filter(LACKS[what][1])
