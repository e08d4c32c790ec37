"""What is found on documents and what a run comes to: findings, verdicts, reports."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from countermark.model.document import Line, Page
from countermark.model.enclosure import Identity
from countermark.model.evidence import Evidence
from countermark.model.marking import Marking
from countermark.model.place import Location, Noun

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = "2"
WITHIN = " > "
"""What stands between the names of files that lie in one another: `mail.eml > docs.zip > annex-b.docx`."""


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


class Exchange(Noun, frozen=True):
    """Whose document it is, for whom, at what stage.

    Countries are ISO 3166-1 alpha-2 codes. `evidence` says what was inferred and from what; empty where
    all was given.
    """

    originator: str | None = None
    recipient: str | None = None
    stage: Stage = Stage.outgoing
    evidence: tuple[Evidence, ...] = ()

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
    """One discrepancy, with every place where it is.

    `message` and `fix` are in the report's language, made from `args` and from `keys`, arguments that are
    texts of the message catalogue themselves; `evidence` says what was seen; `suppressed` holds the
    reason why it does not count, if any. `verdict` is what it makes of its document where its severity
    does not say so.
    """

    code: str
    name: str
    severity: Severity
    message: str
    fix: str
    locations: tuple[Location, ...]
    source: Source
    fingerprint: str
    args: dict[str, str] = {}  # noqa: RUF012  (msgspec copies it)
    keys: dict[str, str] = {}  # noqa: RUF012
    evidence: tuple[str, ...] = ()
    suppressed: str | None = None
    verdict: Verdict | None = None


class Inference(Noun, frozen=True):
    """Whether something holds for a document as a whole, and what speaks for it."""

    holds: bool = False
    evidence: tuple[Evidence, ...] = ()


class DocumentReport(Noun, frozen=True):
    """What is found on one document: all that crosses the process border.

    `date` is the day (ISO 8601) whose standards were applied, `date_source` where it was taken from,
    `date_location` and `date_text` where it is and how it is written there. `about_markings`: it is a text
    about markings, as a policy or a guide; `marks_portions`: it marks its paragraphs. `not_asked` are the
    rules, or whole families, that `select` and `ignore` left out; `narrowed`: one of them could have
    changed the `verdict`. `identity`, by which covering letters are compared with their enclosures, is only
    there on the way of a run: no report has it.
    """

    path: str
    sha256: str
    media_type: str
    pages: int
    status: Status
    date: str | None = None
    date_source: str | None = None
    date_location: Location | None = None
    date_text: str = ""
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
    identity: Identity | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_unread(self) -> bool:
        """Whether it, or an attachment of it, was not read to its end."""
        return any(member.status in (Status.unreadable, Status.partly_read) for member in self.family())

    def family(self) -> Iterator[DocumentReport]:
        """Yield this report and those of all its children, depth first."""
        yield self
        for child in self.children:
            yield from child.family()


class Inspection(DocumentReport, frozen=True):
    """What `inspect` shows: the report with all candidates, and the text that they were found in.

    `content` are the pages with their lines, `lines` those that stand on no page.
    """

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
    """What a report was judged by.

    A digest of all rules and settings, the standards known, the `configuration` file that was applied, if
    any, and those found among what was checked that were not.
    """

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
    """Totals of a run; children's findings count with their parents.

    `suppressed` findings are counted by themselves and nowhere else. `not_checked` are the documents of a
    run that broke off before their turn came, `skipped` system files; neither are among `documents`.
    """

    documents: int
    findings: Counts
    unreadable: int
    unsupported: int
    suppressed: int = 0
    skipped: int = 0
    not_checked: int = 0
    verdicts: VerdictCounts = VerdictCounts()


class Overview(Noun, frozen=True):
    """What a run comes to.

    Its `verdict` is the gravest of its documents'. `highest_marking` is the highest that its report
    quotes, in both countries' forms where the Agreement has both. `complete` is false where the run broke
    off.
    """

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
