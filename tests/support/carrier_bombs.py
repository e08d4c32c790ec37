"""Messages and archives that are small and claim to be endless."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zlib
from typing import TYPE_CHECKING

from countermark.support.limits import MIB
from support.messages import attachment, message, multipart, part, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = "UK SECRET\r\n\r\nThe plan follows.\r\n\r\nUK SECRET\r\n"
MILLION = 1_000_000


def nested(pack: Callable[[bytes], bytes], content: bytes, times: int) -> bytes:
    """Return content packed in itself so many times."""
    for _ in range(times):
        content = pack(content)
    return content


def ten_of(content: bytes) -> bytes:
    return zipped(*((f"{number}.zip", content) for number in range(10)))


def one_data_many_names(number: int) -> bytes:
    """Return a ZIP archive whose entries are all the same data."""
    packed = zlib.compress(bytes(MIB), wbits=-15)
    sizes = (zlib.crc32(bytes(MIB)), len(packed), MIB)
    local = b"PK\x03\x04" + struct.pack("<5H3L2H", 20, 0, 8, 0, 33, *sizes, 5, 0) + b"a.txt"
    entry = (
        b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, 20, 0, 8, 0, 33, *sizes, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    )
    end = struct.pack("<4H2LH", 0, 0, number, number, len(entry) * number, len(local) + len(packed), 0)
    return local + packed + entry * number + b"PK\x05\x06" + end


def million_names() -> bytes:
    """Return a packed tar archive of a million empty files, in a thousand equal streams."""
    entry = tarfile.TarInfo("a.txt").tobuf()
    return gzip.compress(entry * 1000) * (MILLION // 1000) + gzip.compress(bytes(1024))


def hard_links(number: int) -> bytes:
    """Return a tar archive of one file and many other names of it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        first = tarfile.TarInfo("a.txt")
        first.size = MIB
        archive.addfile(first, io.BytesIO(bytes(MIB)))
        for place in range(number):
            link = tarfile.TarInfo(f"{place}.txt")
            link.type, link.linkname = tarfile.LNKTYPE, "a.txt"
            archive.addfile(link)
    return gzip.compress(target.getvalue())


def seven_zipped(content: bytes, **method: int) -> bytes:
    """Return a 7z archive of one file, packed by PPMd."""
    import py7zr

    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w", filters=[{"id": py7zr.FILTER_PPMD, **method}]) as archive:
        archive.writestr(content, "a.txt")
    return target.getvalue()


def headers(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode() + f"\r\n{TEXT}".encode()


def carriers() -> dict[str, bytes]:
    """Return the bombs by their file names."""
    noise = random.Random(1).randbytes(MIB)
    numbers = range(100_000)
    return {
        "zips of ten zips, seven deep.zip": nested(ten_of, zipped(("a.txt", bytes(4 * MIB))), 7),
        "a zip 1,000 deep.zip": nested(lambda inner: zipped(("a.zip", inner)), zipped(("a.txt", b"x")), 1000),
        "10,000 names of one piece of data.zip": one_data_many_names(10_000),
        "60,000 names of one piece of data.zip": one_data_many_names(60_000),
        "PPMd.7z": seven_zipped(bytes(24 * MIB), order=6, mem=24),
        "a million names.tar.gz": million_names(),
        "5,000 hard links.tar.gz": hard_links(5000),
        "gzip in gzip.gz": nested(gzip.compress, bytes(64 * MIB), 3),
        "10,000 parts.eml": multipart(*[part("UK SECRET")] * 10_000),
        "12,000 attachments.eml": multipart(*[attachment(b"x", "a.txt")] * 12_000),
        "multiparts 10,000 deep.eml": b"".join(
            f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n".encode()
            for depth in range(10_000)
        ),
        "messages 1,000 deep.eml": nested(
            lambda inner: message(inner, content_type="message/rfc822"), message(TEXT), 1000
        ),
        "a header of 8 MiB.eml": headers(iter([f"Subject: {'UK SECRET ' * (8 * MIB // 10)}"])),
        "100,000 headers.eml": headers(f"X-Marking-{number}: SECRET" for number in numbers),
        "100,000 folds.eml": headers(iter(["Subject: a", *[" b"] * 100_000])),
        "100,000 pieces of a name.eml": headers(
            iter(["Content-Type: a/b;", *(f" name*{number}=a;" for number in numbers), " x=y"])
        ),
        "100,000 encoded words.eml": headers(iter(["Subject: a", *[" =?utf-8?q?=E7=A7=98?="] * 100_000])),
        "100,000 recipients.eml": headers(iter(["To: a@b,", *[" <a@b> (x(y)),"] * 100_000])),
        "base64 of 8 MiB.eml": message(b"QUFB" * (2 * MIB), headers="Content-Transfer-Encoding: base64\r\n"),
        "soft breaks without end.eml": message(
            b"=\r\n" * MILLION, headers="Content-Transfer-Encoding: quoted-printable\r\n"
        ),
        "flowed without end.eml": message(b"a \r\n" * MILLION, content_type="text/plain; format=flowed"),
        "quoted a million deep.eml": message(
            b">" * MILLION + b" a", content_type="text/plain; format=flowed"
        ),
        "a million escapes.eml": message(b"\x1b$B\x1b(B" * MILLION, content_type="text/plain"),
        "bytes of no charset.eml": message(noise, content_type="text/plain; charset=shift_jis"),
        "100,000 files in the text.eml": message("begin 644 a.txt\n`\nend\n" * 100_000),
        "100,000 signed texts.eml": message("-----BEGIN PGP SIGNED MESSAGE-----\n\na\n" * 100_000),
        "100,000 signatures.eml": message("-----\na\n\n" * 100_000),
        "100,000 events.ics": b"BEGIN:VCALENDAR\r\n" + b"SUMMARY:a\r\nDESCRIPTION:\\n\r\n" * 100_000,
        "a million objects.tnef": b"\x78\x9f\x3e\x22\0\0" + bytes(11) * (MILLION // 2),
        "a million messages.mbox": b"From a 2026\nA:\n\n" * MILLION,
    }
