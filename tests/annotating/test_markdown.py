"""Notes are Markdown, and whatever is written shows no harm."""

import pytest

from annotations.markdown import plain, render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("A *first* **thought**", "<p>A <em>first</em> <strong>thought</strong></p>"),
        ("# Big", "<h3>Big</h3>"),
        ("~~no~~", "<p><s>no</s></p>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        (
            "[a](https://example.org/)",
            '<p><a href="https://example.org/" rel="nofollow noopener ugc">a</a></p>',
        ),
    ],
)
def test_markdown_becomes_plain_html(source, html):
    assert render(source).strip() == html


@pytest.mark.parametrize(
    "source",
    [
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,AAAA)",
        "<img src=x onerror=alert(1)>",
        "![a](https://example.org/tracker.png)",
        "<javascript:alert(1)>",
    ],
)
def test_nothing_in_a_note_runs_or_fetches(source):
    html = render(source)
    for harm in ("<img", 'href="javascript', 'href="data', "<script"):
        assert harm not in html


def test_a_line_in_a_list_has_the_words_alone():
    assert plain("A *first* thought &\n\n- on `code` <b>") == "A first thought & on code <b>"
