"""Markdown (CommonMark with tables, strikethrough and footnotes) with front matter.

Facts come from YAML or TOML front matter. HTML in the text passes the sanitiser as all HTML
does. Template tags of site builders (``{% … %}``, ``{{ … }}``, ``{: … }``) are no text: they
are dropped, and a warning says so.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from articles.sanitize import clean
from articles.text import text_of

from .document import Document, ImportRefused
from .drafting import LIKELY, Draft, directed, one_line, shortened
from .front_matter import put_fields

IMPORTER, VERSION = "markdown", "1"

_FENCE = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_MOST_FIELDS = 50_000  # characters
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\b[^%]*%\}[ \t]*\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.S
)
_CODE_OR_TAG = re.compile(
    r"(?P<code>^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|`[^`\n]+`)"
    r"|\{%.{0,1000}?%\}|\{\{.{0,1000}?\}\}|\{:[^{}\n]{0,300}\}",
    re.DOTALL | re.MULTILINE,
)


class _Strings(yaml.SafeLoader):
    """YAML whose scalars stay text, so that "2012" is not a number and "2012-02" not a date."""

    yaml_implicit_resolvers = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node; never an alias, with which a few lines can stand for millions."""
        if self.check_event(yaml.AliasEvent):
            # PyYAML's own methods have no types.
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "it repeats values by alias", mark)
        return super().compose_node(parent, index)


_Strings.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), [*"~nN", ""]
)


def read(text: str) -> Document:
    """The document in ``text``. Errors: ImportRefused."""
    draft = Draft()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, body, line = front_matter(text)
    put_fields(fields, draft, where="front matter")
    source, dropped = without_template_tags(body)
    if dropped:
        said = ", ".join(shortened(tag) for tag in dropped[:5])
        draft.warn(f"Template tags of a site builder were left out: {said}")
    parser = _parser()
    env: dict[str, Any] = {}
    parsed = parser.parse(source, env)
    _take_title(parsed, draft, first_line=line)
    for label, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            draft.warn(
                f"Nothing refers to the footnote “{label.removeprefix(':')}”: it was left out."
            )
    html = clean(
        parser.renderer.render(parsed, parser.options, env),
        base_url=draft.values.get("source_url"),
    )
    draft.put_first_words(next(filter(str.strip, text_of(html).split("\n")), ""))
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type="text/markdown", importer=IMPORTER, version=VERSION)


def body_html(text: str, *, base_url: str | None = None) -> str:
    """The stored form of Markdown without front matter."""
    source, _ = without_template_tags(text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean(_parser().render(source), base_url=base_url)


def front_matter(text: str) -> tuple[Mapping[str, Any], str, int]:
    """The fields before the text, the text, and the line it begins on.

    Errors: ImportRefused naming the line where the front matter is broken.
    """
    found = _FENCE.match(text)
    if found is None:
        if re.match(r"\ufeff?(---|\+\+\+)[ \t]*\n(?:[\w-]+[ \t]*[:=].*\n){2}", text):
            raise ImportRefused("Its front matter has no end (a line of ---).", "line 1")
        return {}, text.removeprefix("\ufeff"), 1
    if len(found[2]) > _MOST_FIELDS:
        raise ImportRefused("Its front matter is too long to be one.", "line 1")
    fields = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
    if fields is None:
        return {}, text.removeprefix("\ufeff"), 1  # a rule, not front matter
    return fields, text[found.end() :], text.count("\n", 0, found.end()) + 1


def _yaml(source: str) -> Mapping[str, Any] | None:
    loader = None
    try:
        loader = _Strings(source)
        fields = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        # The first line of the file is the fence.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problem = error.problem or error.context or "it is not YAML"
        raise ImportRefused(f"Its front matter is broken: {problem}.", f"line {line}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ImportRefused(f"Its front matter is broken: {one_line(str(error))}.") from error
    finally:
        if loader is not None:
            loader.dispose()
    if fields is None:
        return {}
    return fields if isinstance(fields, dict) else None


def _toml(source: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ImportRefused(f"Its front matter is broken: {one_line(str(error))}.") from error


def without_template_tags(text: str) -> tuple[str, list[str]]:
    """``text`` without the tags of Jekyll, Hugo and their like outside code; and those tags."""
    dropped: list[str] = []

    def kept(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        if not re.match(r"\{%-?\s*(?:end)?raw\b", found[0]):
            dropped.append(found[0])
        return ""

    text = _HIGHLIGHT.sub(lambda found: f"\n```\n{found[1].rstrip()}\n```\n", text)
    return _CODE_OR_TAG.sub(kept, text), list(dict.fromkeys(dropped))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.add_render_rule("footnote_block_open", _notes_open)
    parser.add_render_rule("footnote_block_close", _notes_close)
    # The way back from a note is drawn when serving: an arrow is no word of the text.
    parser.add_render_rule("footnote_anchor", _nothing)
    return parser


def _notes_open(*_: Any) -> str:
    return '<section role="doc-endnotes">\n<ol>\n'


def _notes_close(*_: Any) -> str:
    return "</ol>\n</section>\n"


def _nothing(*_: Any) -> str:
    return ""


def _take_title(parsed: list[Token], draft: Draft, *, first_line: int) -> None:
    """Take a heading as title, or off the text where it repeats the title.

    It is the first of level 1, or one of whatever level at the very start of a text without any.
    """
    headings = [
        index
        for index, token in enumerate(parsed)
        if token.type == "heading_open" and not token.level and (token.tag == "h1" or not index)
    ]
    headings.sort(key=lambda index: parsed[index].tag)
    for index in headings[:1]:
        token, title = parsed[index], one_line(_words(parsed[index + 1]))
        line = first_line + (token.map[0] if token.map else 0)
        known = draft.values.get("title", "")
        if (
            draft.put("title", title, LIKELY, f"line {line}")
            or known.casefold() == title.casefold()
        ):
            del parsed[index : index + 3]


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special")
    )
