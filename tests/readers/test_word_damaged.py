"""Word files whose XML is well formed and makes no sense: no reader's mistake may cost the document.

Elements are removed, renamed, copied to other places, attributes dropped or given values that nobody
expects. The test of damaged bytes is `tests/test_fuzz.py`.
"""

from __future__ import annotations

import random
from copy import deepcopy
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from test_word_bindings import control, file
from test_word_notes import comment, threaded
from test_word_places import BODY, PARTS, in_body
from test_word_strict import whole_file

from countermark.support.limits import Limits
from support.word_files import read_by_reader, zipped

VALUES = ("", "0", "-1", "99999999999", "9" * 5000, "x", "on", "極", "%1", "FFFFFF", "auto", "center", "even")
FILES = [
    whole_file(),
    file(f"<w:p>{control()}</w:p>{control(shown='<w:p/>')}"),
    threaded(comment(1, "a") + comment(2, "b"), {2: 1}),
    *(data for data, _, _ in PARTS.values()),
    *(in_body(content) for content, _, _ in BODY.values()),
]
TIMES = 1500


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with one to six changes in its parts."""
    with ZipFile(BytesIO(data)) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    for _ in range(chance.randint(1, 6)):
        name = chance.choice([one for one in entries if one != "[Content_Types].xml"])
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(entries[name])
            _change(root, chance)
            entries[name] = etree.tostring(root)
    return zipped(entries)


def _change(root: etree._Element, chance: random.Random) -> None:
    elements = list(root.iter("*"))
    one, other = chance.choice(elements), chance.choice(elements)
    match chance.randrange(5):
        case 0 if one is not root:
            one.getparent().remove(one)
        case 1 if one.attrib:
            one.attrib[chance.choice(list(one.attrib))] = chance.choice(VALUES)
        case 2 if one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        case 3 if other is not root:
            one.append(deepcopy(other))
        case _:
            one.tag = other.tag


@pytest.mark.slow
def test_no_document_is_lost_to_xml_that_makes_no_sense() -> None:
    chance = random.Random(2013)
    for _ in range(TIMES):
        data = damaged(chance.choice(FILES), chance)
        document = read_by_reader(data, "a.docx", Limits())
        assert document.pages or document.problems
