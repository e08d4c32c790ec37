"""The rows of the table of formats for messages and archives."""

from __future__ import annotations

import re
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from countermark.model import Reason
from countermark.readers.format import Format
from countermark.readers.signatures import ZIP_VOLUMES, is_lzh, is_packed, is_smime, is_tar

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.readers.content import Content


def _asks(place: str) -> Callable[[Content], bool]:
    """Return what asks a reader's own module, which is imported then, whether content is of its format."""
    return lambda content: bool(resolve_name(place)(content.data))


_MAIL = "countermark.readers.mail"
_ARCHIVE = "countermark.readers.archive"
_MESSAGES = frozenset((".eml", ".emlx", ".msg", ".mht", ".mhtml", ".p7m"))
"""Suffixes of what is a message where it begins as one, in whatever form it is saved."""
_CALENDAR = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s{0,64}BEGIN:VCALENDAR\b")
BY_SIGNATURE = (
    Format(
        key="smime",
        media_types={".p7m": "application/pkcs7-mime"},
        recognises=lambda content: is_smime(content.data),
        reader=f"{_MAIL}.signed:read_smime",
        extra="mail",
        broken=Reason.smime_broken,
    ),
    Format(
        key="tnef",
        media_types={".tnef": "application/ms-tnef"},
        recognises=lambda content: content.data.startswith(b"\x78\x9f\x3e\x22"),
        reader=f"{_MAIL}.tnef:read_tnef",
        extra="mail",
        broken=Reason.mail_broken,
    ),
    Format(
        key="calendar",
        media_types={".ics": "text/calendar"},
        recognises=lambda content: _CALENDAR.match(content.data) is not None,
        reader=f"{_MAIL}.calendar:read_calendar",
        broken=Reason.mail_broken,
        is_everyday=True,
    ),
    Format(
        key="7z",
        media_types={".7z": "application/x-7z-compressed"},
        recognises=lambda content: content.data.startswith(b"7z\xbc\xaf\x27\x1c"),
        reader=f"{_ARCHIVE}.seven_zip:read_seven_zip",
        extra="archives",
        broken=Reason.archive_broken,
    ),
    Format(
        key="tar",
        media_types={".tar": "application/x-tar"},
        recognises=lambda content: is_tar(content.data),
        reader=f"{_ARCHIVE}.tar:read_tar",
        broken=Reason.archive_broken,
    ),
    Format(
        key="packed",
        media_types={
            ".gz": "application/gzip",
            ".tgz": "application/gzip",
            ".bz2": "application/x-bzip2",
            ".tbz2": "application/x-bzip2",
            ".xz": "application/x-xz",
            ".txz": "application/x-xz",
            ".zst": "application/zstd",
        },
        recognises=lambda content: is_packed(content.data),
        reader=f"{_ARCHIVE}.tar:read_packed",
        broken=Reason.archive_broken,
    ),
    Format(
        key="lzh",
        media_types={".lzh": "application/x-lzh-compressed", ".lha": "application/x-lzh-compressed"},
        recognises=lambda content: is_lzh(content.data),
        reader=f"{_ARCHIVE}.lzh:read_lzh",
        extra="archives",
        broken=Reason.archive_broken,
    ),
)
"""Rows of what begins as nothing else does. They are tried before PDF, which may begin some way into a file:
one that is kept in an archive as it is begins there too."""
MAIL_AND_ZIP = (
    Format(
        key="mailbox",
        media_types={".mbox": "application/mbox"},
        recognises=lambda content: (
            content.kind.kind == "mail"
            and (content.suffix == ".mbox" or _asks(f"{_MAIL}.mbox:is_mbox")(content))
        ),
        reader=f"{_MAIL}.mbox:read_mbox",
        broken=Reason.mail_broken,
    ),
    Format(
        key="message",
        media_types={
            ".eml": "message/rfc822",
            ".emlx": "message/rfc822",
            ".mht": "multipart/related",
            ".mhtml": "multipart/related",
        },
        recognises=lambda content: (
            (content.kind.kind == "mail" or content.suffix in _MESSAGES)
            and _asks(f"{_MAIL}.headers:is_message")(content)
        ),
        reader=f"{_MAIL}.message:read_message",
        broken=Reason.mail_broken,
        own_parts="message header|named property|subject|message|text/html|RTF",
    ),
    Format(
        key="outlook",
        media_types={".msg": "application/vnd.ms-outlook", ".oft": "application/vnd.ms-outlook"},
        recognises=lambda content: "__properties_version1.0" in content.streams,
        reader=f"{_MAIL}.outlook:read_outlook",
        broken=Reason.mail_broken,
    ),
    Format(
        key="zip",
        media_types={".zip": "application/zip"},
        recognises=lambda content: (
            (content.is_zip or content.suffix == ".zip" or content.data.startswith(ZIP_VOLUMES))
            and (content.office_types is not None or content.kind.kind == "archive")
            and _asks(f"{_ARCHIVE}.zip_archive:is_archive")(content)
        ),
        reader=f"{_ARCHIVE}.zip_archive:read_zip",
        broken=Reason.archive_broken,
        own_parts="ZIP",
    ),
)
