"""Lines of flows as blocks: paragraphs, headings, items of lists, quotations and tables.

Where a block ends is told by gaps, indents, changes of type and short last lines; a paragraph
that runs over a column or a page is joined again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from .direction import is_rtl
from .lines import CJK, Line, Span
from .tables import Row, table_at
from .words import Vocabulary, joined

_BULLET = re.compile(
    "\\s*[•‣◦▪▫■□●○∙·⁃➢➤✓\uf0b7\uf0a7\uf0d8\uf076-]\\s*(?=\\S)|\\s*[–—*]\\s+(?=\\S)"
)
_NUMBER = re.compile(r"\s*\(?(\d{1,2}|[a-z])[.)]\s+(?=\S)")
_ENDED = re.compile(r"[.!?:;…。！？：；؟۔][\"'”’»)\]\d*†‡」』]*\s*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\S*$|…{2,}")
_HEADING_WORDS = 25
_HEADING_SIGNS = 160


@dataclass(slots=True)
class Block:
    """One block. ``kind`` is "p", "heading", "bullet", "number", "quote" or "table"."""

    kind: str
    spans: list[Span]
    size: float = 0
    page: int = 0
    label: str = ""
    lines: list[Line] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)  # (offset in spans' text, page)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(span.bold for span in self.spans if span.text.strip())

    @property
    def italic(self) -> bool:
        """Whether all its words are italic."""
        return all(span.italic for span in self.spans if span.text.strip())


@dataclass(frozen=True)
class Setting:
    """How the body of a document is set."""

    size: float
    bold: bool
    words: Vocabulary


class _Edges:
    """Where the lines of a flow begin and end, seen in their direction."""

    def __init__(self, flow: Sequence[Line]) -> None:
        self.rtl = is_rtl("".join(line.text for line in flow))
        self.left = min(line.x0 for line in flow)
        self.right = max(line.x1 for line in flow)
        indents = Counter(round(self._raw(line)) for line in flow)
        most = max(indents.values())
        self.margin = min(indent for indent, count in indents.items() if 2 * count >= most)
        gaps = [
            after.y - line.y
            for line, after in pairwise(flow)
            if abs(after.size - line.size) < 0.5 and 0 < after.y - line.y < 3 * line.size
        ]
        self.leading = median(gaps) if gaps else 0.0

    def _raw(self, line: Line) -> float:
        return self.right - line.x1 if self.rtl else line.x0 - self.left

    def indent(self, line: Line) -> float:
        """How far in a line begins."""
        return self._raw(line) - self.margin

    def slack(self, line: Line) -> float:
        """How much room is left after its last word."""
        return line.x0 - self.left if self.rtl else self.right - line.x1


def blocks_of(flows: Iterable[Sequence[Line]], setting: Setting) -> list[Block]:
    """The blocks of a document, in the order of reading."""
    blocks: list[Block] = []
    for flow in flows:
        found = _flow_blocks(flow, setting)
        if blocks and found and _runs_on(blocks[-1], found[0], setting):
            first = found.pop(0)
            _extend(blocks[-1], first.spans, first.page, setting.words)
            blocks[-1].lines += first.lines
        blocks += found
    return blocks


def _flow_blocks(flow: Sequence[Line], setting: Setting) -> list[Block]:
    edges = _Edges(flow)
    blocks: list[Block] = []
    at = 0
    while at < len(flow):
        count, rows = table_at(flow, at)
        if rows:
            blocks.append(Block("table", [], flow[at].size, flow[at].page, rows=rows))
            at += count
            continue
        line = flow[at]
        previous = flow[at - 1] if blocks and blocks[-1].lines else None
        if previous is None or _starts(previous, line, blocks[-1], edges, setting):
            blocks.append(_begun(line, edges, setting))
        else:
            _extend(blocks[-1], line.spans, line.page, setting.words)
            blocks[-1].lines.append(line)
        at += 1
    return [_named(block, edges, setting) for block in blocks]


def _begun(line: Line, edges: _Edges, setting: Setting) -> Block:
    kind, label, spans = "p", "", list(line.spans)
    if found := _BULLET.match(line.text):
        kind, spans = "bullet", _cut(spans, found.end())
    elif found := _NUMBER.match(line.text):
        kind, label, spans = "number", found[0], _cut(spans, found.end())
    if kind != "p" and is_heading_type(line, setting):
        kind, label, spans = "p", "", list(line.spans)
    return Block(kind, spans, line.size, line.page, label, [line], pages=[(0, line.page)])


def _cut(spans: list[Span], count: int) -> list[Span]:
    """``spans`` without their first ``count`` letters."""
    rest = []
    for span in spans:
        gone = min(count, len(span.text))
        count -= gone
        if span.text[gone:]:
            rest.append(replace(span, text=span.text[gone:]))
    return rest


def _extend(block: Block, spans: Sequence[Span], page: int, words: Vocabulary) -> None:
    if block.pages and page != block.pages[-1][1]:
        block.pages.append((len(block.text), page))
    block.spans = joined(block.spans, spans, words)


def is_heading_type(line: Line | Block, setting: Setting) -> bool:
    """Whether a line is set as headings are: larger, or bold where the body is not."""
    return line.size > 1.1 * setting.size or (
        line.bold and not setting.bold and line.size > 0.92 * setting.size
    )


def _starts(previous: Line, line: Line, block: Block, edges: _Edges, setting: Setting) -> bool:
    """Whether ``line`` begins a new block after ``previous``, the last line of ``block``."""
    size = max(previous.size, line.size)
    gap = line.y - previous.y
    if abs(previous.size - line.size) > 0.07 * size or gap <= 0:
        return True
    headings = is_heading_type(previous, setting), is_heading_type(line, setting)
    if headings == (True, True) and gap < 1.5 * size:
        return False
    usual = min(edges.leading or 1.3 * size, 2.2 * size)
    if gap > max(1.28 * usual, usual + 2.5):
        return True
    slack = edges.slack(previous)
    first_word = (line.x1 - line.x0) * len(line.text.split()[0]) / len(line.text)
    if headings != (False, False) and (slack > first_word + size or line.bold):
        return True
    if previous.italic != line.italic and slack > first_word + size:
        return True
    if _BULLET.match(line.text):
        return True
    if _NUMBER.match(line.text) and (_ENDED.search(previous.text) or block.kind == "number"):
        return True
    if _LEADERS.search(previous.text) or _LEADERS.search(line.text):
        return True
    return _is_set_off(previous, line, block, edges, first_word)


def _is_set_off(previous: Line, line: Line, block: Block, edges: _Edges, first_word: float) -> bool:
    """Whether indents or a short line before say that a paragraph begins."""
    size = line.size
    step = edges.indent(line) - edges.indent(previous)
    if block.kind in ("bullet", "number"):
        # The lines of an item stand in from its mark; back at the mark it has ended.
        return step < -0.6 * size and len(block.lines) > 1
    if len(block.lines) == 1 and step < -0.6 * size and edges.indent(line) < 0.6 * size:
        return False  # the first line was indented
    inside = min(edges.indent(line), edges.indent(previous)) > 0.7 * size
    if abs(step) > 0.7 * size and not (inside and _is_centred(previous, line)):
        return True
    slack = edges.slack(previous)
    if slack <= first_word + 0.6 * size:
        return False
    if _ENDED.search(previous.text):
        return slack > first_word + 1.5 * size
    width = edges.right - edges.left
    return slack > 0.35 * width and not line.text[:1].islower() and not _is_cjk(line.text)


def _is_cjk(text: str) -> bool:
    return re.match(f"[{CJK}]", text) is not None


def _is_centred(previous: Line, line: Line) -> bool:
    middles = (previous.x0 + previous.x1) / 2, (line.x0 + line.x1) / 2
    return abs(middles[0] - middles[1]) < 2 and previous.size == line.size


def _named(block: Block, edges: _Edges, setting: Setting) -> Block:
    """``block`` with its kind, now that all its lines are known."""
    if block.kind != "p":
        return block
    short = len(block.text.split()) <= _HEADING_WORDS and len(block.text) <= _HEADING_SIGNS
    sentence = block.size <= 1.1 * setting.size and block.text.rstrip().endswith((".", ";", ","))
    if is_heading_type(block, setting) and short and not sentence:
        block.kind = "heading"
    elif len(block.lines) > 1 and _is_quotation(block, edges, setting):
        block.kind = "quote"
    return block


def _is_quotation(block: Block, edges: _Edges, setting: Setting) -> bool:
    """Whether a whole paragraph stands in from both edges, or clearly from the first."""
    indents = [edges.indent(line) for line in block.lines]
    slacks = [edges.slack(line) for line in block.lines[:-1]]
    inset = min(indents) > 1.2 * setting.size and max(indents) - min(indents) < 2 * setting.size
    return inset and min(slacks) > 0.8 * setting.size and len(block.text.split()) > 8


def _runs_on(block: Block, after: Block, setting: Setting) -> bool:
    """Whether ``after``, the first block of a column, goes on with the last of the one before."""
    if after.kind not in ("p", "quote") or block.kind in ("heading", "table"):
        return False
    if abs(block.size - after.size) > 0.07 * setting.size:
        return False
    text = block.text.rstrip()
    if after.text[:1].islower() or (text[-1:] in "-\xad," and text):
        return True
    if after.kind != block.kind and block.kind != "p":
        return False
    return not _ENDED.search(text) and len(text.split()) > 6
