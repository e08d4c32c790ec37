"""What the groups of rich text are for: headers, notes, shapes, fields, tables, properties, objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Property, Zone
from countermark.readers.rtf.shapes import Shape
from countermark.readers.rtf.story import Story
from countermark.readers.rtf.walker import Field
from countermark.readers.rtf.words import FOOTERS, HEADERS, INFO, TIMES, TRANSPARENT, WITHOUT_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.readers.rtf.story import Sink
    from countermark.readers.rtf.walker import Action, Walker

PARTS_OF_TIME = ("yr", "mo", "dy", "hr", "min")


def _without_text(walker: Walker, _word: str, _number: int | None) -> None:
    walker.now = walker.now._replace(sink=None, dead=True)


def _transparent(walker: Walker, _word: str, _number: int | None) -> None:
    """Read what the group holds as if it were not there."""


def _header_or_footer(walker: Walker, word: str, _number: int | None) -> None:
    zone = Zone.header if word in HEADERS else Zone.footer
    story, section = Story(zone, word), walker.sections.current
    walker.tell(story, lambda: section.add(story))


def _note(walker: Walker, word: str, _number: int | None) -> None:
    """Read a footnote, or a comment; `\\ftnalt` in it makes it an endnote."""
    story = Story(Zone.footnote if word == "footnote" else Zone.comment, word)
    sections = walker.sections
    section = sections.current

    def end() -> None:
        (sections.endnotes if story.zone is Zone.endnote else section.notes).append(story)

    walker.tell(story, end)


def _endnote(walker: Walker, _word: str, _number: int | None) -> None:
    if walker.now.story.zone is Zone.footnote:
        walker.now.story.zone = Zone.endnote


def _shape(walker: Walker, word: str, _number: int | None) -> None:
    """Read a shape, or a picture: what it says comes after the line that it hangs on."""
    host = walker.now.story
    if word == "pict":
        host.show_picture()
    shape = Shape(host)
    walker.shapes.append(shape)

    def end() -> None:
        walker.shapes.remove(shape)
        host.put_beside([*shape.texts()])

    walker.divert(None, end)


def _text_box(walker: Walker, _word: str, _number: int | None) -> None:
    if walker.shapes:
        shape = walker.shapes[-1]
        story = Story(shape.host.zone, shape.host.part)
        walker.tell(story, lambda: shape.boxes.append(story))


def _shape_property(walker: Walker, word: str, _number: int | None) -> None:
    """Read the name or the value of a property of the innermost shape."""

    def name(text: str) -> None:
        walker.shapes[-1].name = text.strip()

    def value(text: str) -> None:
        walker.shapes[-1].properties[walker.shapes[-1].name] = text

    if walker.shapes:
        walker.collect(name if word == "sn" else value)


def _field(walker: Walker, _word: str, _number: int | None) -> None:
    walker.fields.append(Field(walker.now.sink))
    walker.divert(None, walker.end_field)


def _field_code(walker: Walker, word: str, number: int | None) -> None:
    def then(code: str) -> None:
        walker.fields[-1].code += code

    if walker.fields:
        walker.collect(then)
    else:
        _without_text(walker, word, number)


def _field_result(walker: Walker, _word: str, _number: int | None) -> None:
    if walker.fields:
        walker.now = walker.now._replace(sink=walker.fields[-1].sink)


def _label(walker: Walker, _word: str, _number: int | None) -> None:
    story = walker.now.story

    def then(text: str) -> None:
        story.label = text

    walker.collect(then)


def _table(walker: Walker, word: str, _number: int | None) -> None:
    tables: dict[str, Sink] = {"fonttbl": walker.fonts, "colortbl": walker.colours, "listtable": walker.lists}
    walker.divert(tables.get(word, walker.overrides))


def _list(walker: Walker, word: str, number: int | None) -> None:
    """Read a list of `\\listtable`, the text of one of its levels, or its identifier."""
    if word == "list":
        walker.lists.begin()
    elif word == "leveltext":
        walker.collect(walker.lists.add_level)
    else:
        walker.lists.identify(number or 0, in_override=walker.now.sink is walker.overrides)


def _unicode_form(walker: Walker, word: str, _number: int | None) -> None:
    """Text in two forms: only that in Unicode counts."""
    if word == "upr":
        walker.divert(None)
    else:
        walker.now = walker.now._replace(sink=walker.now.outer)


def _info(walker: Walker, _word: str, _number: int | None) -> None:
    walker.divert(walker.info)


def _information(walker: Walker, word: str, _number: int | None) -> None:
    """Read a property in `\\info`; elsewhere these words mean nothing."""
    if walker.now.sink is walker.info:
        walker.collect(_keep(walker, INFO[word], "info"))


def _keep(walker: Walker, name: str, source: str) -> Callable[[str], None]:
    def then(value: str) -> None:
        if value.strip():
            walker.properties.append(Property(name=name, value=value.strip(), source=source))

    return then


def _time(walker: Walker, word: str, _number: int | None) -> None:
    walker.time = {}

    def end() -> None:
        if "yr" in walker.time:
            year, month, day, hour, minute = (walker.time.get(part, 0) for part in PARTS_OF_TIME)
            value = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"
            walker.properties.append(Property(name=TIMES[word], value=value, source="info"))

    walker.divert(None, end)


def _part_of_time(walker: Walker, word: str, number: int | None) -> None:
    walker.time[word] = min(9999, max(0, number or 0))


def _user_property(walker: Walker, word: str, _number: int | None) -> None:
    def name(text: str) -> None:
        walker.property_name = text.strip()

    if word == "userprops":
        walker.divert(None)
    elif word == "propname":
        walker.collect(name)
    else:
        walker.collect(lambda text: _keep(walker, walker.property_name, "userprops")(text))


def _object(walker: Walker, word: str, _number: int | None) -> None:
    """Read an embedded object: what it shows is text, its data is kept."""
    if word == "object":
        walker.divert(None)
    elif word == "result":
        walker.now = walker.now._replace(sink=walker.now.outer)
    else:
        walker.collect((walker.objects if word == "objdata" else walker.stores).append)


DESTINATIONS: dict[str, Action] = {
    **dict.fromkeys(WITHOUT_TEXT, _without_text),
    **dict.fromkeys(TRANSPARENT, _transparent),
    **dict.fromkeys(HEADERS | FOOTERS, _header_or_footer),
    **dict.fromkeys(("footnote", "annotation"), _note),
    "ftnalt": _endnote,
    **dict.fromkeys(("shp", "do", "pict"), _shape),
    **dict.fromkeys(("shptxt", "dptxbxtext"), _text_box),
    **dict.fromkeys(("sn", "sv"), _shape_property),
    "field": _field,
    "fldinst": _field_code,
    "fldrslt": _field_result,
    **dict.fromkeys(("listtext", "pntext"), _label),
    **dict.fromkeys(("fonttbl", "colortbl", "listtable", "listoverridetable"), _table),
    **dict.fromkeys(("list", "leveltext", "listid"), _list),
    **dict.fromkeys(("upr", "ud"), _unicode_form),
    "info": _info,
    **dict.fromkeys(INFO, _information),
    **dict.fromkeys(TIMES, _time),
    **dict.fromkeys(PARTS_OF_TIME, _part_of_time),
    **dict.fromkeys(("userprops", "propname", "staticval"), _user_property),
    **dict.fromkeys(("object", "result", "objdata", "datastore"), _object),
}
"""Control words at the beginning of groups -> what they make of them."""
