"""The nouns: what every stage takes and gives.

All are frozen and typed, and travel between processes as they are. Their field names are the
published JSON form (`countermark schema`), so a change here is a change of that form.

Coordinates are PDF points (1/72 inch) on the page as a person sees it, after crop and rotation:
the origin is the top left corner, x grows to the right, y downwards. Pages, sections and lines
count from 1.
"""

from countermark.model.document import (
    Document,
    Label,
    Line,
    Page,
    Problem,
    ProblemKind,
    Property,
    Unseen,
)
from countermark.model.enclosure import CopyNumber, Enclosure, EnclosureList, Identity
from countermark.model.evidence import Evidence
from countermark.model.marking import Caveat, Companion, CompanionKind, Defect, Marking, Outcome
from countermark.model.place import (
    HEADER_FOOTER,
    MARKED_ZONES,
    Box,
    Location,
    Noun,
    PageKey,
    PageKind,
    Zone,
)
from countermark.model.reason import Reason
from countermark.model.report import (
    SCHEMA_VERSION,
    WITHIN,
    ConfigurationFile,
    Counts,
    DocumentReport,
    Exchange,
    Finding,
    Inference,
    Inspection,
    Overview,
    Picture,
    PolicySummary,
    Report,
    Severity,
    Source,
    Stage,
    Status,
    Summary,
    SummaryLine,
    Tool,
    Verdict,
    VerdictCounts,
)

__all__ = [
    "HEADER_FOOTER",
    "MARKED_ZONES",
    "SCHEMA_VERSION",
    "WITHIN",
    "Box",
    "Caveat",
    "Companion",
    "CompanionKind",
    "ConfigurationFile",
    "CopyNumber",
    "Counts",
    "Defect",
    "Document",
    "DocumentReport",
    "Enclosure",
    "EnclosureList",
    "Evidence",
    "Exchange",
    "Finding",
    "Identity",
    "Inference",
    "Inspection",
    "Label",
    "Line",
    "Location",
    "Marking",
    "Noun",
    "Outcome",
    "Overview",
    "Page",
    "PageKey",
    "PageKind",
    "Picture",
    "PolicySummary",
    "Problem",
    "ProblemKind",
    "Property",
    "Reason",
    "Report",
    "Severity",
    "Source",
    "Stage",
    "Status",
    "Summary",
    "SummaryLine",
    "Tool",
    "Unseen",
    "Verdict",
    "VerdictCounts",
    "Zone",
]
