"""The door through which annotations from elsewhere become notes on articles.

The same annotation twice is one note: its id there is unique, and stays taken when the note is
deleted. Its author is a name, never an account. Nobody reads here what they could not read
there: what was public comes for the audience asked for, what was for a group only for a group
that an editor names, what was private only if its author exported it, and for that group too.
One transaction a thread: it is in whole, but for what is refused, or not at all.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations import redacting, writing
from annotations.importing.finding import Quote, quote_of
from annotations.importing.hypothesis import GROUP, PUBLIC, Export
from annotations.importing.hypothesis import Annotation as Received
from annotations.importing.matching import Match, Matcher
from annotations.importing.ordering import threads
from annotations.importing.provenance import known_notes, remember
from annotations.importing.standing import Texts, look_again, stand
from annotations.models import Annotation, Audience, Group, Motivation
from articles import logbook
from articles.importing.document import ImportRefused
from articles.models import Article, ImportBatch, ImportItem, Redaction
from articles.naming import tags_named

logger = logging.getLogger(__name__)

Outcome = ImportItem.Outcome
_LONGEST_TAG = 100
_LONGEST_NAME = 300


@dataclass(frozen=True)
class Brought:
    """What became of one annotation, or with a dry run what would. ``note`` is None if refused.

    ``name`` says which one ("annotation 3 (abc)"); ``reason`` is what a person should know.
    ``words_gone``: no text of the article was seen to hold its words.
    """

    name: str
    outcome: str
    reason: str = ""
    article: Article | None = None
    note: Annotation | None = None
    words_gone: bool = False


def bring(
    export: Export,
    *,
    by: Any,
    audience: str = Audience.PUBLIC,
    group: Group | None = None,
    label: str = "",
    dry_run: bool = False,
) -> list[Brought]:
    """Bring the annotations of ``export`` in; what became of each, in the order of the file.

    ``audience``, everyone or ``group``, is for what was public there; ``group`` for the rest. The
    outcomes are kept in an ImportBatch named ``label``; with ``by``, an editor, the log gets a
    line. Access was passed before: whoever calls sees to it that ``by`` may write for ``group``.
    Errors: ValueError for an audience that is none of the two.
    """
    batch = None
    if not dry_run:
        batch = ImportBatch.objects.create(created_by=by, label=(label or _("Annotations"))[:200])

    def keep(results: Iterable[Brought]) -> None:
        if batch is not None:
            ImportItem.objects.bulk_create(
                ImportItem(
                    batch=batch,
                    name=one.name[-500:],
                    outcome=one.outcome,
                    reason=one.reason,
                    article=one.article,
                )
                for one in results
            )

    found: dict[str, Brought] = {}
    for results in piece_by_piece(
        export, audience=audience, group=group, keep=keep, dry_run=dry_run
    ):
        found |= {one.name: one for one in results}
    ordered = [found[one.place] for one in (*export.annotations, *export.refusals)]
    tell(ordered, batch, by=by)
    return ordered


def piece_by_piece(
    export: Export,
    *,
    audience: str,
    group: Group | None,
    keep: Callable[[list[Brought]], None],
    dry_run: bool = False,
) -> Iterator[list[Brought]]:
    """As ``bring``, a thread at a time; ``keep`` writes its outcomes in the same transaction.

    Whoever stops asking leaves whole threads. Errors: ValueError as ``bring``.
    """
    if audience not in (Audience.PUBLIC, Audience.GROUP) or (
        audience == Audience.GROUP and group is None
    ):
        raise ValueError(f"notes without an account cannot be for {audience!r} alone")
    yield from _Act(export, Audience(audience), group, keep, dry_run).results()
    refused = [Brought(one.place, Outcome.REFUSED, one.reason) for one in export.refusals]
    keep(refused)
    yield refused


def tell(results: Iterable[Brought], batch: ImportBatch | None, *, by: Any) -> None:
    """Enter in the log what became of an export that was brought into ``batch``."""
    counts = Counter(str(one.outcome) for one in results)
    logger.info("brought annotations in%s: %s", "" if batch else " (dry run)", dict(counts))
    if batch is not None and by is not None:
        written = counts[Outcome.NEW] + counts[Outcome.UPDATED]
        logbook.enter(batch, "brought", by=by, notes=written)


@dataclass(frozen=True)
class _Thread:
    """Annotations of a file that answer one another, parents first, and what they are about."""

    members: Sequence[Received]
    match: Match


class _Act:
    """One act of bringing in: what was asked for, and what is known so far."""

    def __init__(
        self,
        export: Export,
        audience: Audience,
        group: Group | None,
        keep: Callable[[list[Brought]], None],
        dry_run: bool,
    ) -> None:
        self.export, self.audience, self.group, self.dry_run = export, audience, group, dry_run
        self.keep = keep
        self.in_file = {one.id: one for one in export.annotations}
        self.notes = known_notes(export.annotations)

    def results(self) -> Iterator[list[Brought]]:
        """What became of each thread, article by article: a text is prepared once."""
        matcher, by_article = Matcher(), dict[int, list[_Thread]]()
        for members in threads(self.export.annotations):
            try:
                match = self._match(matcher, members[0])
            except ImportRefused as refusal:
                results = [_refused(one, refusal.reason) for one in members]
                self.keep(results)
                yield results
            else:
                by_article.setdefault(match.article.pk, []).append(_Thread(members, match))
        for on_it in by_article.values():
            texts = Texts(on_it[0].match.article, list(_quotes(on_it)))
            for thread in on_it:
                yield self._safely(thread, texts)

    def _match(self, matcher: Matcher, top: Received) -> Match:
        """The article of a thread; where its notes are here already, theirs."""
        for name in (top.id, *reversed(top.references)):
            if name in self.notes:
                return Match(self.notes[name].article)
        return matcher.match((top.uri, *top.also_at), top.title)

    def _safely(self, thread: _Thread, texts: Texts) -> list[Brought]:
        before = dict(self.notes)
        try:
            with transaction.atomic():
                results = self._bring(thread, texts)
                self.keep(results)
                if self.dry_run:
                    transaction.set_rollback(True)
        except (DataError, IntegrityError) as error:
            # Its own words would tell what the note says.
            cause = getattr(error.__cause__, "diag", None)
            logger.warning("the database refused a thread: %s", getattr(cause, "sqlstate", "?"))
            self.notes = before
            reason = _("The database refused it.")
            results = [_refused(one, reason, thread.match.article) for one in thread.members]
            self.keep(results)
        return results

    def _bring(self, thread: _Thread, texts: Texts) -> list[Brought]:
        """Whoever locks, locks the article first: a text recorded meanwhile gets these notes."""
        article = Article.objects.select_for_update(no_key=True).get(pk=thread.match.article.pk)
        told = _("It was found by its title alone.") if thread.match.by_title else ""
        results, made = [], []
        for one in thread.members:
            try:
                result = self._bring_one(one, article, texts)
            except ImportRefused as refusal:
                result = _refused(one, refusal.reason, article)
            if result.outcome == Outcome.NEW:
                made.append(result.note)
                result = replace(result, reason=" ".join(filter(None, [told, result.reason])))
            if result.note is not None:
                self.notes[one.id] = result.note
            results.append(result)
        if made and Redaction.objects.in_force().filter(revision__article=article).exists():
            redacting.follow(article, redacting.removed_from(article), only=made)
        return results

    def _bring_one(self, one: Received, article: Article, texts: Texts) -> Brought:
        """Errors: ImportRefused."""
        if one.id in self.notes:
            return self._again(self.notes[one.id], one, texts)
        parent, told = self._parent(one)
        audience, group = self._audience(one, parent)
        motivation = _motivation(one)
        note = Annotation(
            article=article,
            parent=parent,
            root=(parent.root or parent) if parent else None,
            attributed_name=one.author_name[:_LONGEST_NAME],
            attributed_uri=one.author_uri,
            audience=audience,
            group=group,
            motivation=motivation,
            body=one.text,
            created=one.created,
            **_as_received(one, root=parent is None),
        )
        if not parent and note.selectors and not texts.current:
            raise ImportRefused(_("The article has no text yet."))
        try:
            with transaction.atomic():
                note.save(force_insert=True)
                remember(note, one)
        except IntegrityError:
            # Somebody brought it in at the same moment, and was faster.
            known = known_notes([one])
            if one.id not in known:
                raise
            return self._again(known[one.id], one, texts)
        names = [tag for tag in one.tags if len(tag) <= _LONGEST_TAG]
        note.tags.set(tags_named(names))
        told += [_("A tag of more than 100 characters was left out.")] * (names != list(one.tags))
        gone = bool(note.selectors) and not stand(note, texts, quote_of(one.selectors, one.uri))
        return Brought(one.place, Outcome.NEW, " ".join(told), article, note, gone)

    def _again(self, note: Annotation, one: Received, texts: Texts) -> Brought:
        """What is here already follows its source, where nobody here touched it."""
        kept = Brought(one.place, Outcome.UNCHANGED, article=note.article, note=note)
        if note.deleted_at is not None:
            return replace(kept, reason=_("It was deleted here, and stays so."))
        if note.provenance.author != one.user:
            raise ImportRefused(_("Its id is that of a note by somebody else here."))
        if one.hidden or (one.reach != PUBLIC and note.audience == Audience.PUBLIC):
            raise ImportRefused(_("It is no longer public there, but is here: you may hide it."))
        quote = quote_of(one.selectors, one.uri)
        found = note.is_root and quote is not None and look_again(note, texts, quote)
        tags = sorted((tag for tag in one.tags if len(tag) <= _LONGEST_TAG), key=str.lower)
        had = [tag.lower() for tag in note.tags.names()]
        same = note.body == one.text and sorted(had) == [tag.lower() for tag in tags]
        if one.updated <= note.provenance.changed or same:
            return replace(kept, outcome=Outcome.UPDATED) if found else kept
        if note.version != note.provenance.version:
            return replace(kept, reason=_("It was changed here, and so not overwritten."))
        note = writing.edit(
            note,
            version=note.version,
            body=one.text,
            tags=[tag.name for tag in tags_named(tags)],
            audience=note.audience,
            group=note.group,
        )
        remember(note, one)
        return replace(kept, outcome=Outcome.UPDATED, note=note)

    def _parent(self, one: Received) -> tuple[Annotation | None, list[str]]:
        """What ``one`` answers; where that is gone, what that answered, and a word of it.

        Errors: ImportRefused.
        """
        for name in reversed(one.references):
            if (above := self.notes.get(name)) is not None:
                if above.deleted_at is not None:
                    raise ImportRefused(_("What it answers was deleted here."))
                gone = name != one.parent
                return above, [_("What it answered is gone; it stands one higher.")] * gone
            if name in self.in_file:
                raise ImportRefused(_("What it answers was refused."))
        if one.references:
            raise ImportRefused(_("What it answers is neither in the file nor here."))
        return None, []

    def _audience(self, one: Received, parent: Annotation | None) -> tuple[str, Group | None]:
        """Who may read it here: never more than there. Errors: ImportRefused."""
        if one.hidden:
            raise ImportRefused(_("It was hidden there by its moderators."))
        if one.reach == PUBLIC:
            wanted = (self.audience, self.group if self.audience == Audience.GROUP else None)
        elif one.reach != GROUP and one.user != self.export.user:
            raise ImportRefused(_("It was private there, and its author did not export it."))
        elif self.group is None:
            told = _("It was for a group there.") if one.reach == GROUP else _("It was private.")
            raise ImportRefused(told + " " + _("It comes in if you name a group here for it."))
        else:
            wanted = (Audience.GROUP, self.group)
        if parent is None:
            return wanted
        root = parent.root or parent
        theirs = (root.audience, root.group)
        if one.reach != PUBLIC and theirs != wanted:
            raise ImportRefused(_("What it answers reaches further than it did."))
        return theirs


def _quotes(on_it: Iterable[_Thread]) -> Iterator[Quote]:
    for thread in on_it:
        for one in thread.members:
            if not one.references and (quote := quote_of(one.selectors, one.uri)):
                yield quote


def _refused(one: Received, reason: str, article: Article | None = None) -> Brought:
    return Brought(one.place, Outcome.REFUSED, reason, article)


def _as_received(one: Received, *, root: bool) -> dict[str, Any]:
    """Selectors where they are about words of the text, and what else was received."""
    about_words = root and one.describes_words
    others = {"uri": one.uri, "document": dict(one.document), **one.unknown}
    if one.selectors and not about_words:
        others["selector"] = list(one.selectors)
    return {
        "selectors": list(one.selectors) if about_words else [],
        "extra": {"hypothesis": others},
    }


def _motivation(one: Received) -> str:
    """Why it was made, by its shape. Errors: ImportRefused where it says nothing."""
    says = bool(one.text.strip())
    if one.references and (says or one.tags):
        return Motivation.REPLYING
    if says:
        return Motivation.COMMENTING
    if one.tags:
        return Motivation.TAGGING
    if one.describes_words and not one.references:
        return Motivation.HIGHLIGHTING
    raise ImportRefused(_("It says nothing, and marks no words."))
