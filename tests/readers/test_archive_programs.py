"""Archives as other programs make them: Finder, Explorer, Lhaplus, tar, zstd, and those that lie."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import unicodedata
import zlib
from dataclasses import dataclass

import pytest

from support.messages import message, names, opened, reasons, zipped

MAIL = message("UK SECRET\n", "UK SECRET - Plan")
IN_UTF_8 = 0x800
FORK = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)


@dataclass(frozen=True)
class Entry:
    name: bytes
    content: bytes = MAIL
    flags: int = 0
    attributes: int = 0


def zip_of(*entries: Entry, comment: bytes = b"") -> bytes:
    """Return a ZIP archive of entries that are stored, with the flags and attributes that they state."""
    data, directory = b"", b""
    for entry in entries:
        size, crc = len(entry.content), zlib.crc32(entry.content)
        common = struct.pack("<4H3L2H", entry.flags, 0, 0, 33, crc, size, size, len(entry.name), 0)
        place = struct.pack("<3H2L", 0, 0, 0, entry.attributes, len(data))
        directory += b"PK\x01\x02" + struct.pack("<2H", 20, 20) + common + place + entry.name
        data += b"PK\x03\x04" + struct.pack("<H", 20) + common + entry.name + entry.content
    end = struct.pack("<4H2LH", 0, 0, len(entries), len(entries), len(directory), len(data), len(comment))
    return data + directory + b"PK\x05\x06" + end + comment


def tar_of(*members: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(MAIL) if member.isreg() else None)
    return target.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    entry.size = len(MAIL) if kind == tarfile.REGTYPE else 0
    return entry


def test_names_that_falsely_say_they_are_in_utf_8_are_read() -> None:
    inner = zip_of(Entry("別紙.eml".encode("cp932"), flags=IN_UTF_8))
    entries = (
        Entry("計画書.eml".encode("cp932"), flags=IN_UTF_8),
        Entry("添付.eml".encode(), flags=IN_UTF_8),
        Entry(b"inner.zip", inner),
    )
    document = opened(zip_of(*entries), "a.zip")
    assert names(document) == ["計画書.eml", "添付.eml", "inner.zip"]
    assert names(document.children[2]) == ["別紙.eml"]
    assert not reasons(document)


def test_what_a_system_leaves_in_folders_is_no_document_of_an_archive() -> None:
    name = unicodedata.normalize("NFD", "ガイド.eml")
    entries = (
        Entry(name.encode()),
        Entry(f"__MACOSX/._{name}".encode(), FORK),
        Entry(b".DS_Store", b"\0\0\0\x01Bud1" + bytes(60)),
        Entry(b"Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        Entry(b"desktop.ini", b"[.ShellClassInfo]\r\n"),
    )
    document = opened(zip_of(*entries), "a.zip")
    assert len(document.children) == 1
    assert not reasons(document)


@pytest.mark.parametrize(
    "name", [b"._plan.eml", b"Thumbs.db", b".countermark-partial-1", b"a/.countermark.yaml"]
)
def test_a_document_under_a_name_of_the_system_is_read(name: bytes) -> None:
    content = MAIL + bytes(2000) if name == b"Thumbs.db" else MAIL
    assert len(opened(zip_of(Entry(name, content)), "a.zip").children) == 1


def test_a_folder_without_a_slash_is_no_empty_file() -> None:
    document = opened(zip_of(Entry(b"folder", b"", attributes=0x10), Entry(b"folder/a.eml")), "a.zip")
    assert names(document) == ["folder/a.eml"]


@pytest.mark.parametrize(
    ("data", "is_said"),
    [
        (b"hello there" + zip_of(Entry(b"a.eml")), True),
        (zip_of(Entry(b"a.eml")) + b"UK TOP SECRET", True),
        (zip_of(Entry(b"a.eml"), comment=b"made by hand"), False),
        (zip_of(Entry(b"a.eml")) + bytes(100), False),
        (bytes(16) + zip_of(Entry(b"a.eml")), False),
    ],
)
def test_what_lies_before_and_after_an_archive_is_said(data: bytes, is_said: bool) -> None:
    document = opened(data, "a.zip")
    assert names(document) == ["a.eml"]
    assert reasons(document) == ({"archive-rest"} if is_said else set())


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_hard_link_is_the_file_that_it_names(form: int) -> None:
    deep = "folder/" * 30 + "計画.eml"
    data = tar_of(member("a.eml"), member("b.eml", tarfile.LNKTYPE, "a.eml"), member(deep), form=form)
    document = opened(data, "a.tar")
    assert names(document) == ["a.eml", "b.eml", deep]
    assert document.children[0].sha256 == document.children[1].sha256
    assert not reasons(document)


@pytest.mark.parametrize("target", ["a.eml", "b.eml", "/etc/passwd", "c.eml"])
def test_a_hard_link_to_itself_or_to_nothing_before_it_is_said(target: str) -> None:
    data = tar_of(
        member("a.eml", tarfile.LNKTYPE, target), member("b.eml"), member("c.eml", tarfile.SYMTYPE, "b")
    )
    document = opened(data, "a.tar")
    assert names(document) == ["b.eml"]
    assert reasons(document) == {"archive-link"}


def test_files_of_several_streams_and_with_frames_to_skip_are_whole() -> None:
    zstd = pytest.importorskip("backports.zstd")
    assert opened(gzip.compress(MAIL[:20]) + gzip.compress(MAIL[20:]), "a.eml.gz").children[0].pages
    frame = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    document = opened(frame + zstd.compress(MAIL), "a.eml.zst")
    assert (names(document), reasons(document)) == (["a.eml"], set())


@pytest.mark.parametrize(
    "data", [b"PK\x07\x08" + zipped(("a.eml", MAIL))[:60], b"PK00PK\x03\x04" + bytes(60)]
)
def test_the_first_of_several_volumes_is_said(data: bytes) -> None:
    assert reasons(opened(data, "a.z01")) == {"archive-spanned"}


def test_in_a_solid_archive_what_follows_a_file_that_is_left_out_is_none_of_its_content() -> None:
    py7zr = pytest.importorskip("py7zr")
    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w") as archive:
        for name, content in (("bomb.bin", bytes(8_000_000)), ("a.eml", MAIL)):
            archive.writestr(content, name)
    document = opened(target.getvalue(), "a.7z")
    assert reasons(document) == {"limit", "archive-member"}
    assert not document.children
