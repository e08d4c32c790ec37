"""A small report made by hand, with every form that a renderer has to show."""

from __future__ import annotations

from functools import cache

from countermark.config.policy import load_policy
from countermark.model import (
    SCHEMA_VERSION,
    Box,
    Counts,
    DocumentReport,
    Evidence,
    Exchange,
    Finding,
    Inference,
    Location,
    Marking,
    PageKind,
    PolicySummary,
    Report,
    Severity,
    Source,
    Stage,
    Status,
    Summary,
    Tool,
    Verdict,
    VerdictCounts,
    Zone,
)
from countermark.model.verdict import with_verdict
from countermark.reporting.formats.registry import ReportFormat, renderer
from countermark.reporting.summary import ReportInput
from countermark.rules.rule import Rule

HOSTILE = "UK [red]SECRET[/red]\x1b[31m\u202e\u200b\n- EYES"
"""Text of a document that tries to act on the terminal."""

MESSAGES = {
    "en": {
        "DOC002": (
            "No classification stands at the head of the page.",
            "Put the document's marking at the head of each page.",
        ),
        "UK003": (f"“{HOSTILE}” is not the form.", "Write UK OFFICIAL-SENSITIVE."),
        "DOC010": ("The attachment “別紙.docx” carries no marking.", "Mark the attachment."),
        "READ001": ("Cannot be read: the file is empty.", "Obtain an intact copy."),
    },
    "ja": {
        "DOC002": ("ページの上部に秘密区分の表示がない。", "各ページの上部に秘密区分を表示すること。"),
        "UK003": (f"「{HOSTILE}」は正しい表記ではない。", "UK OFFICIAL-SENSITIVEと表記すること。"),
        "DOC010": ("添付「別紙.docx」に表示がない。", "添付にも表示を付すこと。"),
        "READ001": ("読取り不可：ファイルが空である。", "破損のない写しを入手すること。"),
    },
}


ARGS = {
    "DOC002": {"foot_text": "UK SECRET", "expected": "UK SECRET"},
    "UK003": {"text": HOSTILE, "right_form": "UK OFFICIAL-SENSITIVE"},
    "DOC010": {"name": "別紙.docx"},
}
KEYS = {
    "READ001": {"reason": "reasons.empty"},
    "DOC002": {"cause": "causes.none"},
    "UK003": {"write": "right_forms.known"},
}


def finding(
    code: str, name: str, severity: Severity, lang: str, *locations: Location, evidence: tuple[str, ...] = ()
) -> Finding:
    message, fix = MESSAGES[lang][code]
    return Finding(
        code=code,
        name=name,
        severity=severity,
        message=message,
        fix=fix,
        locations=locations,
        source=Source(standard="uk/gscp-2024", clause="para 4", unconfirmed=code == "DOC002"),
        fingerprint=code.lower() * 8,
        args=ARGS.get(code, {}),
        keys=KEYS.get(code, {}),
        evidence=evidence,
        verdict=Verdict.not_read if code == "READ001" else None,
    )


def marking(text: str, classification: str, grade: int, location: Location) -> Marking:
    return Marking(
        text=text,
        zone=Zone.header,
        location=location,
        country="GB",
        classification=classification,
        level=grade,
        grade=grade,
        canonical=text,
        standard="uk/gscp-2024",
        confidence=0.93,
        evidence=(Evidence.header, Evidence.whole_line),
    )


def pdf(lang: str) -> DocumentReport:
    head = Location(page=1, zone=Zone.header, box=Box(200.0, 20.0, 395.0, 34.5), line=1)
    pages = [Location(page=number, zone=Zone.header) for number in (3, 7, 8, 9)]
    return DocumentReport(
        path="docs/plan.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        pages=9,
        status=Status.partly_read,
        date="2026-11-05",
        date_source="date-line",
        standards=("jp/administrative-secret", "uk/gscp-2024"),
        date_location=Location(page=1, zone=Zone.body, line=4),
        date_text="5 November 2026",
        about_markings=Inference(holds=True, evidence=(Evidence.many_tiers, Evidence.title_about_markings)),
        exchange=Exchange(
            originator="GB", recipient="JP", evidence=(Evidence.marking_names_country, Evidence.stage_assumed)
        ),
        markings=(marking("UK OFFICIAL", "OFFICIAL", 1, head), marking("UK SECRET", "SECRET", 4, head)),
        findings=(
            finding("DOC002", "page-header-missing", Severity.error, lang, *pages),
            finding("UK003", "sensitive-form", Severity.warning, lang, head, evidence=(HOSTILE, "UK O-S")),
        ),
    )


def word(lang: str) -> DocumentReport:
    places = (
        Location(section=2, kind=PageKind.first, part="word/footer3.xml", zone=Zone.footer),
        Location(section=2, kind=PageKind.default, part="word/footer1.xml", zone=Zone.footer),
        Location(section=3, kind=PageKind.default, part="word/footer1.xml", zone=Zone.footer),
    )
    child = DocumentReport(
        path="別紙.docx",
        sha256="1" * 64,
        media_type="application/pdf",
        pages=1,
        status=Status.checked,
        exchange=Exchange(originator="JP", recipient="GB", stage=Stage.received),
    )
    return DocumentReport(
        path="docs/計画.docx",
        sha256="2" * 64,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        pages=3,
        status=Status.checked,
        date="2026-11-24",
        date_source="today",
        exchange=Exchange(originator="JP", recipient="GB", stage=Stage.received),
        findings=(
            finding("DOC010", "child-unmarked", Severity.note, lang, *places),
            finding("DOC002", "page-header-missing", Severity.error, lang),
        ),
        children=(child,),
    )


@cache
def _rules() -> tuple[Rule, ...]:
    return load_policy().rules


def sample_run(lang: str, fail_on: str = "error", report: Report | None = None) -> ReportInput:
    """The sample report, or another one, as the forms take it."""
    whole = report or sample_report(lang)
    return ReportInput(whole, whole.documents, lang, fail_on, _rules())


def rendered(form: ReportFormat, run: ReportInput) -> bytes:
    return b"".join(renderer(form)(run))


def sample_report(lang: str) -> Report:
    """A PDF with findings, a Word file with an attachment, a document without findings and one that
    could not be read; findings speak `lang`."""
    exchange = Exchange(
        originator="GB", recipient="JP", evidence=(Evidence.letterhead, Evidence.stage_assumed)
    )
    clean = DocumentReport(
        path="good.pdf",
        sha256="3" * 64,
        media_type="",
        pages=1,
        status=Status.checked,
        standards=("uk/gscp-2024",),
        exchange=exchange,
    )
    broken = DocumentReport(
        path="empty.pdf",
        sha256="",
        media_type="",
        pages=0,
        status=Status.unreadable,
        date="2026-11-24",
        date_source="today",
        findings=(finding("READ001", "unreadable", Severity.error, lang),),
    )
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="countermark", version="0.0.0"),
        policy=PolicySummary(digest="4" * 64, standards=("uk/gscp-2024",)),
        highest_marking="SECRET",
        summary=Summary(
            documents=4,
            findings=Counts(error=3, warning=1, note=1),
            unreadable=2,
            unsupported=0,
            verdicts=VerdictCounts(stop=2, not_read=1, clear=1),
        ),
        verdict=Verdict.stop,
        documents=tuple(with_verdict(one) for one in (pdf(lang), word(lang), clean, broken)),
    )
