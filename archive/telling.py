"""Entries of the editors' log in words. Cost: no query where their content type is known."""

import re

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import logbook

_PLACE = re.compile(r"%\((\w+)\)s")


def entries_for(user, site) -> QuerySet[LogEntry]:
    """The entries about the kinds of things ``user`` may look at on the admin ``site``."""
    kinds = [
        model._meta
        for model, desk in site._registry.items()
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
        or user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    ]
    entries = LogEntry.objects.select_related("user", "content_type").filter(
        content_type__app_label__in={kind.app_label for kind in kinds},
        content_type__model__in={kind.model_name for kind in kinds},
    )
    return entries.order_by("-action_time", "-pk")


def sentence(entry: LogEntry) -> SafeString:
    """What was done to what, with a link: who did it stands before, why behind."""
    facts = logbook.facts_of(entry)
    if facts.get("act") in logbook.ACTS:
        told = str(logbook.ACTS[facts["act"]][1])
        values = facts | {"what": format_html("“{}”", _linked(entry))}
        named = {name: values.get(name, "") for name in _PLACE.findall(told)}
        return format_html(_PLACE.sub(r"{\1}", told), **named)
    thing = format_html(_("the {kind} “{name}”"), kind=entry.content_type.name, name=_linked(entry))
    if entry.action_flag == ADDITION:
        return format_html(_("added {thing}"), thing=thing)
    if entry.action_flag == DELETION:
        return format_html(_("deleted {thing}"), thing=thing)
    changes = entry.get_change_message()
    return format_html(_("changed {thing}. {changes}"), thing=thing, changes=changes)


def reason(entry: LogEntry) -> str:
    """Why it was done, as far as the editor said."""
    return logbook.facts_of(entry).get("reason", "")


def _linked(entry: LogEntry) -> SafeString | str:
    """The name of the thing, leading to its page on the desk while it is there."""
    address = None if entry.action_flag == DELETION else entry.get_admin_url()
    if address is None:
        return entry.object_repr
    return format_html('<a href="{}">{}</a>', address, entry.object_repr)
