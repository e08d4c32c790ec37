"""Links, mounts and entries that can't be read: each costs a finding of its own, never the run."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.sources.folders import Entry, entries_of, given_entry
from countermark.sources.links import Boundary, is_link
from countermark.sources.paths import find
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.sources import Source

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs symbolic links and POSIX files")
mortal = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions bind no administrator"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with `in/own.pdf` and, outside of `in`, `out/other.pdf`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    for path in ("in/own.pdf", "out/other.pdf"):
        Path(path).parent.mkdir()
        pdf(Path(path))
    return tmp_path


def pdf(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 30, "UK SECRET")
    canvas.drawCentredString(A4[0] / 2, 25, "UK SECRET")
    canvas.save()


def reasons(sources: Iterable[Source]) -> dict[str, str]:
    """Each source's name, and why it is not read."""
    return {source.name: source.problem.reason if source.problem else "" for source in sources}


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, list[str]]]:
    """The run's status, and the findings of each document with their severity."""
    status = main(["check", "--format", "json", "--jobs", "1", *arguments])
    shown = capsys.readouterr()
    assert shown.err == ""
    documents: list[dict[str, Any]] = json.loads(shown.out)["documents"]
    return status, {
        document["path"]: [f"{one['severity']} {one['code']}" for one in document["findings"]]
        for document in documents
    }


def test_what_leads_out_is_named_and_not_read_unless_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in/file.pdf").symlink_to("../out/other.pdf")
    Path("in/folder").symlink_to(folder / "out", target_is_directory=True)
    options = ("in", "--from", "GB", "--to", "JP")
    status, found = report(capsys, *options)
    assert found == {"in/file.pdf": ["warning READ006"], "in/folder": ["warning READ006"], "in/own.pdf": []}
    assert status == 0
    assert report(capsys, *options, "--fail-on", "warning")[0] == 1
    status, found = report(capsys, *options, "--follow-links")
    assert (status, found) == (0, {"in/file.pdf": [], "in/own.pdf": []})
    status, found = report(capsys, *options, "out")
    assert (status, found) == (0, {"in/own.pdf": [], "out/other.pdf": []})


