"""Archives: every file in them is a document; bombs, lies and locks are said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, ProblemKind
from countermark.support.limits import Limits
from support.messages import message, names, opened, reasons, tarred, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

py7zr = pytest.importorskip("py7zr", reason="the extra archives is not installed")
pyzipper = pytest.importorskip("pyzipper", reason="the extra archives is not installed")

MAIL = message("UK SECRET", "Plan")
SMALL = Limits(expanded_mb=2, ratio=100, parts=50)
JAPANESE = st.text(
    st.characters(codec="cp932", categories=["L", "No", "So"], min_codepoint=0x3041, max_codepoint=0x9FFF),
    min_size=2,
    max_size=12,
)


def seven_zipped(*files: tuple[str, bytes], password: str | None = None, names_too: bool = False) -> bytes:
    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w", password=password, header_encryption=names_too) as archive:
        for name, content in files:
            archive.writestr(content, name)
    return target.getvalue()


def locked(*files: tuple[str, bytes], password: bytes = b"key") -> bytes:
    """A ZIP archive encrypted by AES."""
    target = io.BytesIO()
    with pyzipper.AESZipFile(target, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


PACKERS: dict[str, Callable[..., bytes]] = {
    "a.zip": zipped,
    "b.zip": lambda *files: zipped(*files, method=zipfile.ZIP_BZIP2),
    "l.zip": lambda *files: zipped(*files, method=zipfile.ZIP_LZMA),
    "a.7z": seven_zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda *files: tarred(*files, mode="w:gz"),
    "a.tar.bz2": lambda *files: tarred(*files, mode="w:bz2"),
    "a.txz": lambda *files: tarred(*files, mode="w:xz"),
}


@pytest.mark.parametrize("name", PACKERS)
def test_files_in_an_archive_are_read_by_their_own_readers(name: str) -> None:
    document = opened(PACKERS[name](("計画/mail.eml", MAIL), ("a/../b.eml", MAIL)), name)
    assert document.is_container
    assert names(document) == ["計画/mail.eml", "a/../b.eml"]
    assert [child.media_type for child in document.children] == ["message/rfc822"] * 2
    assert not document.problems


@given(JAPANESE, st.sampled_from(["cp932", "utf-8"]))
def test_names_are_read_in_the_charset_that_the_archive_does_not_name(text: str, encoding: str) -> None:
    name = f"機密{text}.eml"
    assert names(opened(zipped((name, MAIL), encoding=encoding), "a.zip")) == [name]


@pytest.mark.parametrize(
    "written", ["①②.eml", "㈱㈱.eml", "別表Ⅷ.eml", "表.eml", "資料v2.eml", "〆切.eml", "ﾒﾓ（案）計画書.eml"]
)
def test_names_with_the_signs_of_japanese_windows_are_japanese(written: str) -> None:
    assert names(opened(zipped((written, MAIL), encoding="cp932"), "a.zip")) == [written]


@pytest.mark.parametrize(
    "word", ["Résumés", "élève", "Müller", "Größe", "Übung", "Ångström", "Éric", "señor", "naïve café"]
)
def test_names_of_old_western_archives_are_read_as_such(word: str) -> None:
    assert names(opened(zipped((f"{word}.eml", MAIL), encoding="cp437"), "a.zip")) == [f"{word}.eml"]


def test_a_name_in_the_unicode_field_goes_before_the_other() -> None:
    raw, shown = b"????.eml", "計画.eml".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo(raw.decode())
        field = struct.pack("<BL", 1, zlib.crc32(raw)) + shown
        entry.extra = struct.pack("<HH", 0x7075, len(field)) + field
        archive.writestr(entry, MAIL)
    assert names(opened(target.getvalue(), "a.zip")) == ["計画.eml"]


@pytest.mark.parametrize(
    ("data", "name", "inner"),
    [
        (gzip.compress(MAIL), "mail.eml.gz", "mail.eml"),
        (bz2.compress(MAIL), "folder/mail.eml.bz2", "mail.eml"),
        (lzma.compress(MAIL), "mail.eml.xz", "mail.eml"),
        (gzip.compress(b"one") + gzip.compress(b"two"), "notes.gz", "notes"),
    ],
)
def test_a_packed_file_is_one_document(data: bytes, name: str, inner: str) -> None:
    assert names(opened(data, name)) == [inner]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (locked(("mail.eml", MAIL)), "a.zip"),
        (locked(("mail.eml", MAIL), password="鍵".encode()), "a.zip"),
        (seven_zipped(("mail.eml", MAIL), password="key"), "a.7z"),
        (seven_zipped(("mail.eml", MAIL), password="key", names_too=True), "a.7z"),
    ],
)
def test_locked_files_open_with_a_password_and_say_so_without(data: bytes, name: str) -> None:
    assert names(opened(data, name, "wrong", "key", "鍵")) == ["mail.eml"]
    assert reasons(opened(data, name)) == {"encrypted"}
    without = opened(data, name, "wrong")
    assert reasons(without) == {"no-password-fits"}
    assert not without.children


def test_files_beside_a_locked_one_are_read() -> None:
    data = zipped(("open.eml", MAIL))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["open.eml"]
    both = locked(("locked.eml", MAIL))
    document = opened(zipped(("open.eml", MAIL), ("inner.zip", both)), "a.zip")
    assert names(document) == ["open.eml", "inner.zip"]
    assert reasons(document) == {"encrypted"}


def test_a_missing_library_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pyzipper", "py7zr", "pylhasa"):
        monkeypatch.setitem(sys.modules, module, None)
    for data, name in ((locked(("a.eml", MAIL)), "a.zip"), (seven_zipped(("a.eml", MAIL)), "a.7z")):
        [problem] = opened(data, name).problems
        assert (problem.kind, problem.args) == (ProblemKind.unsupported, {"extra": "archives"})


@pytest.mark.parametrize("name", PACKERS)
def test_what_inflates_too_far_is_stopped_while_it_inflates(name: str) -> None:
    data = PACKERS[name](("zeros.bin", bytes(8 << 20)), ("mail.eml", MAIL))
    document = opened(data, name, limits=SMALL)
    assert "limit" in reasons(document)
    assert "zeros.bin" not in names(document)


def test_a_bomb_beside_documents_costs_none_of_them() -> None:
    data = zipped(("one.eml", MAIL), ("zeros.bin", bytes(8 << 20)), ("two.eml", MAIL))
    document = opened(data, "a.zip", limits=Limits(ratio=100))
    assert names(document) == ["one.eml", "two.eml"]
    [problem] = document.problems
    assert [place.part for place in problem.locations] == ["zeros.bin"]


def test_too_many_members_are_stopped_in_one_archive_and_over_all() -> None:
    many = [(f"{number}.txt", b"x") for number in range(60)]
    for data, name in ((zipped(*many), "a.zip"), (tarred(*many), "a.tar"), (seven_zipped(*many), "a.7z")):
        assert "limit" in reasons(opened(data, name, limits=SMALL))
    nested = zipped(*[(f"{number}.zip", zipped(*many[:20])) for number in range(20)])
    document = opened(nested, "a.zip", limits=SMALL)
    read = [member for child in document.children for member in child.children]
    assert "limit" in reasons(document)
    assert len(read) < SMALL.parts
    assert len(opened(zipped(*many), "a.zip", limits=Limits(children=5)).children) == 5


def test_archives_within_archives_end_at_a_depth() -> None:
    data = MAIL
    for _ in range(12):
        data = zipped(("inner.zip" if data is not MAIL else "mail.eml", data))
    assert "limit" in reasons(opened(data, "a.zip"))


def _patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    place = data.index(signature) + offset
    return data[:place] + value + data[place + len(value) :]


def test_damaged_and_lying_zip_archives_are_said() -> None:
    data = zipped(("a.eml", MAIL), ("b.eml", MAIL), method=zipfile.ZIP_STORED)
    broken = data.replace(b"UK SECRET", b"UK SECRE!", 1)
    assert (names(opened(broken, "a.zip")), reasons(opened(broken, "a.zip"))) == (
        ["b.eml"],
        {"archive-member"},
    )
    assert reasons(opened(data[: len(data) // 2], "a.zip")) == {"archive-broken"}
    disk = _patched(data, b"PK\x05\x06", 4, b"\x01\x00\x01\x00")
    assert reasons(opened(disk, "a.zip")) == {"archive-spanned"}
    lying = _patched(data, b"PK\x01\x02", 24, struct.pack("<L", 3))
    assert "archive-member" in reasons(opened(lying, "a.zip"))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    same = data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]
    assert "archive-overlap" in reasons(opened(same, "a.zip"))
    unknown = _patched(data, b"PK\x01\x02", 10, struct.pack("<H", 97))
    assert "archive-method" in reasons(opened(unknown, "a.zip"))


def test_a_file_that_the_directory_does_not_list_is_said() -> None:
    hidden = zipped(("hidden.eml", MAIL), method=zipfile.ZIP_STORED)
    listed = zipped(("a.eml", MAIL), method=zipfile.ZIP_STORED)
    unlisted = hidden[: hidden.index(b"PK\x01\x02")]
    document = opened(unlisted + listed, "a.zip")
    assert names(document) == ["a.eml"]
    assert reasons(document) == {"archive-rest"}


def test_repeated_names_are_read_each() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.eml", MAIL), ("a.eml", MAIL))
    assert names(opened(data, "a.zip")) == ["a.eml", "a (2).eml"]


def test_links_are_said_and_not_followed() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as packed:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    for data, name in ((target.getvalue(), "a.zip"), (tar.getvalue(), "a.tar")):
        document = opened(data, name)
        assert (names(document), reasons(document)) == ([], {"archive-link"})


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_archive_that_breaks_off_is_said(mode: str) -> None:
    data = tarred(("a.eml", MAIL), ("b.eml", MAIL * 500), mode=mode)
    short = data[: len(data) // 2]
    assert reasons(opened(short, "a.tar")) & {"archive-member", "archive-truncated", "archive-rest"}


def test_what_follows_the_end_of_a_tar_archive_is_said() -> None:
    damaged = bytearray(tarred(("a.eml", MAIL), ("b.eml", MAIL)))
    damaged[1024 + 148] ^= 1
    document = opened(bytes(damaged), "a.tar")
    assert (names(document), reasons(document)) == (["a.eml"], {"archive-rest"})


def test_an_archive_of_many_volumes_is_said() -> None:
    data = seven_zipped(("a.eml", MAIL * 100))
    assert reasons(opened(data[:200], "a.7z.001")) == {"archive-spanned"}
    assert reasons(opened(data[:200], "a.7z")) == {"archive-broken"}


def test_a_method_that_asks_for_much_memory_is_not_tried() -> None:
    target = io.BytesIO()
    filters = [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 27}]
    with py7zr.SevenZipFile(target, "w", filters=filters) as archive:
        archive.writestr(MAIL, "mail.eml")
    assert reasons(opened(target.getvalue(), "a.7z", limits=Limits(memory_mb=200))) == {"limit"}
    assert names(opened(target.getvalue(), "a.7z")) == ["mail.eml"]


def test_a_program_that_unpacks_itself_is_never_run() -> None:
    document = opened(b"MZ" + bytes(500) + zipped(("a.eml", MAIL)), "setup.exe")
    assert reasons(document) == {"kind-self-extracting"}


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07\x01\x00", b"MSCF\0\0\0\0", b"\x1f\x9d\x90"])
def test_archives_of_other_forms_are_said(start: bytes) -> None:
    assert reasons(opened(start + bytes(100), "a.rar")) == {"kind-archive"}


def _family(document: Document) -> list[Document]:
    return [document, *(member for child in document.children for member in _family(child))]


@given(st.sampled_from(sorted(PACKERS)), st.integers(0, 10_000), st.integers(1, 255))
def test_no_damage_makes_the_reader_fail_or_silent(name: str, place: int, change: int) -> None:
    data = bytearray(whole(name))
    data[place % len(data)] ^= change
    document = opened(bytes(data), name)
    family = _family(document)
    assert not any(problem.kind is ProblemKind.internal for one in family for problem in one.problems)
    assert document.problems or len(document.children) == 2 or not document.is_container


@cache
def whole(name: str) -> bytes:
    return PACKERS[name](("one.eml", MAIL), ("two.eml", MAIL * 3))


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's files is not here")
@pytest.mark.parametrize(
    "path", [path for folder in ("zip", "7z", "tar", "lzh") for path in sorted((CORPUS / folder).glob("*"))]
)
def test_archives_by_others_are_read_or_it_is_said_why_not(path: Path) -> None:
    document = opened(path.read_bytes(), path.name)
    family = _family(document)
    assert document.children or document.problems or path.name.endswith("empty.7z")
    assert not any(problem.kind is ProblemKind.internal for one in family for problem in one.problems)
