"""What the rules' expressions speak of where several documents are compared."""

from __future__ import annotations

from countermark.rules.facts.views import Facts


class TranslationView(Facts, frozen=True):
    """`translation`: a document and its version in the other language (`other`), with their markings."""

    name: str
    other: str
    text: str
    other_text: str
    corresponds: bool


class ConsignmentView(Facts, frozen=True):
    """`consignment`: a document for public release, or one that may be unmarked, and the classified one
    `beside` it in its folder or its attachments (empty: none)."""

    text: str
    beside: str


class EnclosureView(Facts, frozen=True):
    """`enclosure`: what a covering letter's list and the documents that are there say differently.

    `difference` and `remedy` are keys of the catalogue's `enclosures` and `remedies`.
    """

    difference: str
    remedy: str = "none"
    title: str = ""
    name: str = ""
    listed: str = ""
    found: str = ""
