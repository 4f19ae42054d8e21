"""What Hypothesis gives, read: every shape, and one refusal for each bad annotation."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importing.hypothesis import Export, read
from annotations.importing.ordering import threads
from articles.importing.document import ImportRefused
from tests.hypothesis_export import annotation, export_of, file_of, in_group, private, reply

SAMPLE = (
    Path(__file__).resolve().parents[2].parent
    / "shared/data/samples/synthetic_hypothesis_export.json"
)


def test_an_annotation_is_read_with_all_that_it_says() -> None:
    given_ = annotation(
        "dull ones", tags=["Law", "law", " two\nlines "], start=7, metadata={"a": 1}
    )
    export = export_of(given_, reply(given_))
    one, answer = export.annotations
    assert (export.user, str(export.exported)) == (
        "acct:ada@hypothes.is",
        "2026-03-10 00:00:00+00:00",
    )
    assert (one.place, one.id) == (f"annotation 1 ({given_['id']})", given_["id"])
    assert (one.author_name, one.author_uri) == ("Ada", "https://hypothes.is/users/ada")
    assert one.created.isoformat() == "2019-03-01T10:00:00.123456+00:00"
    assert (one.title, one.tags, one.reach) == ("On trust", ("Law", "two lines"), "public")
    assert list(one.selectors) == given_["target"][0]["selector"]
    assert one.unknown == {"metadata": {"a": 1}}
    assert answer.references == (given_["id"],)
    assert not answer.selectors


@pytest.mark.parametrize("shape", ["rows", "list", "single", "utf-16"])
def test_every_shape_is_read(shape: str) -> None:
    one = annotation()
    two = reply(one)
    data = {
        "rows": json.dumps({"total": 2, "rows": [one], "replies": [two]}).encode(),
        "list": b"\xef\xbb\xbf" + json.dumps([one, two]).encode(),
        "single": json.dumps(one).encode(),
        "utf-16": json.dumps([one, two]).encode("utf-16"),
    }[shape]
    found = [row.id for row in read(data).annotations]
    assert found == [one["id"], two["id"]][: 1 if shape == "single" else 2]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("no object", "no object"),
        (annotation(id=""), "no id"),
        (annotation(id=7), "“id” is no text"),
        (annotation(user="Ada"), "who wrote it"),
        (annotation(created="yesterday"), "when it was written"),
        (annotation(created="0001-01-01T00:00:00+00:00"), "when it was written"),
        (annotation(tags="law"), "“tags” is no list"),
        (annotation(tags=[1]), "no text"),
        (annotation(uri=None, target=[]), "which page"),
        (annotation(target=[{"source": "a", "selector": ["x"]}]), "no object"),
        (annotation(target=[{"source": "a", "selector": [{"exact": 1}]}]), "“exact”"),
        (annotation(id="me", references=["me"]), "answers itself"),
        (annotation(text="x" * 100_001), "longer than any note"),
    ],
)
def test_a_bad_annotation_is_one_refusal_with_its_place(broken: object, told: str) -> None:
    export = export_of(annotation(), broken, annotation())
    assert len(export.annotations) == 2
    (refusal,) = export.refusals
    assert refusal.place == "annotation 2"
    assert told in refusal.reason


@pytest.mark.parametrize("data", [b"", b"{", b"7", b'{"title": "x"}', b"[" * 5000, b"\xff\xfe\xfd"])
def test_what_is_no_export_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused):
        read(data)


def test_of_an_id_given_twice_the_newer_counts() -> None:
    old = annotation(text="Old.", id="twice")
    new = annotation(text="New.", id="twice", updated="2020-01-01T00:00:00Z")
    for rows, place in (([old, new], "annotation 1"), ([new, old], "annotation 2")):
        export = export_of(*rows)
        assert [one.text for one in export.annotations] == ["New."]
        assert [one.place for one in export.refusals] == [f"{place} (twice)"]
    assert export_of(old, old).refusals == ()


@pytest.mark.parametrize(
    ("row", "reach"),
    [
        (annotation(), "public"),
        (private(), "private"),
        (in_group(), "group"),
        (in_group(permissions={"read": ["group:__world__"]}), "group"),  # an open group
        (in_group(permissions={"read": ["acct:ada@hypothes.is"]}), "private"),
        (annotation(permissions={}), "private"),
        (annotation(group=None), "private"),
    ],
)
def test_only_what_says_so_was_public(row: dict, reach: str) -> None:
    assert export_of(row).annotations[0].reach == reach


def test_accounts_elsewhere_have_no_page_and_names_fall_back() -> None:
    (one,) = export_of(annotation(user="acct:li.wei@lms.example", user_info=None)).annotations
    assert (one.author_name, one.author_uri) == ("li.wei", "")


def test_a_mention_is_its_name_and_broken_characters_are_mended() -> None:
    said = 'Ask <a data-hyp-mention="" data-userid="acct:b@h">@b</a>\ud800\x00 <b>now</b>'
    (one,) = export_of(annotation(text=said)).annotations
    assert one.text == "Ask @b\ufffd <b>now</b>"
    (one,) = read(
        file_of(annotation()).replace(b'"links": {}', b'"links": {}, "n": 1e999')
    ).annotations
    assert one.unknown == {"n": None}


def test_threads_put_parents_first_to_any_depth_and_survive_circles() -> None:
    chain = [annotation()]
    for _ in range(2000):
        chain.append(annotation(references=[chain[0]["id"], chain[-1]["id"]]))
    (thread,) = threads(export_of(*reversed(chain)).annotations)
    assert [one.id for one in thread] == [one["id"] for one in chain]
    circle = [annotation(id="a", references=["b"]), annotation(id="b", references=["a"])]
    found = threads(export_of(*circle, annotation(id="c", references=["a"])).annotations)
    assert sorted(one.id for thread in found for one in thread) == ["a", "b", "c"]


WHOLE = file_of(annotation("some words"), reply(annotation()))


@given(st.integers(0, len(WHOLE)), st.binary(max_size=4))
def test_spoilt_bytes_end_in_an_export_or_a_refusal(at: int, put: bytes) -> None:
    with suppress(ImportRefused):
        assert isinstance(read(WHOLE[:at] + put + WHOLE[at + len(put) :]), Export)


ODD = [None, True, 0, -1.5, "", "x", [], ["x"], [None], [[]], {}, {"read": "x"}, {"title": {}}]
ODD += [[{"selector": odd, "source": "a"}] for odd in ODD]
KEYS = st.sampled_from([*sorted(annotation()), "moderation_status", "$tag", "unknown"])


@given(st.dictionaries(KEYS, st.sampled_from(ODD)))
def test_odd_fields_end_in_an_annotation_or_a_refusal(odd: dict) -> None:
    export = read(json.dumps([annotation() | odd]).encode())
    assert len(export.annotations) + len(export.refusals) == 1


@pytest.mark.skipif(not SAMPLE.exists(), reason="../shared/data is not here")
def test_the_sample_is_read() -> None:
    export = read(SAMPLE.read_bytes())
    assert [one.text for one in export.annotations][-2:] == ["a reply", "a page note"]
    assert (len(export.annotations), export.refusals) == (7, ())
