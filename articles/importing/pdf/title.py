"""The title of a PDF: the largest type of its first page, weighed against its properties.

What the properties call title is often left over from another file, or a file's name.
"""

import re
from collections.abc import Sequence

from articles.importing.document import Sureness
from articles.importing.drafting import GUESS, LIKELY, STATED, Draft, one_line, shortened

from .blocks import Block, Setting
from .direction import is_rtl, paired
from .lines import Span

_PROPERTIES = "the file's properties"
_PAGE = "page 1"
_JUNK_TITLE = re.compile(
    r"(?i)\W*|microsoft (?:office )?(?:word|powerpoint|publisher).*|untitled.*|no title|title"
    r"|(?:print|layout|slide|page|document|dokument|doc|draft|file|scan)[\s_-]*\d*"
    r"|powerpoint[ -].*|\S+\.(?:docx?|pdf|indd|html?|tex|dvi|qxp|qxd|pptx?|rtf|odt|pages|pub|txt"
    r"|wpd|wps|fm|p65|pmd|ai|eps|xlsx?)"
    r"|.*\.(?:docx?|pdf|indd|qxp|qxd|pptx?|rtf|odt|pub|wpd|p65)|[\d\W_]+|https?:\S+|about:blank"
    r"|[a-z0-9]+(?:[_-][a-z0-9]+)+"
)
# The number of a part: the title of the whole has none.
_SECTION = re.compile(r"\s*(?:1\s|\d{1,2}\.(?:\d{1,2}\.?)*\s)")
_SQUEEZED_HOME = re.compile(r"journalhomepage")
_SQUEEZED_LISTED = re.compile(r"contentslistsavailable")
_LONGEST = 250
_MOST_WORDS = 40
_NO_TITLE = re.compile(
    r"(?i)abstract|(?:executive )?summary|(?:table of )?contents|foreword|inhalt"
    r"|(?:[ivx\d]{1,2}\.?\s+)?introduction"
    r"|inhaltsverzeichnis|sommaire|table des matières|índice|sumário|indice|содержание"
    r"|目\s?[录錄次]"
    r"|[\W\d_]*|\w{1,2}"
)


def take_title(blocks: list[Block], property_title: str, setting: Setting, draft: Draft) -> int:
    """Keep the title and take it off ``blocks``; where it stood."""
    _take_masthead(blocks, draft)
    stated = one_line(property_title)
    stated = "" if _JUNK_TITLE.fullmatch(stated) else stated
    found = _place(blocks, stated, setting)
    if found is None:
        if not draft.put("title", stated, LIKELY, _PROPERTIES):
            draft.put_first_words(_first_words(blocks))
        return 0
    start, end, sureness = found
    title = _joined(blocks[start:end])
    if stated and sureness is GUESS:
        draft.put("title", stated, LIKELY, _PROPERTIES)
        return 0
    draft.put("title", title, sureness, f"{_PAGE}, {_PROPERTIES}" if sureness is STATED else _PAGE)
    if stated and sureness is not STATED:
        draft.warn(f"In the file's properties its title is “{shortened(stated)}”.")
    del blocks[start:end]
    return start


def _take_masthead(blocks: list[Block], draft: Draft) -> None:
    """Take off the name of the journal, large above the title and known by the line below it."""
    for at in range(1, min(6, len(blocks))):
        if _SQUEEZED_HOME.match(_squeezed(blocks[at].text)) and _may_be(blocks[at - 1]):
            draft.put("publication", _joined(blocks[at - 1 : at]), LIKELY, _PAGE)
            above = at > 1 and _SQUEEZED_LISTED.match(_squeezed(blocks[at - 2].text))
            del blocks[at - 2 if above else at - 1 : at + 1]
            return


def _squeezed(text: str) -> str:
    """``text`` without its spaces, which stand between letters too where they are set apart."""
    return re.sub(r"\s+", "", text).lower()


def _first_words(blocks: Sequence[Block]) -> str:
    """The words of the first block that has a letter."""
    cells = (" ".join(cell for row in block.rows for cell in row.cells) for block in blocks)
    texts = (block.text or words for block, words in zip(blocks, cells, strict=True))
    return next((text for text in texts if not _NO_TITLE.fullmatch(text)), "")


def _joined(blocks: Sequence[Block]) -> str:
    spans = [
        span
        for block in blocks
        for span in (*block.spans, Span(" "))
        if not (span.shift == 1 and re.fullmatch(r"[\W\d]{1,3}", span.text.strip()))
    ]
    text = one_line("".join(span.text for span in spans).replace("\xad", ""))
    text = re.sub(r"\s*[*∗†‡]$", "", text)
    return paired(text) if is_rtl(text) else text


def _place(
    blocks: Sequence[Block], stated: str, setting: Setting
) -> tuple[int, int, Sureness] | None:
    """From which block to which the title goes, and how sure that is."""
    first = [block for block in blocks if block.page == blocks[0].page][:40]
    if stated and (place := _stated_place(first, stated)):
        return *place, STATED
    large = [one for one in first if _may_be(one) and one.size > 1.1 * setting.size]
    sizes = sorted({one.size for one in large if not _SECTION.match(one.text)}, reverse=True)
    for size in sizes:
        run = _run_of(first, size)
        if run and not _NO_TITLE.fullmatch(_joined(first[slice(*run)])):
            return *run, LIKELY
    if first and _NO_TITLE.fullmatch(first[0].text):
        return None
    if first and first[0].kind == "heading" and _may_be(first[0]):
        return 0, 1, LIKELY
    # A label before the first words is none itself.
    at = 1 if first and _is_label(first[0]) else 0
    if len(blocks) > at + 1 and len(first) > at and _may_be(first[at]):
        text = first[at].text.rstrip()
        if len(text.split()) <= 20 and not text.endswith((".", ",", ";")):
            return at, at + 1, GUESS
    return None


def _is_label(block: Block) -> bool:
    """Whether a block announces what follows it."""
    return block.text.rstrip().endswith((":", "："))


def _stated_place(blocks: Sequence[Block], stated: str) -> tuple[int, int] | None:
    """Where the title that the properties state stands; the longest such place."""
    for exact in (True, False):
        for start, block in enumerate(blocks):
            for end in range(min(start + 4, len(blocks)), start, -1):
                alike = all(one.size == block.size for one in blocks[start:end])
                if alike and _same(stated, _joined(blocks[start:end]), exact=exact):
                    return start, end
    return None


def _may_be(block: Block) -> bool:
    words = len(block.text.split())
    return (
        block.kind in ("heading", "p", "quote", "number")
        and len(block.text) <= _LONGEST
        and words <= _MOST_WORDS
        and sum(letter.isalpha() for letter in block.text) > 2
        and not _is_label(block)
    )


def _run_of(blocks: Sequence[Block], size: float) -> tuple[int, int] | None:
    """The first blocks of that size that follow one another."""
    fit = (at for at, one in enumerate(blocks) if one.size == size and _may_be(one))
    start = next((at for at in fit if not _SECTION.match(blocks[at].text)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(blocks) and blocks[end].size == size and _may_be(blocks[end]):
        if _SECTION.match(blocks[end].text) or len(_joined(blocks[start : end + 1])) > _LONGEST:
            break
        end += 1
    return start, end


def _same(one: str, other: str, *, exact: bool) -> bool:
    """Whether two titles are one, perhaps cut short."""
    bare = [re.sub(r"[\W_]+", "", text).casefold() for text in (one, other)]
    short, long = sorted(bare, key=len)
    if exact:
        return bool(short) and short == long
    return len(short) > 12 and long.startswith(short) and len(long) < 3 * len(short)
