"""Archives and XML from strangers: read within bounds, and refused with a reason beyond them."""

import io
import zipfile

import pytest

from articles.importing.document import ImportRefused
from articles.importing.safe_xml import local, parse
from articles.importing.safe_zip import Archive, Limits


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read_all(data: bytes, limits: Limits) -> list[bytes]:
    archive = Archive(data, limits=limits)
    return [archive.read(name) for name in archive.names]


def test_members_are_read_by_name_and_those_that_climb_are_set_aside():
    names = ["a.txt", "b/c.txt", "../up.txt", "/root.txt", "C:\\x.txt", "d/../../e.txt"]
    archive = Archive(packed({name: name.encode() for name in names}))
    assert archive.names == ["a.txt", "b/c.txt"]
    assert archive.climbing == ["../up.txt", "/root.txt", "C:\\x.txt", "d/../../e.txt"]
    assert archive.read("b/c.txt") == b"b/c.txt"
    with pytest.raises(ImportRefused, match=r"missing: up\.txt"):
        archive.read("up.txt")


def test_a_member_without_a_name_is_none():
    data = packed({"a.txt": b"a", "b.txt": b"b"}).replace(b"a.txt", b"\0.txt")
    assert Archive(data).names == ["b.txt"]


def test_a_bomb_is_refused_before_it_bursts():
    bomb = packed({"zeros.txt": b"\0" * 50_000_000})
    with pytest.raises(ImportRefused, match="200 times its size: zeros"):
        Archive(bomb).read("zeros.txt")


def test_a_reader_may_allow_small_members_to_pack_well():
    repetitive = packed({"table.xml": b"<w:tc/>" * 500_000})
    with pytest.raises(ImportRefused, match="200 times"):
        Archive(repetitive).read("table.xml")
    assert len(Archive(repetitive, limits=Limits(ratio_from=4_000_000)).read("table.xml")) > 10**6
    with pytest.raises(ImportRefused, match="200 times"):
        Archive(repetitive, limits=Limits(ratio_from=3_000_000)).read("table.xml")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(members=2), "holds 3 files; the limit is 2"),
        (Limits(member_bytes=9), "more than an import takes"),
        (Limits(all_bytes=25), "more than an import takes"),
    ],
)
def test_an_archive_over_its_limits_is_refused(limits, reason):
    data = packed(dict.fromkeys("abc", b"0123456789"))
    with pytest.raises(ImportRefused, match=reason):
        read_all(data, limits)


def test_what_is_broken_is_told():
    whole = packed({"a.txt": b"words " * 100})
    with pytest.raises(ImportRefused, match="list of members cannot be read"):
        Archive(whole[:-10])
    damaged = whole[:40] + b"\xff\xff\xff\xff" + whole[44:]
    with pytest.raises(ImportRefused, match=r"damaged: a\.txt"):
        Archive(damaged).read("a.txt")


def test_a_member_is_read_piece_by_piece_within_the_same_limits():
    data = packed({"a.txt": b"words " * 100, "zeros.txt": b"\0" * 50_000_000})
    archive = Archive(data)
    with archive.open("a.txt") as member:
        assert [member.read(6), member.read(6)] == [b"words ", b"words "]
        assert len(b"".join(iter(lambda: member.read(100), b""))) == 588
    with archive.open("zeros.txt") as member:
        assert len(member.read(1 << 30)) <= 1 << 16
        pieces = iter(lambda: member.read(1 << 16), b"")
        with pytest.raises(ImportRefused, match="200 times its size: zeros"):
            sum(map(len, pieces))
    with pytest.raises(ImportRefused, match="missing: b"), archive.open("b.txt"):
        pass


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/b"> %b;]><a/>', "declares entities"),
        (f'<!DOCTYPE a [<!-- {"x" * 30_000} --><!ENTITY b "bb">]><a>&b;</a>', "declares entities"),
        ("<a><b></a>", "line 1: It is not well-formed XML"),
        ("<a>\n<b>&nbsp;</b></a>", "line 2: It is not well-formed XML"),
        ("<a>" * 100_000, "not well-formed"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_is_no_plain_document_is_refused(xml, reason, encoding):
    with pytest.raises(ImportRefused, match=reason):
        parse(xml.encode(encoding))


def test_a_document_type_without_entities_is_no_harm():
    root = parse(
        b'<!DOCTYPE article PUBLIC "-//X//DTD" "http://127.0.0.1/x.dtd"><x:a xmlns:x="u"/>'
    )
    assert local(root) == "a"
