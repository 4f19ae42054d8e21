"""Why a page should be looked at by a person before it becomes an article.

Servers answer 200 and send an error, a wall or a menu. A text about errors, walls and menus must
pass: so what a page says of itself counts only where it stands apart (a title, a heading, a short
block) and little else is there to read. Holds for saved files as for fetched pages.
"""

import re
from urllib.parse import SplitResult, urlsplit

from articles.importing.document import Document

from . import phrases
from .page_signs import Block, Signs, signs_of, words_in

_EMPTY = 30  # words; less is no article
_LITTLE = 150  # words; an error page, a form or a challenge has fewer
_TEASER = 400  # words; what is shown before a wall has fewer
_APART = 30  # words; a block that speaks for the page has fewer
_NOTICE = 250  # words; a notice about cookies has fewer
_LONGEST = 8000  # characters that are searched for phrases
_PARAGRAPH = 40  # words outside links, which make a block one of an article
_FEW_PARAGRAPHS = 2
_TEASERS = 6  # headings that are links
_MANY_LINKS = 30

_TITLE_PARTS = re.compile(r"\s+[|–—·•»:-]+\s+|\s*\|\s*")
_EDGES = " \t.…!?:;,*#“”\"'«»()[]😕🙁"
_LOGIN_SEGMENTS = frozenset({
    "login", "log-in", "log_in", "signin", "sign-in", "sign_in", "signon", "sso", "oauth", "oauth2",
    "authorize", "authenticate", "wp-login", "anmelden", "anmeldung", "einloggen", "connexion",
    "se-connecter", "iniciar-sesion", "acceso", "accedi", "entrar", "inloggen", "logowanie",
    "register", "registration", "signup", "sign-up",
})  # fmt: skip
_LOGIN_HOSTS = frozenset({
    "accounts", "account", "login", "signin", "auth", "sso", "idp", "oauth", "secure-login",
    "myaccount", "passport",
})  # fmt: skip
_CONSENT_HOSTS = frozenset({
    "consent", "consents", "cmp", "guce", "cookiewall", "myprivacy", "privacywall", "privacygate",
})  # fmt: skip
_CONSENT_SEGMENTS = frozenset({
    "consent", "collectconsent", "cookiewall", "cookie-wall", "cookie-consent", "privacy-gate",
    "privacywall", "gdpr-consent",
})  # fmt: skip
_ROOT = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE
)
_ENDING = re.compile(r"\.\w{2,5}$")


def reason_to_hold(
    *,
    url: str | None,
    final_url: str | None = None,
    status: int | None = None,
    html: bytes | str,
    document: Document | None,
) -> str:
    """A sentence why a person should look at the page first, or "".

    ``final_url`` is where ``url`` led to and ``status`` the server's, both None where nobody knows;
    ``document`` is what the reader made of the page, or None when it found no article.
    """
    signs = signs_of(html)
    asked, found = _parts(url), _parts(final_url or url)
    if reason := _of_the_answer(status) or _of_the_address(asked, found):
        return reason
    if signs is None:
        return "" if document is not None else "No page could be read in it."
    page = _Page(signs, document)
    for rule in (
        _bot_check, _needs_script, _parked, _consent, _log_in, _not_found, _paywall,
        _front_page, _forwards, _empty,
    ):  # fmt: skip
        if reason := rule(page):
            return reason
    return ""


