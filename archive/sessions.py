"""Sessions in the database, looked up by keys that could be ours and by no others."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: Any) -> bool:
        # A cookie may hold anything, and PostgreSQL fails on a NUL.
        return bool(key) and key.isascii() and key.isalnum() and super()._validate_session_key(key)
