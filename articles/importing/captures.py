"""The bytes an import received: kept unchanged, once however often they come."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import RestrictedError
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from articles.addresses import canonical_url
from articles.importing.document import Document
from articles.models import Capture, capture_path

_STEP = 1 << 20
RECEIVED = "received"  # the importer of a capture that nothing has read yet


def digest_of(raw: bytes) -> str:
    """The address of ``raw`` among the captures: its SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def keep_capture(
    raw: bytes, *, media_type: str, file_name: str = "", document: Document
) -> Capture:
    """The bytes ``document`` was read from, with what read them.

    The file is written before the row is committed: a row without its file would be a loss, a
    file without a row is none.
    """
    return _kept(
        ContentFile(raw),
        sha256=digest_of(raw),
        media_type=media_type,
        file_name=file_name,
        url=document.url or "",
        captured_at=document.captured_at,
        importer=document.importer,
        version=document.importer_version,
    )


def keep_file(
    file: File,
    *,
    file_name: str,
    media_type: str = "application/octet-stream",
    url: str = "",
    captured_at: datetime | None = None,
) -> Capture:
    """A file as it was received, before anything reads it. It is never held in memory whole."""
    digest = hashlib.sha256()
    for piece in file.chunks(_STEP):
        digest.update(piece)
    file.seek(0)
    return _kept(
        file,
        sha256=digest.hexdigest(),
        media_type=media_type,
        file_name=file_name,
        url=url,
        captured_at=captured_at,
        importer=RECEIVED,
        version="",
    )


@contextmanager
def on_disk(capture: Capture) -> Iterator[Path]:
    """The file of ``capture`` as one of this machine, wherever the storage keeps it."""
    try:
        path = Path(capture.file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile() as copy:
            _copy(capture.file, copy)
            yield Path(copy.name)
    else:
        yield path


def forget_capture(capture: Capture) -> bool:
    """Delete ``capture`` and its file where nothing else was read from these bytes; whether so.

    The file goes once the transaction is committed.
    """
    try:
        with transaction.atomic():
            capture.delete()
    except (ProtectedError, RestrictedError):
        return False
    storage, path = capture.file.storage, capture.file.name
    if not Capture.objects.filter(sha256=capture.sha256).exists():
        transaction.on_commit(lambda: storage.delete(path))
    return True


def _copy(file: File, copy: IO[bytes]) -> None:
    with file.open("rb") as opened:
        for piece in opened.chunks(_STEP):
            copy.write(piece)
    copy.flush()


def _kept(
    file: File,
    *,
    sha256: str,
    media_type: str,
    file_name: str,
    url: str,
    captured_at: datetime | None,
    importer: str,
    version: str,
) -> Capture:
    capture = Capture(sha256=sha256)
    storage, path = capture.file.storage, capture_path(capture, "")
    # A file of another size is what an interrupted import left.
    if storage.exists(path) and storage.size(path) != file.size:
        storage.delete(path)
    if not storage.exists(path):
        written = storage.save(path, file)
        if written != path:  # somebody else stored the same bytes meanwhile
            storage.delete(written)
    read = {
        "media_type": media_type[:100],
        "importer": importer[:60],
        "importer_version": version[:40],
    }
    origin = {
        "sha256": sha256,
        "source_url": url if canonical_url(url) else "",
        "file_name": file_name[-500:],
    }
    captured_at = captured_at or timezone.now()
    new = Capture(**origin, **read, size=file.size, file=path, captured_at=captured_at)
    # Somebody else may insert the same at the same moment; what is there then, counts.
    Capture.objects.bulk_create([new], ignore_conflicts=True)
    kept = Capture.objects.get(**origin)
    if kept.importer == RECEIVED != importer:
        Capture.objects.filter(pk=kept.pk).update(**read)
    return kept
