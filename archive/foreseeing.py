"""What a new text would do to an article's notes and words, told before it is recorded."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from annotations import access as notes_access
from annotations.reanchoring import Foresight, foresee
from articles.comparing import Fate, compare, size
from articles.models import Article
from articles.stretches import stretches
from articles.text import text_of


def on_revision_foreseen(
    sender: Any, *, article: Article, html: str, user: Any, **_: Any
) -> SafeString:
    """Receiver of ``articles.signals.revision_foreseen``. Cost: 8 queries at most."""
    current = article.revisions.filter(superseded_at=None).first()
    if current is None:
        return SafeString()
    rows = compare(current.text, text_of(html))
    deleted, inserted = size(rows)
    context = {
        "article": article,
        "current": current,
        "seen": for_reader(user, article, html),
        "stretches": stretches(rows),
        "deleted": deleted,
        "inserted": inserted,
        "moved": sum(row.fate == Fate.MOVED_HERE for row in rows),
        "same_words": all(row.fate == Fate.SAME for row in rows),
    }
    return render_to_string("archive/_foreseen.html", context)


def for_reader(user: Any, article: Article, html: str) -> Foresight:
    """What ``html`` would do to the notes that ``user`` may read."""
    visible = notes_access.visible(user).filter(article=article, root=None)
    return foresee(article, html, only=list(visible.values_list("pk", flat=True)))
