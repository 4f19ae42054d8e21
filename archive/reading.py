"""The reading page: one revision's text with its threads, composed for one reader.

The only place where articles and annotations meet for reading. It makes plain values for the
templates, so that a template never asks the database.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from annotations.highlighting import Frame, highlight
from annotations.highlighting import Passage as Marked
from annotations.models import Anchor
from archive import cards, etags
from archive.cards import Thread
from archive.citing import citation, citation_html
from archive.landing import Landing
from articles.access import is_editor, revisions_to_read
from articles.models import Article, Revision
from articles.text import Span

WORDS_A_MINUTE = 230
SHOWN_STATE = {Anchor.State.MOVED: "moved", Anchor.State.CHANGED: "changed"}


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
    notes = list(cards.notes_on(user, article.merged_into or article))
    anchors = cards.anchors_of(revision, notes)
    built = cards.threads_of(user, notes, anchors, revision)
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
