"""Notes and threads as one reader sees them: plain values for the cards of the reading page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotations import access
from annotations.models import Anchor, Annotation, Motivation
from annotations.threads import Reply, threads
from archive import fates
from articles.access import may_read_revision
from articles.comparing import Piece, words
from articles.models import Article, Revision
from articles.text import Span


@dataclass
class Note:
    """One note as its card shows it to this reader."""

    id: str
    author: str
    label: str
    mine: bool
    created: datetime
    modified: datetime
    edited: bool
    audience: str
    audience_key: str
    body_html: SafeString
    tags: list[str]
    motivation: str
    motivation_label: str
    deleted: bool
    hidden_reason: str
    depth: int
    replying_to: str
    can_reply: bool
    can_edit: bool
    can_delete: bool
    can_undo: bool
    url: str
    reply_url: str
    edit_url: str
    delete_url: str
    restore_url: str
    history_url: str


@dataclass
class Thread:
    """A root note, what was answered, and where its words stand in the revision shown."""

    root: Note
    replies: list[Note]
    reply_count: int
    mine: bool
    highlight_only: bool
    state: str
    quote: str = ""
    quote_now: str = ""
    difference: tuple[Piece, ...] = ()  # between the two, where the wording changed
    span: Span | None = None
    changed_on: datetime | None = None
    moved_from: int | None = None
    revision_noted: int | None = None
    article_noted: str = ""  # the title, where it was another that was merged since
    never_found: bool = False  # brought in with words that no text here was seen to hold
    revision_url: str = ""
    attach_url: str = ""  # where its words are chosen anew, in a form
    select_url: str = ""  # … by selecting them on the page
    number: int | None = None
    label: str = ""

    @property
    def note_count(self) -> int:
        """The notes that say something, replies among them; tombstones are not counted."""
        return self.reply_count + (not self.root.deleted)


def notes_on(user, article: Article) -> Iterable[Annotation]:
    """The notes on ``article`` that ``user`` sees, with all that their cards show."""
    return (
        access.visible(user, whoever_deleted=True)
        .on(article)
        .for_threads()
        .select_related("creator", "group", "made_on")
        .defer("made_on__html", "made_on__text", "made_on__metadata")
        .order_by("recorded_at")
    )


def anchors_of(revision: Revision, notes: list[Annotation]) -> dict[object, Anchor]:
    """The anchor of each root note in ``revision``. Cost: 1 query."""
    roots = [note.pk for note in notes if note.is_root]
    found = Anchor.objects.filter(revision=revision, annotation__in=roots)
    return {anchor.annotation_id: anchor for anchor in found}


def threads_of(
    user, notes: list[Annotation], anchors: dict[object, Anchor], revision: Revision
) -> list[Thread]:
    """The threads that stand in ``revision``, as ``user`` sees them, in the order of record.

    Cost: 1 query where a note was made on the text of an article merged since, and 2 where words
    changed or moved.
    """
    built = []
    before = fates.since(revision, anchors.values())
    _tell_articles(revision.article, [note.made_on for note in notes if note.made_on])
    for thread in threads(notes):
        root = thread.root
        anchor = anchors.get(root.pk)
        if anchor is None and root.selectors:
            continue  # made on another revision and not carried to this one
        replies = [_reply(user, reply) for reply in thread.replies]
        top = note_card(user, root, 0, "")
        words = bool(root.body or thread.replies or top.tags)
        shown = Thread(
            root=top,
            replies=replies,
            reply_count=thread.reply_count,
            mine=top.mine or any(reply.mine for reply in replies),
            highlight_only=root.motivation == Motivation.HIGHLIGHTING and not words,
            state=anchor.state if anchor else "",
            span=Span(anchor.start, anchor.end) if anchor and anchor.start is not None else None,
        )
        if anchor:
            _tell_fate(user, shown, root, anchor, revision, before.get(root.pk))
        built.append(shown)
    return built


def _tell_articles(article: Article, revisions: Iterable[Revision]) -> None:
    """Let ``revisions`` know whose they are: of ``article``, or of one merged with it.

    Cost: none where all are of ``article``, else one query.
    """
    known = {article.pk: article}
    if unknown := {one.article_id for one in revisions} - known.keys():
        others = Article.objects.select_related("merged_into").defer("metadata_vector")
        known |= others.in_bulk(unknown)
    for one in revisions:
        one.article = known[one.article_id]


def _tell_fate(
    user,
    thread: Thread,
    root: Annotation,
    anchor: Anchor,
    revision: Revision,
    before: fates.Since | None,
) -> None:
    """The words as noted and as they are now, and since when they differ."""
    thread.quote = root.quote or anchor.exact
    thread.quote_now = anchor.exact
    if anchor.state == Anchor.State.CHANGED:
        thread.difference = tuple(words(thread.quote, thread.quote_now))
    if before:
        thread.changed_on, thread.moved_from = before.changed_on, before.moved_from
    made_on = root.made_on
    thread.never_found = made_on is None and thread.span is None
    if before and made_on and may_read_revision(user, made_on.article, made_on.number):
        thread.revision_noted = made_on.number
        thread.revision_url = made_on.get_absolute_url()
        if made_on.article_id != root.article_id:
            thread.article_noted = made_on.article.title
    may_place = access.may_place(user, root) and revision.is_current
    waits = anchor.review == Anchor.Review.WAITING and anchor.start is not None
    if waits and (thread.root.mine or access.is_editor(user)):
        thread.state = "review"
    if may_place and (thread.state in ("orphaned", "review") or anchor.overridden_by_id):
        thread.attach_url = f"{thread.root.url}words/"
        address = revision.article.get_absolute_url()
        thread.select_url = f"{address}?attach={root.pk}#article-body"


def _reply(user, reply: Reply[Annotation]) -> Note:
    return note_card(user, reply.note, reply.depth, reply.parent.author_name)


def note_card(user, note: Annotation, depth: int = 0, replying_to: str = "") -> Note:
    """The card of ``note`` as ``user`` sees it. Cost: none where ``for_threads`` fetched along."""
    mine = user.is_authenticated and note.creator_id == user.pk
    deleted = note.deleted_at is not None
    changeable = access.may_change(user, note)
    motivation_label = str(Motivation(note.motivation).label)
    url = note.get_absolute_url()
    return Note(
        id=str(note.pk),
        author="" if deleted else note.author_name,
        label=_spoken(motivation_label, note.author_name)
        if not deleted
        else gettext("Deleted note"),
        mine=mine,
        created=note.created,
        modified=note.modified,
        edited=note.version > 1,
        audience=note.audience_words,
        audience_key=note.audience,
        body_html=note.body_html,
        tags=[] if deleted else note.tag_names,
        motivation=note.motivation,
        motivation_label=motivation_label,
        deleted=deleted,
        hidden_reason=note.hidden_reason if note.hidden_at else "",
        depth=depth,
        replying_to=replying_to,
        can_reply=user.is_authenticated and not deleted and note.hidden_at is None,
        can_edit=changeable,
        can_delete=changeable,
        can_undo=mine and deleted,
        url=url,
        # Below the note's own address; five calls of reverse() a note were half the page's time.
        reply_url=f"{url}replies/",
        edit_url=f"{url}edit/",
        delete_url=f"{url}delete/",
        restore_url=f"{url}restore/",
        history_url=f"{url}history/",
    )


def _spoken(motivation: str, author: str) -> str:
    # Translators: the spoken name of a note's card, such as "Comment by Second"
    return gettext("%(kind)s by %(author)s") % {"kind": motivation, "author": author}
