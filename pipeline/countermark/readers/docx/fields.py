"""What a Word field shows that has no stored result, from its code (ECMA-376 17.16).

Programs that make files leave results out, and Word works them out when the file is opened or
printed. Nothing outside the file is asked: what would come from elsewhere shows nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.docx.styleref import StyledTexts
from countermark.readers.flow.fields import NUMBER, plain_value, words_of
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.values import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from countermark.readers.docx.styles import Styles
    from countermark.support.safe_xml import XmlElement

P, T = f"{W}p", f"{W}t"
NUMBER_SWITCHES = frozenset(("\\n", "\\r", "\\w", "\\p"))
"""Switches that show the number of the paragraph, or where it stands, and not its text."""
BOOKMARK, BOOKMARK_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"


class OpenField:
    """A field between its begin and its end.

    `written` is how far the paragraph had come when its code ended.
    """

    __slots__ = ("begin", "code", "in_code", "written")

    def __init__(self, begin: XmlElement) -> None:
        self.begin = begin
        self.code = ""
        self.in_code = True
        self.written: tuple[int, ...] | None = None


class FieldValues:
    """What fields of one document show.

    `main` is the root of its main part, `file_name` its own name; `properties` gives names in lower case
    -> values, `variables` the document's variables likewise.
    """

    def __init__(
        self,
        main: XmlElement,
        styles: Styles,
        file_name: str,
        properties: Callable[[], Mapping[str, str]],
        variables: Mapping[str, str],
    ) -> None:
        self.styled = StyledTexts(main, styles)
        self._main, self._file_name = main, file_name
        self._properties, self._variables = properties, variables

    def __call__(self, code: str, begin: XmlElement, section: int | None = None) -> str | None:
        """Return what the field with this code, beginning with this element, shows.

        None where nothing in the file tells. `section` is the one whose header or footer has the
        field, else None.
        """
        name, argument = (*words_of(code), "", "")[:2]
        kind = name.upper()
        stored = plain_value(code, self._file_name, self._properties)
        if stored is not None or kind == "DOCPROPERTY":
            return stored
        if kind in ("FORMTEXT", "FORMDROPDOWN"):
            return form_value(begin)
        shown: dict[str, Callable[[str], str | None]] = {
            "DOCVARIABLE": lambda name: self._variables.get(name.casefold()),
            "REF": self._bookmark,
            "STYLEREF": lambda style: self._styled(style, code, begin, section),
        }
        return shown[kind](argument) if kind in shown else self._bookmark(name)

    def _bookmark(self, name: str) -> str | None:
        """Return the text between a bookmark's start and end."""
        for start in self._main.iter(BOOKMARK):
            if start.get(f"{W}name", "").casefold() == name.casefold():
                return "".join(_until_end(start)).strip() or None
        return None

    def _styled(self, style: str, code: str, begin: XmlElement, section: int | None) -> str | None:
        switches = {word.casefold() for word in words_of(code)[2:]}
        if switches & NUMBER_SWITCHES:
            return NUMBER
        return self.styled.nearest(style, begin, section, last="\\l" in switches)


def form_value(begin: XmlElement) -> str | None:
    """Return what a form field holds: the chosen entry of a list (ECMA-376 17.16.9), else a default text."""
    form = begin.find(f"{W}ffData")
    if form is None:
        return None
    entries = [entry.get(VAL, "") for entry in form.iterfind(f"{W}ddList/{W}listEntry")]
    for name in ("result", "default"):
        chosen = form.find(f"{W}ddList/{W}{name}")
        number = whole_number(chosen.get(VAL)) if chosen is not None else None
        if number is not None and number < len(entries):
            return str(entries[number])
    default = form.find(f"{W}textInput/{W}default")
    first = str(entries[0]) if entries else None
    return str(default.get(VAL, "")) if default is not None else first


def _until_end(start: XmlElement) -> Iterator[str]:
    """Yield the texts after a bookmark's start, in document order, as far as its end."""
    identifier = start.get(f"{W}id")
    element = start
    while element is not None:
        for following in element.itersiblings():
            for part in following.iter(T, P, BOOKMARK_END):
                if part.tag == BOOKMARK_END and part.get(f"{W}id") == identifier:
                    return
                yield " " if part.tag == P else part.text or "" if part.tag == T else ""
        element = element.getparent()
