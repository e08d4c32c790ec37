"""The nouns: what every stage takes and gives.

All are frozen and typed, and travel between processes as they are. Their field names are the
published JSON form (`countermark schema`), so a change here is a change of that form.

Coordinates are PDF points (1/72 inch) on the page as a person sees it, after crop and rotation:
the origin is the top left corner, x grows to the right, y downwards. Pages, sections and lines
count from 1.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = "2"


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all nouns: immutable, hashable, compared by value."""


class Zone(StrEnum):
    """Where a line stands."""

    header = "header"
    footer = "footer"
    body = "body"
    table = "table"
    textbox = "textbox"
    footnote = "footnote"
    endnote = "endnote"
    comment = "comment"
    inserted = "inserted"
    deleted = "deleted"
    hidden = "hidden"
    watermark = "watermark"
    annotation = "annotation"
    field = "field"
    bookmark = "bookmark"
    property = "property"
    filename = "filename"
    subject = "subject"
    image = "image"
    revision = "revision"


HEADER_FOOTER = (Zone.header, Zone.footer)
"""The zones in which a page bears its marking."""


class Unseen(StrEnum):
    """Why a reader does not see a line that the file carries."""

    invisible = "invisible"
    """Drawn in a text rendering mode that leaves no mark (ISO 32000-1, 9.3.6), or fully transparent."""
    colour = "colour"
    """In the colour of what lies behind it."""
    size = "size"
    """Too small to be seen."""
    off_page = "off-page"
    """Outside the visible part of the page."""
    covered = "covered"
    """Under something opaque that was drawn later."""
    clipped = "clipped"
    """Outside what a clipping path leaves (ISO 32000-1, 8.5.4)."""
    layer = "layer"
    """In a layer that is switched off (ISO 32000-1, 8.11)."""
    hidden = "hidden"
    """Marked as hidden: Word's hidden text (ECMA-376, 17.3.2.41), hidden annotations and fields."""
    replacement = "replacement"
    """Given in place of what is drawn, to those who copy it or listen to it (ISO 32000-1, 14.9)."""
    unused = "unused"
    """In an object of the file that nothing refers to."""


class Severity(StrEnum):
    """How much a finding matters; see `rank`."""

    error = "error"
    warning = "warning"
    note = "note"

    @property
    def rank(self) -> int:
        """3 for an error, 2 for a warning, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


class Verdict(StrEnum):
    """What is to be done with a document, or with all of a run; see `gravity`."""

    clear = "clear"
    """It was read to its end, all rules were asked, and nothing but notes was found."""
    review = "review"
    """A person must look: a warning, a doubtful marking, an exchange that is not known, rules not asked."""
    not_read = "not-read"
    """Something could not be read."""
    stop = "stop"
    """An error: it must not go, or must not be relied on, as it is."""

    @property
    def gravity(self) -> int:
        """From 0 for clear to 3 for stop: what is known to be wrong outweighs what is not known."""
        return list(Verdict).index(self)


class Stage(StrEnum):
    """Where a document is in its exchange."""

    outgoing = "outgoing"
    received = "received"
    internal = "internal"


class Status(StrEnum):
    """How far a document could be read.

    `unsupported` is a file of a kind that is not read (READ006), met while walking a folder.
    """

    checked = "checked"
    partly_read = "partly-read"
    unreadable = "unreadable"
    unsupported = "unsupported"


class PageKind(StrEnum):
    """Which of a Word section's page kinds a header or footer serves (ECMA-376 17.10.5)."""

    first = "first"
    even = "even"
    default = "default"


class ProblemKind(StrEnum):
    """What kept a document, or a part of it, from being read; each is one READ rule."""

    unreadable = "unreadable"
    encrypted = "encrypted"
    no_text = "no-text"
    limit = "limit"
    part_unreadable = "part-unreadable"
    unsupported = "unsupported"
    no_document = "no-document"
    """Of a kind that holds no documents, as fonts or source code."""
    active_content = "active-content"
    text_disagrees = "text-disagrees"
    internal = "internal"
    """Countermark itself failed; the file is not to blame."""


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rectangle on the page as seen: points from the top left corner; written as [x0, y0, x1, y1]."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Location(Noun, frozen=True):
    """A place in a document. `page` is null in Word, `section` and `kind` are null in PDF."""

    page: int | None = None
    section: int | None = None
    kind: PageKind | None = None
    part: str | None = None
    zone: Zone | None = None
    box: Box | None = None
    line: int | None = None


