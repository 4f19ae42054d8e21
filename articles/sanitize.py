"""Foreign HTML in, the stored form of a body out: safe, small, and the same in every browser.

Three steps: nh3 (html5ever, the parser that browsers agree with) keeps the allowed elements and
attributes; ``content_model`` brings them into the shapes of DESIGN §2; then both are asked again
until nothing changes, so that what is stored is a fixed point of parsing and writing.
"""

import re
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import nh3

from .body_tree import whole_characters, without_controls
from .content_model import SOURCE_ELEMENTS, shape
from .nesting import bounded
from .text import ATTRIBUTES, BLOCKS, COLLAPSING_SPACE, INLINES

# Keeps imported ids apart from the page's own, such as "article-body".
ID_PREFIX = "text-"
# Pictures the archive stores itself, named by the SHA-256 of their bytes: no foreign page has
# such an address by chance, so a relative path of theirs is not taken for one of ours.
LOCAL_IMAGE = re.compile(r"/media/images/[0-9a-f]{64}\.(?:png|jpg|gif|webp|avif)")

_MAX_PASSES = 12
_UNREAD = {
    "script", "style", "template", "textarea", "select", "button", "iframe", "object", "embed",
    "svg", "math", "audio", "video", "canvas", "noscript", "noembed", "noframes", "title",
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ID = re.compile(r"[^\s]{1,200}")
_SPACE_RUN = re.compile(f"[{COLLAPSING_SPACE}]+")
_SPANS = {"colspan": 1000, "rowspan": 65534}
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,5}")  # of an item in an ordered list
_SCHEMES = {"http", "https", "mailto"}


class Unstable(ValueError):
    """The HTML keeps changing from pass to pass; nothing of it may be stored."""


def clean(html: str, *, base_url: str | None = None) -> str:
    """The stored form of ``html``.

    ``base_url`` is where the HTML came from: relative links are resolved against it, and dropped
    (their words stay) where there is none. ``clean(clean(x)) == clean(x)``.

    Errors: Unstable when no fixed point is found; no input is known to do so.
    """
    source = bounded(without_controls(whole_characters(html)))
    reader = _reader(base_url)
    for _ in range(_MAX_PASSES):
        stored = shape(reader.clean(source))
        if stored == source and _STORED.clean(stored) == stored:
            return stored
        source = stored
    raise Unstable("This HTML changes every time it is read.")


def _reader(base_url: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(SOURCE_ELEMENTS),
        clean_content_tags=_UNREAD,
        attributes={
            **{tag: set(names) for tag, names in ATTRIBUTES.items()},
            "*": {*ATTRIBUTES["*"], "role"},
            "a": {*ATTRIBUTES["a"], "name"},
        },
        attribute_filter=_attribute_filter(base_url),
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_STORED = nh3.Cleaner(
    tags=set(BLOCKS | INLINES),
    clean_content_tags=_UNREAD,
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=_SCHEMES,
    link_rel=None,
)


def _attribute_filter(base_url: str | None) -> Callable[[str, str, str], str | None]:
    def kept(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return _href(value, base_url)
        if name in ("id", "name"):
            return _prefixed(value.strip())
        if name == "lang":
            return value.strip() if _LANGUAGE.fullmatch(value.strip()) else None
        if name == "dir":
            return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
        if name == "role":
            return "doc-endnotes" if "doc-endnotes" in value.lower().split() else None
        if name == "src":
            return value if LOCAL_IMAGE.fullmatch(value) else None
        if name in ("start", "value"):
            return value if _NUMBER.fullmatch(value) else None
        if name in _SPANS:
            return value if value.isascii() and value.isdigit() and _spans(name, value) else None
        return _SPACE_RUN.sub(" ", without_controls(value)).strip(" ") or None

    return kept


def _spans(name: str, value: str) -> bool:
    return len(value) < 6 and not value.startswith("0") and 1 < int(value) <= _SPANS[name]


def _prefixed(own_id: str) -> str | None:
    own_id = without_controls(own_id)
    if not _ID.fullmatch(own_id):
        return None
    return own_id if own_id.startswith(ID_PREFIX) else ID_PREFIX + own_id


def _href(value: str, base_url: str | None) -> str | None:
    """A link that is safe to follow and leads where it led on its own page, or None."""
    # Browsers drop tabs and line ends inside an address, so that "java\nscript:" would run.
    value = re.sub(r"[\t\r\n]", "", without_controls(value)).strip().replace(" ", "%20")
    try:
        if base_url and not value.startswith("#"):
            value = urljoin(base_url, value)
            address, fragment = urldefrag(value)
            if fragment and address == urldefrag(base_url)[0]:
                value = "#" + fragment
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    if value.startswith("#"):
        target = _prefixed(value[1:])
        return f"#{target}" if target else None
    if parts.scheme.lower() == "mailto":
        return value if "@" in parts.path else None
    return value if parts.scheme.lower() in ("http", "https") and host else None
