"""What reports of big runs cost: size and speed of the HTML report, memory of JSON Lines.

    make bench

The HTML report is made of the judged samples, varied: paths, pages and places of their own, pictures of pages
as far as a report carries them. It is opened in Chromium, where that and its driver are installed. JSON Lines
are written by the program itself, checking as many files as it says.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import psutil

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.execution.page_images import MOST_BYTES, page_images
from countermark.model import Box
from countermark.rendering.asked import Images
from countermark.reporting.html.page import to_html
from countermark.reporting.summary import summarise
from countermark.sources.paths import find
from speed import drawn_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.model import DocumentReport, Location
    from countermark.rendering.render import PageImages

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "exchange"
DOCUMENTS = 10_000
ROUNDS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
FILTER = """
const done = arguments[0], chosen = document.querySelector("#by-folder"), before = performance.now();
chosen.value = "folder-07";
chosen.dispatchEvent(new Event("change"));
const told = () => done([performance.now() - before, document.getElementById("count").textContent]);
requestAnimationFrame(() => setTimeout(told, 0));
"""


def judged_samples() -> tuple[list[DocumentReport], dict[str, PageImages]]:
    """The samples' reports, and the pictures of the PDF files among them."""
    policy = load_policy(start=SAMPLES)
    sources = [one for one in find([str(SAMPLES)]) if one.path.suffix in (".pdf", ".docx")]
    reports = [check_document(one.path.read_bytes(), one.name, policy) for one in sources]
    pdfs = [one for one in sources if one.path.suffix == ".pdf"]
    return reports, page_images(pdfs, reports, Images.all, policy)


def varied(report: DocumentReport, number: int, chance: random.Random) -> DocumentReport:
    """The report as of another document: a path of its own, its places spread over more pages."""
    pages = range(1, chance.randint(2, 12))

    def spread(place: Location) -> tuple[Location, ...]:
        if place.page is None:
            return (place,)
        return tuple(_moved(place, page, chance) for page in pages)

    return msgspec.structs.replace(
        report,
        path=f"folder-{number % 100:02}/{number:05} {Path(report.path).name}",
        markings=tuple(
            msgspec.structs.replace(one, location=place)
            for one in report.markings
            for place in spread(one.location)
        ),
        findings=tuple(
            msgspec.structs.replace(
                one, locations=tuple(each for place in one.locations for each in spread(place))
            )
            for one in report.findings
        ),
    )


def _moved(place: Location, page: int, chance: random.Random) -> Location:
    if place.box is None:
        return msgspec.structs.replace(place, page=page)
    x, y = round(chance.uniform(-9, 9), 2), round(chance.uniform(-9, 9), 2)
    box = Box(place.box.x0 + x, place.box.y0 + y, place.box.x1 + x, place.box.y1 + y)
    return msgspec.structs.replace(place, page=page, box=box)


def big_report() -> tuple[bytes, float, int]:
    """The HTML report of DOCUMENTS documents, the seconds that it took to make, and how many documents
    have pictures."""
    reports, samples = judged_samples()
    chance = random.Random(1)
    documents, pictures, room = [], {}, MOST_BYTES
    for number in range(DOCUMENTS):
        report = chance.choice(reports)
        document = varied(report, number, chance)
        documents.append(document)
        images = samples.get(report.path)
        size = sum(len(page.image) for page in images.pages) if images else 0
        if images and report.findings and size <= room:
            room -= size
            pictures[document.path] = images
    policy = load_policy(start=SAMPLES)
    whole = summarise(documents, policy)
    start = time.perf_counter()
    written = to_html(whole, policy.rules, "en", pictures)
    return written, time.perf_counter() - start, len(pictures)


def in_chromium(path: Path) -> tuple[float, float] | None:
    """Seconds until the report's list stands, and until it is filtered, the least of ROUNDS; None where there
    is no browser to open it."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and driver):
        return None
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.wait import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
            options.add_argument(flag)
        page = webdriver.Chrome(options=options, service=Service(driver))
        try:
            opened, filtered = zip(
                *(_timed(page, WebDriverWait(page, 120, 0.01), path) for _ in range(ROUNDS)), strict=True
            )
        finally:
            page.quit()
    return min(opened), min(filtered)


def _timed(page: Any, wait: Any, path: Path) -> tuple[float, float]:
    page.get("about:blank")
    start = time.perf_counter()
    page.get(path.as_uri())
    wait.until(
        lambda shown: shown.execute_script("return document.querySelectorAll('#rows tr').length") == 50
    )
    opened = time.perf_counter() - start
    milliseconds, told = page.execute_async_script(FILTER)
    assert told.startswith("1"), told
    return opened, milliseconds / 1000


def peak_of_checking(number: int, folder: Path) -> tuple[float, float]:
    """MiB that the program's own process came to while it checked so many files, without its workers, and the
    seconds that it took."""
    command = [sys.executable, "-m", "countermark", "check", str(folder / str(number)), "--format", "jsonl"]
    start, peak = time.perf_counter(), 0
    with subprocess.Popen([*command, "--fail-on", "never"], stdout=subprocess.DEVNULL) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None:
            peak = max(peak, _resident(process))
            time.sleep(0.02)
    return peak / (1 << 20), time.perf_counter() - start


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def fill(folder: Path, number: int) -> None:
    """So many one-page files, every fifth with findings, in folders of a hundred."""
    kinds: Sequence[bytes] = (drawn_pdf(1), (SAMPLES / "outgoing-uk" / "trials-programme.pdf").read_bytes())
    for at in range(number):
        place = folder / str(number) / f"{at // 100:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"document-{at:05}.pdf").write_bytes(kinds[at % 5 == 0])


def main() -> None:
    written, seconds, pictured = big_report()
    print(f"\nHTML report of {DOCUMENTS} documents, {pictured} of them with pictures")
    print(f"  size {len(written) / 1e6:.1f} MB (target: below 25), made in {seconds:.1f} s")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.html").write_bytes(written)
        times = in_chromium(folder / "report.html")
        told = (
            f"opens in {times[0]:.2f} s, filters in {times[1]:.3f} s (target: 2)"
            if times
            else "no Chromium here"
        )
        print(f"  {told}")
        peaks = {}
        for number in (DOCUMENTS // 10, DOCUMENTS):
            fill(folder, number)
            peaks[number], took = peak_of_checking(number, folder)
            print(f"\nJSON Lines of {number} files: {peaks[number]:.0f} MiB at most, {took:.0f} s")
        print(f"  ten times as many files take {peaks[DOCUMENTS] / peaks[DOCUMENTS // 10]:.2f}x the memory")


if __name__ == "__main__":
    main()
