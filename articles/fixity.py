"""Whether the files of captures still are the bytes that came in: each is read and hashed anew.

Files are read once, a piece at a time, through Django's storage, wherever that keeps them; what
was found is noted on the rows. Nothing is mended: a person has to see to it.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from django.core.files.storage import Storage
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from articles.models import Capture
from articles.redacting import was_erased

Condition = Capture.Condition
WRONG = (Condition.MISSING, Condition.ALTERED, Condition.MISSTATED, Condition.UNREADABLE)
EXTRA = "extra"
FOLDER = "captures"
_STEP = 1 << 20
_AT_ONCE = 200  # files, and rows written together
_IN_THE_MAKING = timedelta(hours=1)  # an import writes a file before its row is committed


@dataclass(frozen=True)
class Finding:
    """A file that is not as its row says, or that has none: a condition, or ``EXTRA``.

    ``expected`` and ``found`` are digests of an altered file, sizes of a misstated one.
    """

    what: str
    file: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True)
class Looked:
    """One file that was looked at, and what is wrong with it."""

    condition: str
    finding: Finding | None = None


def captures_to_check(*, since_days: int | None = None) -> QuerySet[Capture]:
    """All captures; with ``since_days`` those not found sound within as many days."""
    if since_days is None:
        return Capture.objects.all()
    before = timezone.now() - timedelta(days=since_days)
    return Capture.objects.exclude(condition=Condition.SOUND, checked_at__gt=before)


def extent(captures: QuerySet[Capture]) -> tuple[int, int]:
    """How many files ``captures`` have, and how many bytes these should be. Cost: one query."""
    files = captures.order_by().values("sha256").annotate(bytes=Max("size"))
    total = files.aggregate(files=Count("sha256"), all_bytes=Sum("bytes"))
    return total["files"], total["all_bytes"] or 0


def check(
    captures: QuerySet[Capture], *, reading: Callable[[int], None] = lambda count: None
) -> Iterator[Looked]:
    """Look at every file of ``captures``, and note on their rows what was found.

    ``reading`` is told how many bytes were read, piece by piece. Whoever leaves early keeps what
    was noted by then. Cost: some queries for every 200 files.
    """
    for page in _pages(captures):
        noted: dict[str, list[int]] = {}
        began = timezone.now()
        try:
            for _file, group in groupby(page, key=attrgetter("file.name")):
                rows = list(group)
                conditions, looked = _look(rows, reading)
                for row, condition in zip(rows, conditions, strict=True):
                    noted.setdefault(condition, []).append(row.pk)
                yield looked
        finally:
            for condition, keys in noted.items():
                found_sound = {"checked_at": began} if condition == Condition.SOUND else {}
                Capture.objects.filter(pk__in=keys).update(condition=condition, **found_sound)


def extra_files() -> Iterator[Finding]:
    """Files among the captures that no row knows, but for those of an import that is under way."""
    storage = Capture._meta.get_field("file").storage
    young = timezone.now() - _IN_THE_MAKING
    names = _files_in(storage, FOLDER)
    while some := list(islice(names, _AT_ONCE)):
        digests = [name.rpartition("/")[2] for name in some]
        known = set(Capture.objects.filter(sha256__in=digests).values_list("file", flat=True))
        for name in some:
            if name not in known and not _is_younger(storage, name, young):
                yield Finding(EXTRA, name)


def state_of_all() -> dict[str, Any]:
    """How many captures there are, are sound and are wrong, and when they were found sound.

    Those erased on purpose do not count. Cost: one query.
    """
    sound = Q(condition=Condition.SOUND)
    return Capture.objects.exclude(condition=Condition.ERASED).aggregate(
        all=Count("pk"),
        sound=Count("pk", filter=sound),
        wrong=Count("pk", filter=Q(condition__in=WRONG)),
        since=Min("checked_at", filter=sound),
    )


def _pages(captures: QuerySet[Capture]) -> Iterator[list[Capture]]:
    """``captures`` some at a time, all rows of one file together."""
    rows = captures.only("sha256", "size", "file").order_by("sha256", "file", "pk")
    last = ""
    while True:
        ordered = captures.filter(sha256__gt=last).order_by("sha256")
        digests = list(ordered.values_list("sha256", flat=True).distinct()[:_AT_ONCE])
        if not digests:
            return
        yield list(rows.filter(sha256__in=digests))
        last = digests[-1]


def _look(rows: list[Capture], reading: Callable[[int], None]) -> tuple[list[str], Looked]:
    """The condition of each of ``rows``, which share a file, and what to tell of it."""
    file, digest = rows[0].file, rows[0].sha256
    try:
        size, found = _read(file.storage, file.name, reading)
    except FileNotFoundError:
        return _missing(rows)
    except OSError as error:
        told = Finding(Condition.UNREADABLE, file.name, found=error.strerror or str(error))
        return _all(rows, Condition.UNREADABLE, told)
    if found != digest:
        return _all(rows, Condition.ALTERED, Finding(Condition.ALTERED, file.name, digest, found))
    conditions = [Condition.SOUND if row.size == size else Condition.MISSTATED for row in rows]
    stated = {str(row.size) for row in rows if row.size != size}
    if not stated:
        return conditions, Looked(Condition.SOUND)
    told = Finding(Condition.MISSTATED, file.name, ", ".join(sorted(stated)), str(size))
    return conditions, Looked(Condition.MISSTATED, told)


def _missing(rows: list[Capture]) -> tuple[list[str], Looked]:
    name, digest = rows[0].file.name, rows[0].sha256
    if was_erased(digest):
        return _all(rows, Condition.ERASED)
    if not Capture.objects.filter(sha256=digest).exists():
        return _all(rows, Condition.ERASED)  # the row went as well, while this was under way
    return _all(rows, Condition.MISSING, Finding(Condition.MISSING, name))


def _all(
    rows: list[Capture], condition: str, told: Finding | None = None
) -> tuple[list[str], Looked]:
    return [condition] * len(rows), Looked(condition, told)


def _read(storage: Storage, name: str, reading: Callable[[int], None]) -> tuple[int, str]:
    """Size and digest of a file, never held in memory whole. Errors: OSError."""
    digest, size = hashlib.sha256(), 0
    with storage.open(name, "rb") as file:
        while piece := file.read(_STEP):
            digest.update(piece)
            size += len(piece)
            reading(len(piece))
    return size, digest.hexdigest()


def _files_in(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _files_in(storage, f"{folder}/{name}")


def _is_younger(storage: Storage, name: str, time: datetime) -> bool:
    try:
        return storage.get_modified_time(name) > time
    except FileNotFoundError:
        return True  # it is gone again
