"""Content of Word paragraphs for the tests: runs, fields, drawings."""

from __future__ import annotations


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def text(content: str) -> str:
    return f'<w:t xml:space="preserve">{content}</w:t>'


def field(kind: str, data: str = "") -> str:
    return f'<w:fldChar w:fldCharType="{kind}">{data}</w:fldChar>'


def whole_field(code: str, result: str | None = "", data: str = "") -> str:
    """A field with its code and stored result; with None it has no result at all."""
    instruction = f'<w:instrText xml:space="preserve"> {code} </w:instrText>'
    stored = "" if result is None else run(field("separate")) + (run(text(result)) if result else "")
    return run(field("begin", data)) + run(instruction) + stored + run(field("end"))


def text_box(content: str, fill: str = "", anchor: str = "", inside: str = "") -> str:
    """A DrawingML text box; `anchor` are attributes of its anchor, `inside` elements in it."""
    properties = f'<wps:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></wps:spPr>' if fill else ""
    return (
        f"<w:drawing><wp:anchor {anchor}>{inside}<a:graphic><a:graphicData><wps:wsp>{properties}<wps:txbx>"
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing>"
    )


def vml_text_box(content: str, attributes: str = "") -> str:
    box = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f"<w:pict><v:group><v:shape {attributes}>{box}</v:shape></v:group></w:pict>"


def table(*cells: str, row: str = "", properties: str = "") -> str:
    """A table of one row; `row` are the row's properties, `properties` the table's."""
    inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr><w:trPr>{row}</w:trPr>{inside}</w:tr></w:tbl>"
