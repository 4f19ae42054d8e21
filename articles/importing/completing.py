"""What an editor says of a whole batch: defaults, and a metadata sheet with a row for each file.

Defaults fill in what a document does not say itself; the sheet has the last word.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from articles.importing.document import Document, Origin, Sureness
from articles.importing.found import Found
from articles.importing.sheets import Row, Sheet, stated
from articles.importing.sheets.pairing import Pairing, spelling_of
from articles.models import ImportBatch

# Fields that a batch may give, each with the attribute of a document that holds it.
FIELDS = ("publisher", "rights", "language", "tags")
_WHERE = "the import's defaults"
_TOLD = 20  # names of a list that are told; of the rest the number


@dataclass(frozen=True)
class Completed:
    """A document with what the batch says of it, and what a person should look at therefore."""

    document: Document
    doubts: tuple[str, ...] = ()
    hold: str = ""


def complete(found: Found, batch: ImportBatch, *, file: str, name: str) -> Completed:
    """The document of ``found``, in the source ``file``, with all that ``batch`` says of it."""
    assert found.document is not None  # noqa: S101 (whoever calls has looked)
    by_sheet = _by_sheet(found.document, found, batch.sheet, file)
    return replace(by_sheet, document=completed(by_sheet.document, batch, name=name))


def completed(document: Document, batch: ImportBatch, *, name: str) -> Document:
    """``document`` with the defaults of ``batch`` where it says nothing; tags are added."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        given = batch.defaults.get(field)
        if not given:
            continue
        if field == "tags":
            values[field] = tuple(dict.fromkeys((*document.tags, *given)))
        elif not getattr(document, field):
            values[field] = given
    if not values:
        return document
    origins = dict(document.origins)
    for field in values:
        origins.setdefault(field, Origin(Sureness.STATED, _WHERE))
    return replace(document, **values, origins=origins)


def sheet_as_json(sheet: Sheet, pairing: Pairing) -> dict[str, Any]:
    """What ``ImportBatch.sheet`` keeps of a sheet: the rows that files have, and which."""
    used = {*pairing.rows.values(), *pairing.parts.values()}
    return {
        "rows": {str(number): asdict(sheet.rows[number]) for number in sorted(used)},
        "files": dict(pairing.rows),
        "parts": dict(pairing.parts),
        "unclear": dict(pairing.unclear),
    }


def report_on(sheet: Sheet, pairing: Pairing) -> dict[str, Any]:
    """What ``ImportBatch.sheet_report`` tells an editor of a sheet."""
    return {
        "name": sheet.name,
        "rows": len(sheet.rows),
        "used": len(pairing.rows),
        "warnings": list(sheet.warnings),
        "rows_alone": [f"{file} ({number})" for number, file in pairing.rows_alone[:_TOLD]],
        "rows_alone_count": len(pairing.rows_alone),
        "files_alone": list(pairing.files_alone[:_TOLD]),
        "files_alone_count": len(pairing.files_alone),
        "unclear": [f"{file}: {why}" for file, why in list(pairing.unclear.items())[:_TOLD]],
        "unclear_count": len(pairing.unclear),
    }


def _by_sheet(document: Document, found: Found, sheet: dict[str, Any], file: str) -> Completed:
    if not sheet:
        return Completed(document)
    path = f"{file}/{found.member}" if found.member else file
    if why := sheet["unclear"].get(path):
        return Completed(document, hold=why)
    inside = found.part.removeprefix(found.member).removeprefix(", ")
    names = [found.part, f"{file}, {found.part}", inside] if inside else []
    spelt = [spelling_of(one) for one in names]
    part = next((sheet["parts"][one] for one in spelt if one in sheet["parts"]), None)
    number = part or sheet["files"].get(path)
    if number is None:
        told = _("The metadata sheet has no row for it.")
        return Completed(replace(document, warnings=(*document.warnings, told)))
    given = sheet["rows"][str(number)]
    row = Row(given["file"], given["fields"], tuple(map(tuple, given["problems"])))
    where = f"the metadata sheet, row {number}"
    several = bool(inside) and part is None
    said = stated(document, row, where=where, several=several)
    return Completed(said, doubts=tuple(dict.fromkeys(field for field, _told in row.problems)))
