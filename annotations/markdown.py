"""Notes are Markdown: from what people write to HTML that is safe to show. Pure."""

from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

# CommonMark without raw HTML; images are left out, since they would fetch from elsewhere, and
# references, since a short note could repeat a long address thousands of times.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")
_MARKDOWN.disable(["image", "reference"])
_TAGS = {
    "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "h3", "h4", "h5", "h6",
}  # fmt: skip


def plain(source: str) -> str:
    """The words of a note without its marks of Markdown, for a line in a list."""
    return " ".join(unescape(nh3.clean(render(source), tags=set())).split())


@lru_cache(maxsize=1024)
def render(source: str) -> str:
    """Safe HTML of a note. Links open only web, mail and local addresses and carry nofollow.

    Headings start at h3, so that a note cannot break into the outline of the page.
    """
    tokens = _MARKDOWN.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
