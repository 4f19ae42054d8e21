"""Exports of Hypothesis among the files of an import: the handler that ``articles`` calls.

Who may read what comes in was asked when the files were given, and is asked again when they are
read: by then the editor may have left the group.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import access
from annotations.importing import hypothesis
from annotations.importing.door import Brought, piece_by_piece, tell
from annotations.models import Audience, Group
from articles.importing.document import ImportRefused
from articles.importing.handlers import Handler, Keep, Outcome
from articles.models import ImportBatch, ImportSource

FORMAT = "hypothesis"


def bring(raw: bytes, source: ImportSource, keep: Keep) -> Iterator[None]:
    """Bring an export in, thread by thread. Errors: ImportRefused."""
    export = hypothesis.read(raw)
    numbers = {
        one.place: number for number, one in enumerate((*export.annotations, *export.refusals))
    }

    def kept(results: list[Brought]) -> None:
        keep(
            (numbers[one.name], Outcome(one.name, one.outcome, one.reason, one.article))
            for one in results
        )

    audience, group = _readers(source.batch)
    told: list[Brought] = []
    for results in piece_by_piece(export, audience=audience, group=group, keep=kept):
        told += results
        yield
    tell(told, source.batch, by=source.batch.created_by)


def fields(user: Any) -> dict[str, forms.Field]:
    """What the upload form asks an editor who is in a group; of others nothing."""
    groups = access.groups_of(user)
    if not groups.exists():
        return {}
    return {
        "notes_group": forms.ModelChoiceField(
            groups,
            required=False,
            label=gettext_lazy("Group"),
            empty_label=gettext_lazy("No group: what was not public is refused"),
            help_text=gettext_lazy("For notes that were for a group, or private and exported"),
        ),
        "notes_audience": forms.ChoiceField(
            required=False,
            initial=Audience.PUBLIC,
            label=gettext_lazy("Notes that were public"),
            choices=[
                (Audience.PUBLIC, gettext_lazy("are public here")),
                (Audience.GROUP, gettext_lazy("are for that group alone")),
            ],
        ),
    }


def told(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What of the answers is kept. Errors: ValidationError."""
    group, audience = cleaned.get("notes_group"), cleaned.get("notes_audience")
    if audience == Audience.GROUP and group is None:
        raise forms.ValidationError({"notes_group": _("Choose the group that may read them.")})
    return {"group": group.pk, "audience": audience or Audience.PUBLIC} if group else {}


def _readers(batch: ImportBatch) -> tuple[str, Group | None]:
    """Who may read what comes in: as was asked for, if the editor may still write for them."""
    wanted = batch.handed.get(FORMAT, {})
    by = batch.created_by
    group = access.groups_of(by).filter(pk=wanted.get("group")).first() if by else None
    if wanted.get("audience") == Audience.GROUP:
        if group is None:
            raise ImportRefused(_("Whoever gave it is no longer in the group it was for."))
        return Audience.GROUP, group
    return Audience.PUBLIC, group


HANDLER = Handler(
    bring=bring,
    fields=fields,
    told=told,
    instead=gettext_lazy(
        "It holds notes, not an article: bring them in with “manage.py import_annotations”."
    ),
)
