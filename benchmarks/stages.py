"""What recognition and rules cost beside reading, measured in one run on documents made here.

    make bench

Prints the median of several rounds, and the share of reading that each stage adds.
"""

from __future__ import annotations

import io
from functools import partial
from itertools import count
from random import Random
from typing import TYPE_CHECKING

import docx

from countermark.checking.check import check_read
from countermark.config.policy import load_policy
from countermark.readers.read import read
from countermark.recognition.recognise import examine
from speed import PAGES, WORDS, drawn_pdf, measured, word_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.config.policy import Policy
    from countermark.model import Document

DENSE_BYTES = 10 * 1024
MARKINGS = (
    *("UK SECRET", "UK OFFICIAL-SENSITIVE", "OFFICIAL", "Top Secret", "UK TOP SECRET - JP/UK EYES ONLY"),
    *("UK SECRET - RECIPIENTS ONLY - COMMERCIAL", "NATO SECRET", "極秘", "秘", "特定秘密", "機密性2情報"),
    *("Secretary of State", "CONFIDENTIAL", "official"),
)
FORMS = (
    "{marking}",
    "The {one} {two} was kept {marking} until the {three} of section {number}.",
    "({marking}) The {one} of the {two} {three} {number} was tested.",
    "{one} {number}\t{marking}\t{two} {three}",
    "{marking}: {one} {two} and {other} {three} {number}",
    "この{one}は{marking}に指定され、{number}号の{two}として扱う。",
)


def dense_lines(seed: int) -> Iterator[str]:
    """Lines of DENSE_BYTES together, each with a word of markings in it: as a marking, in a sentence, as a
    portion mark, in a row of a table. No two seeds give the same."""
    chance, size = Random(seed), 0
    while size < DENSE_BYTES:
        one, two, three = (chance.choice(WORDS) for _ in range(3))
        line = chance.choice(FORMS).format(
            marking=chance.choice(MARKINGS),
            other=chance.choice(MARKINGS),
            one=one,
            two=two,
            three=three,
            number=chance.randrange(1000),
        )
        size += len(line.encode())
        yield line


def dense_word_file(seed: int) -> bytes:
    """These lines as the paragraphs of a Word file."""
    document = docx.Document()
    for line in dense_lines(seed):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def show_share(title: str, figures: dict[str, float]) -> None:
    """Each stage in milliseconds, and as a share of the first one."""
    base = next(iter(figures.values()))
    print(f"\n{title}")
    for name, milliseconds in figures.items():
        print(f"  {name:<40} {milliseconds:9.1f} ms   {milliseconds / base:7.1%} of reading")


def without_candidates(policy: Policy) -> None:
    for name, data in (("bench.pdf", drawn_pdf(marking="")), ("bench.docx", word_file(marking=""))):
        document = read(data, name, policy.config.limits)
        show_share(
            f"{name}, about {PAGES} pages without a candidate",
            measured(
                {
                    "reading": partial(read, data, name, policy.config.limits),
                    "recognising": partial(examine, document, policy.recogniser, policy.today),
                }
            ),
        )


def dense(policy: Policy) -> None:
    """Every round reads and recognises text that was not met before."""
    files, documents = count(1), count(1001)
    made = {seed: dense_word_file(seed) for start in (1, 1001) for seed in range(start, start + 10)}
    read_before = {seed: _read(made[seed], policy) for seed in made if seed > 1000}
    figures = measured(
        {
            "reading it from a Word file": lambda: _read(made[next(files)], policy),
            "recognising": lambda: examine(read_before[next(documents)], policy.recogniser, policy.today),
        }
    )
    show_share(f"{DENSE_BYTES // 1024} KB of dense candidate text (each line has one)", figures)


def _read(data: bytes, policy: Policy) -> Document:
    return read(data, "bench.docx", policy.config.limits)


def rules(policy: Policy) -> None:
    for name, data in (("bench.pdf", drawn_pdf()), ("bench.docx", word_file())):
        document = read(data, name, policy.config.limits)
        figures = measured(
            {
                "reading": partial(read, data, name, policy.config.limits),
                "recognising": partial(examine, document, policy.recogniser, policy.today),
                "recognising and judging": partial(check_read, document, policy),
            }
        )
        show_share(f"{name}, about {PAGES} marked pages", figures)
        before = figures["reading"] + figures["recognising"]
        judging = figures["recognising and judging"] - figures["recognising"]
        print(
            f"  {'judging alone':<40} {judging:9.1f} ms   {judging / before:7.1%} of reading and recognising"
        )


def main() -> None:
    policy = load_policy()
    without_candidates(policy)
    dense(policy)
    rules(policy)


if __name__ == "__main__":
    main()
