"""Whatever is done to a text, undoing it step by step brings every note back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.models import Anchor
from tests.factories import make_annotation, make_article, make_revision

WORDS = ["treaty", "trust", "visit", "court", "ledger", "border", "envoy", "grain", "the", "of"]
sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def edited(draw: st.DrawFn, paragraphs: list[str]) -> list[str]:
    """One paragraph deleted, moved, inserted, or with other words."""
    result = list(paragraphs)
    place = draw(st.integers(0, len(result) - 1))
    match draw(st.sampled_from(["delete", "move", "insert", "replace"])):
        case "delete" if len(result) > 2:
            del result[place]
        case "move":
            result.insert(draw(st.integers(0, len(result) - 1)), result.pop(place))
        case "insert":
            result.insert(place, draw(sentences))
        case _:
            result[place] = draw(sentences)
    return result


def body(paragraphs: list[str]) -> str:
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def places(number: int, notes: list) -> dict:
    anchors = Anchor.objects.filter(revision__number=number, annotation__in=notes)
    return {a.annotation_id: (a.start, a.end, a.exact, a.state) for a in anchors}


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), first=st.lists(sentences, min_size=3, max_size=6))
def test_edits_and_then_their_inverse_bring_every_note_back(reader, data, first):
    texts = [first]
    for _ in range(data.draw(st.integers(1, 3))):
        following = data.draw(edited(texts[-1]))
        if following not in texts:
            texts.append(following)
    article = make_article(html=body(first))
    notes = [make_annotation(article, by=reader, words=paragraph) for paragraph in set(first)]
    notes += [make_annotation(article, by=reader, words=first[0].split(" ")[0])]
    for text in [*texts[1:], *texts[-2::-1]]:
        make_revision(article, html=body(text))
    last = article.revisions.count()
    assert places(last, notes) == places(1, notes)
    for step in range(1, last + 1):  # and on the way back each stands where it stood on the way
        assert places(step, notes) == places(last + 1 - step, notes)
