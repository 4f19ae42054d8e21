"""Word files: lists, tables, looks and links come out as they were."""

from articles.importing.docx import read
from tests.word_files import PROSE, links, notes, paragraph, run, style, word_file

TITLE = paragraph("Ice", style="Title")


def html_of(*body, **parts):
    return read(word_file(TITLE, *body, **parts)).html


def test_lists_nest_by_their_levels_and_styles_may_make_them():
    def item(text, number, level):
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(text, properties=numbering)

    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{own}"><w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/>'
        f'</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="{form}"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{own}"><w:abstractNumId w:val="{own}"/></w:num>'
        for own, form in ((4, "bullet"), (5, "lowerRoman"), (6, "none"))
    )
    numbering = notes("x").partition("<w:x ")[0].replace("w:xs", "w:numbering") + levels
    own = '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
    html = html_of(
        item("one", 4, 0), item("deeper", 5, 1), item("two", 4, 0), item("no list", 6, 0),
        item("of no list", 99, 0), paragraph("by style", style="Steps"),
        styles=style("Steps", "Steps", own), numbering=f"{numbering}</w:numbering>",
    )  # fmt: skip
    assert html == (
        "<ul><li><p>one</p>\n<ol><li>deeper</li></ol></li>\n<li>two</li></ul>\n<p>no list</p>\n"
        "<p>of no list</p>\n<ol><li>by style</li></ol>"
    )
    untitled = word_file(
        item("one", 4, 0), item("deeper", 5, 1), numbering=f"{numbering}</w:numbering>"
    )
    assert read(untitled).title == "one deeper"


def test_tables_keep_header_rows_and_merged_cells():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    head, wide = "<w:trPr><w:tblHeader/></w:trPr>", '<w:gridSpan w:val="2"/>'
    tall, broken = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="x"/>'
    html = html_of(
        f"<w:tbl><w:tr>{head}{cell('wide', wide)}</w:tr>"
        f"<w:tr>{cell('tall', tall)}{cell('b')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('c', broken)}</w:tr></w:tbl>"
    )
    assert '<thead><tr><th colspan="2"><p>wide</p></th></tr></thead>' in html
    assert '<td rowspan="2"><p>tall</p></td>' in html
    assert html.count("<td") == 3


def test_words_look_as_they_did_and_run_as_they_did():
    html = html_of(
        paragraph(run("em", "<w:i/>"), run("off", '<w:i w:val="0"/>'),
                  run("st", "<w:rStyle w:val='S'/>"),
                  run("up", '<w:vertAlign w:val="superscript"/>'),
                  run("gone", "<w:strike/>"),
                  run("a", inside="<w:br/><w:t>b</w:t>")),
        paragraph("Quoted", style="Zitat"), paragraph("twice", style="Zitat"),
        paragraph("NATO قال", properties="<w:bidi/>"), paragraph("* * *"), paragraph(PROSE),
        styles=style("S", "Strong", "<w:rPr><w:b/></w:rPr>", "character") + style("Zitat", "Quote"),
    )  # fmt: skip
    assert html == (
        "<p><em>em</em>off<strong>st</strong><sup>up</sup><del>gone</del>a<br>\nb</p>\n"
        "<blockquote><p>Quoted</p>\n<p>twice</p></blockquote>\n"
        f'<p dir="rtl">NATO قال</p>\n<hr>\n<p>{PROSE}</p>'
    )


def test_links_lead_where_they_led_and_broken_ones_keep_their_words():
    html = html_of(
        paragraph(f'<w:hyperlink r:id="l1">{run("out")}</w:hyperlink>',
                  f'<w:hyperlink r:id="l9">{run("broken")}</w:hyperlink>',
                  f'<w:hyperlink w:anchor="here">{run("in")}</w:hyperlink>'),
        paragraph('<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>', "target"),
        rels=links(("l1", "hyperlink", "https://example.org/a")),
    )  # fmt: skip
    assert html == (
        '<p><a href="https://example.org/a">out</a>broken<a href="#text-here">in</a></p>\n'
        '<p><a id="text-here"></a>target</p>'
    )


def test_a_dropped_first_letter_stands_before_its_word():
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    large = run("T", '<w:sz w:val="112"/>')
    html = read(word_file(paragraph(large, properties=frame), paragraph(PROSE[1:]))).html
    assert html == f"<p>{PROSE}</p>"
    text = html_of(paragraph("A", properties='<w:framePr w:dropCap="none"/>'), paragraph(PROSE))
    assert text.startswith("<p>A</p>")
    assert html_of(paragraph(PROSE), paragraph("T", properties=frame)).endswith("<p>T</p>")
