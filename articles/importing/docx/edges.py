"""Title, standfirst, byline and rights of a Word file: by its styles, else as in plain text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from articles.importing.clues import clues_in, looks_like_a_name, names_in
from articles.importing.document import Contributor, ImportRefused, Sureness
from articles.importing.drafting import GUESS, LIKELY, STATED, Draft, one_line, shortened
from articles.importing.reading_dates import parse_date
from articles.importing.text_edges import (
    Chunk,
    Line,
    is_fact,
    reads_like_a_paragraph,
    take_facts,
    take_first_facts,
    take_tail,
)

from .body import Body
from .properties import WHERE

_STYLED = ("title", "subtitle", "author", "date", "abstract")
_HEAD = 6  # blocks among which a title is looked for
_TAIL = 12
_PROSE = 25  # words; a paragraph that long is text, and below it stands no title
_RIGHTS_HEADING = re.compile(
    r"\W*(?:disclaimer|copyright|rights|legal notice|licen[cs]e|impressum|permissions?)\W*", re.I
)


def take_edges(body: Body, draft: Draft, *, title: str) -> None:
    """Take head and tail off ``body``; ``title`` is what the file's properties call it."""
    styled = _take_styled(body, draft)
    if "title" not in draft.values:
        _take_first_facts(body, draft)
    if "title" not in draft.values:
        _choose_title(body, draft, title)
    if "title" not in draft.values:
        raise ImportRefused("It has no title.")
    if body.blocks and not ("people" in draft.values and "date" in styled):
        _cut(body, take_facts, draft)
    _take_tail(body, draft)
    _settle_late_titles(body)


def _take_styled(body: Body, draft: Draft) -> dict[str, list[str]]:
    """Take off the paragraphs at the start whose style says what they are."""
    found: dict[str, list[str]] = {}
    for block in body.blocks:
        role, text = body.role(block), _text(block)
        if role not in _STYLED or (role == "title" and len(found) > ("title" in found)):
            break
        found.setdefault(role, []).append(text)
        body.root.remove(block)
    draft.put("title", " ".join(found.get("title", [])), STATED, "the style Title")
    draft.put("standfirst", " ".join(found.get("subtitle", [])), STATED, "the style Subtitle")
    draft.put("standfirst", " ".join(found.get("abstract", [])), LIKELY, "the style Abstract")
    for line in found.get("author", []):
        clues = [clue.value for clue in clues_in(line) if clue.field == "author"]
        names, rest = names_in(clues[0] if clues else line)
        people = [Contributor(name) for name in names if looks_like_a_name(name)]
        draft.add("people", people, STATED, "the style Author")
        if rest or not people:
            draft.warn(f"Set aside beside a name: {shortened(rest or line)}")
    for line in found.get("date", []):
        draft.put_date(line, parse_date(line), "the style Date")
    return found


def _take_first_facts(body: Body, draft: Draft) -> None:
    if body.blocks and body.blocks[0].tag == "p":
        _cut(body, take_first_facts, draft)


def _choose_title(body: Body, draft: Draft, stated: str) -> None:
    """Find the title: what stands out at the head, the file's properties, or the first words."""
    blocks = body.blocks
    if not blocks:
        draft.put("title", stated, LIKELY, WHERE)
        return
    found = _outstanding(body, stated)
    if found is not None:
        block, sureness, where = found
        draft.put("title", _text(block), sureness, where)
        for before in blocks[: blocks.index(block)]:
            _take_kicker(before, body, draft)
        body.root.remove(block)
    elif stated:
        draft.put("title", stated, LIKELY, WHERE)
    elif _is_plain_title(blocks):
        draft.put("title", _text(blocks[0]), GUESS, "paragraph 1")
        body.root.remove(blocks[0])
    else:
        draft.put_first_words(_first_words(body))


def _outstanding(body: Body, stated: str) -> tuple[Any, Sureness, str] | None:
    """The block at the head that is surely the title, how sure that is and why."""
    head = _head(body.blocks)
    for block in head:
        if stated and _squeezed(_text(block)) == _squeezed(stated):
            return block, STATED, f"{WHERE} and its first lines"
    tops = [block for block in body.blocks if block.tag == "h1"]
    if len(tops) == 1 and tops[0] in head and (head[0] is tops[0] or len(head) > 1):
        return tops[0], LIKELY, "the only heading of level 1"
    lines = [block for block in head if block.tag == "p" and not is_fact(_chunk(block, 1))]
    lines = [block for block in lines if not reads_like_a_paragraph(_text(block))]
    if not lines or len(body.blocks) < 2:
        return None
    usual = _usual_size(body)
    largest = max(lines, key=lambda block: _size(body, block))
    if _size(body, largest) > max(
        usual + 2, _size(body, lines[0]) if largest is not lines[0] else 0
    ):
        return largest, LIKELY, "the largest words of its first lines"
    first = lines[0]
    if first is not body.blocks[0]:
        return None
    facts = body.facts.get(first)
    if facts is not None and (
        (facts.is_bold and _share(body, "is_bold") < 0.5)
        or (facts.is_centred and _share(body, "is_centred") < 0.5)
    ):
        return first, LIKELY, "its first line, which stands out"
    after = body.blocks[1]
    if after.tag == "p" and is_fact(_chunk(after, 2)):
        return first, LIKELY, "its first line"
    return None


def _head(blocks: list[Any]) -> list[Any]:
    """The first blocks, up to the first that is text."""
    head = []
    for block in blocks[:_HEAD]:
        if block.tag not in ("p", "h1", "h2", "h3") or len(_text(block).split()) > _PROSE * 2:
            break
        head.append(block)
        if len(_text(block).split()) > _PROSE:
            break
    return head


