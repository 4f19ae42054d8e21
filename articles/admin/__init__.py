"""The editors' desk for the corpus, one module a noun."""

from articles.admin import imports, names, texts, works

__all__ = ["imports", "names", "texts", "works"]
