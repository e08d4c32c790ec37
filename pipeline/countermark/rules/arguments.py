"""What fills a rule's texts: words as they are, and texts of the message catalogue by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from countermark.model import ProblemKind

if TYPE_CHECKING:
    from countermark.model import Exchange
    from countermark.rules.facts.views import Subject

_KEYS_IN = {
    "advice": "advice",
    "remark": "advice",
    "cause": "causes",
    "difference": "enclosures",
    "remedy": "remedies",
    "tool": "label_tools",
}
"""Fields that hold a key, and the section of the catalogue that it is in."""
_TOGETHER = ("fields_missing", "embargo_missing", "unkept", "open_changes")
_EVIDENCE = ("speaks_for", "speaks_against")
_WITH_ACTION = (ProblemKind.unsupported, ProblemKind.no_document)
"""Problems for each of whose reasons the catalogue's `actions` say what to do."""


class Arguments(NamedTuple):
    """Words by the name that a text gives them, and keys of texts likewise."""

    args: dict[str, str]
    keys: dict[str, str]


def _right_form_said(written: str, right: str) -> str:
    """Return which text of the catalogue's `right_forms` says what to write."""
    if not right:
        return "unknown"
    return "same" if right == written else "known"


def arguments_of(subject: Subject, exchange: Exchange) -> Arguments:
    """Return what fills the texts on a subject.

    Its view's texts, lists joined; for a problem its reason; and the `provider`, the country that the
    information comes from.
    """
    fields: dict[str, Any] = msgspec.to_builtins(subject.view)
    args = {key: value for key, value in fields.items() if isinstance(value, str)}
    args |= {key: ", ".join(value) for key, value in fields.items() if isinstance(value, (list, tuple))}
    keys = {"provider": f"countries.{exchange.originator}" if exchange.originator else "ui.unknown_country"}
    keys |= {name: f"{section}.{fields[name]}" for name, section in _KEYS_IN.items() if fields.get(name)}
    for name in _TOGETHER:
        if fields.get(name):
            keys[name] = " ".join(f"together.{part}" for part in fields[name])
    for name in _EVIDENCE:
        if name in fields:
            keys[name] = " ".join(f"evidence.{reason}" for reason in fields[name]) or "ui.nothing"
    if fields.get("visible_text") == "":
        keys["visible_text"] = "ui.nothing_seen"
    if "right_form" in fields:
        keys["write"] = f"right_forms.{_right_form_said(fields['text'], fields['right_form'])}"
    if "args" in fields:
        if fields["kind"] in _WITH_ACTION:
            keys["action"] = f"actions.{fields['reason']}"
        keys["reason"] = f"reasons.{fields['reason']}"
        args |= fields["args"]
    return Arguments({name: value for name, value in args.items() if name not in keys}, keys)