class _Page:
    """The signs of a page beside what was read from it."""

    def __init__(self, signs: Signs, document: Document | None) -> None:
        self.signs = signs
        self.is_record = document is not None and document.is_record
        self.text = document.text if document is not None else ""
        self.words = words_in(self.text)
        self.apart = [block for block in signs.blocks if block.words <= _APART]
        self.content = signs.content
        # Where the reader found nothing, the page's own words say how much is there.
        if document is None:
            self.words = sum(block.words - block.linked for block in self.content)
        self.paragraphs = sum(map(_is_paragraph, self.content))

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether a short block says so, not quoting it."""
        return any(_says(block.text, pattern) for block in self.apart)

    def ends_with(self, pattern: re.Pattern[str]) -> bool:
        """Whether a short block says so after which there is nothing more to read."""
        ends = [at for at, block in enumerate(self.signs.blocks) if _is_paragraph(block)]
        after = self.signs.blocks[ends[-1] + 1 if ends else 0 :]
        return any(block.words <= _APART and _says(block.text, pattern) for block in after)

    def is_named(self, pattern: re.Pattern[str]) -> bool:
        """Whether the title or the main heading is nothing but that.

        With much to read beside it, both must be: an article may have such a title.
        """
        title = self.signs.title
        in_title = any(_is_all(part, pattern) for part in (title, *_TITLE_PARTS.split(title)))
        in_heading = _is_all(self.signs.first_heading, pattern)
        if self.words < _LITTLE:
            return in_title or in_heading
        return in_title and in_heading


def _of_the_answer(status: int | None) -> str:
    if status is None or status in (0, 200, 203):
        return ""
    if status >= 400:
        return f"The server answered with an error ({status})."
    return f"The server did not answer with a page ({status})."


def _of_the_address(asked: SplitResult, found: SplitResult) -> str:
    host, path = _names(found)
    asked_host, asked_path = _names(asked)
    if (host & _CONSENT_HOSTS) or (path & _CONSENT_SEGMENTS - asked_path):
        return "It is a page that asks for consent, not the article."
    if _place(asked) == _place(found):
        return ""
    if (host & _LOGIN_HOSTS) - asked_host or (path & _LOGIN_SEGMENTS) - asked_path:
        return "The address led on to a log-in page."
    if _is_root(found) and not _is_root(asked):
        return "The address led on to a front page, not to the article."
    return ""


def _bot_check(page: _Page) -> str:
    if page.words >= _LITTLE:
        return ""
    guarded = any(map(phrases.BOT_SCRIPTS.search, page.signs.scripts))
    if (
        page.is_named(phrases.BOT_TITLE)
        or (page.says(phrases.BOT) and (guarded or page.paragraphs == 0))
        or (guarded and page.words < _EMPTY)
    ):
        return "It is a check whether a person is reading, not the article."
    return ""


def _needs_script(page: _Page) -> str:
    if page.words >= _LITTLE or page.paragraphs:
        return ""
    short = words_in(page.signs.noscript) <= 3 * _APART
    asks = short and phrases.SCRIPT_NEEDED.search(page.signs.noscript[:1000])
    shell = page.words < 10 and (page.signs.scripts or page.signs.has_inline_script)
    shell = shell and not page.signs.passwords and sum(b.words for b in page.signs.blocks) < 20
    if shell or (asks and page.words < 2 * _EMPTY) or page.says(phrases.SCRIPT_NEEDED):
        return "The page shows its text only to browsers that run JavaScript."
    return ""


def _parked(page: _Page) -> str:
    scripts = any(map(phrases.PARKED_SCRIPTS.search, page.signs.scripts))
    named = phrases.PARKED.search(page.signs.title)
    if page.words < _LITTLE and not page.paragraphs and (
        scripts or named or page.says(phrases.PARKED)
    ):  # fmt: skip
        return "There is no site at this address: it is for sale, parked or not set up."
    return ""


def _consent(page: _Page) -> str:
    """Banners stand on many pages; here little else does, or they were read as the article."""
    about_else = [
        block
        for block in page.content
        if _is_paragraph(block) and not phrases.CONSENT.search(block.text[:_LONGEST])
    ]
    if page.words >= _NOTICE or len(about_else) > 1:
        return ""
    read = _consent_phrases(page.text) if page.text else set()
    shown = read.union(*(_consent_phrases(block.text) for block in page.apart))
    if len(read) >= 2 or (read and page.words < 2 * _EMPTY):
        return "Its text is a notice about cookies, not an article."
    if len(shown) >= 2 and (page.words < 2 * _EMPTY or not page.text):
        return "It shows little but a notice about cookies."
    return ""


def _consent_phrases(text: str) -> set[str]:
    return {found[0].lower() for found in phrases.CONSENT.finditer(_unquoted(text[:_LONGEST]))}


def _log_in(page: _Page) -> str:
    if page.signs.passwords and page.words < 100 and not page.paragraphs:
        return "It is a form to log in with, and little text."
    return ""


def _not_found(page: _Page) -> str:
    if page.is_named(phrases.NOT_FOUND):
        return "The page says that it was not found, though the server does not."
    if page.words < _LITTLE and page.is_named(phrases.FAILED):
        return "The page tells of an error, though the server does not."
    if page.words < 2 * _EMPTY and any(
        _is_all(block.text, phrases.NOT_FOUND)
        for block in page.content
        if block.heading or page.words < _EMPTY
    ):
        return "The page says that it was not found, though the server does not."
    return ""


def _paywall(page: _Page) -> str:
    if not page.signs.is_free:
        return "The page says that it does not show its whole text to everyone."
    if page.words < _TEASER and page.ends_with(phrases.PAYWALL):
        return "The text ends at a wall: the rest is for subscribers or members."
    return ""


def _front_page(page: _Page) -> str:
    """Headings that lead elsewhere, with no more than a summary under each; or hardly but links."""
    teasers = under = 0
    is_teaser = False
    for block in page.content:
        if block.heading:
            is_teaser = block.linked > 0 and 2 * block.linked >= block.words
            teasers += is_teaser
        elif is_teaser and _is_paragraph(block):
            under += 1
    is_short = page.paragraphs <= _FEW_PARAGRAPHS and page.words < _TEASER
    words = sum(block.words for block in page.content)
    linked = sum(block.linked for block in page.content)
    if (teasers >= _TEASERS and (is_short or 5 * under >= 4 * max(page.paragraphs, 1))) or (
        page.signs.links >= _MANY_LINKS and linked > words / 2 and not page.paragraphs
    ):
        return "It looks like a front page or a list of articles, not like one article."
    return ""


def _forwards(page: _Page) -> str:
    if page.signs.forwards and page.words < _EMPTY:
        return "The page only leads on to another address."
    return ""


def _empty(page: _Page) -> str:
    if page.is_record:
        return ""
    if page.words < _EMPTY:
        return f"It has hardly any text: {page.words} {'word' if page.words == 1 else 'words'}."
    return ""


def _is_all(text: str, pattern: re.Pattern[str]) -> bool:
    plain = text.strip(_EDGES)
    return 0 < len(plain) <= 150 and pattern.fullmatch(plain) is not None


def _says(text: str, pattern: re.Pattern[str]) -> bool:
    return pattern.search(_unquoted(text[:600])) is not None


def _is_paragraph(block: Block) -> bool:
    return block.words - block.linked >= _PARAGRAPH


def _unquoted(text: str) -> str:
    """``text`` without what stands in quotation marks: that is somebody else's voice."""
    return re.sub(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|‘[^’]{8,}’", " ", text)


def _parts(url: str | None) -> SplitResult:
    try:
        return urlsplit((url or "").strip())
    except ValueError:
        return urlsplit("")


def _names(parts: SplitResult) -> tuple[frozenset[str], frozenset[str]]:
    """The subdomain's labels and the segments of the path, without endings."""
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    segments = (_ENDING.sub("", one) for one in parts.path.lower().split("/"))
    return frozenset(labels[:-2]), frozenset(segments)


def _place(parts: SplitResult) -> tuple[str, str]:
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _is_root(parts: SplitResult) -> bool:
    return bool(parts.hostname) and _ROOT.fullmatch(parts.path) is not None and not parts.query
