"""What a file is, by its bytes; its name is a hint, and a claim that must hold."""

import io
import json
import re
import zipfile
import zlib
from typing import Any, BinaryIO

from .document import ImportRefused

# Every format that is read, with its name for a person.
NAMES = {
    "plain": "plain text",
    "markdown": "Markdown",
    "html": "HTML",
    "mhtml": "a saved web page (MHTML)",
    "pdf": "a PDF file",
    "docx": "a Word file (DOCX)",
    "epub": "EPUB",
    "warc": "a web archive (WARC)",
    "wacz": "a web archive (WACZ)",
    "zip": "a zip archive",
    "jats": "JATS XML",
    "tei": "TEI XML",
    "jsonl": "JSON Lines",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl": "CSL-JSON",
    "hypothesis": "a Hypothesis export",
}
FORMATS = tuple(NAMES)
FORMAT_OF_SUFFIX = {
    "txt": "plain", "text": "plain", "md": "markdown", "markdown": "markdown", "mdown": "markdown",
    "mkd": "markdown", "html": "html", "htm": "html", "xhtml": "html", "jsonl": "jsonl",
    "ndjson": "jsonl", "mhtml": "mhtml", "mht": "mhtml", "pdf": "pdf", "docx": "docx",
    "docm": "docx", "epub": "epub", "warc": "warc", "wacz": "wacz", "zip": "zip", "ris": "ris",
    "bib": "bibtex", "bibtex": "bibtex",
}  # fmt: skip
_TABLES = (".csv", ".tsv")
_OF_A_TABLE = "One that says what other files are is given as their metadata sheet."
_TEXTS = frozenset({"plain", "markdown", "html"})  # a person may call one of these another
# What is a text to a text editor; the rest is bytes.
TEXTUAL = frozenset(FORMATS) - {"pdf", "docx", "epub", "warc", "wacz", "zip", "mhtml"}
# What is read from the file part by part, whatever its size.
STREAMED = frozenset({"warc", "wacz", "zip"})
# Formats known by their first bytes, and read from bytes alone.
_BINARY = ((b"%PDF-", "pdf"), (b"WARC/", "warc"))
# How files begin that nothing here reads, with a word for a person.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or recording"),
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
)
# An Office file with a password is packed into one of the old kind, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_PDF_STARTS_WITHIN = 1024  # readers of PDF forgive that much before its first line
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOT = re.compile(
    rb"\s*(?:<\?.{0,1000}?\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE\s[^\[>]{0,1000}(?:\[.{0,4000}?\]\s*)?>\s*)*"
    rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)([^>]{0,2000})",
    re.DOTALL | re.IGNORECASE,
)
_TEI_NAMESPACE = b"http://www.tei-c.org/ns/1.0"
_TEI_ROOTS = frozenset({b"tei", b"tei.2", b"teicorpus", b"teicorpus.2"})
# Parts of an edition stored alone; HTML has elements of some of these names.
_TEI_PARTS = frozenset({b"text", b"body", b"div", *(b"div%d" % level for level in range(8))})
_JATS_SETS = frozenset({
    b"pmc-articleset", b"articles", b"article-set", b"articleset", b"oai-pmh",
})  # fmt: skip
_ANY_TAG = re.compile(
    rb"<(?:/?(?:p|div|h[1-6]|br|span|a|article|section|table|ul|ol|li|body|html|b|i|em|strong|"
    rb"blockquote|pre|img|meta|title)\b)[^<>]*>",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(rb"(?:---|\+\+\+)[ \t]*\r?\n(?:[\w-]+[ \t]*[:=]|#).*\n", re.IGNORECASE)
_MARKDOWN_LINE = re.compile(
    rb"^(?:#{1,6} \S|\[\^[^\]\s]+\]: |```|> )|\]\(https?://|^\[[^\]]+\]: \S", re.MULTILINE
)
_RIS_START = re.compile(rb"(?:\s*|.{0,400}?^\s*)TY[ \t]{1,3}-[ \t]", re.MULTILINE | re.DOTALL)
# Web of Science has an export of its own, which people save as .txt or .ris.
_WEB_OF_SCIENCE = re.compile(
    rb"^(?:FN [^\r\n]*\r?\nVR [^\r\n]*\r?\n)?PT [A-Z]\b[^\r\n]*\r?\n[A-Z][A-Z0-9] ", re.MULTILINE
)
# Exports of references in the forms of EndNote and PubMed, which their makers also give as RIS.
_UNREAD_RECORDS = (
    (re.compile(rb"\s*%0[ \t][A-Z][^\r\n]*\r?\n%[A-Z0-9!@+]{1,2} "), "an EndNote export (.enw)"),
    (re.compile(rb"\s*PMID- ?\d+\r?\n[A-Z]{2,4} {0,2}- "), "a PubMed export (.nbib)"),
)
_RIS_RECORD = re.compile(rb"^TY[ \t]{1,3}-[ \t]", re.MULTILINE)
_BIBTEX_ENTRY = re.compile(rb"^[ \t]*@[a-z]{3,20}[ \t]*\{[ \t]*[^\s{},=]*[ \t]*,", re.M | re.I)
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096
_RECORDS = frozenset({"ris", "bibtex", "csl", "jsonl", "hypothesis"})
# What a name claims, and what the bytes say more exactly.
_MORE_EXACT = frozenset({("zip", "docx"), ("zip", "epub"), ("zip", "wacz")})


def detect(data: bytes, *, name: str = "", max_bytes: int) -> str:
    """The format of ``data``, one of ``FORMATS``.

    Errors: ImportRefused when it is empty, too large, of a kind that nothing here reads, or not
    what its name says.
    """
    check_size(data, max_bytes=max_bytes)
    found = _binary(data)
    if found is None:
        check_is_text(data)
        found = _by_content(data)
    if found in _TEXTS and name.lower().endswith(_TABLES):
        raise ImportRefused(f"It is a table, not a text. {_OF_A_TABLE}")
    return _reconciled(_claimed(name), found, data)


def streamed_format(file: BinaryIO, *, name: str = "") -> str:
    """ "warc", "wacz" or "zip" where ``file`` (seekable) is one, else ""; it is rewound.

    Such files are read part by part. Errors: ImportRefused when its name claims another format.
    """
    head = file.read(_HEAD)
    file.seek(0)
    found = ""
    if head.startswith(b"WARC/") or _gzip_head(head).startswith(b"WARC/"):
        found = "warc"
    elif head.startswith(_ZIP):
        found = _kind_of_zip(file)
        file.seek(0)
    if found not in STREAMED:
        return ""
    return _reconciled(_claimed(name), found, head)


def check_size(data: bytes, *, max_bytes: int) -> None:
    """Errors: ImportRefused when ``data`` is empty or larger than the limit."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ImportRefused("It is empty.")
    check_length(len(data), max_bytes=max_bytes)


def check_length(length: int, *, max_bytes: int) -> None:
    """Errors: ImportRefused when so many bytes are more than the limit."""
    if length > max_bytes:
        raise ImportRefused(
            f"It has {size_in_words(length)}; the limit is {size_in_words(max_bytes)}."
        )


def check_is_text(data: bytes) -> None:
    """Errors: ImportRefused naming what ``data`` is, when it is no text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if _LOCKED in data:
                raise ImportRefused("It is encrypted: without its password nobody can read it.")
            raise ImportRefused(f"It is not text: by its content it is {kind}.")
    if data[4:12] in (b"ftypmp42", b"ftypisom", b"ftypM4A ", b"ftypqt  "):
        raise ImportRefused("It is not text: by its content it is a video or recording.")
    if (binary := _binary(data)) is not None:
        raise ImportRefused(f"It is not text: by its content it is {NAMES[binary]}.")
    if data.startswith(_UNICODE_MARKS):
        return
    head = data[:_HEAD]
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in head)
    if b"\x00" in data or controls * 50 > len(head):
        raise ImportRefused("It is not text: it holds bytes that no text has.")


