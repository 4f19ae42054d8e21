"""The start page of the desk: what needs doing, what the archive holds, who did what of late.

Each line is shown to those who may open the list it leads to. Cost: at most 13 queries.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import access
from annotations.models import Annotation, Flag
from archive import telling
from archive.placing import waiting_for
from articles import fixity
from articles.access import is_editor
from articles.lacking import LACKS, lacking
from articles.models import Article, Capture, ImportItem, Person, Publisher

RECENT = 10


@dataclass(frozen=True)
class Line:
    """Something to do or to count, and the list it stands in."""

    label: str
    count: int
    address: str


def start_context(user: Any, site: AdminSite) -> dict[str, Any]:
    """What the start page shows to ``user`` beside the list of models."""
    captures = fixity.state_of_all() if _may(user, Capture) else {}
    to_do = [*_to_do(user), *_captures_to_do(captures)]
    return {
        "to_do": [line for line in to_do if line.count],
        "may_do": bool(_may(user, Article)),
        "held": _held(user),
        "soundness": _soundness(captures),
        "recent": list(telling.entries_for(user, site)[:RECENT]) if is_editor(user) else [],
    }


def _to_do(user: Any) -> list[Line]:
    lines = []
    if _may(user, ImportItem):
        pending = ImportItem.objects.waiting().count()
        label = ngettext("imported document to look at", "imported documents to look at", pending)
        lines.append(Line(label, pending, _list(ImportItem, waiting="yes")))
    if _may(user, Article):
        lines += _articles_to_do()
    if _may(user, Annotation):
        notes = access.visible(user)
        unsure = waiting_for(user).count() if is_editor(user) else 0
        label = ngettext("note whose place is unsure", "notes whose place is unsure", unsure)
        lines.append(Line(label, unsure, reverse("annotations:review")))
        hidden = notes.exclude(hidden_at=None).count()
        label = ngettext("hidden note", "hidden notes", hidden)
        lines.append(
            Line(label, hidden, _list(Annotation, hidden_at__isempty=0, deleted_at__isempty=1))
        )
    if _may(user, Flag):
        reports = Flag.objects.filter(annotation__in=access.visible(user), settled_at=None).count()
        label = ngettext("report of a note to settle", "reports of notes to settle", reports)
        lines.append(Line(label, reports, _list(Flag, settled_at__isempty=1)))
    return lines


def _articles_to_do() -> list[Line]:
    """Cost: one query."""
    draft = Q(state=Article.State.DRAFT)
    counts = Article.objects.aggregate(
        drafts=Count("pk", filter=draft),
        doubtful=Count("pk", filter=draft & Q(pk__in=lacking("check", Article.objects.all()))),
        **{
            f"lacks_{what}": Count("pk", filter=Q(pk__in=lacking(what, Article.objects.all())))
            for what in LACKS
            if what != "check"
        },
    )
    drafts, doubtful = counts["drafts"], counts["doubtful"]
    lines = [
        Line(ngettext("draft", "drafts", drafts), drafts, _list(Article, state__exact="draft")),
        Line(
            ngettext("draft with guesses to check", "drafts with guesses to check", doubtful),
            doubtful,
            _list(Article, state__exact="draft", lacks="check"),
        ),
    ]
    for what, (label, _condition) in LACKS.items():
        if what != "check":
            count = counts[f"lacks_{what}"]
            told = ngettext("article without %s", "articles without %s", count) % label
            lines.append(Line(told, count, _list(Article, lacks=what)))
    return lines


def _captures_to_do(state: dict[str, Any]) -> list[Line]:
    if not state:
        return []
    label = ngettext("capture missing or altered", "captures missing or altered", state["wrong"])
    wrong = _list(Capture, condition__in=",".join(fixity.WRONG))
    return [Line(label, state["wrong"], wrong)]


def _soundness(state: dict[str, Any]) -> str:
    """What ``manage.py check_fixity`` last found of the captures, in a sentence, or ""."""
    if not state or not state["all"]:
        return ""
    known = {**state, "date": date_format(localtime(state["since"])) if state["since"] else ""}
    if state["sound"] < state["all"]:
        told = ngettext(
            "%(sound)d of %(all)d capture was checked and found sound.",
            "%(sound)d of %(all)d captures were checked and found sound.",
            state["all"],
        )
    else:
        told = ngettext(
            "The one capture found sound on %(date)s.",
            "All %(all)d captures found sound on %(date)s.",
            state["all"],
        )
    return told % known


def _held(user: Any) -> list[Line]:
    held = []
    if _may(user, Article):
        published = Article.objects.published().count()
        label = ngettext("published article", "published articles", published)
        held.append(Line(label, published, _list(Article, state__exact="published")))
    for model, one, many in ((Person, _("person"), _("people")),
                             (Publisher, _("publisher"), _("publishers"))):  # fmt: skip
        if _may(user, model):
            count = model.objects.count()
            held.append(Line(one if count == 1 else many, count, _list(model)))
    if _may(user, Annotation):
        notes = access.visible(user).count()
        label = ngettext("note you may read", "notes you may read", notes)
        held.append(Line(label, notes, _list(Annotation, deleted_at__isempty=1)))
    return held


def _may(user: Any, model: type[Model]) -> bool:
    app, name = model._meta.app_label, model._meta.model_name
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def _list(model: type[Model], **filters: Any) -> str:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address
