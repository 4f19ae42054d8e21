"""Bytes to text: by byte-order mark, by what the document declares, as UTF-8, else by a guess."""

import codecs
import re

import charset_normalizer

from .document import ImportRefused
from .languages import language_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What text in each of these is likely to be in. The first that yields such a language, by its
# commonest words, wins over the guess: English with curly quotes in windows-1252 is else taken
# for windows-1250.
_LANGUAGES_OF = {
    "windows-1252": {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da"},
    "windows-1251": {"ru", "uk"},
    "koi8-r": {"ru"},
    "windows-1250": {"pl", "cs"},
    "iso-8859-2": {"pl", "cs"},
    "windows-1254": {"tr"},
}
# Names as pages write them, read as browsers do: "latin-1" has always meant windows-1252.
_ALIASES = {"iso-8859-1": "windows-1252", "ascii": "windows-1252", "iso-8859-9": "windows-1254"}
_SAMPLE = 100_000
_SHIFTED = re.compile(rb"\x1b\$[@B]")  # begins Japanese in ISO-2022, which is all ASCII bytes
_EAST_ASIAN = re.compile(r"cp932|cp949|johab|big5.*|gb.*|euc.*|shift.*|hz")
_FEW = 10  # bytes of a hundred beyond ASCII: accents, no letters of East Asia
_MARKUP = re.compile(r"<[^<>]*>")


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """The text in ``data``, and a warning for a person ("" where nothing was guessed).

    ``declared`` is the encoding that the document or its server names. Errors: ImportRefused
    where no encoding makes text of it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _checked(text), _about_losses(text, "")
    if data.isascii() and _SHIFTED.search(data):
        declared = declared or "iso2022_jp"
    # Bytes that are UTF-8 beyond ASCII are nothing else, whatever a template declares.
    stated = _codec(declared) if declared else None
    for candidate in (stated, "utf-8") if data.isascii() else ("utf-8", stated):
        try:
            if candidate is not None:
                return _checked(data.decode(candidate)), ""
        except UnicodeDecodeError:
            continue
    if b"\x00" in data:
        raise ImportRefused("It is not text: it holds bytes that no text has.")
    if text := _without_surrogates(data):
        return text, _about_losses(text, "")
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 50 < sum(byte > 127 for byte in data):
        return text, _about_losses(text, "")
    text, encoding = _guessed(data)
    return text, _about_losses(text, f"The encoding was guessed: {encoding}.")


def _without_surrogates(data: bytes) -> str:
    """The text of bytes that are UTF-8 but for surrogates, as some databases write it; else ""."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec(name: str) -> str | None:
    name = name.strip().strip("'\"").lower().replace("_", "-")
    name = "gb18030" if name in ("gb2312", "gbk") else name
    if name in ("utf-7", "unicode-1-1-utf-7"):
        return None  # no browser reads it: it hides markup in plain letters
    try:
        known = codecs.lookup(name).name
        b" ".decode(known)  # some codecs of Python's are no encodings of text
    except (LookupError, ValueError):
        return None
    return _ALIASES.get(known.replace("_", "-").replace("iso8859", "iso-8859"), known)


def _guessed(data: bytes) -> tuple[str, str]:
    for encoding, languages in _LANGUAGES_OF.items():
        if _language_in(data, encoding) in languages:
            return data.decode(encoding), encoding
    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ImportRefused("It is not text in any encoding that is known here.")
    name = best.encoding.replace("_", "-").replace("cp125", "windows-125")
    # Two accented letters beside one another look like one of East Asia, where few are ASCII.
    few = sum(byte > 127 for byte in data) * 100 < _FEW * len(data)
    if few and _EAST_ASIAN.fullmatch(name) and _decodes(data, "windows-1252"):
        name = "windows-1252"
    # Hebrew letters have the bytes of Cyrillic ones.
    if name in ("koi8-r", "windows-1251") and _language_in(data, "windows-1255") == "he":
        name = "windows-1255"
    return data.decode(name, "replace"), name


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _language_in(data: bytes, encoding: str) -> str:
    try:
        return language_of(_MARKUP.sub(" ", data.decode(encoding)[: 4 * _SAMPLE]))
    except UnicodeDecodeError:
        return ""


def _checked(text: str) -> str:
    if "\x00" in text:
        raise ImportRefused("It is not text: it holds bytes that no text has.")
    return text


def _about_losses(text: str, warning: str) -> str:
    if not (lost := text.count("\ufffd")):
        return warning
    said = f"{lost} characters could not be read and show as �."
    return f"{warning} {said}".strip()