def _take_kicker(block: Any, body: Body, draft: Draft) -> None:
    """A line above the title: facts, or the kind of text ("Policy Brief"); else it stays."""
    if not take_first_facts([_chunk(block, 1)], draft) or _is_kind(_text(block), draft):
        body.root.remove(block)


def _is_kind(text: str, draft: Draft) -> bool:
    """Whether ``text`` names a kind of work that the archive knows, which is then kept."""
    trial = Draft()
    trial.put_kind(text, "above the title")
    if "kind" not in trial.values:
        return False
    draft.put("kind", trial.values["kind"], LIKELY, "above the title")
    return True


def _is_plain_title(blocks: list[Any]) -> bool:
    """Whether the first line reads like a title over a text, and the text is more than it."""
    first = _text(blocks[0])
    if blocks[0].tag != "p" or len(blocks) < 2 or reads_like_a_paragraph(first):
        return False
    if first.endswith((".", ":", ";", ",")) or len(first.split()) > _PROSE:
        return False
    after = next((block for block in blocks[1:4] if block.tag == "p"), None)
    return after is not None and len(_text(after).split()) > len(first.split()) + 5


def _first_words(body: Body) -> str:
    notes = set() if body.notes is None else set(body.notes.iter())
    marked = (block for block in body.facts if block not in notes)
    return next((text for block in marked if (text := _text(block))), "")


def _cut(body: Body, take: Callable[[list[Chunk], Draft], list[Chunk]], draft: Draft) -> None:
    """Let ``take`` read the first paragraphs, and take off the lines that it takes."""
    blocks: list[Any] = []
    for block in body.blocks:
        if block.tag != "p" or body.role(block) or len(blocks) > _TAIL:
            break
        blocks.append(block)
    chunks = [_chunk(block, number) for number, block in enumerate(blocks, start=1)]
    left = {chunk[0].number: chunk for chunk in take(list(chunks), draft)}
    for number, block in enumerate(blocks, start=1):
        if number not in left:
            body.root.remove(block)
        elif (taken := len(chunks[number - 1]) - len(left[number])) > 0:
            _drop_lines(block, taken)


def _take_tail(body: Body, draft: Draft) -> None:
    blocks: list[Any] = []
    for block in reversed(body.blocks[1:]):
        blocks.insert(0, block)
        if block.tag not in ("p", "hr") or len(blocks) > _TAIL:
            break
    if not blocks:
        return
    # The first is only there so that not all can be taken.
    chunks = [[Line(0, "…")], *(_chunk(block, at) for at, block in enumerate(blocks, start=1))]
    if blocks[0].tag not in ("p", "hr"):
        chunks[1] = [Line(1, "…")]
    left = {chunk[0].number for chunk in take_tail(chunks, draft)}
    for number, block in enumerate(blocks, start=1):
        if number not in left:
            body.root.remove(block)
    last = body.blocks[-1]
    taken = len(left) <= len(blocks)
    if taken and last.tag[0] == "h" and _RIGHTS_HEADING.fullmatch(_text(last)):
        body.root.remove(last)


def _settle_late_titles(body: Body) -> None:
    """Title and subtitle further down are headings of parts."""
    for block in body.blocks:
        role = body.role(block)
        if block.tag == "p" and role in ("title", "subtitle"):
            block.tag = "h1" if role == "title" else "h2"


def _chunk(block: Any, number: int) -> Chunk:
    """The lines of a block, parted at its line breaks; never none."""
    lines = [line for line in _words(block).split("\n") if line.strip()]
    return [Line(number, line, "paragraph") for line in lines or [" "]]


def _drop_lines(block: Any, count: int) -> None:
    """Take the first ``count`` lines that have words off a paragraph."""
    is_line = False
    for element, slot in _slots(block):
        if element.tag == "br" and slot == "text":
            count -= is_line
            is_line = False
            if count <= 0:
                element.tag = "span"
                return
            element.tag = "span"
        elif (getattr(element, slot) or "").strip():
            is_line = True
        setattr(element, slot, None)


def _slots(block: Any) -> Iterator[tuple[Any, str]]:
    """The places of words in a block in their order: an element and "text" or "tail"."""
    for event, element in list(etree.iterwalk(block, events=("start", "end"))):
        if event == "start":
            yield element, "text"
        elif element is not block:
            yield element, "tail"


def _words(block: Any) -> str:
    """The words of a block without the marks of notes; a break and a part of a list end a line."""
    pieces = []
    for element, slot in _slots(block):
        if slot == "text" and element.tag in ("br", "li"):
            pieces.append("\n")
        if slot == "tail" or not (element.get("id") or "").startswith("fnref"):
            pieces.append(getattr(element, slot) or "")
    return "".join(pieces)


def _share(body: Body, look: str) -> float:
    """The part of the paragraphs that look so."""
    looks: Counter[bool] = Counter(getattr(facts, look) for facts in body.facts.values())
    return looks[True] / max(1, looks.total())


def _usual_size(body: Body) -> int:
    sizes: Counter[int] = Counter()
    for block, facts in body.facts.items():
        sizes[facts.size] += len(_text(block))
    return sizes.most_common(1)[0][0] if sizes else 0


def _size(body: Body, block: Any) -> int:
    return body.facts[block].size if block in body.facts else 0


def _text(block: Any) -> str:
    return one_line(_words(block))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
