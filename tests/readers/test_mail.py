"""Messages: subject, body, labels and attachments, in whatever charset and however damaged."""

from __future__ import annotations

import base64
from email.header import Header
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import ProblemKind, Unseen, Zone
from countermark.support.limits import Limits
from support.messages import attachment, lines, message, multipart, names, opened, part, reasons

SEEN = (Zone.subject, Zone.header, Zone.body, Zone.footer)
WORDS = st.text(st.characters(codec="cp932", categories=("L", "N")), min_size=1, max_size=40)


def test_the_subject_the_head_and_the_foot_are_zones_of_their_own() -> None:
    body = "UK SECRET\nREL JAPAN\n\nDear all,\nthe plan follows.\n\nUK SECRET\n"
    document = opened(message(body, "RE: FW: UK SECRET - Plan"), "mail.eml")
    assert lines(document, Zone.subject) == ["UK SECRET - Plan"]
    assert lines(document, Zone.header) == ["UK SECRET", "REL JAPAN"]
    assert lines(document, Zone.footer) == ["UK SECRET"]
    assert lines(document, Zone.body) == ["Dear all,", "the plan follows."]
    assert document.media_type == "message/rfc822"


@pytest.mark.parametrize(
    "earlier",
    [
        "-----Original Message-----\nFrom: b@example.org\n",
        "From: b@example.org\nSent: 1 May 2026\nTo: a@example.org\n",
        "差出人: b@example.org\n件名: 計画\n",
        "On 1 May 2026 B wrote:\n> Hello\n",
    ],
)
def test_earlier_mail_below_the_text_is_body(earlier: str) -> None:
    body = f"Thank you.\n\nUK SECRET\n\n{earlier}\nUK OFFICIAL\n"
    document = opened(message(body), "mail.eml")
    assert lines(document, Zone.footer) == ["UK SECRET"]
    assert "UK OFFICIAL" in lines(document, Zone.body)


@given(WORDS, st.sampled_from(["utf-8", "shift_jis", "cp932", "iso-2022-jp", "euc-jp", None]))
def test_text_is_read_in_its_charset_or_without_one(text: str, charset: str | None) -> None:
    try:
        data = ("秘密" + text).encode(charset or "utf-8")
    except UnicodeEncodeError:
        return
    named = f"; charset={charset}" if charset else ""
    document = opened(message(data, content_type=f"text/plain{named}"), "mail.eml")
    assert lines(document, Zone.header) == ["秘密" + text]


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("①㈱髙".encode("cp932"), "shift_jis"),
        (b"\x1b$B\x2d\x21\x2d\x6a\x7c\x71\x1b(B", "iso-2022-jp"),
        ("①㈱".encode("euc_jis_2004"), "euc-jp"),
        ("①㈱髙".encode("cp932"), "no-such-charset"),
        ("①㈱髙".encode("cp932"), "utf-8"),
        (b"\x1b(I\x31\x32\x1b(B\x1b$B\x2d\x21\x2d\x6a\x1b(B", "iso-2022-jp"),
    ],
)
def test_characters_beyond_jis_x_0208_are_read(data: bytes, charset: str) -> None:
    document = opened(message(data, content_type=f"text/plain; charset={charset}"), "mail.eml")
    [text] = lines(document, Zone.header)
    assert "①㈱" in text
    assert not document.problems


@given(WORDS)
def test_subjects_and_names_are_read_however_they_are_encoded(text: str) -> None:
    subject = Header(text, "utf-8").encode()
    mail = EmailMessage()
    mail["Subject"] = "Plan"
    mail.set_content("Text")
    mail.add_attachment(b"%PDF-", "application", "pdf", filename=f"{text}.pdf")
    assert names(opened(mail.as_bytes(), "mail.eml")) == [f"{text}.pdf"]
    assert lines(opened(message(subject=subject), "mail.eml"), Zone.subject) == [text]
    raw = attachment(b"x", f"{text}.doc".encode("cp932").decode("ascii", "surrogateescape"))
    [name] = names(opened(multipart(raw), "mail.eml"))
    assert name.endswith(".doc")


def test_names_that_are_missing_or_repeated_are_made_up_and_paths_are_cut_off() -> None:
    parts = [
        attachment(b"x", name) for name in ("plan.pdf", "PLAN.pdf", "../../etc/plan.pdf", "C:\\a\\b.doc")
    ]
    document = opened(multipart(*parts, part(b"x", "application/pdf")), "mail.eml")
    assert names(document) == ["plan.pdf", "PLAN (2).pdf", "plan (3).pdf", "b.doc", "part-6.pdf"]


