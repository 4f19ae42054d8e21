"""The editors' desk for the corpus, one module a noun."""

from articles.admin import imports, texts, works

__all__ = ["imports", "texts", "works"]
