"""Digests as archives write them: "sha1:DR5MBP7O…", "sha256:9f86…"; in base 16, 32 or 64."""

import base64
import binascii
import hashlib
from typing import Any

_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


def hasher(algorithm: str) -> Any:
    """A hash object for "sha-256" or "SHA256"; None where nothing here computes it."""
    name = algorithm.strip().lower().replace("-", "")
    return hashlib.new(name, usedforsecurity=False) if name in _ALGORITHMS else None


def is_digest(value: str, digest: bytes) -> bool:
    """Whether ``value`` writes ``digest``, in whichever base it is written.

    Programs differ in base, case and padding, and the length of the digest settles which it is.
    """
    value = value.strip().rstrip("=")
    if value.lower() == digest.hex():
        return True
    if value.upper() == base64.b32encode(digest).decode().rstrip("="):
        return True
    try:
        padded = value + "=" * (-len(value) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True) == digest or (
            base64.b64decode(padded, validate=True) == digest
        )
    except (ValueError, binascii.Error):
        return False


def agrees(stated: str, *candidates: bytes) -> bool | None:
    """Whether one of the ``candidates`` has the digest ``stated``; None where nobody can tell."""
    algorithm, colon, value = stated.partition(":")
    if not colon or hasher(algorithm) is None:
        return None
    for candidate in candidates:
        made = hasher(algorithm)
        made.update(candidate)
        if is_digest(value, made.digest()):
            return True
    return False
