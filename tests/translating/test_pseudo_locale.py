"""Nothing on any page is said past gettext."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve
from lxml import html

from tests.addresses import TABLE
from tests.admin_addresses import ADMIN
from tests.pages import PAGES, Row
from tests.pseudo import pseudo_locale
from tests.world import World, make_world

# Addresses, digests, names of files, formats and languages are the same in every language.
NAMES = re.compile(
    r"https?://\S*|\b(?:[0-9a-f]{64}|\w+\.txt|ar|bg|Aa|ORCID|DOI|URL|HTML|SHA-256|UTF-8)\b"
)
# What Django and the job queue have past gettext; roles, which are rows; and the readers of
# files, which know no Django, say in English why they refuse one.
THEIRS = {
    "p: It is not text: by its content it is a PNG picture.",
    *("@alt of img: Search", "@alt of img: True", "@alt of img: False"),
    *("a: Procrastinate", "a: Procrastinate jobs", "a: Editors", "a: Administrators"),
}
SAID = ("aria-label", "title", "placeholder", "alt", "label")
NOT_WORDS = {"script", "style", "code", "kbd", "pre", "textarea", "bdi"}


# Addresses that answer with data or a file, or with the same page as another.
NO_PAGES = {
    *("healthz", "readyz", "articles:text", "articles:passage_address", "annotations:tags"),
    "admin:auth_user_password_change",  # Django's own
    *("admin:jsi18n", "admin:autocomplete", "admin:articles_capture_download"),
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with pseudo_locale():
        yield make_world()


def texts(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """What the page says, in order, each with where it stands. Brackets may span elements."""
    if not isinstance(element.tag, str) or element.tag in NOT_WORDS:
        return
    for name in SAID:
        yield f"@{name} of {element.tag}", element.get(name) or ""
    if element.tag == "input" and element.get("type") in {"submit", "button", "reset"}:
        yield "button", element.get("value") or ""
    yield element.tag, element.text or ""
    for child in element:
        yield from texts(child)
        yield element.tag, child.tail or ""


def untranslated(page: bytes) -> list[str]:
    """Words in Latin letters outside the brackets of the pseudo-locale."""
    found, depth = [], 0
    for place, text in texts(html.document_fromstring(page.decode())):
        outside = ""
        level = 0 if place.startswith(("@", "button")) else depth
        for part in re.split(r"([⟦⟧])", text):
            level += {"⟦": 1, "⟧": -1}.get(part, 0)
            if level == 0 and part not in "⟦⟧":
                outside += part
        if not place.startswith(("@", "button")):
            depth = level
        if re.search(r"[A-Za-z]{2}", NAMES.sub("", outside)):
            found.append(f"{place}: {outside.strip()[:80]}")
    assert depth == 0, "a sentence was cut, and what follows it was not judged"
    return found


def test_every_page_says_everything_in_the_readers_language(world: World) -> None:
    found, seen = {}, set()
    clients = {who: Client() for who in world.people}
    for who, client in clients.items():
        if world.people[who] is not None:
            client.force_login(world.people[who])
    for row in unique(PAGES):
        address = world.address(row.address).partition("#")[0]
        answer = clients[row.who].get(address)
        assert answer.status_code == row.status, row.name
        assert b'dir="rtl"' in answer.content, row.name
        if row.status == 200:
            seen.add(resolve(address.partition("?")[0]).view_name)
        if missing := set(untranslated(answer.content)) - THEIRS:
            found[row.name] = missing
    assert found == {}
    found_at = {name for name, row in (TABLE | ADMIN).items() if row.found == 200}
    pages = {name for name in found_at if not name.startswith("POST ")}
    assert pages - seen == NO_PAGES, "a page has no row in tests/pages.py"


def test_sentences_of_scripts_come_in_every_plural_form_of_the_language(world: World) -> None:
    page = html.document_fromstring(
        Client().get(world.address("/articles/{article.slug}/")).content.decode()
    )
    # The six forms of Arabic: none, one, two, few, many, and the rest.
    assert page.xpath('//*[@data-name="notes-all"]/@data-n') == ["0", "1", "2", "3", "11", "100"]


def unique(rows: list[Row]) -> list[Row]:
    """One row for each address; what is pressed there is on the page already."""
    return list({(row.who, row.address.partition("#")[0]): row for row in rows}.values())
