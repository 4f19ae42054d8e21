"""Blocks and footnotes of a PDF as the HTML of a body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.text import escape

from .blocks import Block, Setting
from .direction import is_rtl, paired
from .lines import Span
from .notes import Note, note_of
from .tables import Row

_REFERENCE = re.compile(r"\d{1,3}|[*∗†‡§¶‖#]{1,4}")
_ONLY_REFERENCES = re.compile(r"[\s,;\[\]()]*(?:(?:\d{1,3}|[*∗†‡§¶‖#]{1,4})[\s,;\[\]()–-]*)+")
_IN_BRACKETS = re.compile(r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
_SIZES = 3  # levels of headings: h2 to h4


@dataclass(frozen=True)
class Emphasis:
    """What says something in this document: bold and italic, unless most is set so."""

    bold: bool
    italic: bool


def body_html(blocks: Sequence[Block], notes: Sequence[Note], setting: Setting) -> str:
    """The body of ``blocks``, with ``notes`` at its end and linked from where they are called."""
    emphasis = _emphasis(blocks)
    levels = _levels(blocks, setting)
    pieces = []
    for kind, group in groupby(_listed(blocks), key=lambda block: block.kind):
        if kind in ("bullet", "number"):
            items = "".join(f"<li>{_inline(one, notes, emphasis)}</li>" for one in group)
            pieces.append(f"<ul>{items}</ul>" if kind == "bullet" else f"<ol>{items}</ol>")
            continue
        pieces += [_block(block, notes, emphasis, levels) for block in group]
    return "\n".join([*pieces, *_endnotes(notes, emphasis)])


def _emphasis(blocks: Sequence[Block]) -> Emphasis:
    spans = [span for block in blocks for span in block.spans]
    total = sum(len(span.text) for span in spans) or 1
    bold = sum(len(span.text) for span in spans if span.bold)
    italic = sum(len(span.text) for span in spans if span.italic)
    return Emphasis(bold < 0.4 * total, italic < 0.5 * total)


def _levels(blocks: Sequence[Block], setting: Setting) -> dict[tuple[float, bool], str]:
    """The heading element for each size and weight of type, the largest first."""
    kinds = {_kind(block) for block in blocks if block.kind == "heading"}
    ordered = sorted(kinds, reverse=True)
    return {kind: f"h{2 + min(at, _SIZES - 1)}" for at, kind in enumerate(ordered)}


def _kind(block: Block) -> tuple[float, bool]:
    return round(block.size), block.bold


def _listed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; numbered items that do not count from 1 are paragraphs with their number."""
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].kind == "number":
            if re.sub(r"\W", "", blocks[end].label) != str(end - at + 1):
                break
            end += 1
        if end - at > 1:
            yield from blocks[at:end]
            at = end
            continue
        block = blocks[at]
        if block.kind == "number":
            label = Span(block.label, block.spans[0].bold if block.spans else False)
            block.kind, block.spans = "p", [label, *block.spans]
        yield block
        at += 1


def _block(
    block: Block,
    notes: Sequence[Note],
    emphasis: Emphasis,
    levels: dict[tuple[float, bool], str],
) -> str:
    if block.kind == "table":
        return _table(block.rows)
    if block.kind == "heading":
        name = levels.get(_kind(block), "h4")
        return f"<{name}>{_inline(block, notes, Emphasis(False, False))}</{name}>"
    if block.kind == "quote":
        return f"<blockquote><p>{_inline(block, notes, emphasis)}</p></blockquote>"
    return f"<p>{_inline(block, notes, emphasis)}</p>"


def _table(rows: Sequence[Row]) -> str:
    made = []
    for number, row in enumerate(rows):
        name = "th" if number == 0 and row.bold and len(rows) > 1 else "td"
        cells = "".join(f"<{name}>{escape(_ordered(cell))}</{name}>" for cell in row.cells)
        made.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(made)}</table>"


def _ordered(text: str) -> str:
    return paired(text) if is_rtl(text) else text


def _inline(block: Block, notes: Sequence[Note], emphasis: Emphasis) -> str:
    return _spans(_right_brackets(block.spans), notes, emphasis, block)


def _right_brackets(spans: Sequence[Span]) -> list[Span]:
    """Spans of right-to-left words with their brackets the right way round."""
    text = "".join(span.text for span in spans)
    if not is_rtl(text):
        return list(spans)
    turned, at, found = paired(text), 0, []
    for span in spans:
        end = at + len(span.text)
        found.append(Span(turned[at:end], span.bold, span.italic, span.shift))
        at = end
    return found


def _spans(
    spans: Sequence[Span], notes: Sequence[Note], emphasis: Emphasis, block: Block | None
) -> str:
    pieces = []
    at = 0
    for span in spans:
        html = escape(span.text.replace("\xad", ""))
        if block is not None and span.shift == 1 and _ONLY_REFERENCES.fullmatch(span.text):
            html = _references(span.text, notes, _page_at(block, at))
        elif block is not None and not span.shift:
            html = _IN_BRACKETS.sub(lambda found: _in_brackets(found[0], notes), html)
        elif span.shift:
            name = "sup" if span.shift > 0 else "sub"
            html = f"<{name}>{html}</{name}>"
        if span.italic and emphasis.italic and span.text.strip():
            html = f"<em>{html}</em>"
        if span.bold and emphasis.bold and span.text.strip():
            html = f"<strong>{html}</strong>"
        pieces.append(html)
        at += len(span.text)
    return "".join(pieces).strip()


def _page_at(block: Block, offset: int) -> int:
    page = block.page
    for start, number in block.pages:
        if start <= offset:
            page = number
    return page


def _references(text: str, notes: Sequence[Note], page: int) -> str:
    """Raised marks, each linked to its note where it has one."""

    def linked(found: re.Match[str]) -> str:
        return _linked(found[0], note_of(found[0], page, notes))

    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    return f"{lead}<sup>{_REFERENCE.sub(linked, text.strip())}</sup>{trail}"


def _in_brackets(text: str, notes: Sequence[Note]) -> str:
    """Numbers in brackets, each linked to the reference of that number where there is one.

    "1–3" calls the second too, which has no number there to link.
    """

    def linked(found: re.Match[str]) -> str:
        same = [note for note in notes if note.in_brackets and note.mark == found[0]]
        return _linked(found[0], same[0] if len(same) == 1 else None)

    for first, last in re.findall(r"(\d+)\s*[–-]\s*(\d+)", text):
        for note in notes:
            between = note.mark.isdigit() and int(first) < int(note.mark) < int(last)
            note.in_range = note.in_range or (note.in_brackets and between)
    return re.sub(r"\d+", linked, text)


def _linked(mark: str, note: Note | None) -> str:
    if note is None:
        return escape(mark)
    own = "" if note.referred else f' id="{note.id.replace("fn", "fnref")}"'
    note.referred = True
    return f'<a href="#{note.id}"{own}>{escape(mark)}</a>'


def _endnotes(notes: Sequence[Note], emphasis: Emphasis) -> list[str]:
    if not notes:
        return []
    items = "".join(
        f'<li id="{note.id}">{_spans(_right_brackets(note.spans), (), emphasis, None)}</li>'
        for note in notes
    )
    return [f'<section role="doc-endnotes"><ol>{items}</ol></section>']