def test_what_a_person_sees_is_the_html_and_what_differs_beside_it_is_hidden() -> None:
    html = "<p>UK SECRET</p><p>The plan <b>follows</b>,<br>see below.</p><p>UK SECRET</p>"
    plain = "UK TOP SECRET\n\nThe plan follows,\nsee below.\n\nUK SECRET\n"
    mail = multipart(part(plain), part(html, "text/html; charset=utf-8"), subtype="alternative")
    document = opened(mail, "mail.eml")
    assert lines(document, *SEEN) == ["UK SECRET", "The plan follows,", "see below.", "UK SECRET"]
    assert lines(document, Zone.hidden) == ["UK TOP SECRET"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<div style="display:none">{}</div>', Unseen.hidden),
        ('<p style="font-size:0px">{}</p>', Unseen.size),
        ('<p style="color:#FFF">{}</p>', Unseen.colour),
        ('<table bgcolor="#ff0000"><tr><td><font color="red">{}</font></td></tr></table>', Unseen.colour),
        ('<p style="position:absolute;left:-9999px">{}</p>', Unseen.off_page),
        ('<p style="opacity:0">{}</p>', Unseen.invisible),
        ('<style>.x, p.y {{ mso-hide: all }}</style><p class="y">{}</p>', Unseen.hidden),
        ("<!--[if mso]><p>{}</p><![endif]-->", Unseen.hidden),
        ("<p hidden>{}</p>", Unseen.hidden),
    ],
)
def test_text_that_its_style_hides_is_hidden(html: str, reason: Unseen) -> None:
    content = "<p>Hello</p>" + html.format("UK SECRET")
    document = opened(message(content, content_type="text/html; charset=utf-8"), "mail.eml")
    [line] = [line for page in document.pages for line in page.lines if line.text == "UK SECRET"]
    assert (line.zone, line.unseen) == (Zone.hidden, reason)


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media print {{ p {{ display: none }} }}</style><p>{}</p>",
        '<div style="background:#000"><p style="color:white">{}</p></div>',
        '<p style="color:white;background-color:navy">{}</p>',
        "<p style='font-size:9pt'>{}</p>",
        "<center><b>{}</b></center>",
    ],
)
def test_text_that_is_seen_is_seen(html: str) -> None:
    content = html.format("UK SECRET")
    assert lines(opened(message(content, content_type="text/html"), "mail.eml"), *SEEN) == ["UK SECRET"]


def test_labels_in_headers_and_subject_are_labels() -> None:
    headers = (
        "X-Protective-Marking: VER=2018.3, NS=gov.au, SEC=SECRET, ORIGIN=a@example.org\r\n"
        'SIO-Label: marking="UK SECRET"; fgcolor=red\r\n'
        "msip_labels: MSIP_Label_11111111-2222-3333-4444-555555555555_Enabled=True; "
        "MSIP_Label_11111111-2222-3333-4444-555555555555_Name=Secret;\r\n"
    )
    document = opened(message("Text", "Plan [SEC=OFFICIAL]", headers=headers), "mail.eml")
    assert {(label.name, label.text) for label in document.labels} == {
        ("X-Protective-Marking", "[SEC=SECRET]"),
        ("SIO-Label", "UK SECRET"),
        ("MSIP_Label_11111111-2222-3333-4444-555555555555", "Secret"),
        ("SEC", "[SEC=OFFICIAL]"),
    }


def test_people_and_day_are_properties() -> None:
    headers = "To: =?utf-8?B?5bGx55Sw?= <y@example.jp>\r\nDate: Sat, 28 Nov 2026 10:00:00 +0900\r\n"
    document = opened(message("Text", headers=headers), "mail.eml")
    said = {item.name: item.value for item in document.properties}
    assert said == {"From": "a@example.org", "To": "山田 <y@example.jp>", "created": "2026-11-28"}


def test_a_message_in_a_message_is_a_child_from_its_own_bytes() -> None:
    inner = message("UK SECRET", "Inner")
    for encoded in (inner, base64.b64encode(inner)):
        header = () if encoded is inner else ("Content-Transfer-Encoding: base64",)
        document = opened(multipart(part("Text"), part(encoded, "message/rfc822", *header)), "mail.eml")
        [child] = document.children
        assert (child.name, child.media_type) == ("part-3.eml", "message/rfc822")
        assert lines(child, Zone.subject) == ["Inner"]


