"""How anchors follow several corrections: reverts, changed words, decisions of a person."""

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Anchor
from annotations.reanchoring import foresee
from tests.factories import make_annotation, make_article, make_revision

STEADY = (
    "\n<p>The treaties that lasted were dull ones, written by clerks who had time, and read by "
    "ministers who had none; each side knew what the other counted, and how, and when.</p>"
)
FIRST = (
    "<p>Trust is won slowly and lost at once.</p>\n"
    f"<p>Nobody keeps count of the favours.</p>{STEADY}"
)
TYPO = FIRST.replace("won slowly", "won very slowly")
CUT = FIRST.replace("Nobody keeps count of the favours", "Something altogether different")
NEWS = "<p>An introduction that nobody asked for.</p>\n"


@pytest.fixture
def article(db):
    return make_article(slug="on-trust", html=FIRST)


@pytest.fixture
def notes(article, reader):
    words = ("Trust is won slowly", "lost at once", "count of the favours")
    return [make_annotation(article, by=reader, words=one) for one in words]


def now(note) -> Anchor:
    return note.anchors.get(revision__superseded_at=None)


def test_words_that_read_as_noted_again_are_as_noted(article, notes):
    make_revision(article, html=TYPO)
    assert now(notes[0]).state == "changed"
    make_revision(article, html=NEWS + FIRST)
    anchor = now(notes[0])
    assert (anchor.state, anchor.exact) == ("shifted", "Trust is won slowly")
    assert anchor.from_revision.number == 1, "mapped from the text it was made on"


def test_a_revert_restores_every_note_exactly(article, notes):
    before = [(n.pk, now(n).start, now(n).end, now(n).state, now(n).exact) for n in notes]
    for html in (TYPO, CUT, NEWS + CUT, FIRST):
        make_revision(article, html=html)
    assert [(n.pk, now(n).start, now(n).end, now(n).state, now(n).exact) for n in notes] == before


def test_a_place_disjoint_from_where_the_note_was_made_waits_for_a_person(article, notes, editor):
    second = make_revision(article, html=NEWS + TYPO)
    start = second.text.index("introduction")
    # As a wrong mapping would have left it.
    notes[0].anchors.filter(revision=second).update(
        start=start, end=start + 12, exact="introduction"
    )
    make_revision(article, html=NEWS + TYPO.replace("favours", "favours done"))
    anchor = now(notes[0])
    assert (anchor.exact, anchor.review) == ("introduction", "waiting")


def test_a_note_that_was_never_found_goes_on_waiting(article, notes):
    Anchor.objects.filter(annotation=notes[0]).update(state="orphaned", start=None, end=None)
    make_revision(article, html=TYPO)
    assert now(notes[0]).state == "orphaned"


def test_what_a_text_would_do_is_foreseen_and_nothing_is_written(article, notes):
    before = list(Anchor.objects.values())
    seen = foresee(article, TYPO.replace("Nobody keeps count of the favours", "It was never so"))
    told = [[now.exact for now, _ in pairs] for pairs in (seen.stay, seen.change, seen.lose)]
    assert told == [["lost at once"], ["Trust is won slowly"], ["count of the favours"]]
    assert seen.total == 3
    assert list(Anchor.objects.values()) == before
    assert article.revisions.count() == 1


def test_words_that_come_back_are_foreseen(article, notes):
    make_revision(article, html=CUT)
    assert [then.exact for _, then in foresee(article, FIRST).find] == ["count of the favours"]
    assert foresee(article, NEWS + CUT).total == 2, "a note that stays lost is no news"


def damage(note, html_start: int = 0) -> Anchor:
    anchor = now(note)
    Anchor.objects.filter(pk=anchor.pk).update(
        start=html_start, end=html_start + 5, exact=anchor.revision.text[html_start:][:5]
    )
    return anchor


def test_reckoning_anew_mends_what_was_wrong_and_tells(article, notes, capsys):
    make_revision(article, html=NEWS + FIRST)
    right = now(notes[1]).exact
    damage(notes[1])
    call_command("reanchor", "on-trust", "--dry-run")
    assert "on-trust: 2 places as before, 1 changed" in capsys.readouterr().out
    assert now(notes[1]).exact != right
    call_command("reanchor")
    assert now(notes[1]).exact == right
    call_command("reanchor")
    assert "3 places as before, 0 changed" in capsys.readouterr().out


def test_reckoning_anew_makes_what_is_missing(article, notes):
    second = make_revision(article, html=NEWS + FIRST)
    second.anchors.all().delete()
    call_command("reanchor", "on-trust")
    assert second.anchors.count() == 3


@pytest.mark.parametrize("decision", ["accepted", "corrected", "overridden"])
def test_what_a_person_decided_is_never_reckoned_anew(article, notes, editor, decision):
    make_revision(article, html=NEWS + FIRST)
    anchor = damage(notes[0])
    fields = {"overridden_by": editor} if decision == "overridden" else {"review": decision}
    Anchor.objects.filter(pk=anchor.pk).update(**fields)
    before = Anchor.objects.values().get(pk=anchor.pk)
    call_command("reanchor")
    assert Anchor.objects.values().get(pk=anchor.pk) == before


def test_a_stopped_run_goes_on_behind_the_last_article(article, notes, reader, capsys):
    make_annotation(make_article(slug="zero", html=FIRST), by=reader, words="Trust")
    call_command("reanchor", "--after", "on-trust")
    assert "[1/1] zero" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no article nowhere"):
        call_command("reanchor", "nowhere")
