"""An editor brings files in, by mouse on a desk and without script on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.importing.pdf_maker import Sheet, pdf

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = """On tariffs

Who pays for them, and who says so.

published by
The Ledger
 on February 4, 2012

Tariffs are taxes, and they are paid at home.

A second paragraph says so again, at length.
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    note, picture = tmp_path / "tariffs.txt", tmp_path / "picture.txt"
    note.write_text(NOTE)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    return [note, picture]


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize(
    "options", [{}, {"width": 360, "java_script_enabled": False}], ids=["desk", "phone, no script"]
)
def test_a_file_is_looked_at_corrected_and_published(
    open_page: Callable[..., Page], editor: Any, files: list[Path], options: dict[str, Any]
) -> None:
    page = open_page(user=editor, **options)
    page.goto("/admin/")
    page.get_by_role("link", name="Import articles").click()
    page.get_by_label("Files", exact=True).set_input_files(files[0])
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("On tariffs")
    expect(page.get_by_text("Stated · from line").first).to_be_visible()
    assert fits(page)
    page.get_by_label("People", exact=True).fill("Ada Marsh")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="On tariffs")).to_be_visible()
    expect(page.get_by_text("“On tariffs” is published.")).to_be_visible()
    article = Article.objects.get()
    assert (article.state, article.people.get().name) == ("published", "Ada Marsh")


def test_several_files_become_a_list_that_leads_to_each(
    open_page: Callable[..., Page], editor: Any, files: list[Path]
) -> None:
    page = open_page(user=editor, width=360)
    page.goto("/admin/articles/importbatch/import/")
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("by its content it is a PNG picture")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Next that needs a look").click()
    # On a phone the three parts are shown one at a time.
    text = page.get_by_role("region", name="As it will read")
    expect(text).to_be_hidden()
    page.get_by_role("radio", name="As it will read").check()
    expect(text).to_contain_text("Tariffs are taxes")
    expect(page.get_by_label("Title", exact=True)).to_be_hidden()
    page.get_by_role("radio", name="Fields").check()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("“On tariffs” is saved as a draft.")).to_be_visible()
    assert Article.objects.get().state == "draft"


def test_the_pages_of_a_pdf_are_turned_beside_the_form_without_script(
    open_page: Callable[..., Page], editor: Any, tmp_path: Path
) -> None:
    path = tmp_path / "tariffs.pdf"
    lines = ["Tariffs are taxes, and they are paid at home by those who buy."] * 9
    path.write_bytes(pdf(*(Sheet().put(72, 80, "On tariffs", 18).put_lines(72, 120, lines),) * 2))
    page = open_page(user=editor, width=360, java_script_enabled=False)
    page.goto("/admin/articles/importbatch/import/")
    page.get_by_label("Files", exact=True).set_input_files(path)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_label("Standfirst", exact=True).fill("Written before.")
    page.get_by_role("radio", name="Original").check()
    original = page.frame_locator('iframe[title="Original of tariffs.pdf"]')
    expect(original.get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    original.get_by_role("link", name="Next").press("Enter")
    expect(original.get_by_role("img", name="Page 2 as it is printed.")).to_be_visible()
    assert fits(page)
    page.get_by_role("radio", name="Fields").check()
    expect(page.get_by_label("Standfirst", exact=True)).to_have_value("Written before.")


@pytest.mark.parametrize(
    "options", [{}, {"width": 360, "java_script_enabled": False}], ids=["desk", "phone, no script"]
)
def test_several_documents_are_changed_and_published_at_once(
    open_page: Callable[..., Page], editor: Any, tmp_path: Path, options: dict[str, Any]
) -> None:
    paths = [tmp_path / f"{name}.txt" for name in ("one", "two", "three")]
    for path in paths:
        path.write_text(NOTE.replace("On tariffs", f"On {path.stem}").replace("again", path.stem))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file;title;kind\none.txt;One, as the sheet has it;essay\n")
    page = open_page(user=editor, **options)
    page.goto("/admin/articles/importbatch/import/")
    page.get_by_label("Files", exact=True).set_input_files(paths)
    page.get_by_label("Metadata sheet").set_input_files(sheet)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("1 of 1 row used")).to_be_visible()
    page.get_by_role("checkbox", name="Choose One, as the sheet has it").check()
    page.get_by_role("checkbox", name="Choose On two").check()
    if not options:
        expect(page.get_by_text("Chosen: 2")).to_be_visible()
    page.get_by_text("Change, check, publish or refuse the chosen").click()
    page.get_by_label("Tags to add").fill("chosen")
    assert fits(page)
    page.get_by_role("button", name="Change the chosen").click()
    expect(page.get_by_text("2 documents are changed.")).to_be_visible()
    page.get_by_role("checkbox", name="All 3 that wait").check()
    page.get_by_text("Change, check, publish or refuse the chosen").click()
    page.get_by_role("button", name="Publish the chosen").click()
    expect(page.get_by_text("3 articles are published.")).to_be_visible()
    assert Article.objects.filter(tags__name="chosen", state="published").count() == 2
