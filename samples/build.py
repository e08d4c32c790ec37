"""Builds samples/exchange: `python samples/build.py [--office]`.

Every document is invented and unclassified; its markings are for exercise. `expected.yaml` says what
Countermark must find in each. The files that LibreOffice made (OFFICE) are kept as they are; with
`--office`, and LibreOffice installed, they are made anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from paper import Part, Sheet, pdf_bytes, save_pdf, save_word

FOLDER = Path(__file__).resolve().parent / "exchange"
UK_OUT, JP_OUT = FOLDER / "outgoing-uk", FOLDER / "outgoing-jp"
JP_IN, UK_IN = FOLDER / "received-jp", FOLDER / "received-uk"

FACE = "EXERCISE DOCUMENT. The contents are invented and unclassified; the markings are for exercise only."
FACE_JA = "演習用文書：内容は架空であり、秘密を含まない。表示は演習のためのものである。"
DATE, DATE_JA = "Date: 12 May 2026", "日付：令和８年５月１２日"
FIELDS_JA = ["登録番号　第１２号", "指定期間：令和１１年３月３１日まで", "２部中第１号"]
LABEL = "MSIP_Label_7c1a90d2-4f5e-4f0b-9a57-0d6f3f5f2b11"

RIG = [
    "The loads at the pylon interface were measured on Rig 7 in four runs. The scatter stays within the band "
    "agreed at the second joint working group, apart from run 3, in which the clamp slipped.",
    "Run 3 is to be repeated before the end of June. The secretary will circulate the revised programme.",
]
PLAN = [
    "The programme runs over eleven weeks. Each side provides one test engineer and keeps its own log; the "
    "logs are compared at the end of every week.",
    "Spares are held at the British site. The loan form lists them by part number.",
]
LETTER = [
    "Please find enclosed the documents listed below, which are provided under the Agreement on the Security "
    "of Information. Kindly confirm receipt to the registry.",
    "The enclosures are official records of the project office and are to be returned or destroyed.",
]
SHIKEN = [
    "第７試験装置において、取付部の荷重を４回測定した。第３回を除き、測定値のばらつきは合意した範囲に収まっている。",
    "第３回については、固定具の緩みが認められたため、６月末までに再試験を行う。日程は事務局秘書が連絡する。",
]
KAIGI = [
    "双方の試験日程を確認した。英国側は第７試験装置の使用期間を一週間延長する。",
    "議事録の送付先は別紙のとおりとする。取扱説明書の改訂版は次回までに配布する。",
]
SOFU = [
    "情報の保護に関する日英協定に基づき、下記の文書を別添のとおり送付する。受領の際は、受領書に署名の上、返送されたい。",
    "本文書の内容は、承認された目的以外に使用してはならない。",
]


def sheet(marking: str, title: str, body: list[str], foot: str | None = None, **more: bool) -> Sheet:
    return Sheet(head=marking, foot=marking if foot is None else foot, title=title, body=body, **more)


def part(marking: str, body: list[str], foot: str | None = None, **more: object) -> Part:
    return Part(head=marking, foot=marking if foot is None else foot, body=body, **more)  # type: ignore[arg-type]


def english(body: list[str]) -> list[str]:
    return [DATE, "Copy 1 of 2", FACE, *body]


def japanese(body: list[str]) -> list[str]:
    return [DATE_JA, *FIELDS_JA, FACE_JA, *body]


def outgoing_uk() -> None:
    """British documents on their way to Japan."""
    jp_uk = "UK SECRET - JP/UK EYES ONLY"
    save_pdf(
        UK_OUT / "minutes-joint-working-group.pdf",
        [
            sheet(jp_uk, "Minutes of the joint working group", english(PLAN)),
            sheet(jp_uk, "Actions", RIG),
            sheet(jp_uk, "Annex A: programme", PLAN, wide=True),
        ],
        turned={2: 90},
    )
    save_word(
        UK_OUT / "interface-control-extract.docx",
        "Interface control document (extract)",
        [
            part("UK OFFICIAL-SENSITIVE", english(RIG), first="UK OFFICIAL-SENSITIVE"),
            part("UK OFFICIAL-SENSITIVE", PLAN, wide=True, table=True),
            part("UK OFFICIAL-SENSITIVE", RIG, box=True),
        ],
    )
    simple_uk()
    several_pages_uk()
    marked_inside_uk()
    attachments_uk()


def simple_uk() -> None:
    """One marking throughout, mostly wrong."""
    for name, marking, title, body in (
        ("trials-programme.pdf", "SECRET", "Trials programme", PLAN),
        ("loan-form.pdf", "UK RESTRICTED", "Loan form for test equipment", LETTER),
        ("technical-note-14.pdf", "UK SECRET - UK/JP EYES ONLY", "Technical note 14", RIG),
        ("test-report-rig-7.pdf", "UK OFFICIAL-SENSITIVE - JP/UK EYES ONLY", "Test report, Rig 7", RIG),
        ("weekly-report.pdf", "UK Secret", "Weekly report", PLAN),
        ("release-statement.pdf", "UK SECRET - RELEASABLE TO", "Statement of release", LETTER),
        ("glossary.pdf", "", "Glossary of the project", ["The plans are kept secret by each side.", *LETTER]),
    ):
        save_pdf(UK_OUT / name, [sheet(marking, title, english(body)), sheet(marking, "Continued", PLAN)])
    for name, marking, title, body in (
        ("risk-register.docx", "UK OFFICIAL SENSITIVE", "Risk register", PLAN),
        ("safety-case-summary.docx", "UK SECRET-SENSITIVE", "Safety case (summary)", RIG),
        ("threat-summary.docx", "UK MOST SECRET", "Summary for the visit", PLAN),
        ("supplier-assessment.docx", "UK SECRET - UK EYES ONLY", "Assessment of suppliers", PLAN),
        (
            "distribution-list.docx",
            "UK SECRET - JP/UK EYES ONLY - RECIPIENTS ONLY",
            "Distribution list",
            LETTER,
        ),
        ("licence-note.docx", "UK SECRET JP/UK EYES ONLY", "Note on licences", LETTER),
    ):
        save_word(UK_OUT / name, title, [part(marking, english(body))])


def several_pages_uk() -> None:
    """Pages that do not agree, or that lost their marking."""
    secret = "UK SECRET"
    save_pdf(
        UK_OUT / "drawing-list.pdf",
        [
            sheet(secret, "Drawing list", english(PLAN)),
            sheet("", "Sheet 2", PLAN, foot=secret, wide=True),
            sheet(secret, "Sheet 3", RIG),
        ],
    )
    save_pdf(
        UK_OUT / "maintenance-schedule.pdf",
        [sheet(secret, "Maintenance schedule", english(PLAN)), sheet(secret, "Continued", RIG, foot="")],
    )
    save_pdf(
        UK_OUT / "change-proposal.pdf",
        [sheet(secret, "Change proposal 31", english(RIG), foot="UK OFFICIAL-SENSITIVE")],
    )
    save_pdf(
        UK_OUT / "flight-test-plan.pdf",
        [sheet(secret, "Flight test plan", english(PLAN)), sheet("UK TOP SECRET", "Annex B", RIG)],
    )
    save_pdf(
        UK_OUT / "progress-slides.pdf",
        [
            sheet(secret, "Progress", english(PLAN), wide=True),
            sheet("UK OFFICIAL", "Outlook", PLAN, wide=True),
        ],
    )
    save_pdf(
        UK_OUT / "calibration-certificate.pdf",
        [sheet(secret, "Calibration certificate", english(RIG)), Sheet(scanned=True)],
    )


def marked_inside_uk() -> None:
    """What stands inside the document, or hidden in the file, says otherwise."""
    portions = ["(UK O) The programme is unchanged.", "(UK S) The load limit was exceeded in run 3."]
    save_pdf(
        UK_OUT / "interface-data.pdf",
        [
            sheet("UK SECRET", "Interface data", english(["(UK S) The data of all runs follow.", *PLAN])),
            sheet("UK OFFICIAL", "Data of run 3", portions),
        ],
    )
    save_word(
        UK_OUT / "meeting-notes.docx",
        "Notes of the meeting",
        [part("UK SECRET", english(PLAN), first_off="UK OFFICIAL")],
    )
    save_word(
        UK_OUT / "software-release-note.docx",
        "Software release note",
        [part("UK SECRET", english(RIG))],
        custom={f"{LABEL}_Enabled": "true", f"{LABEL}_Name": "UK OFFICIAL", f"{LABEL}_ContentBits": "3"},
    )


def attachments_uk() -> None:
    """PDFs that carry others."""
    unmarked = pdf_bytes([sheet("", "Table of results", [FACE, *RIG])])
    higher = pdf_bytes([sheet("UK TOP SECRET", "Assessment", [FACE, *RIG])])
    body = english(LETTER)
    save_pdf(
        UK_OUT / "data-pack-1.pdf",
        [sheet("UK SECRET", "Data pack 1", body)],
        attached={"results.pdf": unmarked},
    )
    save_pdf(
        UK_OUT / "data-pack-2.pdf", [sheet("UK SECRET", "Data pack 2", body)], attached={"annex.pdf": higher}
    )


def outgoing_jp() -> None:
    """Japanese documents on their way to Britain."""
    for name, marking, title, body in (
        ("会議議事録.pdf", "日本国　極秘", "第３回合同作業部会議事録", KAIGI),
        ("整備記録.pdf", "日本国　極密", "整備記録", SHIKEN),
        ("連絡票.pdf", "取　扱　注　意", "連絡票", SOFU),
        ("合同試験計画.pdf", "日本国 極秘 / UK TOP SECRET", "合同試験計画", KAIGI),
    ):
        save_pdf(JP_OUT / name, [sheet(marking, title, japanese(body)), sheet(marking, "続き", KAIGI)])
    save_pdf(
        JP_OUT / "性能評価書.pdf",
        [sheet("日本国\n特定秘密", "性能評価書", japanese(SHIKEN), framed=True)],
    )
    for name, marking, title, body in (
        ("仕様書抜粋.docx", "日本国\n極　秘", "仕様書（抜粋）", SHIKEN),
        ("送付書.docx", "極　秘", "送付書", SOFU),
        ("覚書.docx", "日本国　防衛秘密", "覚書", SOFU),
    ):
        save_word(JP_OUT / name, title, [part(marking, japanese(body))])


def received() -> None:
    """Documents marked by the side that received them."""
    for name, marking, title in (
        ("uk-minutes.pdf", "UK SECRET / 極秘", "Minutes of the joint working group"),
        ("uk-drawing-list.pdf", "UK SECRET", "Drawing list"),
    ):
        save_pdf(JP_IN / name, [sheet(marking, title, english(PLAN)), sheet(marking, "Continued", RIG)])
    for name, marking, title in (
        ("uk-test-data.docx", "UK SECRET\n英国　極秘", "Test data"),
        ("uk-analysis.docx", "UK SECRET / 秘", "Analysis of run 3"),
    ):
        save_word(JP_IN / name, title, [part(marking, english(RIG))])
    marking = "日本国 極秘 / UK SECRET"
    save_pdf(UK_IN / "jp-minutes.pdf", [sheet(marking, "第３回合同作業部会議事録", japanese(KAIGI))])


OFFICE = {
    "covering-letter.pdf": ("pdf", "UK SECRET - RELEASABLE TO JAPAN", "Covering letter", english(LETTER)),
    "requirements.docx": ("docx", "UK OFFICIAL-SENSITIVE", "Requirements (extract)", english(RIG)),
    "work-breakdown.docx": ("docx", "UK SECRET - JP/UK EYES ONLY", "Work breakdown", english(PLAN)),
    "試験報告書.pdf": ("pdf", "日本国　極秘", "試験報告書", japanese(SHIKEN)),
    "実施要領.pdf": ("pdf", "極　秘", "試験実施要領", japanese(KAIGI)),
    "jp-specification.pdf": ("pdf", "日本国 極秘 / UK SECRET", "仕様書（抜粋）", japanese(SHIKEN)),
}


def office() -> None:
    """The files of LibreOffice's own making: Word files that it saved, PDFs that it exported, tagged."""
    filters = {
        "pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
        "docx": "docx:MS Word 2007 XML",
    }
    for name, (kind, marking, title, body) in OFFICE.items():
        folder = UK_IN if name.startswith("jp-") else UK_OUT if name.isascii() else JP_OUT
        with tempfile.TemporaryDirectory() as made:
            source = Path(made) / "in" / f"{Path(name).stem}.docx"
            source.parent.mkdir()
            save_word(
                source,
                title,
                [
                    part(marking, body, foot=f"{marking}\nPage 1 of 2"),
                    part(marking, body[-2:], foot=f"{marking}\nPage 2 of 2", wide=True),
                ],
            )
            command = ["soffice", "--headless", "--convert-to", filters[kind], "--outdir", made, str(source)]
            subprocess.run(command, check=True, capture_output=True)
            shutil.copy(Path(made) / name, folder / name)


def main() -> None:
    for folder in (UK_OUT, JP_OUT, JP_IN, UK_IN):
        folder.mkdir(parents=True, exist_ok=True)
    outgoing_uk()
    outgoing_jp()
    received()
    if "--office" in sys.argv[1:]:
        office()


if __name__ == "__main__":
    main()
