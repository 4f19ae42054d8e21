"""Where an article begins and ends among the runs that were kept.

Before it a page repeats its title, and says by whom and when; below it stand calls and links to
other articles.
"""

import re

from .main_text import NOISE_TEXT, Run, lead_within, linked_length, links_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LETTERS = re.compile(r"[\W_]+")
_WHEN = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}:\d{2}\b")
_BY = re.compile(r"(?:by|von|par|por)\s", re.IGNORECASE)
_END_HEADING = re.compile(
    r"\W*(?:\d+ )?(?:(?:(?:leave|post|add) a |join the )?(?:comments?|conversation|discussion|"
    r"reply)|related (?:articles?|stories|content|posts|topics|links)|related|recommended.{0,20}|"
    r"more (?:from|in|on|like|must-reads|stories|news|articles)\b.{0,40}|most (?:read|popular)|"
    r"you (?:may|might) also.{0,20}|read (?:more|next|also)|share(?: this.{0,20})?|"
    r"comentar(?:ios)?|artículos relacionados|kommentare|mehr zum thema|commentaires|"
    r"à lire aussi|lire aussi|комментарии|читайте также|تعليقات|اقرأ أيضا.?)\W*",
    re.IGNORECASE,
)
_READ_ELSEWHERE = re.compile(
    r"\W*(?:read (?:more|also|next)|also read|more on this|recommended|"
    r"related (?:articles?|stor(?:y|ies)|posts?)|mehr zum thema|lesen sie auch|lire aussi|"
    r"à lire aussi|lea también|leia também|"
    r"leggi anche|lees ook|читайте также|اقرأ أيض(?:ا|ًا))\b",
    re.IGNORECASE,
)


def trimmed(kept: list[Run], *, title: str, names: list[str], host: str) -> list[Run]:
    """``kept`` without the title and byline at its start, and what leads elsewhere at its end.

    ``host`` is the page's own: a closing list of links into it shows other articles, while
    one that leads to other places may be the sources.
    """
    long = [index for index, run in enumerate(kept) if run.end - run.start >= 80]
    first = long[0] if long else 0
    head = [run for run in kept[:first] if not _is_headline(run, title, names)]
    tail = [run for run in kept[first:] if not _leads_away(run)]
    for index in range(max(1, len(tail) // 2), len(tail)):
        if _is_heading(tail[index]) and (
            _END_HEADING.fullmatch(_words(tail[index]))
            or _announces_links(tail[index], tail[index + 1 :], host)
        ):
            tail = tail[:index]
            break
    while len(tail) > 1 and _is_call(tail[-1]) and tail[-1].end - tail[-1].start < 200:
        tail.pop()
    return [*head, *tail]


def _words(run: Run) -> str:
    return " ".join(run.text.split())


def _is_heading(run: Run) -> bool:
    if run.block.tag in _HEADINGS:
        return True
    strong = {"b", "strong"}
    return len(run.text) < 80 and all(
        strong & {outer.tag for outer in (element, *element.iterancestors())}
        for element, where in run.places
        if where == "text" and (element.text or "").strip()
    )


def _announces_links(heading: Run, following: list[Run], host: str) -> bool:
    """Whether nothing but links or teasers stands below a heading.

    Without a heading's tag, a last line in bold may be the end.
    """
    if not following:
        return heading.block.tag in _HEADINGS or _words(heading).endswith(":")
    if all(_leads_to(run, host) for run in following):
        return True
    titles = sum(run.block.tag in _HEADINGS and _leads_to(run, host) for run in following)
    short = all(run.end - run.start < 200 for run in following)
    return short and titles >= 2 and titles * 3 >= len(following)


def _leads_to(run: Run, host: str) -> bool:
    """Whether a short run has links, all of them to pages of ``host``."""
    return run.end - run.start < 200 and lead_within(links_of(run), host)


def _is_headline(run: Run, title: str, names: list[str]) -> bool:
    """Whether a short run before the text repeats the title, or says by whom and when."""
    text = " ".join(run.text.split())
    bare = _LETTERS.sub("", text).casefold()
    if bare and bare in _LETTERS.sub("", title).casefold():
        return True
    if len(text) > 100 or run.block.tag in _HEADINGS:
        return False
    named = any(name.casefold() in text.casefold() for name in names)
    return named or _WHEN.search(text) is not None or _BY.match(text) is not None


def _leads_away(run: Run) -> bool:
    """Whether a short run amid the text is a link to another article: "Read more: …"."""
    text = _words(run)
    if run.end - run.start >= 200 or not _READ_ELSEWHERE.match(text):
        return False
    return linked_length(run) * 3 > len(text)


def _is_call(run: Run) -> bool:
    """Whether a run after the text is a link elsewhere, or a call to share, read or subscribe."""
    text = _words(run)
    return NOISE_TEXT.match(text) is not None or linked_length(run) > 0.8 * len(text)