class Line(Noun, frozen=True, gc=False):
    """One line of text as ingest found it: in PDF a printed line, in Word a paragraph or a piece of
    one between line breaks. A tab, or a gap wider than two characters, is kept as a tab.

    `size` is in points, `weight` as in CSS (400 normal, 700 bold), `colour` is RRGGBB in hexadecimal
    digits; `centred` tells whether the line is centred on its page or by its paragraph. `unseen` says
    why a reader does not see it: such a line's zone is `hidden`, that of alternative text `image`.
    `tracked` is true where some of it is an unresolved insertion, move or change of format, `struck`
    where it is struck through.
    """

    text: str
    zone: Zone
    number: int
    part: str | None = None
    box: Box | None = None
    size: float | None = None
    weight: int | None = None
    colour: str | None = None
    centred: bool | None = None
    unseen: Unseen | None = None
    tracked: bool = False
    struck: bool = False


class Page(Noun, frozen=True):
    """A PDF page, or one page kind of a Word section.

    A Word section's body lines belong to its `default` page, its header and footer lines to the page
    kind that shows them. `live` is false for a Word header or footer part that is in the file but
    switched off. `readable` is false when the page shows something but gave no text.
    """

    lines: tuple[Line, ...] = ()
    number: int | None = None
    section: int | None = None
    kind: PageKind | None = None
    width: float | None = None
    height: float | None = None
    live: bool = True
    readable: bool = True

    def locate(self, line: Line) -> Location:
        """The place of `line`, one of this page's lines."""
        return Location(
            page=self.number,
            section=self.section,
            kind=self.kind,
            part=line.part,
            zone=line.zone,
            box=line.box,
            line=line.number,
        )

    def place(self, zone: Zone | None = None) -> Location:
        """The place of the page itself, or of one of its zones, where no line stands."""
        return Location(page=self.number, section=self.section, kind=self.kind, zone=zone)


class Property(Noun, frozen=True):
    """A document property: `source` says where it is kept, as `Info`, `XMP` or a part's name."""

    name: str
    value: str
    source: str


class Label(Noun, frozen=True):
    """A metadata label. `text` is the classification it names, or its identifier where only that is
    stored; `name` is the key that held it, `source` where it is kept. `content_bits` is what a sensitivity
    label says it put on the pages: 1 a header, 2 a footer, 4 a watermark, added up."""

    name: str
    text: str
    source: str
    enabled: bool = True
    content_bits: int = 0
    site: str | None = None


UNKNOWN_CHARACTERS = "unknown-characters"
"""The reason of a Problem where text was read whose characters are not known."""


class Problem(Noun, frozen=True):
    """Something that could not be read. `reason` is a key of the message catalogue's `reasons`,
    `args` fill it. `locations` name the pages or parts; none means the whole document."""

    kind: ProblemKind
    reason: str
    args: dict[str, str] = {}
    locations: tuple[Location, ...] = ()

    @property
    def is_loss(self) -> bool:
        """Whether text may be missing from what was read."""
        return self.kind not in (ProblemKind.active_content, ProblemKind.text_disagrees)


class Document(Noun, frozen=True):
    """What ingest read from one file. `name` is the path as given, or an attachment's own name;
    `lines` are those that stand on no page: bookmarks, page labels, earlier revisions, unused objects."""

    name: str
    media_type: str
    sha256: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    properties: tuple[Property, ...] = ()
    labels: tuple[Label, ...] = ()
    children: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def live_pages(self) -> Iterator[Page]:
        """The pages that a reader can meet."""
        return (page for page in self.pages if page.live)


