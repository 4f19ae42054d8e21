"""The tagged text of Web of Science, under the name of RIS."""

from articles.importing.records import ris


def test_the_tagged_text_of_web_of_science_is_read_too() -> None:
    text = (
        "FN X\nVR 1.0\nPT J\nAU Marsh, A\nAF Marsh, Ada\n   Oke, Ben\nTI On tariffs\n   and trust\n"
        "SO THE LEDGER\nLA English\nDT Editorial Material\nPD MAR-APR\nPY 2012\nER\n\nEF"
    )
    [found] = ris.read_all(text.encode())
    document = found.document
    assert document
    assert document.title == "On tariffs and trust"
    assert [one.name for one in document.people] == ["Ada Marsh", "Ben Oke"]
    assert (document.date.isoformat(), document.kind) == ("2012-03", "commentary")
