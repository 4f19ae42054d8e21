"""Marks in a stored body: which words carry notes, without changing a character of the text.

Pure. The body's textContent stays the canonical text: everything added is either a ``mark``
around words or an element without text, whose figure a style sheet draws. White space between
blocks is never wrapped, since browsers move a mark out of a table.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as attribute

from articles.text import BLOCKS, VOIDS, Span, Token, escape, paragraphs, tokens

# The state that is shown where several passages lie on the same words.
STATES = ("", "moved", "changed", "review")
CELLS = frozenset({"td", "th", "caption", "figcaption"})


@dataclass(frozen=True)
class Passage:
    """Words with notes. ``label`` is the figure beside them ("7–9"), ``name`` its spoken form."""

    id: str
    span: Span
    label: str = ""
    name: str = ""
    threads: int = 1
    mine: bool = False
    state: str = ""  # "", moved, changed or review
    plain: bool = False  # only highlights without words


@dataclass(frozen=True)
class Frame:
    """What else the body shows: buttons beside paragraphs, words pointed to, hits of a search."""

    paragraph_form: str = ""  # id of the form the paragraph buttons belong to; none without it
    paragraph_name: str = "Note on paragraph {number}"
    cited: Span | None = None
    hits: Sequence[Span] = ()  # in order, none within another; numbered from 1
    hit: int = 0  # the one in view


def highlight(html: str, passages: Sequence[Passage], frame: Frame | None = None) -> str:
    """``html``, a stored body, with its passages marked.

    Segments are flat and cut at every boundary, so that a click anywhere knows all passages
    below it; ``data-passages`` lists them, shortest first. After each passage stands a link
    with its number; passages ending together share one. Cost: n log n in text and passages.
    """
    frame = frame or Frame()
    read = list(tokens(html))
    segments = _Segments(passages, frame)
    targets = {span.start: f'<span id="hit-{n}"></span>' for n, span in enumerate(frame.hits, 1)}
    links = _links_by_place(read, passages)
    numbers = (
        {span.start: n for n, span in enumerate(paragraphs(html), 1)}
        if frame.paragraph_form
        else {}
    )
    out: list[str] = []
    waiting: list[str] = []  # number links held back while inside an <a>, which cannot nest
    links_open = 0
    leaf: int | None = None  # where the innermost open block without blocks in it begins
    offset = 0
    for token in read:
        if token.kind == "text":
            if token.between_blocks:
                out.append(token.raw)
            else:
                for start, end, attributes in segments.within(token.start, token.end):
                    words = escape(token.text[start - token.start : end - token.start])
                    if frame.cited and start == frame.cited.start:
                        out.append('<span id="cited"></span>')
                    if start in targets:
                        out.append(targets[start])
                    out.append(f"<mark{attributes}>{words}</mark>" if attributes else words)
                    waiting += links.get(end, ())
                    if not links_open:
                        out += waiting
                        waiting.clear()
            offset = token.end
            continue
        if token.kind == "end" and token.name in BLOCKS:
            if leaf in numbers and token.name not in CELLS:
                name = frame.paragraph_name.format(number=numbers[leaf])
                out.append(
                    f'<button type="submit" form="{frame.paragraph_form}" name="paragraph"'
                    f' value="{numbers[leaf]}" tabindex="-1" class="paragraph-note"'
                    f' aria-label="{attribute(name)}"></button>'
                )
            leaf = None
        elif token.kind == "start" and token.name in BLOCKS:
            leaf = None if token.name in VOIDS else offset
        elif token.name == "a":
            links_open += 1 if token.kind == "start" else -1
        out.append(token.raw)
        if waiting and not links_open:
            out += waiting
            waiting.clear()
    return "".join(out)


class _Segments:
    """The text cut at every boundary, each piece with its mark's attributes."""

    def __init__(self, passages: Sequence[Passage], frame: Frame) -> None:
        cited = [frame.cited] if frame.cited else []
        spans = [*(p.span for p in passages), *cited, *frame.hits]
        self.cuts = sorted({place for span in spans for place in (span.start, span.end)})
        self.attributes = [""] * len(self.cuts)  # of the piece that begins at each cut
        begins: dict[int, list[Passage]] = defaultdict(list)
        for passage in passages:
            begins[passage.span.start].append(passage)
        open_now: list[Passage] = []
        hit = 0  # the number of hits that begin at the cut or before it
        for index, cut in enumerate(self.cuts):
            open_now = [p for p in open_now if p.span.end > cut] + begins[cut]
            while hit < len(frame.hits) and frame.hits[hit].start <= cut:
                hit += 1
            pointed = " data-cited" if any(s.start <= cut < s.end for s in cited) else ""
            if hit and cut < frame.hits[hit - 1].end:
                pointed += f' data-hit="{hit}"' + " data-hit-now" * (hit == frame.hit)
            self.attributes[index] = _attributes(open_now, pointed)

    def within(self, start: int, end: int) -> Iterable[tuple[int, int, str]]:
        """The pieces of ``start``–``end`` as (start, end, attributes)."""
        index = bisect_right(self.cuts, start) - 1
        while start < end:
            upto = self.cuts[index + 1] if index + 1 < len(self.cuts) else end
            yield start, min(upto, end), self.attributes[index] if index >= 0 else ""
            start, index = min(upto, end), index + 1


