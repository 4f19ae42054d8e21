"""Which notes are here already, by the id they have where they were made."""

from collections.abc import Iterable, Iterator
from itertools import islice

from annotations.importing.hypothesis import Annotation as Received
from annotations.models import Annotation, Provenance


def _identifier(name: str) -> str:
    return f"hypothesis:{name}"


def known_notes(annotations: Iterable[Received]) -> dict[str, Annotation]:
    """The notes here of ``annotations`` and of what they answer, by their id there."""
    names = dict.fromkeys(name for one in annotations for name in (one.id, *one.references))
    found = {}
    for some in _batches(names, 1000):
        rows = Provenance.objects.filter(identifier__in=[_identifier(name) for name in some])
        for row in rows.select_related(
            "annotation__article", "annotation__group", "annotation__root__group"
        ):
            row.annotation.provenance = row
            found[row.identifier.removeprefix("hypothesis:")] = row.annotation
    return found


def _batches(names: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, size)):
        yield some


def remember(note: Annotation, one: Received) -> None:
    """Keep that ``note`` is ``one``, as it is now. Errors: IntegrityError where another note is."""
    note.provenance, _is_new = Provenance.objects.update_or_create(
        annotation=note,
        defaults={
            "identifier": _identifier(one.id),
            "address": one.links.get("html", ""),
            "author": one.user,
            "changed": one.updated,
            "version": note.version,
        },
    )