class Defect(StrEnum):
    """What is wrong with the form of a marking; rules name them by these words."""

    unknown_classification = "unknown-classification"
    retired_classification = "retired-classification"
    not_a_classification = "not-a-classification"
    sensitive_form = "sensitive-form"
    sensitive_above_official = "sensitive-above-official"
    not_capitals = "not-capitals"
    element_order = "element-order"
    separator_form = "separator-form"
    spelling = "spelling"
    caveat_no_nation = "caveat-no-nation"
    caveat_unknown_nation = "caveat-unknown-nation"
    caveat_not_alphabetical = "caveat-not-alphabetical"
    caveat_no_eyes_only = "caveat-no-eyes-only"
    release_no_country = "release-no-country"
    release_unknown_country = "release-unknown-country"
    homoglyph = "homoglyph"
    """Letters of another script stand in for look-alike Latin ones."""
    romanised = "romanised"
    """A Japanese classification in Latin letters only (GOKUHI)."""
    stamp_form = "stamp-form"
    """The stamp's sign or its name (㊙, マル秘) in place of the word."""
    codeword_form = "codeword-form"
    """What stands as a codeword is not one word in capitals."""


class CompanionKind(StrEnum):
    """What a companion of a marking says."""

    registration = "registration"
    copy = "copy"
    page = "page"
    designated = "designated"
    period = "period"
    author = "author"
    embargo = "embargo"
    condition = "condition"
    cancelled = "cancelled"
    completed = "completed"
    exercise = "exercise"
    draft = "draft"


class Companion(Noun, frozen=True):
    """Something that stands with a marking and completes it: a registration or copy number, the period
    of designation, an embargo, a condition of release. `text` is as written but in half width, without its
    label; `date`
    the day that it names (ISO 8601), of a period its last one."""

    kind: CompanionKind
    text: str
    date: str | None = None


class Outcome(StrEnum):
    """What a candidate is taken for: a marking, which is judged; a mention; or neither clearly."""

    marking = "marking"
    doubtful = "doubtful"
    mention = "mention"


class Caveat(Noun, frozen=True):
    """A restriction to nations, as `UK EYES ONLY`: `nations` are country codes, several for a
    community such as FIVE EYES; a nation that no list knows is kept as written."""

    text: str
    nations: tuple[str, ...]


class Marking(Noun, frozen=True):
    """A marking: one country's classification with all that stands with it.

    `classification` is the canonical word of its own standard, `level` its rank there (1 lowest),
    `grade` its rank on one scale for all countries (see `rules/agreements`), by which markings of
    two countries compare. `originator` is the country that the marking itself names as the provider
    (the prefix UK, 日本国, 英国 ...), null where it names none.
    `canonical` is the right form of the same marking; `confidence` runs from 0 to 1, and `outcome` is
    what the candidate is taken for by it.
    """

    text: str
    zone: Zone
    location: Location
    country: str | None
    classification: str | None
    level: int | None
    grade: int | None
    canonical: str
    standard: str | None = None
    originator: str | None = None
    sensitive: bool = False
    portion: bool = False
    handling: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    codewords: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    releasable_to: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()
    nearest: str | None = None
    well_formed: bool = True
    defects: tuple[Defect, ...] = ()
    confidence: float = 1.0
    outcome: Outcome = Outcome.marking
    evidence: tuple[str, ...] = ()

    @property
    def classification_text(self) -> str:
        """The classification alone, as OFFICIAL-SENSITIVE or 極秘; as written where no standard has it."""
        if self.sensitive and self.classification == "OFFICIAL":
            return "OFFICIAL-SENSITIVE"
        return self.classification or self.text


class Exchange(Noun, frozen=True):
    """Whose document it is, for whom, at what stage. Countries are ISO 3166-1 alpha-2 codes.
    `evidence` says what was inferred and from what; empty where all was given."""

    originator: str | None = None
    recipient: str | None = None
    stage: Stage = Stage.outgoing
    evidence: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether both countries are known, or need not be: an internal document goes to no other country."""
        return self.stage is Stage.internal or bool(self.originator and self.recipient)


class Source(Noun, frozen=True):
    """The clause that a rule rests on. `unconfirmed` is kept from the standards' own notes."""

    standard: str
    clause: str
    unconfirmed: bool = False


class Finding(Noun, frozen=True):
    """One discrepancy, with every place where it stands. `message` and `fix` are in the report's
    language, made from `args` and from `keys`, arguments that are texts of the message catalogue
    themselves; `evidence` says what was seen; `suppressed` holds the reason why it does not count, if
    any. `verdict` is what it makes of its document where its severity does not say so."""

    code: str
    name: str
    severity: Severity
    message: str
    fix: str
    locations: tuple[Location, ...]
    source: Source
    fingerprint: str
    args: dict[str, str] = {}
    keys: dict[str, str] = {}
    evidence: tuple[str, ...] = ()
    suppressed: str | None = None
    verdict: Verdict | None = None


