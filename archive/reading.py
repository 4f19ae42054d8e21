"""The reading page: one revision's text with its threads, composed for one reader.

The only place where articles and annotations meet for reading. It makes plain values for the
templates, so that a template never asks the database.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from annotations import access
from annotations.highlighting import Frame, highlight
from annotations.highlighting import Passage as Marked
from annotations.models import Anchor, Annotation, Motivation
from annotations.threads import Reply, threads
from archive import etags, fates
from archive.citing import citation, citation_html
from archive.landing import Landing
from articles.access import is_editor, may_read_revision, revisions_to_read
from articles.comparing import Piece, words
from articles.models import Article, Revision
from articles.text import Span

WORDS_A_MINUTE = 230
SHOWN_STATE = {Anchor.State.MOVED: "moved", Anchor.State.CHANGED: "changed"}


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


@dataclass
class Passage:
    """The threads on the same words."""

    id: str
    span: Span
    quote: str
    threads: list[Thread]

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    @property
    def label(self) -> str:
        """The figure beside the words: "7", or "7–9" for several threads."""
        numbers = [thread.number for thread in self.threads if thread.number]
        if not numbers:
            return ""
        return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


@dataclass
class Reading:
    """Everything the reading page shows of one revision to one reader."""

    article: Article
    revision: Revision
    revisions: int
    current_number: int
    people: list[dict[str, str]]
    body: SafeString
    passages: list[Passage]
    whole: list[Thread]
    lost: list[Thread]
    note_count: int
    people_count: int
    minutes: int
    may_annotate: bool
    user_name: str
    etag: str
    citation: str  # to be copied
    citation_html: SafeString
    passage_url: str
    edit_url: str  # for editors, where the text is changed
    date_text: str
    date_iso: str
    landing: Landing | None = None
    all_threads: list[Thread] = field(repr=False, default_factory=list)

    @property
    def thread_count(self) -> int:
        return len(self.all_threads)

    @property
    def has_replies(self) -> bool:
        return any(thread.reply_count for thread in self.all_threads)

    @property
    def whole_count(self) -> int:
        return sum(thread.note_count for thread in self.whole)

    @property
    def lost_count(self) -> int:
        return sum(thread.note_count for thread in self.lost)

    @property
    def disclaimer(self) -> str:
        return self.article.rights


def reading_of(
    user,
    article: Article,
    revision: Revision,
    *,
    show: str = "all",
    cited: Span | None = None,
    landing: Landing | None = None,
) -> Reading:
    """The reading page of ``revision`` for ``user``; ``show`` is all, mine or none.

    ``article`` comes from ``articles.access``; the notes of a merged one are those that stood in
    its text. Cost: 6 queries, and 2 where words changed or moved, whatever the number of notes;
    one more where a note was made on the text of an article merged since.
    """
    notes = list(_notes(user, article.merged_into or article))
    anchors = _anchors(revision, notes)
    built = _build_threads(user, notes, anchors, revision)
    shown = [thread for thread in built if _is_shown(thread, show)]
    passages = _passages(shown)
    _number(passages, [t for t in shown if t.span is None])
    numbers = list(revisions_to_read(user, article).values_list("number", flat=True))
    said = [note for thread in shown for note in (thread.root, *thread.replies) if not note.deleted]
    frame = Frame(
        paragraph_form="paragraph-note",
        # Translators: keep {number}
        paragraph_name=gettext("Note on paragraph {number}"),
        cited=cited,
        hits=landing.hits if landing else (),
        hit=landing.hit if landing else 0,
    )
    return Reading(
        article=article,
        revision=revision,
        revisions=len(numbers),
        current_number=max(numbers),
        people=_people(article),
        # The body was sanitised at import; highlight() adds marks and nothing else.
        body=mark_safe(highlight(revision.html, _marked(passages), frame)),  # noqa: S308
        passages=passages,
        whole=[t for t in shown if t.span is None and t.state != Anchor.State.ORPHANED],
        lost=[t for t in shown if t.state == Anchor.State.ORPHANED],
        note_count=len(said),
        people_count=len({note.author for note in said}),
        minutes=max(1, round(len(revision.text.split()) / WORDS_A_MINUTE)),
        may_annotate=user.is_authenticated,
        user_name=str(user) if user.is_authenticated else "",
        etag=etags.of_page(user, article, revision, show, notes, anchors.values()),
        citation=citation(article),
        citation_html=citation_html(article),
        passage_url=reverse("articles:passage_address", args=[article.slug]),
        edit_url=_edit_url(user, article, revision),
        date_text=article.date_text,
        date_iso=_iso(article),
        landing=landing,
        all_threads=shown,
    )


def _notes(user, article: Article) -> Iterable[Annotation]:
    return (
        access.visible(user, whoever_deleted=True)
        .on(article)
        .for_threads()
        .select_related("creator", "group", "made_on")
        .defer("made_on__html", "made_on__text", "made_on__metadata")
        .order_by("recorded_at")
    )


def _anchors(revision: Revision, notes: list[Annotation]) -> dict[object, Anchor]:
    """The anchor of each root note in ``revision``."""
    roots = [note.pk for note in notes if note.is_root]
    found = Anchor.objects.filter(revision=revision, annotation__in=roots)
    return {anchor.annotation_id: anchor for anchor in found}


def _build_threads(
    user, notes: list[Annotation], anchors: dict[object, Anchor], revision: Revision
) -> list[Thread]:
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


def _is_shown(thread: Thread, show: str) -> bool:
    if show == "none":
        return False
    return show != "mine" or thread.mine


def _passages(shown: Iterable[Thread]) -> list[Passage]:
    by_span: dict[Span, list[Thread]] = defaultdict(list)
    for thread in shown:
        if thread.span is not None:
            by_span[thread.span].append(thread)
    return [
        Passage(f"passage-{span.start}-{span.end}", span, on_it[0].quote_now, on_it)
        for span, on_it in sorted(by_span.items(), key=lambda item: (item[0].start, item[0].end))
    ]


def _number(passages: list[Passage], elsewhere: list[Thread]) -> None:
    """Give each thread that says something its number, in passage order, and its spoken name."""
    number = 0
    for thread in [t for passage in passages for t in passage.threads] + elsewhere:
        if thread.span is not None and not thread.highlight_only:
            number += 1
            thread.number = number
        name = {"author": thread.root.author or gettext("somebody"), "number": thread.number}
        if thread.highlight_only:
            thread.label = gettext("Highlight by %(author)s") % name
        elif thread.number is None:
            thread.label = thread.root.label
        else:
            thread.label = gettext("Note %(number)s by %(author)s") % name
        if thread.reply_count:
            told = ngettext("%d reply", "%d replies", thread.reply_count) % thread.reply_count
            thread.label = f"{thread.label}, {told}"


def _marked(passages: Iterable[Passage]) -> list[Marked]:
    marked = []
    for passage in passages:
        states = {SHOWN_STATE.get(t.state, t.state) for t in passage.threads}
        marked.append(
            Marked(
                id=passage.id,
                span=passage.span,
                label=passage.label,
                name="; ".join(t.label for t in passage.threads if t.number),
                threads=len(passage.threads),
                mine=any(t.mine for t in passage.threads),
                state=next((s for s in ("review", "changed", "moved") if s in states), ""),
                plain=all(t.highlight_only for t in passage.threads),
            )
        )
    return marked


def _people(article: Article) -> list[dict[str, str]]:
    return [
        {
            "name": a.person.name,
            "url": a.person.get_absolute_url(),
            "role": a.get_role_display(),
            "role_key": a.role,
        }
        for a in article.authorships.all()
    ]


def _edit_url(user, article: Article, revision: Revision) -> str:
    if not (revision.is_current and user.is_staff and is_editor(user)):
        return ""
    return reverse("admin:articles_article_text", args=[article.pk])


def _iso(article: Article) -> str:
    """The date as a ``time`` element may state it: as long as it is precise."""
    if article.published_on is None:
        return ""
    length = {"day": 10, "month": 7, "year": 4}[article.date_precision]
    return article.published_on.isoformat()[:length]