def test_every_kind_of_entry_costs_its_own_finding_only(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/self.pdf").symlink_to("self.pdf")
    Path("in/ping.pdf").symlink_to("pong.pdf")
    Path("in/pong.pdf").symlink_to("ping.pdf")
    Path("in/broken.pdf").symlink_to("gone.pdf")
    Path("in/root").symlink_to("/")
    Path("in/zeros.pdf").symlink_to("/dev/zero")
    os.mkfifo("in/pipe.pdf")
    Path("in/link-to-pipe.pdf").symlink_to("pipe.pdf")
    Path("in/folder.pdf").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("in/socket.pdf")
        status, found = report(capsys, "in", "--from", "GB", "--to", "JP")
    unreadable = ("broken", "folder", "ping", "pipe", "pong", "self", "socket")
    expected = {f"in/{name}.pdf": ["error READ001"] for name in unreadable}
    expected |= {"in/root": ["warning READ006"], "in/zeros.pdf": ["warning READ006"], "in/own.pdf": []}
    assert (status, found) == (3, dict(sorted(expected.items())))


@pytest.mark.parametrize(
    "target", ["own.pdf", "../in/own.pdf", "./deep/../own.pdf", "deep/up/own.pdf", "{folder}/in/own.pdf"]
)
def test_a_link_that_stays_inside_is_followed_and_each_file_read_once(folder: Path, target: str) -> None:
    Path("in/deep").mkdir()
    Path("in/deep/up").symlink_to("..")
    Path("in/z.pdf").symlink_to(target.format(folder=folder))
    assert reasons(find(["in"])) == {"in/own.pdf": ""}
    assert reasons(find(["in/z.pdf", "in"])) == {"in/z.pdf": ""}


def test_a_link_inside_reaches_what_a_walk_leaves_out() -> None:
    Path("in/.hidden").mkdir()
    pdf(Path("in/.hidden/x.pdf"))
    Path("in/x.pdf").symlink_to(".hidden/x.pdf")
    assert reasons(find(["in"])) == {"in/own.pdf": "", "in/x.pdf": ""}


@pytest.mark.parametrize(
    "target",
    ["..", "../out", "../in/../out/other.pdf", "/", "/dev/null", "way/other.pdf", "way/../in/own.pdf"],
)
def test_a_link_that_leads_out_on_its_way_is_not_followed(target: str) -> None:
    Path("in/way").symlink_to("../out")
    Path("in/z").symlink_to(target)
    found = reasons(find(["in"]))
    assert found == {"in/own.pdf": "", "in/way": "link-not-followed", "in/z": "link-not-followed"}


def test_nothing_outside_is_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a look at another machine's share alone calls it."""
    for number, target in enumerate(("../out/other.pdf", "/net/host/share/x.pdf", "../out/gone/x.pdf")):
        Path(f"in/{number}.pdf").symlink_to(target)
    asked: list[str] = []
    for name in ("lstat", "stat", "readlink", "scandir"):
        really = getattr(os, name)

        def asking(path: Any = ".", *args: Any, really: Any = really, **options: Any) -> Any:
            asked.append(str(Path.cwd() / os.fspath(path)))
            return really(path, *args, **options)

        monkeypatch.setattr(os, name, asking)
    find(["in"])
    monkeypatch.undo()
    inside = str(folder / "in")
    assert asked
    assert {path for path in asked if not (path.startswith(inside) or inside.startswith(path))} == set()


@pytest.mark.parametrize("pattern", ["in/*.pdf", "in/**/*.pdf", "**/own.pdf", "i?/**"])
def test_links_make_a_pattern_neither_endless_nor_blind(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        Path(f"in/{name}").symlink_to(".")
    Path("in/x.pdf").symlink_to("../out/other.pdf")
    listed: Counter[str] = Counter()
    really = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.update([str(path)]) or really(path))
    found = reasons(find([pattern]))
    assert found["in/own.pdf"] == ""
    if pattern.startswith("in/"):
        assert found["in/x.pdf"] == "link-not-followed"
    assert "in/a/own.pdf" not in found
    assert listed.total() <= 20


def test_a_path_that_is_named_is_followed_and_one_that_a_pattern_matches_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("in/x.pdf").symlink_to("../out/other.pdf")
    Path("away").symlink_to("out")
    options = ("--from", "GB", "--to", "JP")
    assert report(capsys, "in/x.pdf", *options) == (0, {"in/x.pdf": []})
    assert report(capsys, "away", *options) == (0, {"away/other.pdf": []})
    assert report(capsys, "in/x*.pdf", *options) == (3, {"in/x.pdf": ["warning READ006"]})
    Path("loop.pdf").symlink_to("loop.pdf")
    assert report(capsys, "loop.pdf") == (3, {"loop.pdf": ["error READ001"]})


@pytest.mark.parametrize(("name", "depth"), [("d", 2200), ("n" * 255, 20)])
def test_a_path_beyond_the_limit_of_the_system_costs_its_own_finding(
    name: str, depth: int, folder: Path
) -> None:
    nested = 0
    try:
        os.chdir("in")
        for _ in range(depth):
            Path(name).mkdir()
            os.chdir(name)
            nested += 1
        os.chdir(folder)
        found = reasons(find(["in"]))
    finally:
        at = os.open(folder, os.O_RDONLY)
        os.chdir(folder / "in")
        for _ in range(nested - 1):
            os.chdir(name)
        for _ in range(nested):
            if Path(name).exists():
                Path(name).rmdir()
            os.chdir("..")
        os.fchdir(at)
        os.close(at)
    assert found.pop("in/own.pdf") == ""
    assert list(found.values()) == ["read-failed"]


def test_names_as_long_as_the_system_allows_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    long = "n" * 251 + ".pdf"
    Path("in/own.pdf").rename(f"in/{long}")
    options = ("--from", "GB", "--to", "JP")
    assert report(capsys, "in", *options) == (0, {f"in/{long}": []})
    assert main(["check", "in", *options, "--output", "o" * 255]) == 0
    assert Path("o" * 255).exists()


@mortal
def test_a_folder_that_cannot_be_entered_or_listed_costs_its_own_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, mode in (("listed", 0o400), ("entered", 0o100), ("closed", 0)):
        Path(f"in/{name}/deeper").mkdir(parents=True)
        pdf(Path(f"in/{name}/x.pdf"))
        Path(f"in/{name}").chmod(mode)
    try:
        status, found = report(capsys, "in", "--from", "GB", "--to", "JP")
    finally:
        for path in Path("in").iterdir():
            path.chmod(0o700)
    unreadable = ("in/closed", "in/entered", "in/listed/deeper", "in/listed/x.pdf")
    assert status == 3
    assert found == {name: ["error READ001"] for name in unreadable} | {"in/own.pdf": []}


def test_what_vanishes_during_the_walk_costs_its_own_finding() -> None:
    gone = Entry(Path("in/gone"), str(Path("in/gone").resolve()), is_folder=True)
    [entry] = entries_of(gone, Boundary(["in"]))
    assert entry.problem
    assert entry.problem.reason == "disappeared"


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="the system lists no mounts")
def test_a_mount_below_a_given_folder_is_named_and_not_entered() -> None:
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    mount = next((one for one in map(Path, mounts) if one.parent.parent != one.parent and one.is_dir()), None)
    if mount is None:
        pytest.skip("there is no mount below a folder")
    top = given_entry(mount.parent)
    found = {entry.path: entry for entry in entries_of(top, Boundary([str(mount.parent)]))}
    problem = found[mount].problem
    assert problem
    assert problem.reason == "mount-not-entered"
    for boundary in (None, Boundary([str(mount.parent), str(mount)])):
        assert {entry.path: entry for entry in entries_of(top, boundary)}[mount].is_folder