class Inference(Noun, frozen=True):
    """Whether something holds for a document as a whole, and what speaks for it."""

    holds: bool = False
    evidence: tuple[str, ...] = ()


class DocumentReport(Noun, frozen=True):
    """What is found on one document: all that crosses the process border. `date` is the day (ISO 8601)
    whose standards were applied, `date_source` where it was taken from, `date_location` where it stands
    if it is the document's own date line. `about_markings`: it is a text about markings, as a policy or
    a guide; `marks_portions`: it marks its paragraphs. `not_asked` are the rules, or whole families, that
    `select` and `ignore` left out; `narrowed`: one of them could have changed the `verdict`."""

    path: str
    sha256: str
    media_type: str
    pages: int
    status: Status
    date: str | None = None
    date_source: str | None = None
    date_location: Location | None = None
    about_markings: Inference = Inference()
    marks_portions: Inference = Inference()
    standards: tuple[str, ...] = ()
    exchange: Exchange = Exchange()
    markings: tuple[Marking, ...] = ()
    findings: tuple[Finding, ...] = ()
    children: tuple[DocumentReport, ...] = ()
    not_asked: tuple[str, ...] = ()
    narrowed: bool = False
    verdict: Verdict = Verdict.not_read

    @property
    def is_unread(self) -> bool:
        """Whether it, or an attachment of it, was not read to its end."""
        return any(one.status in (Status.unreadable, Status.partly_read) for one in self.family())

    def family(self) -> Iterator[DocumentReport]:
        """This report and those of all its children, depth first."""
        yield self
        for child in self.children:
            yield from child.family()


class Inspection(DocumentReport, frozen=True):
    """What `inspect` shows: the report with all candidates, and the text that they were found in.
    `content` are the pages with their lines, `lines` those that stand on no page."""

    content: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    children: tuple[Inspection, ...] = ()


class Picture(Noun, frozen=True):
    """A page drawn, with its zones and markings."""

    png: bytes


class Tool(Noun, frozen=True):
    """The program that made a report."""

    name: str
    version: str


class ConfigurationFile(Noun, frozen=True):
    """A configuration file and the SHA-256 of its content."""

    path: str
    sha256: str


class PolicySummary(Noun, frozen=True):
    """What a report was judged by: a digest of all rules and settings, the standards known, the
    `configuration` file that was applied, if any, and those found among what was checked that were not."""

    digest: str
    standards: tuple[str, ...]
    configuration: ConfigurationFile | None = None
    ignored_configurations: tuple[str, ...] = ()


class Counts(Noun, frozen=True):
    """Findings by severity, suppressed ones left out."""

    error: int = 0
    warning: int = 0
    note: int = 0


class VerdictCounts(Noun, frozen=True):
    """Documents by their verdict, files of a kind that holds no document left out."""

    stop: int = 0
    not_read: int = msgspec.field(name="not-read", default=0)
    review: int = 0
    clear: int = 0


class Summary(Noun, frozen=True):
    """Totals of a run; children's findings count with their parents. `suppressed` findings are
    counted by themselves and nowhere else. `not_checked` are the documents of a run that broke off before
    their turn came, `skipped` system files; neither are among `documents`."""

    documents: int
    findings: Counts
    unreadable: int
    unsupported: int
    suppressed: int = 0
    skipped: int = 0
    not_checked: int = 0
    verdicts: VerdictCounts = VerdictCounts()


class Overview(Noun, frozen=True):
    """What a run comes to. Its `verdict` is the gravest of its documents'. `highest_marking` is the highest
    that its report quotes, in both countries' forms where the Agreement has both. `complete` is false where
    the run broke off."""

    schema_version: str
    tool: Tool
    policy: PolicySummary
    highest_marking: str | None
    summary: Summary
    complete: bool = True
    verdict: Verdict = Verdict.not_read


class Report(Overview, frozen=True, kw_only=True):
    """A whole run, as `--format json` writes it."""

    documents: tuple[DocumentReport, ...]


class SummaryLine(Overview, frozen=True, tag_field="type", tag="summary"):
    """The last line of `--format jsonl`, behind a line for each document."""
