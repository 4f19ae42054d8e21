"""The editors' desk as a whole: what concerns texts and notes at once, and accounts."""

from archive.admin import accounts, jobs, log, names, redacting, undoing, uniting

__all__ = ["accounts", "jobs", "log", "names", "redacting", "undoing", "uniting"]
