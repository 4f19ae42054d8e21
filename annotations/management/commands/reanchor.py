"""``manage.py reanchor [ARTICLE…]``: reckon anew where notes stand in later revisions."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.reanchoring import recompute
from articles.models import Article


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Reckon anew where notes stand after corrections. What a person decided is not "
            "touched. Each article is done in one piece, so a run that was stopped goes on with "
            "--after."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("article", nargs="*", help=_("slugs; without any, all articles"))
        parser.add_argument("--dry-run", action="store_true", help=_("tell, but write nothing"))
        parser.add_argument("--after", default="", help=_("go on behind this slug"))

    def handle(
        self, *args: Any, article: list[str], dry_run: bool, after: str, **options: Any
    ) -> None:
        articles = Article.objects.order_by("slug")
        if article:
            articles = articles.filter(slug__in=article)
            unknown = set(article) - set(articles.values_list("slug", flat=True))
            if unknown:
                names = ", ".join(sorted(unknown))
                raise CommandError(_("There is no article %(names)s.") % {"names": names})
        else:
            articles = articles.filter(annotations__anchors__isnull=False).distinct()
        slugs = list(articles.filter(slug__gt=after).values_list("slug", flat=True))
        total: Counter[str] = Counter()
        for number, slug in enumerate(slugs, 1):
            count = recompute(Article.objects.only("pk").get(slug=slug), write=not dry_run)
            total += count
            self.stdout.write(f"[{number}/{len(slugs)}] {slug}: {_told(count)}")
        self.stdout.write(_("Together: %(told)s.") % {"told": _told(total)})
        if dry_run:
            self.stdout.write(_("Nothing was written."))


def _told(count: Counter[str]) -> str:
    same, changed = count["same"], count["different"] + count["missing"]
    return ", ".join(
        [
            ngettext("%d place as before", "%d places as before", same) % same,
            ngettext("%d changed", "%d changed", changed) % changed,
            ngettext("%d decided by hand", "%d decided by hand", count["by hand"])
            % count["by hand"],
        ]
    )
