"""What a file is, by its bytes; its name is a hint, and a claim that must hold."""

import json
import re

from .document import ImportRefused

FORMATS = ("plain", "markdown", "html", "jsonl")
FORMAT_OF_SUFFIX = {
    "txt": "plain", "text": "plain", "md": "markdown", "markdown": "markdown", "mdown": "markdown",
    "mkd": "markdown", "html": "html", "htm": "html", "xhtml": "html", "jsonl": "jsonl",
    "ndjson": "jsonl",
}  # fmt: skip
_NAMES = {
    "plain": "plain text",
    "markdown": "Markdown",
    "html": "HTML",
    "jsonl": "JSON Lines",
}
# How files begin that are no text, with a word for a person.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or recording"),
    (b"PK\x03\x04", "a zip archive, or a Word, OpenDocument or EPUB file"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"SQLite format 3\x00", "a database"),
    (b"WARC/", "a web archive (WARC)"),
)
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(
    rb"<(?:/?(?:p|div|h[1-6]|br|span|a|article|section|table|ul|ol|li|body|html|b|i|em|strong|"
    rb"blockquote|pre|img|meta|title)\b)[^<>]*>",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(rb"(?:---|\+\+\+)[ \t]*\r?\n(?:[\w-]+[ \t]*[:=]|#).*\n", re.IGNORECASE)
_MARKDOWN_LINE = re.compile(
    rb"^(?:#{1,6} \S|\[\^[^\]\s]+\]: |```|> )|\]\(https?://|^\[[^\]]+\]: \S", re.MULTILINE
)
_HEAD = 4096


def detect(data: bytes, *, name: str = "", max_bytes: int) -> str:
    """The format of ``data``, one of ``FORMATS``.

    Errors: ImportRefused when it is empty, too large, no text, or not what its name says.
    """
    check_size(data, max_bytes=max_bytes)
    check_is_text(data)
    claimed = FORMAT_OF_SUFFIX.get(name.rpartition(".")[2].lower()) if "." in name else None
    if claimed is None:
        return _by_content(data)
    found = _by_content(data)
    if claimed == "html" and found != "html" and not _ANY_TAG.search(data.replace(b"\x00", b"")):
        raise _not_what_it_says(claimed, "there is no HTML in it")
    if claimed == "jsonl" and not any(map(_is_object, data.splitlines())):
        raise _not_what_it_says(claimed, "no line of it is a JSON object")
    if found == "html":
        return found
    if claimed == "plain" and found == "markdown" and _FRONT_MATTER.match(data):
        return found
    return claimed


def check_size(data: bytes, *, max_bytes: int) -> None:
    """Errors: ImportRefused when ``data`` is empty or larger than the limit."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ImportRefused("It is empty.")
    if len(data) > max_bytes:
        raise ImportRefused(f"It has {_size(len(data))}; the limit is {_size(max_bytes)}.")


def check_is_text(data: bytes) -> None:
    """Errors: ImportRefused naming what ``data`` is, when it is no text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise ImportRefused(f"It is not text: by its content it is {kind}.")
    if data[4:12] in (b"ftypmp42", b"ftypisom", b"ftypM4A ", b"ftypqt  "):
        raise ImportRefused("It is not text: by its content it is a video or recording.")
    if data.startswith(_UNICODE_MARKS):
        return
    head = data[:_HEAD]
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in head)
    if b"\x00" in data or controls * 50 > len(head):
        raise ImportRefused("It is not text: it holds bytes that no text has.")


def _by_content(data: bytes) -> str:
    bare = data.removeprefix(b"\xef\xbb\xbf")
    if bare.startswith((b"\xff\xfe", b"\xfe\xff")):
        bare = bare[2 : 2 + 2 * _HEAD].replace(b"\x00", b"")
    if _HTML_START.match(bare):
        return "html"
    if bare.lstrip()[:1] in (b"{", b"["):
        if any(map(_is_object, bare.splitlines())):
            return "jsonl"
        if _is_json(bare):
            raise ImportRefused("It is JSON, but not one record on each line (JSON Lines).")
    if _FRONT_MATTER.match(bare) or _MARKDOWN_LINE.search(bare):
        return "markdown"
    if len(_ANY_TAG.findall(bare)) > 3:
        return "html"
    return "plain"


def _is_object(line: bytes) -> bool:
    line = line.strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    return _is_json(line)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _not_what_it_says(claimed: str, why: str) -> ImportRefused:
    return ImportRefused(f"It is not what its name says, {_NAMES[claimed]}: {why}.")


def _size(count: int) -> str:
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"