def size_in_words(count: int) -> str:
    """``count`` bytes for a person: "10.0 kB"."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"


def _claimed(name: str) -> str | None:
    return FORMAT_OF_SUFFIX.get(name.rpartition(".")[2].lower()) if "." in name else None


def _binary(data: bytes) -> str | None:
    """The format of bytes that are no text, or None. Errors: ImportRefused for a broken archive."""
    for signature, format in _BINARY:
        if data.startswith(signature):
            return format
    if data.startswith(_ZIP):
        return _kind_of_zip(io.BytesIO(data))
    if data.startswith(_GZIP) and _gzip_head(data).startswith(b"WARC/"):
        return "warc"
    if b"%PDF-" in data[:_PDF_STARTS_WITHIN] and b"\x00" in data[: _HEAD * 4]:
        return "pdf"
    return None


def _kind_of_zip(file: BinaryIO) -> str:
    head = file.read(_HEAD)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return "zip"  # its reader says what is wrong
    present = set(names)
    if "META-INF/container.xml" in present or _stored_type(head) == b"application/epub+zip":
        return "epub"
    if "datapackage.json" in present or any(
        name.startswith("archive/") and name.endswith((".warc", ".warc.gz")) for name in names
    ):
        return "wacz"
    if "[Content_Types].xml" in present:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            raise ImportRefused(f"By its content it is an Excel file, not a text. {_OF_A_TABLE}")
        raise ImportRefused("By its content it is an Office file, not a text.")
    if "mimetype" in present and "content.xml" in present:
        raise ImportRefused("It is an OpenDocument file: save it as DOCX, and import that.")
    return "zip"


def _stored_type(head: bytes) -> bytes:
    """What an EPUB says of itself: its first member is named mimetype, and stored unpacked."""
    return head[38:58] if head[30:38] == b"mimetype" else b""


def _gzip_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data[:_HEAD], 64)
    except zlib.error:
        return b""


def _by_content(data: bytes) -> str:
    bare = data.removeprefix(b"\xef\xbb\xbf")
    if bare.startswith((b"\xff\xfe", b"\xfe\xff")):
        bare = bare[2 : 2 + 2 * _HEAD].replace(b"\x00", b"")
    is_html = _HTML_START.match(bare) is not None
    if (xml := _xml_format(bare[: 4 * _HEAD], is_html=is_html)) is not None:
        return xml
    if is_html:
        return "html"
    if bare.lstrip()[:1] in (b"{", b"[") and (found := _json_format(bare)) is not None:
        return found
    if _is_mhtml(bare[: 4 * _HEAD]):
        return "mhtml"
    if _RIS_START.match(bare[:_HEAD]) or _WEB_OF_SCIENCE.match(bare[:_HEAD]):
        return "ris"
    for pattern, kind in _UNREAD_RECORDS:
        if pattern.match(bare[:_HEAD]):
            raise ImportRefused(f"It is {kind}: save the references as RIS, and import that.")
    if _FRONT_MATTER.match(bare) or _MARKDOWN_LINE.search(bare):
        return "markdown"
    if _BIBTEX_ENTRY.search(bare[: 4 * _HEAD]):
        return "bibtex"
    if len(_ANY_TAG.findall(bare)) > 3:
        return "html"
    return "plain"


def _reconciled(claimed: str | None, found: str, data: bytes) -> str:
    """``found``, or what the name claims where the bytes allow that. Errors: ImportRefused."""
    if claimed is None or claimed == found or (claimed, found) in _MORE_EXACT:
        return found
    if claimed in _TEXTS:
        return _text_format(claimed, found, data)
    if claimed == "jsonl" and not any(map(_is_object, data.splitlines())):
        raise _not_what_it_says(claimed, "no line of it is a JSON object")
    if claimed == "jsonl" or (found in _TEXTS and _holds_records(claimed, data)):
        return claimed
    raise _not_what_it_says(claimed, f"by its content it is {NAMES[found]}")


def _text_format(claimed: str, found: str, data: bytes) -> str:
    if found == "html":
        return found
    if claimed == "html":
        if found in _TEXTS and _ANY_TAG.search(data.replace(b"\x00", b"")):
            return claimed
        why = (
            "there is no HTML in it" if found in _TEXTS else f"by its content it is {NAMES[found]}"
        )
        raise _not_what_it_says(claimed, why)
    if claimed == "plain" and (found in _RECORDS or _FRONT_MATTER.match(data)):
        return found
    if found in _TEXTS or found in _RECORDS:
        return claimed
    raise _not_what_it_says(claimed, f"by its content it is {NAMES[found]}")


def _holds_records(claimed: str, data: bytes) -> bool:
    """Whether a file of records begins with something else, such as the exporter's remarks."""
    pattern = {"ris": _RIS_RECORD, "bibtex": _BIBTEX_ENTRY}.get(claimed)
    return pattern is not None and pattern.search(data) is not None


