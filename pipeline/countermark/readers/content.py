"""What a file is by its content: what the rows of the table of formats ask of it."""

from __future__ import annotations

import hashlib
from functools import cached_property
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from countermark.readers.kinds import kind_of, media_types_of_kinds
from countermark.readers.signatures import flat_opendocument_type, is_ole, is_pdf, is_rtf, is_zip

if TYPE_CHECKING:
    from countermark.readers.kinds import Kind


class Content:
    """A file's bytes and its name, as given or as an attachment's own.

    Each answer is worked out once, when a row first asks for it.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data: bytes = data
        self.name: str = name

    @cached_property
    def suffix(self) -> str:
        """The end of its name, as `.docx`; empty where the name has none."""
        return PurePath(self.name).suffix.casefold()

    @cached_property
    def sha256(self) -> str:
        """The digest of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def is_pdf(self) -> bool:
        return is_pdf(self.data)

    @cached_property
    def is_rtf(self) -> bool:
        return is_rtf(self.data)

    @cached_property
    def is_zip(self) -> bool:
        return is_zip(self.data)

    @cached_property
    def is_ole(self) -> bool:
        """Whether it is a compound file: Office files of before 2007, encrypted ones, Outlook messages."""
        return is_ole(self.data)

    @cached_property
    def kind(self) -> Kind:
        """Its kind by `rules/kinds.yaml`, which tells what is not read."""
        return kind_of(self.data, self.name)

    @cached_property
    def office_types(self) -> frozenset[str] | None:
        """The content types of an Office package's parts, in lower case.

        Empty for another ZIP file, None for one that can't be read.
        """
        from countermark.readers.ooxml.package import content_types
        from countermark.readers.zip_parts import ZIP_ERRORS

        try:
            return content_types(self.data)
        except ZIP_ERRORS:
            return None

    @cached_property
    def opendocument_type(self) -> str:
        """The media type that an OpenDocument states: a package (ODF 1.3 part 2, 3.3), or one XML file.

        That of its name where a package is too damaged to say; empty for another file.
        """
        if not self.is_zip:
            return flat_opendocument_type(self.data)
        from countermark.readers.zip_parts import ZIP_ERRORS, stated_type

        try:
            return stated_type(self.data)
        except ZIP_ERRORS:
            return media_types_of_kinds().get(self.suffix, "")

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of the streams and storages at the top of a compound file; none of a damaged one."""
        import olefile

        if not self.is_ole:
            return frozenset()
        try:
            with olefile.OleFileIO(BytesIO(self.data)) as container:
                return frozenset(path[0] for path in container.listdir(streams=True, storages=True))
        except OSError:
            return frozenset()

    @property
    def is_encrypted_package(self) -> bool:
        """Whether it is an Office package that opens with a password only ([MS-OFFCRYPTO] 2.3)."""
        return "EncryptedPackage" in self.streams