@pytest.mark.parametrize(("tag", "expected"), [(0xA0000003, True), (0xA000000C, True), (0x9000001A, False)])
def test_a_junction_is_a_link_and_a_file_of_a_cloud_is_not(tag: int, expected: bool) -> None:
    status: Any = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=tag)
    assert is_link(status) is expected


@pytest.mark.parametrize("made", ["empty", "only-system-files", "nothing-but-dots"])
def test_no_document_at_all_is_an_error_and_never_a_pass(
    made: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("nothing/below").mkdir(parents=True)
    if made == "only-system-files":
        Path("nothing/~$plan.docx").write_bytes(b"\x08Registry" + bytes(153))
        Path("nothing/below/Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    if made == "nothing-but-dots":
        Path("nothing/.git").mkdir()
        Path("nothing/.git/x.pdf").write_bytes(b"%PDF-")
    for command in (["check", "nothing"], ["check", "nothing/*"], ["baseline", "nothing", "--reason", "x"]):
        assert main(command) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1
        assert shown.err.startswith("countermark: no document was found in nothing")


def test_system_files_are_skipped_and_counted_but_no_document_hides_behind_their_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("~$own.docx", ".~lock.own.odt#", "desktop.ini", "._own.pdf"):
        Path("in", name).write_bytes(b"a user's name")
    Path("in/.DS_Store").write_bytes(b"\0\0\0\1Bud1" + bytes(6000))
    for name in ("~$hidden.pdf", "._hidden.pdf", "Thumbs.db", "desktop.ini.pdf"):
        Path("in", name).write_bytes(Path("in/own.pdf").read_bytes())
    Path("in/~$large.docx").write_bytes(b"x" * 5000)
    assert main(["check", "in", "--format", "json"]) == 3
    run = json.loads(capsys.readouterr().out)
    assert run["summary"]["skipped"] == 5
    assert {document["path"] for document in run["documents"] if document["markings"]} == {
        f"in/{name}" for name in ("own.pdf", "~$hidden.pdf", "._hidden.pdf", "Thumbs.db", "desktop.ini.pdf")
    }
    main(["check", "in"])
    assert "6 documents, 1 not read to the end, 5 system files skipped\n" in capsys.readouterr().out


def test_a_name_that_is_no_text_is_written_with_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems refuse names that are no text")
    Path("in/own.pdf").rename(os.fsdecode(b"in/\xff\xfe.pdf"))
    assert report(capsys, "in", "--from", "GB", "--to", "JP") == (0, {"in/\\udcff\\udcfe.pdf": []})


def test_a_missing_path_is_an_error_whatever_it_looks_like() -> None:
    for path in ("gone", "gone/*/x", "x" * 300, "y/" * 3000, "\0", "[", "**/gone"):
        with pytest.raises(CountermarkError):
            find([path])


@pytest.fixture(autouse=True)
def no_open_files() -> Iterator[None]:
    """A walk leaves no descriptor open."""
    before = len(list(Path("/dev/fd").iterdir())) if Path("/dev/fd").exists() else 0
    yield
    assert not before or len(list(Path("/dev/fd").iterdir())) <= before + 2