def _xml_format(head: bytes, *, is_html: bool) -> str | None:
    """TEI or JATS by the root element. Errors: ImportRefused for XML of another kind."""
    root = _XML_ROOT.match(head)
    if root is None:
        return None
    name, attributes = root[1].lower(), root[2].lower()
    if name in _TEI_ROOTS or (name in _TEI_PARTS and _TEI_NAMESPACE in attributes):
        return "tei"
    if name in _JATS_SETS or (
        name == b"article"
        and re.search(
            rb"article-type|dtd-version|xlink|(?s:>.{0,2000}?)<front\b", attributes + head
        )
    ):
        return "jats"
    if is_html or not head.lstrip().lower().startswith(b"<?xml"):
        return None
    said = root[1].decode("ascii", "replace")
    raise ImportRefused(f"It is XML, but neither JATS nor TEI: its root element is {said}.")


def _json_format(data: bytes) -> str | None:
    """What JSON is, by the names of its fields; None where it is not JSON after all."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return "jsonl" if any(map(_is_object, data.splitlines())) else None
    rows = _rows_of(value)
    first = next((row for row in rows if "title" in row), rows[0] if rows else {})
    if isinstance(value, dict) and any(
        isinstance(value.get(key), list) for key in ("annotations", "rows")
    ):
        return "hypothesis"
    if "uri" in first and "target" in first:
        return "hypothesis"
    if "type" in first and "title" in first and "text" not in first:
        return "csl"
    if isinstance(value, dict) and _is_object(data.strip()):
        return "jsonl"
    raise ImportRefused(
        "It is JSON, but not one record on each line (JSON Lines), nor CSL-JSON, nor a Hypothesis"
        " export."
    )


def _rows_of(value: Any) -> list[dict[str, Any]]:
    """The objects that JSON lists, at its top or under the names that exports give the list."""
    if isinstance(value, dict):
        listed = value.get("items", value.get("references"))
        value = listed if isinstance(listed, list) else [value]
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _is_mhtml(head: bytes) -> bool:
    headers = _MAIL_HEADER.match(head.lstrip())
    return headers is not None and _MULTIPART.search(headers[0]) is not None


def _is_object(line: bytes) -> bool:
    line = line.strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _not_what_it_says(claimed: str, why: str) -> ImportRefused:
    return ImportRefused(f"It is not what its name says, {NAMES[claimed]}: {why}.")
