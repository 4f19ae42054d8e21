"""Having nobody record a text, delete a draft or merge an article while a note is written."""

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from articles.models import Article


def hold(article: Article) -> Article:
    """``article``, locked until the transaction ends; where it was merged, the one it became.

    Cost: 1 query, 2 where it is being merged just now.
    """
    while True:
        known = Article.objects.filter(pk=article.pk)
        now = known.values(now=Coalesce("merged_into", "pk"))
        rows = Article.objects.select_for_update(no_key=True, of=("self",))
        held = rows.only("pk", "merged_into").get(pk=Subquery(now))
        if not held.is_merged:
            return article if article.pk == held.pk else held
        article = held
