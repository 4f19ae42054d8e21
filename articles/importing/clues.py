"""Lines that say something about a text rather than belong to it: labels, bylines, rights.

Labels are known in the languages the archive meets most; what is not recognised stays text.
A name is taken only where the line says that it is one.
"""

import re
from dataclasses import dataclass

from .document import Sureness
from .drafting import LIKELY, STATED, doi_of, one_line
from .reading_dates import parse_date


@dataclass(frozen=True)
class Clue:
    """One fact that a line states. ``labelled`` tells "Source: X" from a mere date or address."""

    field: str
    value: str
    sureness: Sureness = STATED
    labelled: bool = True


# Labels that need a colon or a dash after them, or their value on the next line.
_LABELS = {
    "title": "title|titel|titre|título|titolo|заголовок|название|العنوان|כותרת",
    "standfirst": "standfirst|subtitle|sub-title|subheading|dek|deck|summary|abstract|description|"
    "excerpt|teaser|untertitel|vorspann|chapeau|sous-titre|résumé|subtítulo|entradilla|resumen|"
    "подзаголовок|الملخص|العنوان الفرعي|תקציר",
    "author": "authors?|author\\(s\\)|byline|by|written by|autor|autoren|autorin|verfasser|"
    "auteure?s?|autora|autores|autore|作者|撰文|著者|автор|авторы|الكاتب|الكاتبة|المؤلف|بقلم|מחבר|מאת",
    "editor": "editors?|edited by|herausgeber|herausgeberin|redaktion|редактор|المحرر|עורך",
    "translator": "translators?|translated by|translation|übersetzung|übersetzt von|traducteur|"
    "traduction|traduit par|traductor|traducción|traducido por|перевод|переводчик|ترجمة|"
    "المترجم|תרגום",
    "interviewer": "interviewer|interviewed by|interview by",
    "publisher": "publisher|published by|verlag|veröffentlicht von|éditeur|publié par|editorial|"
    "publicado por|издатель|издательство|опубликовано|الناشر|صادر عن|הוצאה|מו״ל",
    "publication": "publication|publication name|journal|series|magazine|newspaper|published in|"
    "appeared in|erschienen in|zeitschrift|paru dans|revue|publicado en|revista|журнал|газета|"
    "نشر في|المجلة|פורסם ב",
    "date": "date|dated|published|published on|publication date|date published|date of publication|"
    "posted|posted on|issued|datum|veröffentlicht am|erschienen am|publié le|date de publication|"
    "fecha|publicado el|data|дата|дата публикации|التاريخ|تاريخ النشر|نشر بتاريخ|תאריך",
    "period": "period|epoch|zeitraum|période|período|период",
    "source": "source|sources|quelle|fuente|fonte|bron|источник|المصدر|מקור",
    "source_url": "url|link|web|web address|website|address|permalink|original url|original|адрес|"
    "الرابط|קישור",
    "doi": "doi",
    "rights": "rights|copyright|licen[cs]e|disclaimer|permissions?|terms of use|rechte|lizenz|"
    "droits|licencia|derechos|права|лицензия|الحقوق|حقوق النشر|זכויות",
    "tags": "tags?|keywords?|key words|topics?|subjects?|categor(?:y|ies)|schlagw[oö]rte?r?|themen|"
    "mots-clés|palabras clave|etiquetas|ключевые слова|теги|الوسوم|الكلمات المفتاحية|תגיות",
    "language": "language|lang|sprache|langue|idioma|lingua|язык|اللغة|שפה",
    "kind": "kind|type|genre|document type",
}
# Labels that may stand without a colon: "published by Security Times".
_PHRASES = {
    "publisher": "published by|veröffentlicht von|publié par|publicado por",
    "author": "written by",
    "editor": "edited by",
    "translator": "translated by|übersetzt von|traduit par|traducido por",
    "interviewer": "interviewed by",
    "date": "published on|posted on|published|posted|veröffentlicht am|erschienen am|publié le|"
    "publicado el|on|am|le|el",
}
_COLON = r"\s*(?:[:：]|\s[-–—]\s|\s*$)\s*"
_LABELLED = [
    (field, re.compile(rf"(?:{names}){_COLON}(?P<value>.*)", re.IGNORECASE))
    for field, names in _LABELS.items()
]
_PHRASED = [
    (field, re.compile(rf"(?P<label>{names})\s+(?P<value>\S.*)", re.IGNORECASE))
    for field, names in _PHRASES.items()
]
_BY = re.compile(
    r"(?:(?:(?:words|text|story|posted|reported|reporting) )?by|von|par|por|di|door|av|af|بقلم|מאת)"
    r"\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"\s+[|·•]\s+")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)

_BEFORE_DATE = re.compile(r"(?:\s*[,|–—-]\s*|\s+)(?:(?:on|am|le|el|в)\s+)?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.’'‘ʼ\-]*(?:\s+[^\W\d_][\w.’'‘ʼ\-]*){0,5}")
# Where a name would start with one of these, the line is prose ("By the sea").
_NO_NAMES = frozenset(
    {"the", "a", "an", "this", "that", "all", "any", "no", "far", "now", "then", "and", "which"}
    | {"what", "way", "our", "his", "her", "its", "their", "my", "your", "der", "die", "das"}
    | {"dem", "den", "einem", "la", "le", "les", "un", "une", "el", "los", "las", "ejemplo"}
)
_INSTITUTION = re.compile(
    r"\b(?:offices?|institutes?|departments?|ministr(?:y|ies)|cent(?:er|re)s?|committees?|councils?|"
    r"university|bureau|agency|association|foundation|board|commission|staff|team|editors|society|"
    r"group|programme?|unit|division|library|archives?|inc|ltd|llc)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r".*\b(?:officer|director|president|manager|editor|reporter|correspondent|writer|journalist|"
    r"columnist|analyst|researcher|professor|fellow|founder|ceo|redakteur(?:in)?|journaliste)",
    re.IGNORECASE,
)
_COMMA_OR_AND = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+")
_AND = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|e|og|и|و|ו)\s+|\s*&\s*", re.IGNORECASE)

_WORK = (
    "(?:article|essay|piece|op-?ed|commentary|text|column|post|paper|report|interview|speech|"
    "story|review|analysis|chapter|translation|version|excerpt)"
)
_RIGHTS = re.compile(
    "|".join(
        (
            r"^\W*(?:this|the above|the following|an? \w+|an? \w+ version of (?:this|the))\s+"
            rf"{_WORK}\b.{{0,120}}?"
            r"\b(?:appeared|published|posted|broadcast|reprinted|republished|adapted|"
            r"excerpted|printed|available|licen[cs]ed|reproduced|translated)\b",
            r"^\W*(?:originally|first|previously)\s+(?:appeared|published|posted|printed|broadcast)\b",
            r"^\W*(?:reprinted|republished|reproduced|reposted|cross-?posted|adapted|used)\b"
            r".{0,60}\b(?:permission|from|by|in|courtesy|with)\b",
            r"^\W*(?:copyright\b\W*(?:©|\(c\)|\d{4}|by\b)|©|\(c\)\s*\d{4})",
            r"\ball rights reserved\b",
            r"\b(?:views|opinions|positions)\b.{0,40}\b(?:expressed|represented|presented|contained|"
            r"stated|herein|here|in this)\b.{0,100}\b(?:authors?|writers?|contributors?|speakers?|"
            r"own|alone|solely|necessarily)\b",
            r"\b(?:views|opinions|positions)\b.{0,40}\bare (?:solely |entirely )?(?:those of|"
            r"(?:his|her|their|my) own)\b",
            r"\bnot (?:necessarily )?(?:reflect|represent)\b.{0,60}\b(?:views?|opinions?|"
            r"positions?|polic(?:y|ies)|those)\b",
            r"\bdoes not take (?:\w+ )?positions?\b",
            r"^\W*(?:licen[cs]ed under|creative commons|CC[ -]BY|CC0)\b",
            r"^\W*this work is (?:\w+ ){0,3}?(?:licen[cs]ed|copyright\w*|protected|distributed|"
            r"available|free|in the public domain|under)\b",
            r"^\W*(?:disclaimer|rights|copyright|licen[cs]e|permissions?)\s*[:：]",
            # German, French, Spanish, Italian
            r"^\W*(?:dieser|der) (?:artikel|beitrag|text|aufsatz)\b.{0,60}\b"
            r"(?:erschien|veröffentlicht)",
            r"^\W*(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht)|alle rechte vorbehalten",
            r"\bnicht (?:unbedingt|notwendigerweise) (?:die|der) (?:meinung|ansicht|auffassung)",
            r"^\W*(?:cet article|ce texte|cette tribune)\b.{0,60}\b(?:paru|publié)",
            r"tous droits réservés|n[’']engagent que\b",
            r"^\W*(?:este|el presente) (?:artículo|texto|ensayo)\b.{0,60}\b(?:publi|apareci)",
            r"todos los derechos reservados|\blas opiniones\b.{0,120}\bautor",
            r"tutti i diritti riservati|le opinioni espresse",
            # Russian, Arabic, Hebrew
            r"все права защищены|мнение (?:автора|редакции)",
            r"^\W*(?:впервые )?опубликован[оа]? (?:в|на)\b",
            r"جميع الحقوق محفوظة|الآراء الواردة|آراء (?:الكاتب|المؤلف|كاتب)",
            r"^\W*(?:نُ?شر|ظهر)\S* (?:هذا|هذه)",
            r"كل الحقوق محفوظة|כל הזכויות שמורות|הדעות המובעות|^\W*(?:המאמר|הטקסט) (?:פורסם|הופיע)",
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
# What the date is of, where a program or an office numbers its papers.
_STAGE = re.compile(
    r"(?:(?:final|first|second|revised|draft) )?"
    r"(?:version|release|edition|revision|draft|fassung|ausgabe|versión)\b[\s\d.,v-]*",
    re.IGNORECASE,
)
_MOST_RIGHTS_WORDS = 120


def clues_in(line: str) -> list[Clue]:
    """What ``line`` states about the text; empty when it is a line of the text, or no line."""
    plain = one_line(line)
    if not plain or len(plain) > 300:
        return []
    if labelled := _labelled(plain):
        return labelled
    if is_rights(plain):
        return []
    parts = _BETWEEN_PARTS.split(plain)
    found = {part: _part(part) for part in parts}
    unclear = [part for part, clues in found.items() if not clues]
    if len(unclear) > 1 or len(unclear) == len(parts):
        return []
    for part in unclear:
        if not looks_like_a_name(part):
            return []
        found[part] = [Clue("publisher", part, Sureness.GUESS, labelled=False)]
    return [clue for clues in found.values() for clue in clues]


def is_rights(paragraph: str) -> bool:
    """Whether a paragraph speaks of who may use the text, where it stood, or whose views it is."""
    plain = one_line(paragraph)
    return len(plain.split()) <= _MOST_RIGHTS_WORDS and _RIGHTS.search(plain) is not None


def is_institution(text: str) -> bool:
    """Whether ``text`` has a word by which institutions are called, such as "Ministry"."""
    return _INSTITUTION.search(text) is not None


def names_in(text: str) -> tuple[list[str], str]:
    """The people named in a byline, and what of it is no name: (["Ann Lee"], "Director of X").

    Commas part names only in a list that ends in "and"; else an office follows the name.
    """
    parts = [
        part.strip(" ,") for part in _AND.split(one_line(text).rstrip(".,")) if part.strip(" ,")
    ]
    if len(parts) > 1:
        parts = [one.strip() for part in parts for one in part.split(",") if one.strip()]
        return parts, ""
    name, _, rest = (parts or [""])[0].partition(",")
    rest = rest.strip()
    if rest and len(name.split()) == 1 and len(rest.split()) <= 2 and "," not in rest:
        return [f"{rest} {name}"], ""  # "Lee, Ann"
    return [name.strip()] if name.strip() else [], rest


def stated_names(text: str) -> list[str]:
    """The people and institutions in a field that holds nothing but them.

    Parted by semicolons, or else by "and" and commas where every part is a name of its own;
    "Office of History and Culture" is one.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) > 1 or is_institution(text):
        return parts
    parts = [
        part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", text) if part.strip()
    ]
    people = [part for part in parts if not _OFFICE.fullmatch(part)]
    if people and len(parts) > 1 and all(map(_is_whole_name, people)):
        return people
    return [text.strip()] if text.strip() else []


def _is_whole_name(text: str) -> bool:
    return len(text.split()) > 1 and looks_like_a_name(text)


def looks_like_a_name(text: str) -> bool:
    """Whether ``text`` could be the name of a person or an institution, and not a sentence."""
    words = text.split()
    return (
        bool(words)
        and len(text) <= 60
        and _NAME.fullmatch(text) is not None
        and words[0].lower() not in _NO_NAMES
        and (len(words) > 1 or text[0].isupper() or not text[0].islower())
    )


def _labelled(plain: str) -> list[Clue]:
    for field, pattern in _LABELLED:
        if found := pattern.fullmatch(plain):
            return _with_date(field, found["value"].strip())
    return []


def _part(part: str) -> list[Clue]:
    if labelled := _labelled(part):
        return labelled
    for field, pattern in _PHRASED:
        found = pattern.fullmatch(part)
        if found is None or len(part) > 120:
            continue
        value = found["value"].strip()
        if field != "date":
            return _with_date(field, value) if not value.endswith((".", "?", "!")) else []
        clues = _with_date("date", value)
        dated = any(clue.field == "date" and parse_date(clue.value) for clue in clues)
        if dated and (len(clues) == 1 or found.end("label") > 2):
            return clues
    if parse_date(part):
        return [Clue("date", part, LIKELY, labelled=False)]
    if _URL.fullmatch(part):
        return [Clue("source_url", part, LIKELY, labelled=False)]
    if doi := doi_of(part):
        return [Clue("doi", doi, labelled=False)]
    if found := _BY.fullmatch(part):
        return _byline(found["value"].strip())
    return _name_and_date(part)


def _byline(value: str) -> list[Clue]:
    clues = _with_date("author", value)
    names, _ = names_in(clues[0].value)
    if clues[0].value.endswith(("?", "!")) or not names:
        return []
    return clues if all(looks_like_a_name(name) for name in names) else []


def _with_date(field: str, value: str) -> list[Clue]:
    """The clue, and the date that follows it on the line: "published by X on February 4, 2012"."""
    if field == "date" and value and parse_date(value) is None:
        words = re.fullmatch(r"(?P<date>\S.*?\d{4})\s+by\s+(?P<name>.+)", value, re.IGNORECASE)
        if words and parse_date(words["date"]):
            return [Clue("date", words["date"]), Clue("publisher", words["name"])]
        name, date = _split_date(value)
        if date:
            name = re.sub(r"(?:by|in)\s+", "", name, count=1, flags=re.IGNORECASE)
            return [Clue("publisher", name, LIKELY), Clue("date", date)]
        return [Clue("period" if re.search(r"\d", value) else "date", value)]
    if field in ("publisher", "author", "publication", "editor", "translator"):
        name, date = _split_date(value)
        if date:
            return [Clue(field, name), Clue("date", date)]
    return [Clue(field, value)]


def _split_date(value: str) -> tuple[str, str]:
    """A name and the date after it; the date is "" when there is none."""
    if not re.search(r"\d{4}", value):
        return value, ""
    for found in _BEFORE_DATE.finditer(value):
        if found.start() and parse_date(value[found.end() :]):
            return value[: found.start()].strip(" ,"), value[found.end() :]
    return value, ""


def _name_and_date(part: str) -> list[Clue]:
    """A short line of some name and a date: "Security Times, February 4, 2012"."""
    if len(part) > 90 or part.endswith(("?", "!")):
        return []
    name, date = _split_date(part)
    if not date or len(name.split()) > 6 or re.search(r"[.;:]\s", name) or not name:
        return []
    if name.endswith((":", "：")):
        # A label that is not known here: of publication, or of when it was updated.
        return [Clue("date", date, Sureness.GUESS, labelled=False)]
    if _STAGE.fullmatch(name):
        return [Clue("date", date, LIKELY, labelled=False)]
    if by := _BY.fullmatch(name):
        people = _byline(by["value"].strip())
        return [*people, Clue("date", date, LIKELY)] if people else []
    # It may be the publisher, or just a place: that is for a person to say.
    return [
        Clue("publisher", name, Sureness.GUESS, labelled=False),
        Clue("date", date, LIKELY, labelled=False),
    ]
