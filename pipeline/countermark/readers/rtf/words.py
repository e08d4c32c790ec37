"""The control words of rich text that stand for characters or whose groups are not text."""

from __future__ import annotations

CHARACTERS = {
    "~": "\u00a0",
    "_": "-",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "chpgn": "1",
    "sectnum": "1",
}
"""Control words and symbols -> the characters that they show; a page's number stays open until it is laid
out."""
_HIDDEN = (
    "stylesheet listpicture filetbl revtbl rsidtbl generator pgptbl xmlnstbl themedata "
    "colorschememapping latentstyles datafield nonshppict shprslt objclass objname objalias objsect "
    "bkmkstart bkmkend atnid atnauthor atnref atndate atnicn atnparent atrfstart atrfend pnseclvl "
    "levelnumbers listname ffname ffdeftext xe tc rxe txe ftnsep ftnsepc ftncn aftnsep aftnsepc "
    "aftncn panose falt fontemb template hlinkbase docvar htmltag background mmathPict nonesttables "
    "nesttableprops pn private1 buptim printim"
)
WITHOUT_TEXT = frozenset(_HIDDEN.split())
"""Destinations whose groups no reader sees."""
TRANSPARENT = frozenset(("shppict", "picprop", "shpinst", "shpgrp", "moMathPara", "moMath", "mmath"))
"""Destinations that only hold others, which are read."""
HEADERS = frozenset(("header", "headerf", "headerl", "headerr"))
FOOTERS = frozenset(("footer", "footerf", "footerl", "footerr"))
INFO = {
    "title": "title",
    "subject": "subject",
    "author": "creator",
    "manager": "Manager",
    "company": "Company",
    "operator": "lastModifiedBy",
    "category": "category",
    "keywords": "keywords",
    "comment": "comment",
    "doccomm": "description",
}
"""Groups of `\\info` -> names of properties, as in Office files."""
TIMES = {"creatim": "created", "revtim": "modified"}
ACTIVE = {"objautlink": "LINK", "objlink": "LINK", "objocx": "control"}
"""Kinds of objects that act or are fetched -> what they are called in Office files."""
