"""Which language a text is in, told from its commonest words or its script.

Good enough to choose a reading direction and a dictionary for search, and nothing is told where
it is not clear. Who knows better states the language, and that wins.
"""

import re
from collections import Counter

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "ku"})

# Short words that these languages use all the time and share with few others.
_COMMON = {
    "en": "the of and to in that is for with was it as not are this which be by have from",
    "de": "der die und das ist nicht von mit den ein eine auf für des dem sich auch werden wird zu",
    "fr": "le la les et des est une dans que pour qui pas sur par au avec sont ce il du",
    "es": "el la los las y que una por con para del es se su como más pero no lo al",
    "it": "il che di della per non una con del sono è alla dei più nel gli le anche come si",
    "pt": "o os as que não uma do da para com em dos mais como por são ao se na no",
    "nl": "de het een van en dat niet met voor zijn op te aan ook er maar door bij om naar",
    "sv": "och att det som en på är av för inte med den till har de ett om var men så",
    "da": "og at det som en på er af for ikke med den til har de et om var men der",
    "pl": "nie się na że jest z do w i to jak ale o co po od za przez tym są",
    "cs": "se na že je v a to s z do jako ale by pro jsou si za od po jeho",
    "tr": "ve bir bu da de için ile olarak daha çok gibi ama ne olan var değil kadar en ya o",
    "ru": "и в не на что с он как это по но из к у за его от так же для",
    "uk": "і в не на що з він як це по але до у за його від так для та є",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
# Scripts that name their language, or nearly: (pattern, language).
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]")),
    ("ar", re.compile(r"[\u0621-\u064a]")),
)
# How catalogues name languages: in English and in themselves (Unicode CLDR), by the codes of
# three letters, bibliographic and terminological (ISO 639-2), and as biblatex does (langid).
_NAMED = {
    "en": "english eng",
    "en-US": "american usenglish",
    "en-GB": "british ukenglish",
    "de": "german deutsch ger deu ngerman germanb",
    "de-AT": "austrian naustrian",
    "de-CH": "swissgerman nswissgerman",
    "fr": "french français francais fre fra frenchb",
    "fr-CA": "acadian canadien",
    "es": "spanish español espanol castilian castellano spa",
    "it": "italian italiano ita",
    "pt": "portuguese português portugues por portuges",
    "pt-BR": "brazilian brazil",
    "nl": "dutch nederlands flemish dut nld",
    "sv": "swedish svenska swe",
    "da": "danish dansk dan",
    "no": "norwegian norsk nor",
    "nb": "bokmål bokmal nob",
    "nn": "nynorsk nno",
    "fi": "finnish suomi fin",
    "is": "icelandic íslenska ice isl",
    "pl": "polish polski pol",
    "cs": "czech čeština cesky cze ces",
    "sk": "slovak slovenčina slo slk",
    "sl": "slovenian slovene slovenščina slv",
    "hr": "croatian hrvatski hrv",
    "sr": "serbian srpski српски srp",
    "hu": "hungarian magyar hun",
    "ro": "romanian română rum ron",
    "bg": "bulgarian български bul",
    "el": "greek ελληνικά gre ell",
    "tr": "turkish türkçe tur",
    "ru": "russian русский rus",
    "uk": "ukrainian українська ukr",
    "ar": "arabic العربية ara",
    "fa": "persian farsi فارسی per fas",
    "he": "hebrew עברית heb",
    "ur": "urdu اردو urd",
    "hi": "hindi हिन्दी hin",
    "zh": "chinese 中文 chi zho",
    "ja": "japanese 日本語 jpn",
    "ko": "korean 한국어 kor",
    "vi": "vietnamese vie",
    "id": "indonesian bahasa ind",
    "la": "latin lat",
    "ca": "catalan català cat",
}
_TAG_OF = {name: tag for tag, names in _NAMED.items() for name in names.split()}
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_named(text: str) -> str:
    """The tag of the language that ``text`` is the name or code of, or ""."""
    return _TAG_OF.get(text.strip().casefold(), "")


def contradicted(stated: str, text: str) -> str:
    """The language of ``text`` where it is another than the ``stated`` one, else "".

    A language that is not told here is believed: Catalan would be taken for Spanish.
    """
    own, seen = stated.split("-")[0].lower(), language_of(text)
    is_told = own in _WORDS or own in dict(_SCRIPTS)
    return seen if is_told and seen != own and seen != "fa" else ""


def language_of(text: str) -> str:
    """The language of ``text`` as a tag, or "" where it cannot be told."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if letters < 20:
        return ""
    shares = {language: len(script.findall(sample)) / letters for language, script in _SCRIPTS}
    # A few kana among many Chinese characters make Japanese, a few Persian letters Persian.
    for language, wider in (("ja", "zh"), ("fa", "ar")):
        if shares[language] > 0.05 and shares[language] + shares[wider] > 0.4:
            return language
    if found := next((language for language, share in shares.items() if share > 0.4), ""):
        return found
    words = _WORD.findall(sample.lower())
    counts = Counter(
        {language: sum(word in common for word in words) for language, common in _WORDS.items()}
    )
    (best, hits), (_, next_hits) = counts.most_common(2)
    enough = hits >= 8 and hits / len(words) > 0.12
    return best if enough and hits > 1.2 * next_hits else ""
