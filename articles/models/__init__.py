"""The corpus: works, the people and publishers behind them, their revisions and their origin.

A work is an Article; each text it ever had is an immutable Revision; the bytes an import
received are a Capture. Nothing here knows that annotations exist.
"""

from articles.models.alike import AlikePair, Sketch
from articles.models.appearances import Appearance
from articles.models.imports import ImportAct, ImportBatch, ImportItem, ImportSource
from articles.models.names import (
    Person,
    PersonAlias,
    Publisher,
    PublisherAlias,
    Tag,
    TagAlias,
    TagsByAnyName,
)
from articles.models.redactions import Redaction, SealedText
from articles.models.texts import Capture, Revision, TextChunk, Word, capture_path
from articles.models.works import (
    Article,
    ArticleSlug,
    Authorship,
    FieldOrigin,
    Identifier,
    TaggedArticle,
    UrlAlias,
)

__all__ = [
    "AlikePair",
    "Appearance",
    "Article",
    "ArticleSlug",
    "Authorship",
    "Capture",
    "FieldOrigin",
    "Identifier",
    "ImportAct",
    "ImportBatch",
    "ImportItem",
    "ImportSource",
    "Person",
    "PersonAlias",
    "Publisher",
    "PublisherAlias",
    "Redaction",
    "Revision",
    "SealedText",
    "Sketch",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "TagsByAnyName",
    "TextChunk",
    "UrlAlias",
    "Word",
    "capture_path",
]
