"""Messages as mail programs, mobile carriers and gateways make them: what a person sees is what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Unseen, Zone
from support.messages import attachment, lines, message, multipart, names, opened, part, reasons

if TYPE_CHECKING:
    from countermark.model import Document

JAPANESE = "極秘\n\n計画について、関係者に示す。\n\n極秘\n"
TEXT = "UK SECRET\n\nThe plan follows.\n\nUK SECRET\n"
HTML = "<p>UK SECRET</p><p>The plan follows.</p><p>UK SECRET</p>"
NOTICES = (
    "CONFIDENTIAL: this e-mail and any attachments may be privileged.",
    "This email is intended for the addressee only. If you have received it in error, delete it.",
    "Sent from my iPhone",
    "Get Outlook for iOS",
    "本メールには機密情報が含まれる場合があります。",
    "iPhoneから送信",
)
SIGNATURES = (
    "-- \nJ. Smith\nMinistry of Examples",
    "――――――――――\n防衛省　山田太郎\n――――――――――",
    "----------\nYamada",
)


def text_of(data: bytes, zone: Zone = Zone.header, content_type: str = "text/plain") -> list[str]:
    return lines(opened(message(data, content_type=content_type), "mail.eml"), zone)


def hidden(document: Document) -> list[tuple[str, Unseen | None]]:
    return [(line.text, line.unseen) for page in document.pages for line in page.lines if line.unseen]


@pytest.mark.parametrize("label", ["", "us-ascii", "utf-8", "iso-8859-1", "shift_jis", "iso-2022-jp"])
@pytest.mark.parametrize("encoding", ["iso2022_jp", "cp932", "euc_jp", "utf-8"])
def test_japanese_text_is_read_whatever_charset_it_names(label: str, encoding: str) -> None:
    content_type = f"text/plain; charset={label}" if label else "text/plain"
    assert text_of(JAPANESE.encode(encoding), content_type=content_type) == ["極秘"]


@given(st.text("éèüöäßçñÉÜ abcdefgh", min_size=3, max_size=40))
def test_western_text_without_a_label_stays_western(text: str) -> None:
    text = f"Protokoll {text} und weiter"
    assert text_of(text.encode("cp1252"), content_type="text/plain; charset=iso-8859-1") == [text.rstrip()]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"\x1b$B6KHk\x1b(B\r\n\r\n\x1b$B7W2h\x75\x41\x1b(B", ["極秘"]),
        ("極秘\n\n計画について、関係者に示す".encode("cp932") + b"\xfc\xfc", ["極秘"]),
    ],
)
def test_characters_that_no_charset_has_cost_themselves_only_and_are_said(
    data: bytes, shown: list[str]
) -> None:
    charset = "iso-2022-jp" if data.isascii() else "shift_jis"
    document = opened(message(data, content_type=f"text/plain; charset={charset}"), "mail.eml")
    assert lines(document, Zone.header) == shown
    assert reasons(document) == {"mail-charset"}


def test_a_line_that_its_program_cut_within_a_character_costs_no_other() -> None:
    data = b"\x1b$B6KHk\x1b(B\n\n\x1b$B7W\n\nUK SECRET\n"
    assert text_of(data, Zone.footer, "text/plain; charset=iso-2022-jp") == ["UK SECRET"]


@pytest.mark.parametrize("encoding", ["iso2022_jp", "cp932", "euc_jp", "utf-8"])
def test_a_subject_that_is_not_encoded_is_read(encoding: str) -> None:
    data = b"From: a@b\r\nSubject: " + "【極秘】計画の件".encode(encoding) + b"\r\n\r\nText"
    assert lines(opened(data, "mail.eml"), Zone.subject) == ["【極秘】計画の件"]


@pytest.mark.parametrize(
    ("parameters", "text", "head"),
    [
        ("format=flowed", "UK OFFICIAL-SENSITIVE \nCOMMERCIAL\n\nText", "UK OFFICIAL-SENSITIVE COMMERCIAL"),
        ("format=flowed; delsp=yes", "UK OFFICIAL- \nSENSITIVE\n\nText", "UK OFFICIAL-SENSITIVE"),
        ("format=flowed", " UK SECRET\n\nText", "UK SECRET"),
        ("format=fixed", "UK SECRET \nCOPY 1\n\nText", "UK SECRET"),
    ],
)
def test_flowed_text_is_put_together(parameters: str, text: str, head: str) -> None:
    assert text_of(text.encode(), content_type=f"text/plain; {parameters}")[0] == head


def test_flowed_text_ends_at_a_signature_and_at_quotations() -> None:
    text = "> older \n> text\nnew \n-- \nJ. Smith"
    document = opened(message(text, content_type="text/plain; format=flowed"), "mail.eml")
    assert lines(document)[:3] == ["older text", "new", "--"]


def test_what_signs_a_text_in_plain_sight_is_no_part_of_it() -> None:
    text = (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{TEXT.replace('The', '- - The')}"
        "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n"
    )
    assert lines(opened(message(text), "mail.eml")) == ["UK SECRET", "- The plan follows.", "UK SECRET"]


def test_enriched_text_is_read_without_its_commands() -> None:
    text = "<bold>UK\nSECRET</bold>\n\n<fontfamily><param>Times</param>1 << 2</fontfamily>"
    assert text_of(text.encode(), content_type="text/enriched") == ["UK SECRET"]
    assert text_of(text.encode(), Zone.footer, "text/enriched") == ["1 < 2"]


@pytest.mark.parametrize("content_type", ["text/x-amp-html", "text/watch-html", "text/plain"])
def test_alternatives_that_say_more_than_the_html_are_judged_too(content_type: str) -> None:
    other = "UK TOP SECRET" if content_type == "text/plain" else "<p>UK TOP SECRET</p>"
    document = opened(
        multipart(part(other, content_type), part(HTML, "text/html"), subtype="alternative"), "a.eml"
    )
    assert hidden(document) == [("UK TOP SECRET", Unseen.replacement)]
    assert not document.children


def test_an_invitation_is_read_beside_the_text_and_as_a_file() -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:UK SECRET - meet\r\n ing\r\n"
        "DESCRIPTION:UK SECRET\\n\\nAs agreed\\, in room 1.\\n\\nUK SECRET\r\n"
        'ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME="plan.txt":VUsgU0VDUkVU\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    )
    alone = opened(calendar.encode(), "invite.ics")
    assert lines(alone, Zone.subject, Zone.header, Zone.footer) == [
        "UK SECRET - meeting",
        "UK SECRET",
        "UK SECRET",
    ]
    assert names(alone) == ["plan.txt"]
    parts = (part(HTML, "text/html"), part(calendar, "text/calendar; method=REQUEST"))
    document = opened(multipart(*parts, subtype="alternative"), "mail.eml")
    assert hidden(document) == [
        ("UK SECRET - meeting", Unseen.replacement),
        ("As agreed, in room 1.", Unseen.replacement),
    ]


def test_a_second_subject_is_read_too() -> None:
    data = b"Subject: UK SECRET - a\r\nSubject: UK TOP SECRET - b\r\nFrom: a@b\r\n\r\nText"
    assert hidden(opened(data, "mail.eml")) == [("UK TOP SECRET - b", Unseen.hidden)]


@pytest.mark.parametrize("name", ["content-type", "Content-Transfer-Encoding"])
def test_a_header_that_contradicts_itself_is_said(name: str) -> None:
    data = message("Text", headers=f"{name}: text/html\r\n{name}: 8bit\r\n")
    assert "mail-structure" in reasons(opened(data, "mail.eml"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (part("Subject: a\r\n\r\nText", "message/partial; number=1; total=2"), "mail-partial"),
        (
            part("Content-Type: application/pdf\r\n\r\n", "message/external-body; access-type=url"),
            "mail-reference",
        ),
        (part("-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----"), "encrypted-mail"),
    ],
)
def test_what_does_not_come_with_the_message_is_said(data: bytes, reason: str) -> None:
    assert reasons(opened(multipart(part(TEXT), data), "mail.eml")) == {reason}


@pytest.mark.parametrize(
    "content_type", ["message/delivery-status", "message/disposition-notification", "message/feedback-report"]
)
def test_reports_of_mail_programs_are_text_of_the_message(content_type: str) -> None:
    report = multipart(part("Not delivered."), part("Action: failed", content_type), subtype="report")
    document = opened(report, "mail.eml")
    assert lines(document) == ["Not delivered.", "Action: failed"]
    assert not document.children


def test_messages_in_a_digest_and_in_five_others_are_read() -> None:
    digest = multipart(*(b"\r\n" + message(TEXT, name) for name in "ab"), subtype="digest")
    assert [lines(child, Zone.subject) for child in opened(digest, "mail.eml").children] == [["a"], ["b"]]
    nested = message(TEXT, "UK SECRET - innermost")
    for _ in range(5):
        nested = message(nested, content_type="message/rfc822")
    document = opened(nested, "mail.eml")
    while document.children:
        [document] = document.children
    assert lines(document, Zone.subject) == ["UK SECRET - innermost"]
    assert not reasons(opened(nested, "mail.eml"))


def test_files_of_apple_mail_are_read_to_the_end_of_the_message() -> None:
    data = message(TEXT, "UK SECRET - a")
    file = str(len(data)).encode() + b"\n" + data + b'<?xml version="1.0"?><plist><dict/></plist>'
    assert lines(opened(file, "1.emlx")) == lines(opened(data, "1.eml"))
    fork = part(b"\x00\x05\x16\x07\x00\x02\x00\x00" + bytes(80), "application/applefile; name=plan.pdf")
    double = multipart(fork, part(TEXT, "text/plain; name=plan.txt"), subtype="appledouble")
    assert not reasons(opened(double, "mail.eml"))


def test_a_signed_message_that_outlook_keeps_as_a_file_is_read() -> None:
    signed = multipart(part(TEXT), part(b"0\x82\x01\x00", "application/pkcs7-signature"), subtype="signed")
    assert lines(opened(signed, "smime.p7m"), Zone.header, Zone.footer) == ["UK SECRET"] * 2


@pytest.mark.parametrize("added", [*NOTICES, *SIGNATURES])
def test_the_foot_of_a_message_is_above_what_is_added_to_it(added: str) -> None:
    document = opened(message(f"{TEXT}\n{added}\n"), "mail.eml")
    assert lines(document, Zone.header) == ["UK SECRET"]
    assert "UK SECRET" in lines(document, Zone.footer)
    below = opened(message(f"Text\n\n{added}\n\nUK SECRET\n"), "mail.eml")
    assert "UK SECRET" in lines(below, Zone.footer)


def test_the_head_of_a_message_is_below_the_notice_of_a_gateway() -> None:
    notice = "CAUTION: This email originated from outside the organisation."
    assert "UK SECRET" in text_of(f"{notice}\n\n{TEXT}".encode())


def test_a_message_that_is_nothing_but_notices_has_a_head() -> None:
    assert text_of(NOTICES[0].encode()) == [NOTICES[0]]


def test_parts_that_follow_one_another_are_apart() -> None:
    document = opened(multipart(part("UK SECRET"), attachment(b"x", "a.bin"), part("The plan")), "mail.eml")
    assert (lines(document, Zone.header), lines(document, Zone.footer)) == (["UK SECRET"], ["The plan"])
