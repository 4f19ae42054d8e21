"""The editors' log: who did what to which thing, and why. Every act enters itself here.

Rows are Django's LogEntry, where forms of the admin enter what they change by themselves. An act
of ours keeps its name and its facts as JSON, so that it can be filtered and is told in the
language of whoever reads it. No words of notes go in: people read the log who may not read them.
"""

import json
import logging
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

# What each act is called in a list of acts, and the sentence that follows a person's name.
ACTS = {
    "imported": (_("Import"), _("imported %(what)s")),
    "brought": (_("Bring notes in"), _("brought notes in from %(what)s: %(notes)s")),
    "unimported": (
        _("Undo an import"),
        _(
            "undid the import %(what)s: %(deleted)s articles deleted, %(withdrawn)s withdrawn, "
            "%(restored)s as they were before"
        ),
    ),
    "taken_back": (
        _("Undo an import: articles"),
        _("took back from %(what)s what the import “%(batch)s” had done"),
    ),
    "changed_many": (
        _("Change documents of an import"),
        _("changed %(documents)s waiting documents of %(what)s: %(fields)s"),
    ),
    "checked_many": (
        _("Check documents of an import"),
        _("checked %(fields)s of %(documents)s waiting documents of %(what)s"),
    ),
    "refused_many": (
        _("Refuse documents of an import"),
        _("refused %(documents)s documents of %(what)s"),
    ),
    "appeared": (
        _("Also published in"),
        _("noted that %(what)s was also published in %(place)s"),
    ),
    "kept_apart": (
        _("Keep apart"),
        _("said that %(what)s and “%(other)s” are two articles"),
    ),
    "published": (_("Publish"), _("published %(what)s")),
    "withdrew": (_("Withdraw"), _("withdrew %(what)s")),
    "corrected": (
        _("Correct a text"),
        _("corrected the text of %(what)s: revision %(revision)s"),
    ),
    "restored": (_("Restore a text"), _("gave %(what)s the text of revision %(revision)s again")),
    "renamed": (_("Rename"), _("renamed “%(former)s” to %(what)s")),
    "merged": (_("Merge"), _("merged %(others)s into %(what)s")),
    "merged_article": (
        _("Merge articles"),
        _("merged the article “%(other)s” into %(what)s"),
    ),
    "redacted": (
        _("Remove words"),
        _("removed words from %(what)s, revision %(revision)s"),
    ),
    "withheld": (_("Withhold a text"), _("withheld revision %(revision)s of %(what)s")),
    "lifted": (
        _("Put words back"),
        _("put back what was removed from %(what)s, revision %(revision)s"),
    ),
    "erased": (
        _("Erase for good"),
        _("erased for good what was removed from %(what)s, revision %(revision)s"),
    ),
    "hid": (_("Hide a note"), _("hid a note on %(what)s")),
    "unhid": (_("Show a note again"), _("showed a note on %(what)s again")),
    "settled": (_("Settle a report"), _("settled a report of a note on %(what)s")),
    "attached": (_("Review: attach"), _("attached a note on %(what)s to other words")),
    "accepted": (_("Review: accept"), _("accepted the place of a note on %(what)s")),
    "gone": (_("Review: words gone"), _("said that the words of a note on %(what)s are gone")),
    "undone": (_("Review: undo"), _("took back a decision on the place of a note on %(what)s")),
    "roles": (_("Change roles"), _("changed what %(what)s may do: %(roles)s")),
}


def enter(
    thing: Model,
    act: str,
    *,
    by: Any,
    reason: str = "",
    what: str = "",
    **facts: Any,
) -> None:
    """Enter that ``by`` did ``act``, one of ACTS, to ``thing``.

    ``what`` names the thing where its own words must not stand in the log. Call it inside the
    transaction of the act. Without a person, as in commands, the program's own log says so alone.
    """
    if by is not None:
        _entry(thing, act, by, reason, what, facts).save(force_insert=True)
    logger.info("%s: %s %s by %s", act, thing._meta.label_lower, thing.pk, by and by.pk)


def enter_each(
    things: Sequence[Model],
    act: str,
    *,
    by: Any,
    reason: str = "",
    are_gone: bool = False,
    **facts: Any,
) -> None:
    """Enter one act on many ``things``; those that ``are_gone`` get no link. Cost: one query."""
    flag = DELETION if are_gone else CHANGE
    LogEntry.objects.bulk_create(
        _entry(thing, act, by, reason, "", facts, flag=flag) for thing in things
    )
    logger.info("%s: %s things by %s", act, len(things), by.pk)


def _entry(
    thing: Model,
    act: str,
    by: Any,
    reason: str,
    what: str,
    facts: dict[str, Any],
    *,
    flag: int = CHANGE,
) -> LogEntry:
    return LogEntry(
        user=by,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        object_repr=(what or str(thing))[:200],
        action_flag=flag,
        change_message=json.dumps({"act": act, "reason": reason, **facts}, ensure_ascii=False),
    )


def facts_of(entry: LogEntry) -> dict[str, Any]:
    """What ``enter`` was told, or {} where a form of the admin made the entry."""
    if not entry.change_message.startswith('{"act":'):
        return {}
    found: dict[str, Any] = json.loads(entry.change_message)
    return found


def containing(act: str) -> str:
    """What the message of every entry of ``act`` begins with."""
    return json.dumps({"act": act})[:-1] + ","
