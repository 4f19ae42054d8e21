"""Small files that stand for very large ones are refused at once, with the reason."""

import pytest

from articles.importing import html, jsonl, markdown
from articles.importing.document import ImportRefused


def test_front_matter_repeats_nothing_by_alias():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    text = "---\ntitle: T\n" + "\n".join(lines) + "\ntags: *a8\n---\n\nWords.\n"
    with pytest.raises(ImportRefused, match="alias"):
        markdown.read(text)


def test_deeply_nested_front_matter_is_read_at_once():
    nested = "[" * 40 + "x" + "]" * 40
    assert markdown.read(f"---\ntitle: T\ntags: {nested}\n---\n\nWords.\n").title == "T"


@pytest.mark.parametrize("odd", ["i\\u0000", "i\\ud800"])
def test_an_identifier_has_no_character_the_database_refuses(odd):
    raw = f'{{"title": "T", "text": "Some words.", "id": "{odd}"}}'.encode()
    ((_, value),) = jsonl.read_record(raw, "essays").identifiers
    assert value.encode().replace(b"\xef\xbf\xbd", b"") == b"i"


def test_a_page_of_a_million_links_is_refused_at_once():
    with pytest.raises(ImportRefused, match="more than 300000 tags"):
        html.extract(b"<title>Links</title><body>" + b'<a href="/x">x</a>' * 1_000_000, None)


@pytest.mark.parametrize("tag", ["div", "ul><li", "blockquote"])
def test_a_page_of_nothing_but_depth_is_refused_and_a_deep_page_is_read(tag):
    words = "These are words enough to be the text of a page that somebody might read. " * 5
    page = "<html><head><title>Deep</title></head><body>{}<p>{}</p></body></html>"
    with pytest.raises(ImportRefused, match="nest too deep"):
        html.extract(page.format(f"<{tag}>" * 100_000, words).encode(), None)
    assert (
        "somebody might read"
        in html.extract(page.format(f"<{tag}>" * 60, words).encode(), None).text
    )