def test_a_mailbox_is_a_container_of_messages() -> None:
    postmark = b"From a@example.org Sat Nov 28 10:00:00 2026\n"
    data = postmark + message("One\n>From here", "First") + b"\n" + postmark + message("Two", "Second")
    document = opened(data, "mails.mbox")
    assert document.is_container
    assert [lines(child, Zone.subject) for child in document.children] == [["First"], ["Second"]]
    assert "From here" in lines(document.children[0])


def test_files_that_old_programs_wrote_into_the_text_are_children() -> None:
    body = "See below.\nbegin 644 plan.txt\n#0V%T\n`\nend\nRegards\n"
    document = opened(message(body), "mail.eml")
    assert names(document) == ["plan.txt"]
    assert lines(document, *SEEN) == ["See below.", "Regards"]


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: text/plain; name*\r\n",
        "Message-ID: <[a]@[b].OUTLOOK.COM>\r\n",
        "To: (c):\r\nCc: x@example.org,\r\n",
        'Content-Disposition: inline; filename*=x; filename*0*="\r\n',
        "Date: 99 Foo -1\r\nX-Protective-Marking: SEC=\r\n",
        "Subject: =?utf-8?B?x?=\r\n",
        "To: " + "(" * 3000 + "\r\n",
        "Content-Type: multipart/mixed; " + ";" * 20_000 + "\r\n",
    ],
)
def test_headers_that_the_library_stumbles_over_lose_no_text(headers: str) -> None:
    data = f"From: a@example.org\r\n{headers}\r\nUK SECRET\r\n".encode()
    document = opened(data, "mail.eml")
    assert "UK SECRET" in lines(document)
    assert not {problem.kind for problem in document.problems} & {
        ProblemKind.internal,
        ProblemKind.unreadable,
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (multipart(part("One"), ends=False), "mail-truncated"),
        (message("One", content_type="multipart/mixed"), "mail-structure"),
        (message("One", content_type="multipart/mixed; boundary=missing"), "mail-structure"),
        (message("A", headers="Content-Transfer-Encoding: base64\r\n"), "mail-encoding"),
        (message("A", headers="Content-Transfer-Encoding: x-unknown\r\n"), "mail-encoding"),
        (message(b"\x81\x8d\xff", content_type="text/plain"), "mail-charset"),
        (multipart(part("x", "application/pgp-encrypted"), subtype="encrypted"), "encrypted-mail"),
        (message("-----BEGIN PGP MESSAGE-----\n"), "encrypted-mail"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, reason: str) -> None:
    assert reason in reasons(opened(data, "mail.eml"))


def test_what_programs_show_nowhere_is_hidden() -> None:
    data = multipart(part("Text")).replace(b"\r\n\r\n--b", b"\r\n\r\nUK SECRET\r\n--b", 1) + b"UK TOP SECRET"
    assert lines(opened(data, "mail.eml"), Zone.hidden) == ["UK SECRET", "UK TOP SECRET"]


def test_many_parts_and_deep_ones_stop_at_a_limit() -> None:
    many = multipart(*[part("x")] * 300)
    assert "limit" in reasons(opened(many, "mail.eml", limits=Limits(parts=100)))
    attachments = multipart(*[attachment(b"x", "a.bin")] * 30)
    document = opened(attachments, "mail.eml", limits=Limits(children=10))
    assert "limit" in reasons(document)
    assert len(document.children) == 10
    deep = part("UK SECRET")
    for number in range(1200):
        deep = f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n".encode() + deep
    assert "limit" in reasons(opened(b"From: a@example.org\r\n" + deep, "mail.eml"))
    html = "<p>UK SECRET</p>" + "<div>" * 3000
    assert "limit" in reasons(opened(message(html, content_type="text/html"), "mail.eml"))


@given(st.binary(max_size=300))
def test_no_message_makes_the_reader_fail(data: bytes) -> None:
    for name in ("mail.eml", "mail.mbox", "mail.msg"):
        document = opened(b"From: a@example.org\n" + data, name)
        assert not any(problem.kind is ProblemKind.internal for problem in document.problems)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's files is not here")
@pytest.mark.parametrize(
    "path", [path for folder in ("eml", "msg", "tnef", "p7m") for path in sorted((CORPUS / folder).glob("*"))]
)
def test_messages_by_others_are_read_or_it_is_said_why_not(path: Path) -> None:
    document = opened(path.read_bytes(), path.name)
    assert document.pages or document.problems or document.children
    assert not any(problem.kind is ProblemKind.internal for problem in document.problems)
