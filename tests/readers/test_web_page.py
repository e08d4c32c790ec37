"""HTML: what a page shows and where, what it carries unseen, and what it would run or fetch."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.cli.main import main
from countermark.model import Document, ProblemKind, Reason, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

MARK = "UK SECRET"


def of(body: str, head: str = "", name: str = "a.html", limits: Limits | None = None) -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read(page.encode(), name, limits or Limits())


def lines(document: Document) -> list[tuple[str, Zone, Unseen | None]]:
    [page] = document.pages
    return [(line.text, line.zone, line.unseen) for line in page.lines]


def seen(document: Document) -> list[str]:
    return [text for text, _, unseen in lines(document) if unseen is None]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_paragraphs_are_read_as_they_are(paragraphs: list[str]) -> None:
    document = of("".join(f"<p>{escape(text)}</p>" for text in paragraphs))
    assert seen(document) == paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one<br>two</p>three", ["one", "two", "three"]),
        ("<p>UK <b>SEC</b><i>RET</i>\n now</p>", ["UK SECRET now"]),
        ("<p>UK <span hidden>not</span>SECRET</p>", ["UK SECRET"]),
        (
            "<span style='display:block'>one</span><div style='display:inline'>two</div> three",
            ["one", "two three"],
        ),
        ("<table><tr><td>Marking:<td>UK SECRET<tr><td>b</table>", ["Marking:\tUK SECRET", "b"]),
        ("<pre>one\n  two</pre>", ["one", "two"]),
        ("<p style='text-transform:uppercase'>uk secret</p>", ["UK SECRET"]),
        ("<ruby>極<rp>(</rp><rt>ごく</rt><rp>)</rp>秘</ruby>", ["極秘", "ごく"]),
        (
            "<input value='UK SECRET'><textarea>a</textarea><select><option>b</select>",
            ["UK SECRET", "a", "b"],
        ),
        ("<iframe srcdoc='&lt;p>UK SECRET&lt;/p>'></iframe>", ["UK SECRET"]),
        ("極&#x79D8;&nbsp;a", ["極秘 a"]),
        ("<script>no</script><style>no</style>yes<!--[if mso]><p>no</p><![endif]-->", ["yes"]),
    ],
)
def test_what_a_person_sees(body: str, expected: list[str]) -> None:
    assert seen(of(body)) == expected


@pytest.mark.parametrize("kind", ["before", "after"])
def test_what_a_style_adds_is_seen(kind: str) -> None:
    document = of("<p><b class=m>-</b></p>", f"<style>p > .m::{kind} {{content: 'UK SECR\\45 T'}}</style>")
    assert "UK SECRET" in seen(document)[0]


HIDING = {
    "display:none": Unseen.hidden,
    "visibility: hidden !important": Unseen.hidden,
    "mso-hide:all": Unseen.hidden,
    "opacity:0": Unseen.invisible,
    "color:transparent": Unseen.invisible,
    "color:rgba(0, 0, 0, 0.0)": Unseen.invisible,
    "color:#fefefe": Unseen.colour,
    "color:ivory": Unseen.colour,
    "color:hsl(0, 0%, 100%)": Unseen.colour,
    "color:red;background:#f00": Unseen.colour,
    "font-size:0": Unseen.size,
    "font:bold 0.5px Arial": Unseen.size,
    "position:absolute;left:-9999px": Unseen.off_page,
    "text-indent:-100em": Unseen.off_page,
    "transform:translate(-5000px, 0)": Unseen.off_page,
    "width:1px;height:1px;overflow:hidden": Unseen.clipped,
    "position:absolute;clip:rect(0,0,0,0)": Unseen.clipped,
    "clip-path:inset(100%)": Unseen.clipped,
    "transform:scale(0)": Unseen.clipped,
}
SELECTORS = ["p", ".c", "p.c", "#i", "*", "div p", "div > p", "body .c", "[title]", "h1, p", "P.C"]


@pytest.mark.parametrize(("style", "reason"), HIDING.items())
def test_hidden_by_its_own_style(style: str, reason: Unseen) -> None:
    assert (MARK, Zone.hidden, reason) in lines(of(f"<p>a</p><p style='{style}'><i>{MARK}</i></p><p>b</p>"))


@pytest.mark.parametrize("selector", SELECTORS)
@pytest.mark.parametrize(
    "sheet", ["%s{display:none}", "@media screen{%s{display:none}}", "/*}*/<!-- %s{display:none"]
)
def test_hidden_by_a_style_sheet(selector: str, sheet: str) -> None:
    document = of(f"<div><p id=i class='b c' title=t>{MARK}</p></div>", f"<style>{sheet % selector}</style>")
    assert (MARK, Zone.hidden, Unseen.hidden) in lines(document)


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (".d{display:none}", "<p class=c>"),
        ("div > i{display:none}", "<p>"),
        ("ul p{display:none}", "<p>"),
        ("p:hover{display:none}", "<p>"),
        ("@media print{p{display:none}}", "<p>"),
        ("p{display:none} .c{display:block}", "<p class=c>"),
        ("#i{display:block !important} p{display:none !important}", "<p id=i>"),
        ("p{display:none}", "<p style='display:block'>"),
        ("div{visibility:hidden}", "<div><p style='visibility:visible'>"),
        ("div{color:#fff} p{background:#000}", "<div><p>"),
        ("p{color:white;background:url(x.png)}", "<p>"),
        ("p{color:nocolour}", "<p>"),
        ("p{left:-9999px}", "<p>"),
        ('p{content:"}display:none"}', "<p>"),
    ],
)
def test_not_hidden(style: str, body: str) -> None:
    assert MARK in seen(of(f"{body}{MARK}", f"<style>{style}</style>"))


@pytest.mark.parametrize(
    "body",
    [
        f"<noscript>{MARK}</noscript>",
        f"<template>{MARK}</template>",
        f"<object>{MARK}</object>",
        f"<dialog>{MARK}</dialog>",
        f"<input type=hidden value='{MARK}'>",
        f"<p hidden>{MARK}",
        f"<p title='{MARK}'>a",
        f"<!--[if mso]><b>{MARK}</b><![endif]-->",
        f"<svg><desc>{MARK}</desc></svg>",
    ],
)
def test_what_is_carried_unseen_is_kept(body: str) -> None:
    [line] = [line for line in lines(of(f"<p>seen</p>{body}")) if line[0] == MARK]
    assert line[1] is Zone.hidden
    assert line[2] is not None


def test_zones() -> None:
    document = of(
        f"<div>{MARK}</div><div>UK EYES ONLY</div><p>a</p><article><header>b</header></article>"
        f"<table><tr><td>c</td></tr></table><img alt=d><!-- e --><p>f</p><p>{MARK}</p>"
    )
    zones = {text: zone for text, zone, _ in lines(document)}
    body = [Zone.body, Zone.body, Zone.table, Zone.image, Zone.comment, Zone.body]
    assert [zones[letter] for letter in "abcdef"] == body
    assert lines(document)[:2] == [(MARK, Zone.header, None), ("UK EYES ONLY", Zone.header, None)]
    assert lines(document)[-1] == (MARK, Zone.footer, None)


@pytest.mark.parametrize(
    "mark",
    [
        "<header><div>{}</div></header>",
        "<div role=banner>{}</div>",
        "<div style='position:fixed; top:0'>{}</div>",
        "<style>@page {{ size: A4; @top-center {{ content: '{}' }} }}</style>",
    ],
)
def test_header_of_a_page_wherever_it_is_in_the_source(mark: str) -> None:
    document = of(f"<p>a</p><p>b</p>{mark.format(MARK)}<p>c</p>")
    assert (MARK, Zone.header, None) in lines(document)


def test_title_and_meta_are_properties() -> None:
    office = "<!--[if gte mso 9]><xml><o:CustomDocumentProperties><o:Sensitivity dt:dt='string'>UK OFFICIAL"
    head = f"<title>{MARK}</title><meta name=classification content='UK SECRET'>{office}</o:Sensitivity>"
    document = of("a", head + "</o:CustomDocumentProperties></xml><![endif]-->")
    assert {item.key: item.value for item in document.properties} == {
        "title": MARK,
        "classification": MARK,
        "sensitivity": "UK OFFICIAL",
    }
    assert {label.text for label in document.labels} == {MARK, "UK OFFICIAL"}
    assert seen(document) == ["a"]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("<script>a()</script>", "script"),
        ("<p onclick='a()'>x", "script"),
        ("<a href='JavaScript:a()'>x</a>", "script"),
        ("<img src='//host/x.png'>", "img"),
        ("<img srcset='a.png 1x, https://host/x.png 2x'>", "img"),
        ("<form action='a'></form><iframe src='a.html'></iframe>", "form, iframe"),
        ("<link rel=stylesheet href=a.css>", "link"),
        ("<style>@import 'a.css'</style>", "style"),
        ("<p style='background:url(http://host/a)'>x", "p"),
        ("<meta http-equiv=refresh content='0; URL=http://host'>", "refresh"),
        ("<a href='http://host'>x</a><img src=a.png><script type='application/json'>{}</script>", None),
    ],
)
def test_what_it_would_run_or_fetch_is_said(body: str, kinds: str | None) -> None:
    problems = of(f"<p>a</p>{body}").problems
    assert [(problem.kind, problem.args["kinds"]) for problem in problems] == (
        [(ProblemKind.active_content, kinds)] if kinds else []
    )


def test_files_in_addresses_are_children() -> None:
    document = of(
        "<a download='plan.txt' href='data:text/plain;charset=utf-8;base64,VUsgU0VDUkVU'>x</a>"
        "<embed src='data:text/html,<p>UK%20SECRET'><img src='data:image/png;base64,AAAA'>"
    )
    assert [(child.name, child.pages[0].lines[0].text) for child in document.children] == [
        ("plan.txt", MARK),
        ("data-2.html", MARK),
    ]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("utf-16", ""),
        ("cp932", ""),
    ],
)
def test_encodings(encoding: str, named: str) -> None:
    page = f"<html><meta charset='{named}'><p>極秘</p><p>①この文書は、保管を要する。</p>".replace(
        "①", "①" if encoding in ("cp932", "utf-16") else ""
    )
    document = read(page.encode(encoding), "a.html", Limits())
    assert (document.problems, seen(document)[0]) == ((), "極秘")


def test_xhtml_is_read_as_xml_and_html_as_html() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><script/><p>{MARK}&nbsp;&amp;</p></body></html>'
    )
    assert seen(read(page.encode(), "a.xhtml", Limits())) == [f"{MARK} &"]
    assert seen(read(b"<html><p>UK SECRET<p>b</html>", "a.xhtml", Limits())) == [MARK, "b"]


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (f"<p>{MARK}</p>" + "<div>" * 5000, "xml_nesting"),
        ("<p>a" * 2000, "xml_tags"),
        ("<a href='data:,x'>x</a>" * 5, "children"),
    ],
)
def test_limits(body: str, limit: str) -> None:
    document = of(body, limits=Limits(xml_tags=1500 if limit == "xml_tags" else 50_000, children=2))
    reached = [problem.args["limit"] for problem in document.problems if problem.reason is Reason.limit]
    assert reached == [limit]


def test_frames_in_frames_end() -> None:
    body = MARK
    for _ in range(8):
        body = f"<iframe srcdoc='{escape(body)}'></iframe>"
    assert Reason.limit in {problem.reason for problem in of(body).problems}


@given(st.text(alphabet="<>/=\"'ab -!{}:;@.#&[]pstyle", max_size=200))
def test_nothing_ends_in_an_exception(text: str) -> None:
    document = of(f"<p>{MARK}</p>", f"<style>{text}") if text[:1] == "{" else of(text)
    assert not {problem.kind for problem in document.problems} & {
        ProblemKind.internal,
        ProblemKind.unreadable,
    }


@pytest.mark.parametrize("is_named", [True, False])
def test_a_page_that_was_only_found_need_not_be_marked(
    is_named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text("<html><script>a()</script><p>Minutes</html>", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<html><p>{MARK}<p>Minutes</html>", encoding="utf-8")
    main(["check", *(["a.html", "b.html"] if is_named else ["."]), "--format", "json"])
    reports = json.loads(capsys.readouterr().out)["documents"]
    codes = {report["path"]: {finding["code"] for finding in report["findings"]} for report in reports}
    assert ("DOC001" in codes["a.html"]) == is_named
    assert ("READ006" in codes["a.html"]) != is_named
    assert "READ007" in codes["a.html"]
    assert "DOC003" in codes["b.html"]
