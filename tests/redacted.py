"""An article that says what a court forbids, notes on it, and the hand that removes the words."""

from typing import Any

from django.test import Client

from articles.importing.document import Document
from articles.importing.record import record
from articles.models import Article
from tests.factories import make_annotation, make_revision

SECRET = "Zacharias Quill"
FIRST = f"<p>It was said that {SECRET} had paid for it.</p>\n<p>Nobody denied it.</p>"
SECOND = f"<p>It was said in May that {SECRET} had paid for it.</p>\n<p>Nobody denied it.</p>"
REDACTIONS = "/admin/articles/redaction/"


def bribes(html: str = FIRST) -> Document:
    return Document(title="On bribes", html=html, identifiers=(("doi", "10.1/bribes"),))


def make_bribes() -> Article:
    """A published article of two revisions, both of which say the words, made of one file."""
    recorded = record(bribes(), raw=FIRST.encode(), media_type="text/html", publish=True)
    make_revision(recorded.article, html=SECOND, capture=recorded.revision.capture)
    return recorded.article


def make_notes(article: Article, by: Any) -> list[Any]:
    """On the words, on a part of them, beside them, and one made on the first text."""
    old = article.revisions.get(number=1)
    made = [
        make_annotation(article, by=by, words=words, body=f"About it {number}.")
        for number, words in enumerate((SECRET, "that Zach", "said in May", "Nobody denied"))
    ]
    return [*made, make_annotation(old, by=by, words="Quill had paid")]


def remove(client: Client, article: Article, **fields: Any) -> Any:
    """Send the form that removes the words from all revisions, or what ``fields`` say."""
    sent = {
        "what": "words",
        "words": "zacharias quill",
        "revisions": [one.pk for one in article.revisions.all()],
        "reason": "By order of a court.",
        "act": "remove",
    }
    return client.post(f"{REDACTIONS}of/{article.pk}/", sent | fields)
