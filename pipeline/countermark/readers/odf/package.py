"""The parts of an OpenDocument text.

Of a zip, opened with a password where it is encrypted, or of one XML file.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from countermark.model import Location, Problem, ProblemKind, Reason
from countermark.readers.odf.encryption import encrypted_entries, opened
from countermark.readers.odf.namespaces import OFFICE
from countermark.readers.problems import limit_problem
from countermark.readers.zip_parts import PartError, ZipParts, parsed
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from countermark.support.limits import Limits
    from countermark.support.passwords import Passwords
    from countermark.support.safe_xml import XmlElement

CONTENT, STYLES, META, SETTINGS = "content.xml", "styles.xml", "meta.xml", "settings.xml"
MANIFEST = "META-INF/manifest.xml"


class Locked(Exception):  # noqa: N818  (an encrypted file is no mistake)
    """The package is encrypted; `reason` says why it stays so."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class OdfPackage:
    """The parts of a zip.

    `problems` are what could not be read of them. Raises what ZipParts raises, and Locked.
    """

    def __init__(self, data: bytes, limits: Limits, passwords: Passwords) -> None:
        self.problems: list[Problem] = []
        self._zip = ZipParts(data, limits)
        self._limits = limits
        self._opened: dict[str, bytes] = {}
        self._failed: set[str] = set()
        manifest = self.xml(MANIFEST) if MANIFEST in self._zip else None
        entries = encrypted_entries(manifest)
        if entries:
            found = opened(entries, self._zip.blob, passwords, limits)
            if isinstance(found, Reason):
                raise Locked(found)
            self._opened = found
        for name in self._zip.broken:
            self._tell(PartError(name))
        for name in self._zip.repeated:
            self._tell(PartError(name, Reason.package_part_repeated))

    @property
    def names(self) -> tuple[str, ...]:
        return self._zip.names

    def blob(self, name: str) -> bytes | None:
        """Return a part's bytes; None where it is missing or damaged."""
        if name in self._opened:
            return self._opened[name]
        try:
            return self._zip.blob(name)
        except PartError as error:
            self._tell(error)
            return None

    def xml(self, name: str) -> XmlElement | None:
        """Return the root of a part, None where it can't be read."""
        data = self._opened.get(name)
        try:
            return parsed(self._zip.blob(name) if data is None else data, name, self._limits)
        except PartError as error:
            self._tell(error)
            return None

    def _tell(self, error: PartError) -> None:
        if error.part in self._failed:
            return
        self._failed.add(error.part)
        place = Location(part=error.part)
        if isinstance(error.__cause__, LimitReached):
            self.problems.append(limit_problem(error.__cause__, (place,)))
        else:
            args = {"part": error.part}
            kind = ProblemKind.part_unreadable
            self.problems.append(Problem(kind=kind, reason=error.reason, args=args, locations=(place,)))


class Roots(NamedTuple):
    """The roots of the parts with content, styles and metadata; one and the same in a flat file."""

    content: XmlElement
    styles: XmlElement | None
    meta: XmlElement | None


def flat_root(data: bytes, limits: Limits) -> XmlElement:
    """Return the root of a flat file. Raises PartError."""
    return parsed(data, CONTENT, limits)


def binary_data(element: XmlElement) -> bytes | None:
    """Return the bytes that an element of a flat file holds; None where it holds none."""
    found = element.find(f"{OFFICE}binary-data")
    try:
        return None if found is None else base64.b64decode("".join(found.itertext()), validate=False)
    except (binascii.Error, ValueError):
        return b""


def inline_document(element: XmlElement) -> bytes | None:
    """Return the document that an element of a flat file holds, as a flat file; None where it holds none."""
    found = element.find(f"{OFFICE}document")
    return None if found is None else bytes(etree.tostring(found, with_tail=False))
