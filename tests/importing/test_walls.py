"""Pages that are no article are held for a person; articles about such pages are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.document import ImportRefused
from articles.importing.html import extract
from articles.importing.walls import reason_to_hold

HERE = "https://letters.example/2012/ice"
# About 85 words, of which any article here has several hundred.
WORDS = [
    f"In the winter of {year} the two ministries went on writing to each other as if the harbour "
    f"had not frozen, and one of them sent {count} maps of the channel to whoever asked at the "
    f"counter. The letters of {year} are kept in a cellar that floods; of the first month only the "
    f"envelopes are left, and of the {count} that followed the answers without their questions. It "
    "is not known who stopped first, since the last letter says only that the weather turns."
    for year, count in zip(range(1950, 1956), (3, 5, 8, 13, 21, 34), strict=True)
]
MENU = "<nav>" + "<a href='/x'>Section of the site</a> " * 40 + "</nav>"
FORM = '<form><input name="user"><input type="Password" name="p"><button>Log in</button></form>'


def held(title="", body="", head="", url=HERE, final_url=None, status=200) -> str:
    page = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    try:
        document = extract(page.encode(), final_url or url)
    except ImportRefused:
        document = None
    return reason_to_hold(
        url=url, final_url=final_url, status=status, html=page.encode(), document=document
    )


def article(title: str, *paragraphs: str, times: int = 4) -> str:
    said = "".join(f"<p>{paragraph}</p>" for paragraph in (*paragraphs, *WORDS[:times]))
    return f"{MENU}<article><h1>{title}</h1>{said}</article><footer>Imprint</footer>"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("404 Not Found", ""), ("Page not found | Baltic Letters", ""), ("Error 404", "Oops!"),
        ("Baltic Letters", "404"), ("Baltic Letters", "Sorry, this page does not exist."),
        ("Baltic Letters", "The page you requested could not be found"),
        ("Baltic Letters", "We can’t seem to find the page you’re looking for."),
        ("Seite nicht gefunden – Ostsee", ""), ("Ostsee", "Diese Seite existiert nicht mehr"),
        ("Lettres", "Page introuvable"), ("Cartas", "Página no encontrada"),
        ("Lettere", "Pagina non trovata"), ("Cartas", "Página não encontrada"),
        ("Письма", "Страница не найдена"), ("رسائل", "الصفحة غير موجودة"),
        ("מכתבים", "הדף לא נמצא"), ("信", "页面不存在"), ("手紙", "ページが見つかりません"),
    ],
)  # fmt: skip
def test_an_error_that_is_sent_as_a_page_is_held(title, heading):
    body = f"{MENU}<h1>{heading}</h1><p>Perhaps you mistyped it. Try a search.</p>"
    assert "was not found" in held(title, body)


ICE = article("Ice")
SITE = "https://letters.example"
CLOSED = '{"@graph": [{"@type": "NewsArticle", "isAccessibleForFree": "False"}]}'
TEASERS = "".join(
    f"<h2><a href=/{n}>A headline about matter {n}</a></h2>"
    "<p>What is told there, in brief, by a writer who went to see it.</p>"
    for n in range(12)
)
LIST = "".join(f"<p><a href=/{n}>The letters of the year {n}</a></p>" for n in range(40))
NOTICE = (
    "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a "
    "device, such as cookies. You may accept or manage your choices by clicking below.</p>"
    "<button>Accept all</button><button>Reject all</button>"
)
HINWEIS = (
    "<h1>Willkommen</h1><p>Wir und unsere Partner verwenden Cookies, um Inhalte zu messen. Sie "
    "können alle akzeptieren oder mit Abo lesen.</p><p>Alle akzeptieren</p>"
)
CHECKING = (
    "<h2>Verifying you are human. This may take a few seconds.</h2>"
    "<p>letters.example needs to review your connection.</p>"
)
SHELL = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"


@pytest.mark.parametrize(
    ("reason", "page"),
    [
        ("error", {"body": ICE, "status": 404}),
        ("did not answer", {"body": ICE, "status": 302}),
        ("error", {"title": "502 Bad Gateway", "body": "<h1>502 Bad Gateway</h1><hr>nginx"}),
        ("error", {"title": "Letters", "body": "<h1>Access denied</h1><p>Ask your keeper.</p>"}),
        ("check", {"title": "Just a moment...", "body": "<p>Enable cookies to continue</p>"}),
        ("check", {"title": "letters.example", "body": CHECKING}),
        ("check", {"head": '<script src="/captcha.js"></script>', "body": "<p>Please wait.</p>"}),
        ("JavaScript", {"title": "Ice", "body": SHELL}),
        ("JavaScript", {"title": "Ice", "body": "<div id=app></div><script src=/a.js></script>"}),
        ("JavaScript", {"title": "Ice", "body": "<p>Bitte aktivieren Sie JavaScript.</p>"}),
        ("consent", {"body": ICE, "final_url": "https://consent.letters.example/x?to=1"}),
        ("consent", {"body": ICE, "final_url": f"{SITE}/consent?to=1"}),
        ("cookies", {"title": "Ice", "body": NOTICE}),
        ("cookies", {"title": "Eis", "body": HINWEIS}),
        ("log-in", {"body": ICE, "final_url": "https://accounts.big.example/v3?to=1"}),
        ("log-in", {"body": ICE, "final_url": f"{SITE}/login.php?next=/ice"}),
        ("log in", {"title": "Letters", "body": f"<h1>Welcome back</h1>{FORM}"}),
        ("front page", {"body": ICE, "final_url": f"{SITE}/"}),
        ("front page", {"body": ICE, "final_url": f"{SITE}/en/home.htm"}),
        ("front page", {"title": "Letters", "url": f"{SITE}/", "body": TEASERS}),
        ("front page", {"title": "Letters", "body": "".join(
            f"<h2><a href=/x>Headline of the day</a></h2><p>{said}</p>" for said in WORDS)}),
        ("front page", {"title": "Archive", "body": f"<main>{LIST}</main>"}),
        ("whole text", {
            "body": ICE, "head": f'<script type="application/ld+json">{CLOSED}</script>'}),
        ("at a wall", {"body": article("Ice", times=2) + "<h3>Subscribe to continue reading</h3>"}),
        ("at a wall", {"body": article("Eis", times=2) + "<p>Weiterlesen mit dem Probeabo</p>"}),
        ("at a wall", {
            "body": article("Glace", times=1) + "<p>Il vous reste 80 % de cet article.</p>"}),
        ("for sale", {"title": "letters.example", "body": "<h1>This domain is for sale!</h1>"}),
        ("not set up", {"title": "Welcome to nginx!", "body": "<p>It is installed.</p>"}),
        ("leads on", {"head": '<meta http-equiv=refresh content="0; URL=/b">', "body": "Moved."}),
        ("hardly any text: 5 words", {"title": "Ice", "body": "<p>The ice is still here.</p>"}),
    ],
)  # fmt: skip
def test_what_is_no_article_is_held_with_the_reason(reason, page):
    assert reason in held(**page)


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        ("Ice on the Daugava", ()),
        ("404: a short history of a number", ("The words “page not found” are older than the "
                     "web.",)),
        ("Page not found | How links die", ("A server says 404 Not Found.", "Page not found")),
        ("The cookie wall", ("“We value your privacy”, it says. We and our partners use cookies "
                     "to do "
         "this, and you may accept all or reject all; manage your preferences, it says, and few "
                     "do.",)),
        ("Log in to the state", ("Who cannot sign in to the portal has no pension.",)),
        ("Why I subscribe", ("“Subscribe to continue reading”, says the newspaper.",
         "This article is for subscribers, my neighbour reads aloud, and buys it at the kiosk.")),
        ("Verify you are human", ("“Just a moment”, the machine says.",)),
        ("Contents", ("<a href='#a'>Part</a> ",) * 40),
        ("The newsletter", ("Sign up to read more from me.", "Subscribe for free.")),
        ("The domain is for sale", ("Buy this domain, it said, and nobody did.",)),
        ("Please enable JavaScript", ("Without JavaScript, nothing is shown.",)),
        ("Forbidden", ("The word stood on a door.",)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [2, 6])
def test_an_article_about_such_pages_passes(title, paragraphs, times):
    around = (
        f"{FORM}<div class=cookie>We use cookies. <button>Accept all</button></div>"
        "<noscript>Please enable JavaScript to see the comments.</noscript>"
        '<script src="/cdn-cgi/challenge-platform/scripts/main.js"></script>'
        "<aside><h3>Related</h3>" + "<h4><a href=/y>Another letter</a></h4>" * 9 + "</aside>"
    )
    head = '<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
    assert held(title, article(title, *paragraphs, times=times) + around, head) == ""


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        (HERE, None),
        (None, None),
        ("http://letters.example/2012/ice", "https://www.letters.example/2012/ice/"),
        ("https://letters.example/?p=12", "https://letters.example/2012/ice"),
        (HERE, "https://letters.example/2012/login-fatigue"),
        ("https://login.gov.example/essay", "https://login.gov.example/essay/"),
        ("https://essay.example/", "https://essay.example/"),
        ("https://essay.example/", "https://www.essay.example/en/"),
        ("https://letters.example/register/ice", "https://letters.example/register/ice-2"),
        (HERE, "https://letters.example/?p=12"),
        (HERE, "http://["),
    ],
)
def test_an_article_passes_wherever_its_address_leads(url, final_url):
    body = article("Ice on the Daugava")
    document = extract(f"<html><title>Ice</title><body>{body}</body></html>".encode(), None)
    page = {"html": body, "status": None, "document": document}
    assert reason_to_hold(url=url, final_url=final_url, **page) == ""


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes_are_judged(data):
    assert isinstance(reason_to_hold(url=None, html=data, document=None), str)
