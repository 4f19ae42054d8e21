"""Nobody reads here what they could not read at Hypothesis."""

import pytest

from annotations import access
from annotations.importing.door import bring
from annotations.models import Annotation
from tests.factories import make_article, make_group
from tests.hypothesis_export import annotation, export_of, in_group, private, reply

BEN = {"user": "acct:ben@hypothes.is", "user_info": {"display_name": "Ben"}}


@pytest.fixture
def article(db):
    return make_article(title="On trust", slug="on-trust")


def brought(*rows, **options):
    return bring(export_of(*rows), by=None, **options)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (in_group(), "for a group there"),
        (private(), "private"),
        (private(**BEN), "its author did not export it"),
        (annotation(hidden=True), "hidden there"),
        (annotation(moderation_status="SPAM"), "hidden there"),
        (annotation(permissions=None), "private"),
    ],
)
def test_what_was_not_public_is_refused_and_public_beside_it_comes(article, row, told) -> None:
    results = brought(row, annotation())
    assert [str(one.outcome) for one in results] == ["refused", "new"]
    assert told in results[0].reason
    assert Annotation.objects.get().audience == "public"


def test_a_group_that_an_editor_names_reads_what_was_for_a_group(article, reader, stranger) -> None:
    group = make_group(reader)
    root, mine, hidden = in_group(), private(), annotation(hidden=True)
    results = brought(
        *(root, in_group(references=[root["id"]]), mine, private(**BEN), hidden, annotation()),
        group=group,
    )
    assert [str(one.outcome) for one in results] == [
        *("new", "new", "new", "refused", "refused", "new")
    ]
    assert access.visible(reader).count() == 4
    assert access.visible(stranger).count() == 1
    audiences = Annotation.objects.order_by("recorded_at").values_list("audience", "group")
    assert set(audiences) == {("group", group.pk), ("public", None)}


def test_public_notes_may_be_kept_for_a_group_with_their_threads(article, reader, stranger) -> None:
    root = annotation()
    brought(root, reply(root), group=make_group(reader), audience="group")
    assert (access.visible(reader).count(), access.visible(stranger).count()) == (2, 0)
    with pytest.raises(ValueError, match="private"):
        brought(annotation(), audience="private")
    with pytest.raises(ValueError, match="group"):
        brought(annotation(), audience="group")


def test_a_private_reply_in_a_public_thread_stays_out_with_what_answers_it(article, reader) -> None:
    root = annotation()
    aside = reply(root, permissions={"read": ["acct:ada@hypothes.is"]})
    results = brought(root, aside, reply(aside), group=make_group(reader))
    assert [str(one.outcome) for one in results] == ["new", "refused", "refused"]
    assert "reaches further" in results[1].reason
    assert "was refused" in results[2].reason


@pytest.mark.parametrize(
    "closed", [{"permissions": {"read": ["acct:ada@hypothes.is"]}}, {"hidden": True, "text": ""}]
)
def test_what_is_closed_there_since_takes_no_change_and_says_so(article, closed) -> None:
    row = annotation()
    brought(row)
    later = {"updated": "2020-01-01T00:00:00Z", "text": "For me alone."}
    (result,) = brought(row | later | closed)
    assert (result.outcome, "no longer public" in result.reason) == ("refused", True)
    assert Annotation.objects.get().body == "A note."