def _attributes(passages: list[Passage], pointed: str) -> str:
    if not passages:
        return pointed
    shortest = sorted(passages, key=lambda p: (p.span.end - p.span.start, p.span.start))
    state = max((p.state for p in passages), key=STATES.index)
    return "".join(
        [
            f' data-passages="{" ".join(p.id for p in shortest)}"',
            f' data-depth="{min(3, sum(p.threads for p in passages))}"',
            " data-mine" if any(p.mine for p in passages) else "",
            f' data-state="{state}"' if state else "",
            " data-plain" if all(p.plain for p in passages) else "",
            pointed,
            f' aria-details="{shortest[0].id}"',
        ]
    )


def _links_by_place(read: Iterable[Token], passages: Sequence[Passage]) -> dict[int, list[str]]:
    """The number links by the place at which they follow the text: where a piece ends."""
    texts = [(t.start, t.end) for t in read if t.kind == "text" and not t.between_blocks]
    starts = [start for start, _ in texts]
    ending: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        index = bisect_right(starts, passage.span.end - 1) - 1
        if index >= 0:
            ending[min(passage.span.end, texts[index][1])].append(passage)
    return {place: [_ways_back(together)] for place, together in ending.items()}


def _ways_back(passages: list[Passage]) -> str:
    """What stands behind the passages that end at one place: their number, and a target for each.

    Only the first passage of a shared number carries the link's id; the others, and highlights
    without words, get an empty element, so that "Back to passage" leads somewhere for all.
    """
    numbered = [passage for passage in passages if passage.label]
    first = numbered[:1]
    targets = [f'<span id="ref-{p.id}"></span>' for p in passages if p not in first]
    return "".join(targets) + (_link(numbered) if numbered else "")


def _figures(passages: Iterable[Passage]) -> str:
    """The figures of several passages, runs drawn together: "5, 7–9"."""
    runs: list[list[int]] = []
    for passage in passages:
        low, _, high = passage.label.partition("–")
        if runs and int(low) == runs[-1][1] + 1:
            runs[-1][1] = int(high or low)
        else:
            runs.append([int(low), int(high or low)])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)


def _link(passages: list[Passage]) -> str:
    """One number link for the passages that end at one place."""
    first = passages[0]
    ids = " ".join(p.id for p in passages)
    label = first.label
    name = "; ".join(p.name for p in passages)
    if len(passages) > 1:
        label = _figures(passages)
    return (
        f'<a class="note-number" id="ref-{first.id}" href="#{first.id}" data-passages="{ids}"'
        f' data-label="{attribute(label)}" aria-label="{attribute(name)}"></a>'
    )
