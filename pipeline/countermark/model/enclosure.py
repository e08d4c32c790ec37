"""What a covering letter lists, and by what a document can be found in such a list."""

from __future__ import annotations

from countermark.model.place import Location, Noun


class CopyNumber(Noun, frozen=True):
    """The number of a copy, and of how many (None: not said)."""

    number: int
    of: int | None = None


class Enclosure(Noun, frozen=True):
    """One entry of a list of enclosures, as far as it says these things.

    `serial` is its place in the list as written, `reference` the document's own number; `classification`
    as the standards of the day write it, of `country`. `is_certain` is false for a line that may be no entry:
    it names nothing but a title. It goes on to the line `last_line`.
    """

    title: str
    serial: str = ""
    reference: str = ""
    classification: str = ""
    country: str = ""
    copies: int | None = None
    copy: CopyNumber | None = None
    is_certain: bool = True
    location: Location = Location()
    last_line: int = 0


class EnclosureList(Noun, frozen=True):
    """The list of a covering letter; without entries where only its heading could be read."""

    location: Location
    entries: tuple[Enclosure, ...] = ()

    def has(self, place: Location) -> bool:
        """Return whether a line is part of an entry."""
        return any(
            entry.location.page_key == place.page_key
            and entry.location.part == place.part
            and (entry.location.line or 0) <= (place.line or 0) <= entry.last_line
            for entry in self.entries
        )


class Identity(Noun, frozen=True):
    """By what a document can be found in a list of enclosures, and its own such list.

    `titles` are what its properties call it, `opening` the first lines of its text, one below the other,
    `references` its own numbers.
    """

    titles: tuple[str, ...] = ()
    opening: str = ""
    references: tuple[str, ...] = ()
    copy: CopyNumber | None = None
    is_letter: bool = False
    enclosures: EnclosureList | None = None
